/* The facts of one run: a hash table of questions. */
#include "fact/store.h"

#include <string.h>

#include "base/arena.h"

enum { FIRST_BUCKETS = 32 };

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

/* FNV-1a: names come from the world, but a run holds few and their number is capped. */
static size_t
hash(const struct md_question *q)
{
	size_t h = 2166136261u ^ q->type ^ (q->flags << 16);

	for (const char *s = q->name; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	for (const char *s = q->server; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

static bool
same(const struct md_question *a, const struct md_question *b)
{
	return a->type == b->type && a->flags == b->flags && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->server, b->server) == 0;
}

static void
add_buckets(struct md_store *s)
{
	s->nbuckets *= 2;
	s->buckets = md_alloc(s->mem, s->nbuckets * sizeof(struct md_entry *));
	for (size_t i = 0; i < s->n; i++) {
		struct md_entry *e = s->entries[i];
		struct md_entry **bucket = &s->buckets[hash(&e->question) % s->nbuckets];

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
	const size_t h = hash(q);
	struct md_entry *e;

	for (e = s->buckets[h % s->nbuckets]; e != NULL; e = e->next)
		if (same(&e->question, q))
			return e;
	e = new_entry(s, q);
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
	for (const struct md_entry *e = s->buckets[hash(q) % s->nbuckets]; e != NULL;
	     e = e->next)
		if (same(&e->question, q))
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
