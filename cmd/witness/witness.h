/*
 * maildiag-witness: one opinion of one mail library, in a process of its own.
 *
 * These libraries are foreign and fragile: whatever becomes of them here is no harm to who
 * asked.  The program knows nothing of the world but its question and the answers it gets.
 */
#ifndef WITNESS_H
#define WITNESS_H

#include "base/arena.h"
#include "dns/dns.h"
#include "json/read.h"

/* No honest evaluation needs so many. */
enum { WITNESS_LOOKUPS = 200 };

struct witness {
	struct md_arena *mem;
	struct md_members input;
	struct md_str message; /* in the form that mail travels in; p is NULL without one */
	unsigned lookups;
	int socket; /* to a server, connected by prepare; or -1 */
	size_t nparts;
	const char **parts; /* of the opinion: witness_part */
};

/*
 * A library, known by its name, and how it comes to its opinion: with one of the two at the
 * end below.  What needs a file or a connection is had by prepare (or NULL), for afterwards
 * there is nothing but computing, and talking on w->socket.
 */
struct engine {
	const char *name;
	void (*prepare)(struct witness *);
	void (*testify)(struct witness *);
};

extern const struct engine libspf2, libopendkim, libopendmarc, spamassassin, rspamd;

/* A text of the input; "" when there is none. */
const char *witness_input(const struct witness *, const char *key);

/* Asks for a fact.  The name is raw octets as a library has it; it must be a possible one. */
const struct md_dns *witness_ask(struct witness *, const char *name, uint16_t type);

/* An opinion on one of several things: octets as they come.  At most MD_OPINION_PARTS. */
void witness_part(struct witness *, const char *fmt, ...) MD_PRINTF(2, 3);

/* The end: the opinion, octets of detail as they come; or why there will be none. */
_Noreturn void witness_opine(struct witness *, const char *result, const char *detail);
_Noreturn void witness_refuse(struct witness *, const char *fmt, ...) MD_PRINTF(2, 3);

#endif
