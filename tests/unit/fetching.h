/* What the tests of sources share: a zone from a text, and a fact from files. */
#ifndef FETCHING_H
#define FETCHING_H

#include "base/arena.h"
#include "fact/fetch.h"
#include "fact/zone.h"

struct md_zone *zone_of(struct md_arena *, const char *path, const char *text);

/* A md_fetched_fn whose argument is a struct md_dns *: pins the fact, and keeps it there. */
void take(void *arg, struct md_dns *fact);

/* Of sources that answer at once; to be unpinned. */
struct md_dns *fetch(const struct md_sources *, const char *name, uint16_t type);

#endif
