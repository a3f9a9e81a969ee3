/* One call of a command that examines: understood in check.c or spf.c, done in examine.c. */
#ifndef CLI_CHECKING_H
#define CLI_CHECKING_H

#include "check.h"
#include "maildiag.h"
#include "output.h"
#include "subjects.h"

struct cli_checking {
	struct cli_call *call;
	struct md_engine *engine;
	const struct md_check *const *checks;
	struct cli_subjects subjects;
	struct cli_outputs outputs;
	bool many;    /* more than one subject, or as many as standard input names */
	bool bulk;    /* a long list, from standard input: interrupts are heeded in peace */
	bool ordered; /* reports come in the order of the subjects */
	bool shared;  /* what the first run has learnt serves all others */
	bool failed;  /* no file is to be put in its place */
	/* What is to be done before outputs are opened, false after a message; or NULL. */
	bool (*prepare)(struct cli_checking *);
	/* The next subject: what options it needs beside those that the command line has for
	 * all of them; in mem, which lives as long as its run. */
	enum cli_next (*next)(struct cli_checking *, struct md_arena *mem,
	                      struct md_run_options *);
	enum cli_exit (*judge)(const struct cli_settings *, const struct md_report *);
};

/* False after a message when one of --ip is none. */
bool cli_good_addresses(const struct cli_strings *);

/* False after a message when one of --resolver is no address. */
bool cli_good_resolvers(const struct cli_strings *);

/* Opens files, examines by one of the functions below, puts the files in their places. */
enum cli_exit cli_carry_out(struct cli_checking *,
                            enum cli_exit (*examine)(struct cli_checking *));

/* What the command line says of every engine but for zones; an engine, NULL after a message. */
struct md_engine_options cli_engine_wishes(const struct cli_settings *);
struct md_engine *cli_engine_of(const struct md_engine_options *);

/* An engine as the command line wants it, NULL after a message; and what is odd in its zone
 * files, told on stderr. */
struct md_engine *cli_open_engine(const struct cli_checking *);
void cli_pass_on_warnings(const struct md_engine *);

/* What the command line says of every subject. */
struct md_run_options cli_common_options(const struct cli_checking *);

/* Of the statuses seen, the one that the whole ends with. */
enum cli_exit cli_strongest(const bool seen[CLI_EXIT_INCONCLUSIVE + 1]);

/* Subjects under way at a time, without --jobs: of a list, the resolver decides before that. */
enum { CLI_JOBS = 64, CLI_BULK_JOBS = 4000 };

/* Seconds that a list waits when no resolver answers, before its domains end without answers.
 */
enum { CLI_BULK_PATIENCE = 60 };

/* What a report asks for by --fail-on: FINDINGS, INCONCLUSIVE or CLEAN.  One of a long list
 * asks for nothing unless --fail-on was given. */
enum cli_exit cli_status_of(const struct cli_settings *, const struct md_report *);
enum cli_exit cli_status_of_list(const struct cli_settings *, const struct md_report *);

/*
 * Examines every domain and writes its report; the strongest of the statuses that the single
 * reports ask for (TROUBLE, FINDINGS, INCONCLUSIVE, CLEAN), or USAGE.
 */
enum cli_exit cli_examine(struct cli_checking *);

#endif
