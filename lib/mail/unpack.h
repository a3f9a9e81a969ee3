/* Octets of a file, unpacked where gzip has packed it (RFC 1952), read from a descriptor. */
#ifndef MD_UNPACK_H
#define MD_UNPACK_H

#include <stddef.h>

#include <sys/types.h>

struct md_arena;
struct md_unpack;

/* Reads fd, which stays the caller's, until the arena goes. */
struct md_unpack *md_unpack_open(struct md_arena *, int fd);

/*
 * At most n octets (n > 0) more; 0 at the end.  -1 and *why, a clause that lives as long as the
 * arena, when the descriptor cannot be read, or what is packed is damaged, or so dense that it
 * was made to fill a memory rather than to hold mail.
 */
ssize_t md_unpack_read(struct md_unpack *, void *octets, size_t n, const char **why);

#endif
