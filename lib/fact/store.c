/* The facts of one run: a hash table of questions. */
#include "fact/store.h"

#include <string.h>

#include "base/arena.h"

enum { FIRST_BUCKETS = 64 };

void
md_store_init(struct md_store *s, struct md_arena *mem)
{
	*s = (struct md_store){ .mem = mem, .nbuckets = FIRST_BUCKETS };
	s->buckets = md_alloc(mem, s->nbuckets * sizeof(struct md_entry *));
}

void
md_store_done(struct md_store *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->entries[i]->held != NULL)
			md_dns_unpin(s->entries[i]->held);
	}
}

static void
add_buckets(struct md_store *s)
{
	s->nbuckets *= 2;
	s->buckets = md_alloc(s->mem, s->nbuckets * sizeof(struct md_entry *));
	for (size_t i = 0; i < s->n; i++) {
		struct md_entry *e = s->entries[i];
		struct md_entry **bucket = &s->buckets[e->hash % s->nbuckets];

		e->next = *bucket;
		*bucket = e;
	}
}

static struct md_entry *
new_entry(struct md_store *s, const struct md_question *q)
{
	struct md_entry *e = md_alloc(s->mem, sizeof(*e));
	struct md_dns *wanted = md_alloc(s->mem, sizeof(*wanted));

	e->question = *q;
	e->question.name = md_strdup(s->mem, q->name);
	e->question.server = q->server[0] != '\0' ? md_strdup(s->mem, q->server) : "";
	wanted->fact.why = "";
	wanted->question = e->question;
	wanted->canonical = e->question.name;
	wanted->origin = "";
	e->fact = wanted;
	return e;
}

struct md_entry *
md_store_find(struct md_store *s, const struct md_question *q)
{
	const size_t h = md_question_hash(q);
	struct md_entry *e;

	for (e = s->buckets[h % s->nbuckets]; e != NULL; e = e->next)
		if (e->hash == h && md_question_same(&e->question, q))
			return e;
	e = new_entry(s, q);
	e->hash = h;
	MD_PUSH(s->mem, s->entries, s->n, e);
	e->next = s->buckets[h % s->nbuckets];
	s->buckets[h % s->nbuckets] = e;
	if (s->n > 2 * s->nbuckets)
		add_buckets(s);
	return e;
}

struct md_dns *
md_store_known(const struct md_store *s, const struct md_question *q)
{
	for (const struct md_entry *e = s->buckets[md_question_hash(q) % s->nbuckets];
	     e != NULL; e = e->next)
		if (md_question_same(&e->question, q))
			return e->held;
	return NULL;
}

void
md_store_put(struct md_store *s, struct md_entry *e, struct md_dns *fact)
{
	fact->fact.pins++;
	s->bytes += md_dns_size(fact);
	e->held = fact;
	e->fact = fact;
}
