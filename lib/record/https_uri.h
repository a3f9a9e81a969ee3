/* https: URIs, as far as records name them: whose host are they on? */
#ifndef MD_HTTPS_URI_H
#define MD_HTTPS_URI_H

#include "base/str.h"

/*
 * Reads a URI with authority (RFC 3986 3, RFC 9110 4.2.2).  *host is a view of its host, in
 * brackets when it is an IPv6 address.  False when it is not such a URI; *why then says so in
 * a clause, and *at points to the octets meant.
 */
bool md_https_uri_host(struct md_str uri, struct md_str *host, const char **why,
                       struct md_str *at);

/* The first octet that no URI can have (RFC 3986 2), or uri.len. */
size_t md_uri_bad_octet(struct md_str uri);

#endif
