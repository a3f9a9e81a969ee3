/* Options as data: a command has its own table, and inherits the sets that it shares. */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct cli_call;
struct cli_cmd;
struct md_check;

/* What an option that may be repeated was given, in order; p is NULL when it was not. */
struct cli_strings {
	const char **p; /* NULL-terminated */
	size_t n;
};

/* What follows an option, and the type of the member that takes it. */
enum cli_opt_kind {
	CLI_OPT_FLAG,    /* nothing; bool */
	CLI_OPT_WORD,    /* one of `words`; const char * */
	CLI_OPT_TEXT,    /* anything; const char * */
	CLI_OPT_FILE,    /* a path; const char * */
	CLI_OPT_TEXTS,   /* anything, repeatable; struct cli_strings */
	CLI_OPT_FILES,   /* paths, repeatable; struct cli_strings */
	CLI_OPT_CHECKS,  /* names of checks with commas, repeatable; struct cli_strings */
	CLI_OPT_RULES,   /* RULE or RULE@SUBJECT, repeatable; struct cli_strings */
	CLI_OPT_SECONDS, /* more than 0; double */
	CLI_OPT_NUMBER,  /* 1 or more; unsigned */
	CLI_OPT_TIME,    /* seconds since 1970, or RFC 3339; int64_t */
	CLI_OPT_HELP,    /* nothing; the call has a member for it */
	CLI_OPT_VERSION, /* nothing; the call has a member for it */
};

/* A row of a table: an option, the heading of those that follow, or a set of options. */
struct cli_opt {
	const char *name;
	char letter; /* or 0 */
	enum cli_opt_kind kind;
	size_t at;         /* offset of its member in the settings */
	const char *value; /* what to call its value; NULL when it has none */
	const char *summary;
	const char *const *words; /* for CLI_OPT_WORD, NULL-terminated */

	const char *group; /* of a heading: its text */

	const struct cli_opt *set; /* of a set: its table, and the names of those left out */
	const char *const *but;    /* NULL-terminated; or NULL */
};

/*
 * For the rows of a table: kind and member.  The compiler refuses a member whose type is not
 * that of the kind.
 *
 *	{ .name = "shard", .value = "I/N", CLI_TEXT(struct settings, shard), .summary = "..." }
 */
#define CLI_FLAG(s, m) .kind = CLI_OPT_FLAG, .at = CLI_OPT_AT(bool, s, m)
#define CLI_WORD(s, m, list)                                                                   \
	.kind = CLI_OPT_WORD, .at = CLI_OPT_AT(const char *, s, m), .words = (list)
#define CLI_TEXT(s, m) .kind = CLI_OPT_TEXT, .at = CLI_OPT_AT(const char *, s, m)
#define CLI_FILE(s, m) .kind = CLI_OPT_FILE, .at = CLI_OPT_AT(const char *, s, m)
#define CLI_TEXTS(s, m) .kind = CLI_OPT_TEXTS, .at = CLI_OPT_AT(struct cli_strings, s, m)
#define CLI_FILES(s, m) .kind = CLI_OPT_FILES, .at = CLI_OPT_AT(struct cli_strings, s, m)
#define CLI_CHECKS(s, m) .kind = CLI_OPT_CHECKS, .at = CLI_OPT_AT(struct cli_strings, s, m)
#define CLI_RULES(s, m) .kind = CLI_OPT_RULES, .at = CLI_OPT_AT(struct cli_strings, s, m)
#define CLI_SECONDS(s, m) .kind = CLI_OPT_SECONDS, .at = CLI_OPT_AT(double, s, m)
#define CLI_NUMBER(s, m) .kind = CLI_OPT_NUMBER, .at = CLI_OPT_AT(unsigned, s, m)
#define CLI_TIME(s, m) .kind = CLI_OPT_TIME, .at = CLI_OPT_AT(int64_t, s, m)

/* NOLINTNEXTLINE(bugprone-macro-parentheses): a type cannot stand in them */
#define CLI_OPT_AT(type, s, m) (offsetof(s, m) + 0 * sizeof((type *[]){ &((s *)0)->m }))

/* The other rows: a heading; a set, whose settings are member m of s; a set but for some of its
 * options; and the last row of every table. */
#define CLI_OPT_GROUP(heading)                                                                 \
	{                                                                                      \
		.group = (heading)                                                             \
	}
#define CLI_OPT_SET(table, s, m)                                                               \
	{                                                                                      \
		.set = (table), .at = offsetof(s, m)                                           \
	}
#define CLI_OPT_SET_BUT(table, s, m, ...)                                                      \
	{                                                                                      \
		.set = (table), .at = offsetof(s, m), .but = (const char *const[])             \
		{                                                                              \
			__VA_ARGS__, NULL                                                      \
		}                                                                              \
	}
#define CLI_OPT_END                                                                            \
	{                                                                                      \
		.name = NULL                                                                   \
	}

/*
 * All options of a command in the order of --help, those of every command at the end: each row
 * is an option, with its heading in `group` and its offset in the settings of the command.
 * Ends with a NULL name.
 */
const struct cli_opt *cli_opt_list(struct md_arena *, const struct cli_cmd *);

/*
 * Reads argv (without program and command) into the call: operands, settings, help and version.
 * Options may stand anywhere before "--"; "--name=value" and "--name value" are the same.
 * False after a message on stderr.
 */
bool cli_opt_parse(struct cli_call *, int argc, char **argv);

/* The words of check names (of one table) and rule ids; NULL-terminated. */
const char *const *cli_check_names(struct md_arena *, const struct md_check *const *);
const char *const *cli_rule_ids(struct md_arena *);

#endif
