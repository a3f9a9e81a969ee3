/* What the tests of sources share: a zone from a text, and facts from them. */
#ifndef FETCHING_H
#define FETCHING_H

#include "base/arena.h"
#include "kind/dns.h"
#include "kind/sources.h"
#include "zone/zone.h"

struct md_zone *zone_of(struct md_arena *, const char *path, const char *text);

/* Sends for a DNS fact: *fact is it, pinned, once it is there, and *handle NULL again. */
void start(const struct md_sources *, const struct md_question *, struct md_dns **fact,
           struct md_fetch **handle);

/* Of sources that answer at once; to be unpinned. */
struct md_dns *fetch(const struct md_sources *, const char *name, uint16_t type);

#endif
