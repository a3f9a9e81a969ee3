/* What the commands share: how they are called, what was asked for, and how they end. */
#ifndef MD_CMD_H
#define MD_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct md_check;

/* Exit statuses: users and scripts rely on them (maildiag(1)). */
enum md_exit {
	MD_EXIT_CLEAN = 0,        /* nothing at or above --fail-on */
	MD_EXIT_FINDINGS = 1,     /* something */
	MD_EXIT_USAGE = 2,        /* the command line cannot be understood */
	MD_EXIT_TROUBLE = 3,      /* could not read, run or write */
	MD_EXIT_INCONCLUSIVE = 4, /* nothing found, but something could not be known */
};

/* What an option that may be repeated was given, in order; p is NULL when it was not. */
struct md_words {
	const char **p; /* NULL-terminated */
	size_t n;
};

/* The command line, read: each member is set by the option of its name (options.c). */
struct md_settings {
	bool help, version, quiet, verbose, offline, from_stdin, no_second_opinion;
	const char *format, *fail_on, *color;
	const char *replay, *record, *data;
	const char *mail_from, *helo;
	struct md_words output, only, skip, ignore, resolver, zone, selector, ip;
	double timeout, query_timeout;
	unsigned tries, jobs, rate;
	struct md_words resume;
	const char *shard;
	const char *spf;
	unsigned max_lookups, max_voids, max_mx, max_ptr;
	bool flatten;
	unsigned trusted_hops;
	int64_t now;
	const char *canonical, *spamd, *rspamd;
	struct md_words profile;
	const char *domain, *signing_selector, *key, *canonicalization;
	const char *sign_headers, *identity, *expire;
	const char *type, *out;
	unsigned bits;
	const char *zone_format, *origin, *base, *config;
	struct md_words set, unset;
	bool all, fail_on_unknown;
	const char *domains;
	struct md_words operands;
};

struct md_call {
	const struct md_cmd *cmd;
	bool guessed; /* no command was named: the operands decide */
	struct md_arena *mem;
	struct md_settings set;
};

/* The commands that an option belongs to. */
enum md_cmd_bit {
	MD_FOR_CHECK = 1,
	MD_FOR_EXPLAIN = 2,
	MD_FOR_LIST = 4,
	MD_FOR_COMPLETION = 8,
	MD_FOR_SPF = 16,
	MD_FOR_MESSAGE = 32,
	MD_FOR_SIGN = 64,
	MD_FOR_KEYGEN = 128,
	MD_FOR_GATE = 256,
	MD_FOR_SUMMARIZE = 512,
	MD_FOR_ALL = 1023,
};

struct md_cmd {
	const char *name, *args, *summary;
	enum md_cmd_bit bit;
	bool files;               /* its operands are paths */
	const char *const *words; /* what its operands can be, NULL-terminated; or NULL */
	const struct md_check *const *(*checks)(void); /* that --only can name; or NULL */
	enum md_exit (*run)(struct md_call *);
};

extern const struct md_cmd md_cmd_check, md_cmd_message, md_cmd_spf, md_cmd_gate, md_cmd_sign,
        md_cmd_keygen, md_cmd_summarize, md_cmd_explain, md_cmd_list, md_cmd_completion;

/* All commands, NULL-terminated; the first is what a lone domain means. */
extern const struct md_cmd *const md_commands[];
const struct md_cmd *md_cmd_find(const char *name); /* or NULL */

/* The names of all commands, for md_nearest; NULL-terminated. */
const char *const *md_cmd_names(struct md_arena *);

/* The word of --fail-on, or what it is without. */
const char *md_fail_on(const struct md_settings *);

/* One line on stderr: "maildiag: ...", escaped. */
void md_say(const char *fmt, ...) MD_PRINTF(1, 2);

/* ", did you mean X?" for the nearest word of a list, or "". */
const char *md_did_you_mean(struct md_arena *, const char *word, const char *const *list);

/* Writes out what stdout still holds: TROUBLE after a message when that fails, unless because
 * the reader of a pipe has gone. */
enum md_exit md_finish_stdout(void);

#endif
