/*
 * A proposed change of the DNS: whole zones and single RRsets, from files of many formats,
 * each record with the place where it stands.
 */
#ifndef MD_PROPOSAL_H
#define MD_PROPOSAL_H

#include "dns/dns.h"
#include "zone/fault.h"

struct md_arena;
struct md_zone;
struct md_zone_file;

struct md_proposed_zone;

/*
 * One RRset that becomes another, goes, or will be known only when it is made.  Of a whole
 * zone: one that stays as it is, or that the provider makes (ALIAS), as it does now if it does.
 */
enum md_change_kind {
	MD_CHANGE_SET,
	MD_CHANGE_UNSET,
	MD_CHANGE_UNKNOWN,
	MD_CHANGE_KEEP,
	MD_CHANGE_ALIAS,
};
struct md_change {
	enum md_change_kind kind;
	const char *name; /* canonical text */
	uint16_t type;
	size_t n;
	const struct md_rr *rr; /* of MD_CHANGE_SET; each with its line */
	const char *why;        /* of UNKNOWN and ALIAS: "known after apply"; else "" */
	struct md_place place;
};

struct md_proposal {
	const char *root; /* of md_proposal_set_root, or NULL */
	size_t nzones;
	struct md_zone *const *zones; /* each replaces all that was in its zone */
	size_t nchanges;
	const struct md_change *changes; /* beside the zones; at most one for a name and type */
	size_t nfaults;
	const struct md_input_fault *faults;
	size_t nnot_judged;
	const struct md_not_judged *not_judged;
	const struct md_proposed_zone *by_apex; /* the zones, sorted */
	size_t nfiles; /* where the records of changes stand, by md_rr.line */
	const struct md_zone_file *files;
};

/* The formats; NULL-terminated names as --zone-format has them. */
enum md_zone_format {
	MD_ZONE_DETECT, /* by content */
	MD_ZONE_BIND,
	MD_ZONE_DNSCONTROL,
	MD_ZONE_OCTODNS,
	MD_ZONE_TERRAFORM,
	MD_ZONE_ROUTE53,
	MD_ZONE_POWERDNS,
	MD_ZONE_CLOUDFLARE,
	MD_ZONE_GCLOUD,
};
extern const char *const md_zone_format_names[];

/* Put together piece by piece; md_proposal_done makes the whole of it. */
struct md_proposal_builder;
struct md_proposal_builder *md_proposal_new(struct md_arena *);

/*
 * What everything is read from must not lead out of: a folder; NULL, md_confine_root of each
 * file.
 */
void md_proposal_set_root(struct md_proposal_builder *, const char *folder);

/*
 * Adds a file: a regular one below its root, or what "/dev/stdin" and "/dev/fd/N" name.
 * `origin`: what names are relative to where the file does not say; or NULL: what its name
 * tells, "example.com.zone".  False and *why ("FILE:LINE: …") when it cannot be read: nothing
 * of it is taken.
 */
bool md_proposal_add_file(struct md_proposal_builder *, const char *path, enum md_zone_format,
                          const char *origin, const char **why);

/* --set 'NAME [TTL] TYPE DATA' (again for the same name and type: one record more) and
 * --unset 'NAME TYPE'. */
bool md_proposal_set(struct md_proposal_builder *, const char *text, const char **why);
bool md_proposal_unset(struct md_proposal_builder *, const char *text, const char **why);

/* For the readers of formats. */
void md_proposal_take_zone(struct md_proposal_builder *, struct md_zone *);
void md_proposal_take_change(struct md_proposal_builder *, const struct md_change *);
void md_proposal_take_record(struct md_proposal_builder *, const struct md_rr *,
                             struct md_place); /* to the RRset's change */
void md_proposal_take_fault(struct md_proposal_builder *, const struct md_input_fault *);
void md_proposal_take_not_judged(struct md_proposal_builder *, const struct md_not_judged *);

/* The whole of it; afterwards no file can be added. */
const struct md_proposal *md_proposal_done(struct md_proposal_builder *);

/* The zone with this name, or the nearest above it; NULL when there is none. */
const struct md_zone *md_proposal_zone_above(const struct md_proposal *, const char *name);

/* Is the name's answer for this type decided by the proposal? */
bool md_proposal_covers(const struct md_proposal *, const char *name, uint16_t type);

/*
 * Why nobody knows what is there unless something is there already: of MD_CHANGE_ALIAS; else
 * NULL.
 */
const char *md_proposal_alias(const struct md_proposal *, const char *name, uint16_t type);

/* As md_zone_find: what the proposal says of a name that it covers. */
void md_proposal_find(const struct md_proposal *, struct md_arena *, const struct md_question *,
                      struct md_dns *out);

/* Where the records of a name and type stand in the proposal; file "" when they do not. */
struct md_place md_proposal_place(const struct md_proposal *, const char *name, uint16_t type);

/* Where one record of an answer of the proposal stands, of several of its name and type. */
struct md_place md_proposal_place_of(const struct md_proposal *, const struct md_rr *);

#endif
