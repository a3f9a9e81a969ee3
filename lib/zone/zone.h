/* Zone files: read, laid over the DNS, and answered from as by their name server. */
#ifndef MD_ZONE_H
#define MD_ZONE_H

#include "base/place.h"
#include "dns/dns.h"

struct md_zone;

enum { MD_MOST_FAULTS = 1000 }; /* of one input: who reads more? */

/*
 * Reads an RFC 1035 zone file.  The apex is its SOA's owner (of several the one nearest to the
 * root); without SOA the first $ORIGIN; without both the shortest owner name.  NULL and *why
 * ("FILE:LINE: …", in mem) on an error: faulty or relative where nothing tells the origin, a
 * class other than IN, $INCLUDE and $GENERATE.  What is read, but hardly meant so (an
 * unquoted TXT of several words, a record outside the apex, which is ignored) is kept for
 * md_zone_warnings.
 */
struct md_zone *md_zone_open(struct md_arena *mem, const char *path, const char **why);
void md_zone_free(struct md_zone *); /* NULL is fine */
const char *md_zone_apex(const struct md_zone *);
const char *const *md_zone_warnings(const struct md_zone *); /* NULL-terminated */

/*
 * Is the name at or under the apex and not at or below a delegation?  DS records are the
 * parent's (RFC 4035 3.1.4.1): covered at a delegation, not at the apex.  A zone at "." is a
 * whole world in a file: it covers every name, and its NS records are no delegations.
 */
bool md_zone_covers(const struct md_zone *, const char *name, uint16_t type);

/*
 * What an authoritative server of the zone would say of a name that it covers (RFC 1034
 * 4.3.2, RFC 4592): records, NODATA, NXDOMAIN, or one alias (CNAME, or one made from a
 * DNAME), given as md_replay_find gives it.
 */
void md_zone_find(const struct md_zone *, struct md_arena *mem, const struct md_question *,
                  struct md_dns *out);

/* Where the records of a name and type stand in the file; its file and 0 when they do not. */
struct md_place md_zone_place(const struct md_zone *, const char *name, uint16_t type);

/*
 * A zone made of records (owners in canonical text, in any order) that were read from `path`:
 * those outside the apex are left out.  Texts are shared, the records copied.
 */
struct md_zone *md_zone_of(const char *path, const char *apex, const struct md_rr *, size_t n);

/* As md_zone_open, of a text that is not kept; path is for messages and origins. */
struct md_zone *md_zone_read(struct md_arena *mem, const char *path, struct md_str text,
                             const char **why);

/*
 * A file of a zone of several, or a part of one: its first line is line `before` + 1 of them
 * all, and line `skipped` + 1 of the file.
 */
struct md_zone_file {
	const char *path;
	uint32_t before, skipped;
	const char *within; /* of md_place */
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
