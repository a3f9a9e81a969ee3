/* "HOST", "HOST:PORT" and "[V6]:PORT", as people name a server to talk to. */
#ifndef MD_HOSTPORT_H
#define MD_HOSTPORT_H

#include "base/str.h"

struct md_hostport {
	const char *host; /* a name or an address, without brackets */
	const char *port; /* 1 to 65535, in decimal */
	const char *text; /* both, as "HOST:PORT" or "[V6]:PORT" */
};

/* `port` is the default one.  False and *why, a clause, when it is none of these. */
bool md_hostport_read(struct md_arena *, struct md_str, const char *port,
                      struct md_hostport *out, const char **why);

/*
 * The server of "http://HOST[:PORT][/PATH]", or of https; *path is the rest, without its last
 * slash.  No user, question or fragment may be in it.
 */
bool md_hostport_of_url(struct md_arena *, struct md_str url, struct md_hostport *out,
                        struct md_str *path, const char **why);

#endif
