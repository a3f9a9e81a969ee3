/* What the commands share: how they are called, what was asked for, and how they end. */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct md_check;

/* Exit statuses: users and scripts rely on them (maildiag(1)). */
enum cli_exit {
	CLI_EXIT_CLEAN = 0,        /* nothing at or above --fail-on */
	CLI_EXIT_FINDINGS = 1,     /* something */
	CLI_EXIT_USAGE = 2,        /* the command line cannot be understood */
	CLI_EXIT_TROUBLE = 3,      /* could not read, run or write */
	CLI_EXIT_INCONCLUSIVE = 4, /* nothing found, but something could not be known */
};

/* What an option that may be repeated was given, in order; p is NULL when it was not. */
struct cli_strings {
	const char **p; /* NULL-terminated */
	size_t n;
};

/* The command line, read: each member is set by the option of its name (options.c). */
struct cli_settings {
	bool help, version, quiet, verbose, offline, from_stdin, no_second_opinion;
	const char *format, *fail_on, *color;
	const char *replay, *record, *data;
	const char *mail_from, *helo;
	struct cli_strings output, only, skip, ignore, resolver, zone, selector, ip;
	double timeout, query_timeout;
	unsigned tries, jobs, rate;
	struct cli_strings resume;
	const char *shard;
	const char *spf;
	unsigned max_lookups, max_voids, max_mx, max_ptr;
	bool flatten;
	unsigned trusted_hops;
	int64_t now;
	const char *canonical, *spamd, *rspamd;
	struct cli_strings profile;
	const char *domain, *signing_selector, *key, *canonicalization;
	const char *sign_headers, *identity, *expire;
	const char *type, *out;
	unsigned bits;
	const char *zone_format, *origin, *base, *config;
	struct cli_strings set, unset;
	bool all, fail_on_unknown;
	const char *domains;
	struct cli_strings operands;
};

struct cli_call {
	const struct cli_cmd *cmd;
	bool guessed; /* no command was named: the operands decide */
	struct md_arena *mem;
	struct cli_settings set;
};

/* The commands that an option belongs to. */
enum cli_cmd_bit {
	CLI_FOR_CHECK = 1,
	CLI_FOR_EXPLAIN = 2,
	CLI_FOR_LIST = 4,
	CLI_FOR_COMPLETION = 8,
	CLI_FOR_SPF = 16,
	CLI_FOR_MESSAGE = 32,
	CLI_FOR_SIGN = 64,
	CLI_FOR_KEYGEN = 128,
	CLI_FOR_GATE = 256,
	CLI_FOR_SUMMARIZE = 512,
	CLI_FOR_ALL = 1023,
};

struct cli_cmd {
	const char *name, *args, *summary;
	enum cli_cmd_bit bit;
	bool files;               /* its operands are paths */
	const char *const *words; /* what its operands can be, NULL-terminated; or NULL */
	const struct md_check *const *(*checks)(void); /* that --only can name; or NULL */
	enum cli_exit (*run)(struct cli_call *);
};

extern const struct cli_cmd cli_cmd_check, cli_cmd_message, cli_cmd_spf, cli_cmd_gate,
        cli_cmd_sign, cli_cmd_keygen, cli_cmd_summarize, cli_cmd_explain, cli_cmd_list,
        cli_cmd_completion;

/* All commands, NULL-terminated; the first is what a lone domain means. */
extern const struct cli_cmd *const cli_commands[];
const struct cli_cmd *cli_cmd_find(const char *name); /* or NULL */

/* The names of all commands, for md_nearest; NULL-terminated. */
const char *const *cli_cmd_names(struct md_arena *);

/* The word of --fail-on, or what it is without. */
const char *cli_fail_on(const struct cli_settings *);

/* One line on stderr: "maildiag: ...", escaped. */
void cli_say(const char *fmt, ...) MD_PRINTF(1, 2);

/* ", did you mean X?" for the nearest word of a list, or "". */
const char *cli_did_you_mean(struct md_arena *, const char *word, const char *const *list);

/* Writes out what stdout still holds: TROUBLE after a message when that fails, unless because
 * the reader of a pipe has gone. */
enum cli_exit cli_finish_stdout(void);

#endif
