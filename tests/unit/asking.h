/* What the tests of the resolver share: asking, running, and what came of it. */
#ifndef ASKING_H
#define ASKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "faulty.h"
#include "resolver/ask.h"

#define WAIT 0.1 /* seconds per attempt: enough on loopback */

/* What a question came to, kept for longer than the callback. */
struct seen {
	unsigned calls;
	bool answered;
	int rcode;
	size_t n, nattempts;
	char why[512], first[256], last[256];
	bool tcp, truncated;
};

/* A md_resolved_fn whose argument is a struct seen. */
void note(void *arg, const struct md_resolved *);

struct md_resolver *new_resolver(struct md_arena *, const char *const *servers);

/* Asks for the name's A records, with note. */
uint64_t ask(struct md_resolver *, const char *name, const char *server, struct seen *);

/* Of a clock that nobody sets. */
double seconds(void);

/* Runs resolver and servers until nothing is open any more, or for so long. */
void run(struct md_resolver *, struct faulty *servers, size_t n, double longest);

/* The text with the servers' addresses for "@1" and "@2". */
const char *expected(struct md_arena *, const char *text, const struct faulty *servers);

/* One server, and one resolver that asks it. */
struct pair {
	struct md_arena *mem;
	struct faulty server;
	struct md_resolver *resolver;
};

void open_pair(struct pair *, const char *udp_script);
void close_pair(struct pair *);

#endif
