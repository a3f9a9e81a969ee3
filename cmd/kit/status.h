/* Exit statuses: how a command ends, and which end a report asks for. */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

#include <stdbool.h>

struct md_report;

/* Users and scripts rely on them (maildiag(1)). */
enum cli_exit {
	CLI_EXIT_CLEAN = 0,        /* nothing at or above --fail-on */
	CLI_EXIT_FINDINGS = 1,     /* something */
	CLI_EXIT_USAGE = 2,        /* the command line cannot be understood */
	CLI_EXIT_TROUBLE = 3,      /* could not read, run or write */
	CLI_EXIT_INCONCLUSIVE = 4, /* nothing found, but something could not be known */
};

/* The word of --fail-on; where none was given (NULL), what it is for a long list or else. */
const char *cli_fail_on(const char *given, bool bulk);

/* What a report asks for by the word of --fail-on: FINDINGS, INCONCLUSIVE or CLEAN. */
enum cli_exit cli_status_of(const char *fail_on, const struct md_report *);

/* Of the statuses seen, the one that the whole ends with. */
enum cli_exit cli_status_strongest(const bool seen[CLI_EXIT_INCONCLUSIVE + 1]);

#endif
