/* A hash table of facts, and the order in which they were used. */
#include "fact/cache.h"

#include <stdlib.h>

#include <sys/queue.h>

enum {
	SLOT_BYTES = 128,
	/* of a fact and its slot: there are as many buckets as fit in at this size */
	USUAL_BYTES = 512,
};

struct slot {
	TAILQ_ENTRY(slot) use; /* the one used last is first */
	struct slot *next;
	size_t hash, bytes; /* of the question; of slot and fact together */
	struct md_fact *fact;
	int64_t until; /* or MD_FOR_GOOD */
};

TAILQ_HEAD(slots, slot);

struct md_cache {
	struct slots use;
	size_t nbuckets; /* a power of two */
	struct slot **buckets;
	size_t bytes, most;
};

/* Zeroed; pages that nobody uses cost nothing. */
static void *
must_have(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		abort();
	return p;
}

struct md_cache *
md_cache_new(size_t bytes)
{
	struct md_cache *c = must_have(1, sizeof(*c));

	TAILQ_INIT(&c->use);
	c->most = bytes;
	for (c->nbuckets = 1; c->nbuckets < bytes / USUAL_BYTES;)
		c->nbuckets *= 2;
	c->buckets = must_have(c->nbuckets, sizeof(struct slot *));
	return c;
}

static struct slot **
bucket_of(struct md_cache *c, size_t hash)
{
	return &c->buckets[hash & (c->nbuckets - 1)];
}

static void
drop(struct md_cache *c, struct slot *s)
{
	struct slot **at = bucket_of(c, s->hash);

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	TAILQ_REMOVE(&c->use, s, use);
	c->bytes -= s->bytes;
	md_fact_unpin(s->fact);
	free(s);
}

void
md_cache_free(struct md_cache *c)
{
	struct slot *s;

	if (c == NULL)
		return;
	while ((s = TAILQ_FIRST(&c->use)) != NULL)
		drop(c, s);
	free(c->buckets);
	free(c);
}

static struct slot *
find(struct md_cache *c, const struct md_fact_kind *kind, const void *question, size_t hash)
{
	for (struct slot *s = *bucket_of(c, hash); s != NULL; s = s->next)
		if (s->hash == hash && s->fact->kind == kind &&
		    kind->same(kind->question(s->fact), question))
			return s;
	return NULL;
}

struct md_fact *
md_cache_find(struct md_cache *c, const struct md_fact_kind *kind, const void *question,
              int64_t now)
{
	struct slot *s;

	if (kind->lifetime == NULL)
		return NULL;
	s = find(c, kind, question, kind->hash(question));
	if (s != NULL && s->until <= now) {
		drop(c, s);
		s = NULL;
	}
	if (s == NULL)
		return NULL;
	TAILQ_REMOVE(&c->use, s, use);
	TAILQ_INSERT_HEAD(&c->use, s, use);
	return s->fact;
}

static void
add(struct md_cache *c, struct md_fact *fact, size_t hash, int64_t until)
{
	struct slot *s = must_have(1, sizeof(*s));

	s->hash = hash;
	s->bytes = fact->bytes + SLOT_BYTES;
	s->fact = fact;
	s->until = until;
	s->next = *bucket_of(c, hash);
	*bucket_of(c, hash) = s;
	TAILQ_INSERT_HEAD(&c->use, s, use);
	c->bytes += s->bytes;
	while (c->bytes > c->most && TAILQ_LAST(&c->use, slots) != s)
		/* TAILQ_REMOVE has moved the end, which the analyzer does not follow. */
		drop(c, TAILQ_LAST(&c->use, slots)); /* NOLINT(clang-analyzer-unix.Malloc) */
}

void
md_cache_put(struct md_cache *c, struct md_fact *fact, int64_t now)
{
	const struct md_fact_kind *kind = fact->kind;
	const int64_t life = kind->lifetime != NULL ? kind->lifetime(fact) : 0;
	const void *question = kind->question(fact);
	const size_t hash = kind->hash(question);
	struct slot *old = find(c, kind, question, hash);

	fact->pins++;
	if (old != NULL)
		drop(c, old);
	if (life > 0)
		add(c, fact, hash, life == MD_FOR_GOOD ? MD_FOR_GOOD : now + life);
	else
		md_fact_unpin(fact);
}
