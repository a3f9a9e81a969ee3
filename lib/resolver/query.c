/* One question in flight: who asks, where it stands, and what became of its attempts. */
#include "resolver/query.h"

#include <string.h>

#include "base/arena.h"
#include "resolver/server.h"

struct md_query *
md_query_new(struct md_arena *mem, const struct md_question *question)
{
	struct md_query *q = md_alloc(mem, sizeof(*q));

	q->mem = mem;
	q->question = *question;
	q->question.name = md_strdup(mem, question->name);
	q->question.server = md_strdup(mem, question->server);
	q->why = "";
	TAILQ_INIT(&q->askers);
	return q;
}

void
md_query_new_id(struct md_query *q, struct md_random *random)
{
	q->wire[0] = md_random_octet(random);
	q->wire[1] = md_random_octet(random);
}

void
md_query_list_init(struct md_query_list *list)
{
	TAILQ_INIT(&list->queue);
	list->n = 0;
}

struct md_query *
md_query_first(const struct md_query_list *list)
{
	return TAILQ_FIRST(&list->queue);
}

void
md_query_move(struct md_query *q, struct md_query_list *to)
{
	if (q->list != NULL) {
		TAILQ_REMOVE(&q->list->queue, q, turn);
		q->list->n--;
	}
	if (to != NULL) {
		TAILQ_INSERT_TAIL(&to->queue, q, turn);
		to->n++;
	}
	q->list = to;
}

bool
md_query_asks(const struct md_query *q, const struct md_question *other)
{
	return q->question.type == other->type && q->question.flags == other->flags &&
	       strcmp(q->question.name, other->name) == 0 &&
	       strcmp(q->question.server, other->server) == 0;
}

/* FNV-1a. */
static uint32_t
add_octet(uint32_t hash, unsigned octet)
{
	return (hash ^ (octet & 0xff)) * 16777619u;
}

uint32_t
md_query_hash(const struct md_question *q)
{
	uint32_t hash = add_octet(add_octet(2166136261u, q->type), q->type >> 8);

	for (const char *s = q->name; *s != '\0'; s++)
		hash = add_octet(hash, (unsigned char)*s);
	for (const char *s = q->server; *s != '\0'; s++)
		hash = add_octet(hash, (unsigned char)*s);
	return hash;
}

struct md_asker *
md_query_add_asker(struct md_query *q, md_resolved_fn *fn, void *arg)
{
	struct md_asker *a = md_alloc(q->mem, sizeof(*a));

	a->query = q;
	a->fn = fn;
	a->arg = arg;
	TAILQ_INSERT_TAIL(&q->askers, a, next);
	return a;
}

void
md_query_ended(struct md_query *q, struct md_outcome o, uint64_t now, double seconds)
{
	struct md_attempt a = { .server = q->server->name,
		                .microseconds = (uint32_t)(now - q->sent_at),
		                .bytes = (uint32_t)q->bytes,
		                .tcp = q->over_tcp,
		                .truncated = q->truncated };

	o.server = q->server->name;
	o.what = o.what != NULL ? o.what : "";
	o.more = o.more != NULL ? o.more : "";
	if (o.kind != MD_OUTCOME_NOTED)
		memcpy(o.strays, q->strays, sizeof(o.strays));
	a.outcome = md_outcome_text(q->mem, &o, seconds);
	if (o.kind != MD_OUTCOME_NOTED) /* for that explains nothing */
		MD_PUSH(q->mem, q->outcomes, q->noutcomes, o);
	MD_PUSH(q->mem, q->attempts, q->nattempts, a);
}
