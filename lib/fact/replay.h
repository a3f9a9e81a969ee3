/* Facts files: facts as JSON lines (docs/FORMATS.md), written by one run and answered from in
 * another. */
#ifndef MD_REPLAY_H
#define MD_REPLAY_H

#include <stdio.h>

#include "base/str.h"
#include "fact/kind.h"

struct md_replay;

/* The run that a facts file was recorded in: its first line.  NULL, 0 and "" for what it lacks.
 */
struct md_replay_run {
	const char *domain; /* written, and not read */
	int64_t now;
	const char *const *ips, *const *selectors; /* NULL-terminated, never NULL */
	const char *mail_from, *helo;              /* or NULL */
};

/*
 * Reads a whole file with facts of these kinds (NULL-terminated); lines of others are passed
 * over.  NULL and *why ("FILE:LINE: …", in mem) when it is no facts file.
 */
struct md_replay *md_replay_open(struct md_arena *mem, const char *path,
                                 const struct md_fact_kind *const *kinds, const char **why);

/* The same of a text that is not kept; path is for messages and origins. */
struct md_replay *md_replay_read(struct md_arena *mem, const char *path, struct md_str text,
                                 const struct md_fact_kind *const *kinds, const char **why);

void md_replay_free(struct md_replay *); /* NULL is fine; facts that are pinned live on */
const struct md_replay_run *md_replay_run(const struct md_replay *);

/* The fact recorded for exactly this question, or NULL. */
struct md_fact *md_replay_find(const struct md_replay *, const struct md_fact_kind *,
                               const void *question);

/* Writes one fact, or the first line of a file, as a line of such a file. */
void md_replay_write(FILE *, const struct md_fact *);
void md_replay_write_run(FILE *, const struct md_replay_run *);

#endif
