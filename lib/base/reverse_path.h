/* Reverse-paths: to whom a message is returned that cannot be delivered (MAIL FROM). */
#ifndef MD_REVERSE_PATH_H
#define MD_REVERSE_PATH_H

#include <stdbool.h>

struct md_arena;

/* RFC 5321 4.1.1.2.  What was not told differs from the null path, which says "nobody". */
struct md_reverse_path {
	bool given;         /* false: nobody told it; all texts are "" */
	bool null;          /* "<>" (RFC 5321 4.5.5) */
	const char *local;  /* as written; "" for a bare domain and the null path */
	const char *domain; /* as written; "" for the null path, and where none follows the @ */
	const char *text;   /* "ann@example.com", "example.com", "<>"; "" when not given */
};

/*
 * An address, a domain, either in angle brackets or not, or "<>"; "" when not given.  A path of
 * more than 1000 octets is cut to its beginning, which is no domain.
 */
struct md_reverse_path md_reverse_path_read(struct md_arena *, const char *written);

/* The same path with another spelling of its domain. */
struct md_reverse_path
md_reverse_path_spelled(struct md_arena *, const struct md_reverse_path *, const char *domain);

#endif
