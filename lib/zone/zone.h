/* Zones from texts and records that are in memory already; else see source.h. */
#ifndef MD_ZONE_H
#define MD_ZONE_H

#include "fact/source.h"

enum { MD_MOST_FAULTS = 1000 }; /* of one input: who reads more? */

/* As md_zone_open, of a text that is not kept; path is for messages and origins. */
struct md_zone *md_zone_read(struct md_arena *mem, const char *path, struct md_str text,
                             const char **why);

/* A file of a zone of several: its first line is line `before` + 1 of them all. */
struct md_zone_file {
	const char *path;
	uint32_t before;
};

/* The file and line that a line counted through n files is; n > 0. */
struct md_place md_zone_line(const struct md_zone_file *, size_t n, uint32_t line);

/* Where a record that the zone answered with stands. */
struct md_place md_zone_place_of(const struct md_zone *, const struct md_rr *);

/* All its records, by name. */
struct md_tree;
const struct md_tree *md_zone_tree(const struct md_zone *);

/* Says in which files the zone's records stand: what was line md_rr.line through them all. */
void md_zone_set_files(struct md_zone *, const struct md_zone_file *, size_t n);

/*
 * The apex of records: the owner of the SOA nearest to the root; without SOA `origin`, and
 * when that is NULL the shortest owner.  NULL without records.
 */
const char *md_zone_find_apex(const char *origin, const struct md_rr *, size_t n);

#endif
