/* Is what a server said in HELO the name of a host on the Internet? */
#ifndef MD_HELO_NAME_H
#define MD_HELO_NAME_H

enum md_helo_kind {
	MD_HELO_NAME,    /* a name to ask the DNS for */
	MD_HELO_LITERAL, /* [192.0.2.1] or [IPv6:2001:db8::1] (RFC 5321 4.1.3) */
	MD_HELO_ADDRESS, /* an address without brackets */
	MD_HELO_LABEL,   /* a single label */
	MD_HELO_PRIVATE, /* a name of private networks */
	MD_HELO_NO_HOST, /* no host name: RFC 1123 2.1 */
};

/* `name` in canonical text. */
enum md_helo_kind md_helo_kind(const char *name);

#endif
