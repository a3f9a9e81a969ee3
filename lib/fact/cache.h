/* Facts that serve many runs: bounded in memory, kept no longer than their time to live. */
#ifndef MD_CACHE_H
#define MD_CACHE_H

#include "fact/kind.h"

struct md_cache;

/* `bytes`: the most that its facts hold together; the one unused for longest goes first. */
struct md_cache *md_cache_new(size_t bytes);
void md_cache_free(struct md_cache *); /* NULL is fine; pinned facts live on */

/* What is known of a question in canonical form at this time (ms, monotonic); or NULL. */
struct md_fact *md_cache_find(struct md_cache *, const struct md_fact_kind *,
                              const void *question, int64_t now);

/*
 * Keeps a fact for as long as its kind says.  Frees the fact at once if it is not to be kept
 * and nobody has pinned it.
 */
void md_cache_put(struct md_cache *, struct md_fact *, int64_t now);

#endif
