/* A name server: its address, and what we have learned of it. */
#ifndef MD_SERVER_H
#define MD_SERVER_H

#include <sys/socket.h>

#include <netinet/in.h>

#include "resolver/window.h"

struct md_endpoint {
	struct md_addr addr;
	uint16_t port;
	uint32_t scope; /* of a link-local IPv6 address; else 0 */
};

TAILQ_HEAD(md_udp_list, md_udp);

struct md_server {
	struct md_arena *mem; /* its own, when it goes with the last query; else NULL */
	LIST_ENTRY(md_server) in_named; /* then: in the resolver's list of such */
	unsigned users;                 /* then: the queries that name it */

	const char *name; /* as in struct md_attempt */
	struct md_endpoint endpoint;
	struct md_window *window; /* its own, or that of all servers that questions name */
	struct md_udp_list udp;   /* sockets with room in front */
	unsigned index;           /* in the resolver's list; 0 for one that a question names */

	bool garbles_case; /* does not give letters back as they were sent */
	bool no_edns;      /* FORMERR or NOTIMP with it, an answer without */
	unsigned silences; /* to queries sent since it was last heard */
	uint64_t heard;
	uint64_t shunned; /* not asked first before this moment (md_clock) */
};

/* "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:53", "fe80::1%eth0". */
bool md_endpoint_parse(const char *text, struct md_endpoint *);
bool md_endpoint_eq(const struct md_endpoint *, const struct md_endpoint *);
const char *md_endpoint_print(struct md_arena *, const struct md_endpoint *);

struct md_server *md_server_new(struct md_arena *, const struct md_endpoint *,
                                struct md_window *);

/* A non-blocking socket connected to it (for TCP: connecting).  -1 and errno on failure. */
int md_server_connect(const struct md_server *, int type);

/* This errno is no fault of the server's: somebody else has all descriptors, or memory. */
bool md_server_blameless(int error);

/*
 * Keep count of silence.  A server that was silent some times in a row, or that is certainly
 * not there, is not asked first for a while.  A query without a reply does not count when the
 * server was heard of after it was sent.
 */
void md_server_heard(struct md_server *, uint64_t now);
void md_server_silent(struct md_server *, uint64_t sent_at, bool certain);
bool md_server_is_silent(const struct md_server *);

#endif
