/* Sockets on one epoll descriptor, and the clock that they are timed with. */
#ifndef MD_IO_H
#define MD_IO_H

#include <stddef.h>
#include <stdint.h>

struct md_arena;

/*
 * A socket that is watched: the first member of a larger struct, which lives in `mem`, an
 * arena of its own.
 */
struct md_io {
	struct md_arena *mem;
	int fd; /* -1 once closed */
	void (*ready)(struct md_io *, uint32_t events);
	struct md_io *next_closed;
};

struct md_loop {
	int fd;               /* the epoll descriptor, pollable itself */
	struct md_io *closed; /* to be freed when no event can point to them any more */
};

/* 0, or an errno. */
int md_loop_open(struct md_loop *);
void md_loop_close(struct md_loop *);

/* Calls ready() of what is ready now, and frees what was closed.  Never blocks. */
void md_loop_step(struct md_loop *);

/* `size` octets, zeroed, that begin with a md_io for this descriptor. */
void *md_io_new(size_t size, int fd);

/* Watches it for the first time, or for other events than before.  0, or an errno. */
int md_io_add(struct md_loop *, struct md_io *, uint32_t events);
int md_io_watch(struct md_loop *, struct md_io *, uint32_t events);

/* Closes its descriptor at once, and frees it and its arena later. */
void md_io_close(struct md_loop *, struct md_io *);

/* Microseconds of a clock that nobody sets. */
uint64_t md_clock(void);

/* The same in milliseconds. */
int64_t md_clock_ms(void);

#endif
