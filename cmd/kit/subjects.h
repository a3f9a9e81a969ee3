/* The domains (or addresses) to examine: the operands, then the lines of standard input. */
#ifndef CLI_SUBJECTS_H
#define CLI_SUBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { CLI_LONGEST_LINE = 1024, CLI_SUBJECTS_ROOM = 65536 };

struct cli_subjects {
	const char *const *operands; /* NULL-terminated, those left; or NULL */
	bool from_stdin, ended;
	bool addresses;   /* lines name IP addresses, not domains */
	bool bad;         /* a line was no domain, or no address */
	size_t bad_lines; /* how many were not */
	char octets[CLI_SUBJECTS_ROOM];
	size_t at, end;       /* what of them is read and not yet given out */
	bool overlong;        /* in the rest of a line that is too long */
	unsigned long number; /* of the last line taken */
	uint64_t taken;       /* octets of the lines taken */
};

enum cli_next {
	CLI_NEXT_SUBJECT, /* here is one */
	CLI_NEXT_LATER,   /* none yet: read more when standard input can be read */
	CLI_NEXT_PASSED,  /* one was left out (--shard, --resume): ask again */
	CLI_NEXT_END,
};

/*
 * Gives the next subject: an operand, or the name or address on a line.  A line that
 * names none is passed over.  A message tells of each of the first such lines;
 * cli_subjects_tell_rest says how many more there were.
 */
enum cli_next cli_subjects_next(struct cli_subjects *, struct md_arena *mem,
                                const char **subject);

void cli_subjects_tell_rest(const struct cli_subjects *);

/* Reads what standard input has; blocks when it has nothing. */
void cli_subjects_read(struct cli_subjects *);

#endif
