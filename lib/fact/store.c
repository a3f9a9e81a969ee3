/* The facts of one run: a hash table of questions of all kinds. */
#include "fact/store.h"

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
			md_fact_unpin(s->entries[i]->held);
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
add(struct md_store *s, const struct md_fact_kind *kind, const void *question, size_t hash)
{
	struct md_entry *e = md_alloc(s->mem, sizeof(*e));

	e->fact = kind->blank(s->mem, question);
	e->question = kind->question(e->fact);
	e->hash = hash;
	e->number = s->n;
	MD_PUSH(s->mem, s->entries, s->n, e);
	e->next = s->buckets[hash % s->nbuckets];
	s->buckets[hash % s->nbuckets] = e;
	if (s->n > 2 * s->nbuckets)
		add_buckets(s);
	return e;
}

static struct md_entry *
find(const struct md_store *s, const struct md_fact_kind *kind, const void *question,
     size_t hash)
{
	struct md_entry *e = s->buckets[hash % s->nbuckets];

	while (e != NULL &&
	       (e->hash != hash || e->fact->kind != kind || !kind->same(e->question, question)))
		e = e->next;
	return e;
}

struct md_entry *
md_store_find(struct md_store *s, const struct md_fact_kind *kind, const void *question)
{
	const size_t hash = kind->hash(question);
	struct md_entry *e = find(s, kind, question, hash);

	return e != NULL ? e : add(s, kind, question, hash);
}

bool
md_store_has(const struct md_store *s, const struct md_fact_kind *kind, const void *question)
{
	return find(s, kind, question, kind->hash(question)) != NULL;
}

struct md_fact *
md_store_known(const struct md_store *s, const struct md_fact_kind *kind, const void *question)
{
	const struct md_entry *e = find(s, kind, question, kind->hash(question));

	return e != NULL ? e->held : NULL;
}

void
md_store_put(struct md_store *s, struct md_entry *e, struct md_fact *fact)
{
	fact->pins++;
	s->bytes += fact->bytes;
	e->held = fact;
	e->fact = fact;
}
