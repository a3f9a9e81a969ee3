/* The domains (or addresses) to examine: the operands, then the lines of standard input. */
#ifndef MD_SUBJECTS_H
#define MD_SUBJECTS_H

#include "cmd.h"

enum { MD_LONGEST_LINE = 1024 };

struct md_subjects {
	const char *const *operands; /* NULL-terminated, those left; or NULL */
	bool from_stdin, ended;
	bool addresses; /* lines name IP addresses, not domains */
	bool bad;       /* a line was no domain, or no address */
	char line[MD_LONGEST_LINE + 1];
	size_t len;           /* octets read and not yet given out */
	bool overlong;        /* in the rest of a line that is too long */
	unsigned long number; /* of the last line taken */
};

enum md_next {
	MD_NEXT_DOMAIN, /* here is one */
	MD_NEXT_LATER,  /* none yet: read more when standard input can be read */
	MD_NEXT_END,
};

/* The next one, in mem.  A line that names none is told on stderr and passed over. */
enum md_next md_subjects_next(struct md_subjects *, struct md_arena *mem, const char **subject);

/* Takes in what standard input has; blocks when it has nothing. */
void md_subjects_read(struct md_subjects *);

#endif
