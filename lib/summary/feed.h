/* Lines of a file of any size that is fed piece by piece, within bounds. */
#ifndef MD_FEED_H
#define MD_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Start with { .most = how long a line may be }; md_feed_free in the end. */
struct md_feed {
	size_t most;
	char *buf;
	size_t room, len; /* octets that buf can hold, and holds */
	size_t at, seen;  /* where the next line begins; how far there is no newline */
	uint64_t number;  /* of the line just returned, from 1 */
	bool overlong;    /* within a line that was told of already */
	bool ended;
};

enum md_feed_next { MD_FEED_LINE, MD_FEED_TOO_LONG, MD_FEED_MORE, MD_FEED_END };

/*
 * The next line without its newline, valid until the next call; the last need not have one.
 * TOO_LONG, once, for one that is longer than it may be: it is passed over.  MORE: put more in
 * (*room octets at most) and say how many came, 0 for the end of the file.
 */
enum md_feed_next md_feed_next(struct md_feed *, struct md_str *line);
char *md_feed_room(struct md_feed *, size_t *room);
void md_feed_came(struct md_feed *, size_t n);

void md_feed_free(struct md_feed *);

#endif
