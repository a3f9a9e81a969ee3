/* Options as data: parsing, usage and completion all come from one table (options.c). */
#ifndef MD_OPT_H
#define MD_OPT_H

#include "cmd.h"

/* What follows an option, and where it goes. */
enum md_opt_kind {
	MD_OPT_FLAG,    /* nothing; bool */
	MD_OPT_WORD,    /* one of `words`; const char * */
	MD_OPT_TEXT,    /* anything; const char * */
	MD_OPT_FILE,    /* a path; const char * */
	MD_OPT_TEXTS,   /* anything, repeatable; struct md_words */
	MD_OPT_FILES,   /* paths, repeatable; struct md_words */
	MD_OPT_CHECKS,  /* names of checks with commas, repeatable; struct md_words */
	MD_OPT_RULES,   /* RULE or RULE@SUBJECT, repeatable; struct md_words */
	MD_OPT_SECONDS, /* more than 0; double */
	MD_OPT_NUMBER,  /* 1 or more; unsigned */
	MD_OPT_TIME,    /* seconds since 1970, or RFC 3339; int64_t */
};

struct md_opt {
	unsigned commands; /* md_cmd_bit: whose it is */
	const char *group; /* its heading in --help */
	const char *name;
	char letter; /* or 0 */
	enum md_opt_kind kind;
	size_t member;     /* offset in struct md_settings */
	const char *value; /* what to call its value; NULL for a flag */
	const char *summary;
	const char *const *words; /* for MD_OPT_WORD */
};

/* All options of all commands; ends with a NULL name. */
extern const struct md_opt md_options[];

/*
 * Reads argv (without program and command) into call->set.  Options may stand anywhere before
 * "--"; "--name=value" and "--name value" are the same.  False after a message on stderr.
 */
bool md_opt_parse(struct md_call *call, int argc, char **argv);

/* The words of check names (of one table) and rule ids; NULL-terminated. */
const char *const *md_check_names(struct md_arena *, const struct md_check *const *);
const char *const *md_rule_ids(struct md_arena *);

#endif
