/* Facts that serve many runs: bounded in memory, kept no longer than their time to live. */
#ifndef MD_CACHE_H
#define MD_CACHE_H

#include "dns/dns.h"

struct md_cache;

/* `bytes`: what the facts in it may hold together; the one not used for longest goes first. */
struct md_cache *md_cache_new(size_t bytes);
void md_cache_free(struct md_cache *); /* NULL is fine; pinned facts live on */

/* What is known of a question in canonical form at this time (ms, monotonic); or NULL. */
struct md_dns *md_cache_find(struct md_cache *, const struct md_question *, int64_t now);

/*
 * Keeps a fact that is known, and for a moment one that servers failed to tell (RFC 9520 3.2:
 * they are not to be asked again at once).  What was read from files holds as long as they do.
 */
void md_cache_put(struct md_cache *, struct md_dns *, int64_t now);

#endif
