/* A command, and one call of it: what was typed, as its options have read it. */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "opt.h"
#include "status.h"

struct md_check;
struct cli_cmd;

struct cli_call {
	const struct cli_cmd *const *commands; /* all there are, NULL-terminated */
	const struct cli_cmd *cmd;
	bool guessed; /* no command was named: the operands decide */
	bool help, version;
	struct md_arena *mem;
	void *settings; /* of the type that the command keeps its options in */
	struct cli_strings operands;
};

struct cli_cmd {
	const char *name, *args, *summary;
	const struct cli_opt *options; /* its own, without those of every command; or NULL */
	size_t settings;               /* the size of the structure that they fill */
	bool files;                    /* its operands are paths */
	bool rules;                    /* its operands are ids of rules */
	bool commands;                 /* its operand is the name of a command */
	const char *const *examples;   /* command lines to begin with, NULL-terminated */
	const char *const *words;      /* what its operands can be, NULL-terminated; or NULL */
	const struct md_check *const *(*checks)(void); /* that --only can name; or NULL */
	enum cli_exit (*run)(struct cli_call *);
};

/* The command of that name in a NULL-terminated table, or NULL. */
const struct cli_cmd *cli_cmd_find(const struct cli_cmd *const *, const char *name);

/* The names of all commands of a table, for md_nearest; NULL-terminated. */
const char *const *cli_cmd_names(struct md_arena *, const struct cli_cmd *const *);

/* "text, json, jsonl": the words of a NULL-terminated list. */
const char *cli_joined(struct md_arena *, const char *const *words);

/* The structure of that type whose `member` the pointer points to. */
#define cli_container(pointer, type, member)                                                   \
	((type *)(void *)((char *)(pointer)-offsetof(type, member)))

#endif
