/* One call of a command that examines: understood in check.c or spf.c, done in examine.c. */
#ifndef MD_CHECKING_H
#define MD_CHECKING_H

#include "ask/check.h"
#include "maildiag.h"
#include "output.h"
#include "subjects.h"

struct md_checking {
	struct md_call *call;
	struct md_engine *engine;
	const struct md_check *const *checks;
	struct md_subjects subjects;
	struct md_outputs outputs;
	bool many;    /* more than one subject, or as many as standard input names */
	bool bulk;    /* a long list, from standard input: interrupts are heeded in peace */
	bool ordered; /* reports come in the order of the subjects */
	bool shared;  /* what the first run has learnt serves all others */
	bool failed;  /* no file is to be put in its place */
	/* What is to be done before outputs are opened, false after a message; or NULL. */
	bool (*prepare)(struct md_checking *);
	/* The next subject: what options it needs beside those that the command line has for
	 * all of them; in mem, which lives as long as its run. */
	enum md_next (*next)(struct md_checking *, struct md_arena *mem,
	                     struct md_run_options *);
	enum md_exit (*judge)(const struct md_settings *, const struct md_report *);
};

/* False after a message when one of --ip is none. */
bool md_good_addresses(const struct md_words *);

/* False after a message when one of --resolver is no address. */
bool md_good_resolvers(const struct md_words *);

/* Opens files, examines by one of the functions below, puts the files in their places. */
enum md_exit md_carry_out(struct md_checking *, enum md_exit (*examine)(struct md_checking *));

/* What the command line says of every engine but for zones; an engine, NULL after a message. */
struct md_engine_options md_engine_wishes(const struct md_settings *);
struct md_engine *md_engine_of(const struct md_engine_options *);

/* An engine as the command line wants it, NULL after a message; and what is odd in its zone
 * files, told on stderr. */
struct md_engine *md_open_engine(const struct md_checking *);
void md_pass_on_warnings(const struct md_engine *);

/* What the command line says of every subject. */
struct md_run_options md_common_options(const struct md_checking *);

/* Of the statuses seen, the one that the whole ends with. */
enum md_exit md_strongest(const bool seen[MD_EXIT_INCONCLUSIVE + 1]);

/* Subjects under way at a time, without --jobs: of a list, the resolver decides before that. */
enum { MD_JOBS = 64, MD_BULK_JOBS = 4000 };

/*
 * Seconds that a list waits when no resolver answers, before its domains end without answers.
 */
enum { MD_BULK_PATIENCE = 60 };

/* What a report asks for by --fail-on: FINDINGS, INCONCLUSIVE or CLEAN.  One of a long list
 * asks for nothing unless --fail-on was given. */
enum md_exit md_status_of(const struct md_settings *, const struct md_report *);
enum md_exit md_status_of_list(const struct md_settings *, const struct md_report *);

/*
 * Examines every domain and writes its report; the strongest of the statuses that the single
 * reports ask for (TROUBLE, FINDINGS, INCONCLUSIVE, CLEAN), or USAGE.
 */
enum md_exit md_examine(struct md_checking *);

#endif
