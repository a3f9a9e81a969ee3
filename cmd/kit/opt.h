/* Options as data: parsing, usage and completion all come from one table (options.c). */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include "call.h"

/* What follows an option, and where it goes. */
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
};

struct cli_opt {
	unsigned commands; /* cli_cmd_bit: whose it is */
	const char *group; /* its heading in --help */
	const char *name;
	char letter; /* or 0 */
	enum cli_opt_kind kind;
	size_t member;     /* offset in struct cli_settings */
	const char *value; /* what to call its value; NULL for a flag */
	const char *summary;
	const char *const *words; /* for CLI_OPT_WORD */
};

/* All options of all commands; ends with a NULL name. */
extern const struct cli_opt cli_options[];

/*
 * Reads argv (without program and command) into call->set.  Options may stand anywhere before
 * "--"; "--name=value" and "--name value" are the same.  False after a message on stderr.
 */
bool cli_opt_parse(struct cli_call *call, int argc, char **argv);

/* The words of check names (of one table) and rule ids; NULL-terminated. */
const char *const *cli_check_names(struct md_arena *, const struct md_check *const *);
const char *const *cli_rule_ids(struct md_arena *);

#endif
