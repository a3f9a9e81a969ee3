/* A hash table of facts, and the order in which they were used. */
#include "fact/cache.h"

#include <stdlib.h>
#include <string.h>

#include <sys/queue.h>

enum {
	NEGATIVE_MS = 60 * 1000, /* no SOA is kept with the answer; RFC 2308 5 allows more */
	FAILURE_MS = 5 * 1000,
	MOST_MS = 24 * 3600 * 1000, /* RFC 8767 4 caps at days; a run lasts hours */
	SLOT_BYTES = 128,
	USUAL_BYTES = 512, /* of a fact and its slot: a bucket for each that fits in */
};

struct slot {
	TAILQ_ENTRY(slot) use; /* the one used last is first */
	struct slot *next;
	size_t hash, bytes; /* of its question; with the fact's */
	struct md_dns *fact;
	int64_t until; /* INT64_MAX: for good */
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
	md_dns_unpin(s->fact);
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
find(struct md_cache *c, const struct md_question *q, size_t hash)
{
	for (struct slot *s = *bucket_of(c, hash); s != NULL; s = s->next)
		if (s->hash == hash && md_question_same(&s->fact->question, q))
			return s;
	return NULL;
}

struct md_dns *
md_cache_find(struct md_cache *c, const struct md_question *q, int64_t now)
{
	struct slot *s = find(c, q, md_question_hash(q));

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

static int64_t
lifetime(const struct md_dns *fact)
{
	const int64_t ms = (int64_t)fact->ttl * 1000;

	if (fact->fact.state == MD_UNKNOWN) /* and nobody failed, unless he was asked */
		return fact->nattempts > 0 ? FAILURE_MS : 0;
	if (fact->fact.state == MD_ABSENT) /* perhaps at the end of aliases, which have a TTL */
		return fact->naliases > 0 && ms < NEGATIVE_MS ? ms : NEGATIVE_MS;
	return ms < MOST_MS ? ms : MOST_MS;
}

void
md_cache_put(struct md_cache *c, struct md_dns *fact, int64_t now)
{
	const bool file = strcmp(fact->origin, "network") != 0 && fact->origin[0] != '\0';
	const bool for_good = file || fact->fact.by_choice;
	const size_t hash = md_question_hash(&fact->question);
	struct slot *s = find(c, &fact->question, hash);

	if (s != NULL)
		drop(c, s);
	fact->fact.pins++;
	if (!for_good && lifetime(fact) <= 0) {
		md_dns_unpin(fact);
		return;
	}
	s = must_have(1, sizeof(*s));
	s->hash = hash;
	s->bytes = md_dns_size(fact) + SLOT_BYTES;
	s->fact = fact;
	s->until = for_good ? INT64_MAX : now + lifetime(fact);
	s->next = *bucket_of(c, hash);
	*bucket_of(c, hash) = s;
	TAILQ_INSERT_HEAD(&c->use, s, use);
	c->bytes += s->bytes;
	while (c->bytes > c->most && TAILQ_LAST(&c->use, slots) != s)
		/* TAILQ_REMOVE has moved the end, which the analyzer does not follow. */
		drop(c, TAILQ_LAST(&c->use, slots)); /* NOLINT(clang-analyzer-unix.Malloc) */
}
