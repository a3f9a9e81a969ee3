/* A small DNS for tests of derived results: what is listed exists, all else does not. */
#ifndef WORLD_H
#define WORLD_H

#include "offline.h"

struct record {
	const char *name, *type;
	const char *rdata; /* of TXT the bare text; NULL: the question ends in SERVFAIL */
};

struct world {
	struct offline known; /* its run is done; what that derived lives until world_close */
	struct md_message_source message; /* of world_open_message */
	int64_t now;
	struct md_check check;
};

/*
 * Examines example.com with this function as its only check.  It may be called many times,
 * so it keeps its results in statics, to be looked at before world_close.
 */
void world_open(struct world *, const struct record *, size_t n, void (*ask)(struct md_ctx *));

/* The same with a message as the subject, judged at this time (0: now). */
void world_open_message(struct world *, struct md_str message, int64_t now,
                        const struct record *, size_t n, void (*ask)(struct md_ctx *));
void world_close(struct world *);

/* The report's facts that were asked for by this type, or 0: any. */
size_t world_asked(const struct world *, uint16_t type);

#endif
