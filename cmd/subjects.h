/* The domains (or addresses) to examine: the operands, then the lines of standard input. */
#ifndef MD_SUBJECTS_H
#define MD_SUBJECTS_H

#include "cmd.h"

enum { MD_LONGEST_LINE = 1024, MD_SUBJECTS_ROOM = 65536 };

struct md_subjects {
	const char *const *operands; /* NULL-terminated, those left; or NULL */
	bool from_stdin, ended;
	bool addresses;   /* lines name IP addresses, not domains */
	bool bad;         /* a line was no domain, or no address */
	size_t bad_lines; /* how many were not */
	char octets[MD_SUBJECTS_ROOM];
	size_t at, end;       /* what of them is read and not yet given out */
	bool overlong;        /* in the rest of a line that is too long */
	unsigned long number; /* of the last line taken */
	uint64_t taken;       /* octets of the lines taken */
};

enum md_next {
	MD_NEXT_DOMAIN, /* here is one */
	MD_NEXT_LATER,  /* none yet: read more when standard input can be read */
	MD_NEXT_PASSED, /* here was one that is not wished for: ask again */
	MD_NEXT_END,
};

/*
 * The next one, in mem.  A line that names none is passed over and told on stderr; of many only
 * the first are, and md_subjects_tell_rest says how many more there were.
 */
enum md_next md_subjects_next(struct md_subjects *, struct md_arena *mem, const char **subject);

void md_subjects_tell_rest(const struct md_subjects *);

/* Takes in what standard input has; blocks when it has nothing. */
void md_subjects_read(struct md_subjects *);

#endif
