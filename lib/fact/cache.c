/* A hash table of facts, and the order in which they were used. */
#include "fact/cache.h"

#include <stdlib.h>
#include <string.h>

#include <sys/queue.h>

enum {
	BUCKETS = 1 << 17,       /* one a fact, about, when it is full of small ones */
	NEGATIVE_MS = 60 * 1000, /* no SOA is kept with the answer; RFC 2308 5 allows more */
	FAILURE_MS = 5 * 1000,
	MOST_MS = 24 * 3600 * 1000, /* RFC 8767 4 caps at days; a run lasts hours */
	SLOT_BYTES = 128,
};

struct slot {
	TAILQ_ENTRY(slot) use; /* the one used last is first */
	struct slot *next;
	struct md_dns *fact;
	size_t hash;   /* of its question */
	int64_t until; /* INT64_MAX: for good */
};

TAILQ_HEAD(slots, slot);

struct md_cache {
	struct slots use;
	struct slot *buckets[BUCKETS];
	size_t bytes, most;
};

struct md_cache *
md_cache_new(size_t bytes)
{
	struct md_cache *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	TAILQ_INIT(&c->use);
	c->most = bytes;
	return c;
}

static struct slot **
bucket_of(struct md_cache *c, size_t hash)
{
	return &c->buckets[hash % BUCKETS];
}

static void
drop(struct md_cache *c, struct slot *s)
{
	struct slot **at = bucket_of(c, s->hash);

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	TAILQ_REMOVE(&c->use, s, use);
	c->bytes -= md_dns_size(s->fact) + SLOT_BYTES;
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

	if (fact->fact.state == MD_UNKNOWN)
		return FAILURE_MS;
	if (fact->fact.state == MD_ABSENT)
		return NEGATIVE_MS;
	return ms < MOST_MS ? ms : MOST_MS;
}

void
md_cache_put(struct md_cache *c, struct md_dns *fact, int64_t now)
{
	const bool file = strcmp(fact->origin, "network") != 0 && fact->origin[0] != '\0';
	const size_t hash = md_question_hash(&fact->question);
	struct slot *s = find(c, &fact->question, hash);

	if (s != NULL)
		drop(c, s);
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		abort();
	s->fact = fact;
	s->hash = hash;
	fact->fact.pins++;
	s->until = file || fact->fact.by_choice ? INT64_MAX : now + lifetime(fact);
	s->next = *bucket_of(c, hash);
	*bucket_of(c, hash) = s;
	TAILQ_INSERT_HEAD(&c->use, s, use);
	c->bytes += md_dns_size(fact) + SLOT_BYTES;
	while (c->bytes > c->most && TAILQ_LAST(&c->use, slots) != s)
		/* TAILQ_REMOVE has moved the end, which the analyzer does not follow. */
		drop(c, TAILQ_LAST(&c->use, slots)); /* NOLINT(clang-analyzer-unix.Malloc) */
}
