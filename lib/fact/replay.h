/* Facts files: facts as JSON lines (docs/FORMATS.md), recorded by one run and answered from in
 * another. */
#ifndef MD_REPLAY_H
#define MD_REPLAY_H

#include <stdio.h>

#include "dns/dns.h"

struct md_opinion;
struct md_subject;

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

/* As md_replay_open, of a text that is not kept; path is for messages and origins. */
struct md_replay *md_replay_read(struct md_arena *mem, const char *path, struct md_str text,
                                 const char **why);

#endif
