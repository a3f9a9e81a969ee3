/*
 * Sources of DNS facts: what one of them knows of one name.
 *
 * Names are followed alias by alias through the stack (fetch.c): the replay file, then the
 * zone overlays, then the network; the first that knows the name answers.
 */
#ifndef MD_SOURCE_H
#define MD_SOURCE_H

#include <stdio.h>

#include "fact/dns.h"
#include "fact/proposal.h"

struct md_opinion;
struct md_subject;

/* ---- replay file (replay.c): facts as JSON lines, docs/FORMATS.md ---- */

struct md_replay;

/* The run that a facts file was recorded in: its first line.  NULL and 0 for what it lacks. */
struct md_replay_run {
	int64_t now;
	const char *const *ips, *const *selectors; /* NULL-terminated, never NULL */
	const char *mail_from, *helo;              /* or NULL */
};

/* Reads a whole file.  NULL and *why ("FILE:LINE: …", in mem) when it is no facts file. */
struct md_replay *md_replay_open(struct md_arena *mem, const char *path, const char **why);
void md_replay_free(struct md_replay *); /* NULL is fine */
const struct md_replay_run *md_replay_run(const struct md_replay *);

/*
 * The fact recorded for exactly this question, or, when there is only a CNAME for the name,
 * that alias: one rr of type CNAME in out->aliases, and out->fact.state left at MD_WANTED, for
 * its target is to be asked for next.  False: not here.  Fills *out (zeroed but for empty
 * texts by the caller) with memory of the replay or of mem.
 */
bool md_replay_find(const struct md_replay *, struct md_arena *mem, const struct md_question *,
                    struct md_dns *out);

/* The opinion recorded of exactly this, or NULL. */
const struct md_opinion *md_replay_opinion(const struct md_replay *, const char *engine,
                                           const char *input);

/* Writes one fact, or the first line of a file, as a line of such a file. */
void md_replay_write(FILE *, const struct md_dns *);
void md_replay_write_opinion(FILE *, const struct md_opinion *);
void md_replay_write_run(FILE *, const struct md_subject *, int64_t now);

/* ---- zone overlay (zone.c): a zone file laid over the DNS ---- */

struct md_zone;

/*
 * Reads an RFC 1035 zone file.  The apex is its SOA's owner (of several the one nearest to the
 * root); without SOA the first $ORIGIN; without both the shortest owner name.  NULL and *why
 * ("FILE:LINE: …", in mem) on an error: faulty or relative where nothing tells the origin, a
 * class other than IN, $INCLUDE and $GENERATE.  What is read, but hardly meant so (an
 * unquoted TXT of several words, a record outside the apex, which is ignored) is kept
 * for md_zone_warnings.
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

/* ---- ldns, one folder's secret (rr.c, wire.c) ---- */

/*
 * Reads rdata in presentation form, names with or without their final dot, into a record
 * whose owner, type and ttl are given.  Result in mem.  False and *why on an error, and *rr
 * as it was.
 */
bool md_rr_parse(struct md_arena *mem, const char *rdata, struct md_rr *rr, const char **why);

/*
 * The same where names without their final dot are completed with an origin, as in zone files.
 */
bool md_rr_parse_in(struct md_arena *mem, const char *origin, const char *rdata,
                    struct md_rr *rr, const char **why);

/* A DNS message taken apart: the answer section as typed records, in the order received. */
struct md_reply {
	int rcode;
	bool ad, truncated;
	const char *
	        ede; /* extended errors (RFC 8914) in words: "EDE 6 (DNSSEC Bogus): text"; "" */
	size_t n;
	struct md_rr *rr;
};

/* False and *why when it is no well-formed message.  Records beyond a cap make it fail. */
bool md_reply_parse(struct md_arena *mem, const uint8_t *wire, size_t len, struct md_reply *out,
                    const char **why);

/*
 * A query in wire form: id 0, RD unless MD_NO_RD, AD set (RFC 6840 5.7: tell us whether it
 * validated), CD and DO as flags say, EDNS with a 1232 octet buffer when `edns`.  The owner
 * name starts at octet 12.  Returns the length, 0 when the name does not fit.
 */
size_t md_query_write(const struct md_question *, bool edns, uint8_t *wire, size_t room);

/* ---- the network (lib/net/resolver.c) ---- */

struct md_resolver;

struct md_resolver_options {
	/* NULL-terminated as in maildiag.h; NULL: /etc/resolv.conf */
	const char *const *servers;
	double query_timeout; /* seconds per attempt; 0: resolv.conf's, else 2 */
	unsigned tries;       /* 0: resolv.conf's attempts for each server, else 4 */
	unsigned rate;        /* questions a second over all servers; 0: no limit */
	double patience;      /* seconds to hold questions while no server answers; 0: do not */
};

/* Called once, from md_resolver_step, and may ask and cancel.  The reply, attempts and why live
 * during the call. */
struct md_resolved {
	const struct md_reply *reply; /* NULL: no usable answer */
	const char *why; /* then: "no answer from 192.0.2.53 within 2 s (4 tries)" */
	size_t nattempts;
	const struct md_attempt *attempts;
};
typedef void md_resolved_fn(void *arg, const struct md_resolved *);

struct md_resolver *md_resolver_new(struct md_arena *mem, const struct md_resolver_options *,
                                    const char **why);

/* Forgets open questions, calls nobody; NULL is fine. */
void md_resolver_free(struct md_resolver *);

/*
 * Asks at the next step; the same question in flight is shared.  question is copied.  The
 * ticket cancels the interest of this asker; after the callback it has no meaning any more.
 * One with a server of its own is asked there alone, never at a non-public address
 * (md_addr_special) that is no resolver of ours.
 */
uint64_t md_resolver_ask(struct md_resolver *, const struct md_question *, md_resolved_fn *,
                         void *arg);
void md_resolver_cancel(struct md_resolver *, uint64_t ticket);

int md_resolver_fd(const struct md_resolver *);      /* pollable */
int md_resolver_timeout(const struct md_resolver *); /* ms until step must run; -1: no need */
void md_resolver_step(struct md_resolver *);         /* never blocks */

/* How many more questions are welcome now; negative when too many wait already. */
long md_resolver_room(const struct md_resolver *);

/* None of its servers answers, and questions are held. */
bool md_resolver_silent(const struct md_resolver *);

/* The usual servers as text, NULL-terminated, for the report. */
const char *const *md_resolver_servers(const struct md_resolver *);

#endif
