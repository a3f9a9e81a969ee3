/* Sockets on one epoll descriptor, and the clock that they are timed with. */
#include "net/io.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

enum { EVENTS = 64, ROUNDS = 32 };

int
md_loop_open(struct md_loop *l)
{
	l->closed = NULL;
	l->fd = epoll_create1(EPOLL_CLOEXEC);
	return l->fd >= 0 ? 0 : errno;
}

static void
free_closed(struct md_loop *l)
{
	while (l->closed != NULL) {
		struct md_io *io = l->closed;

		l->closed = io->next_closed;
		md_arena_free(io->mem);
	}
}

void
md_loop_close(struct md_loop *l)
{
	free_closed(l);
	close(l->fd);
}

void
md_loop_step(struct md_loop *l)
{
	struct epoll_event events[EVENTS];
	int n = EVENTS;

	/* What is there already must not be taken for late; but there may ever be more. */
	for (int round = 0; round < ROUNDS && n == EVENTS; round++) {
		n = epoll_wait(l->fd, events, EVENTS, 0);
		for (int i = 0; i < n; i++) {
			struct md_io *io = events[i].data.ptr;

			if (io->fd >= 0) /* else closed by an event before this one */
				io->ready(io, events[i].events);
		}
	}
	free_closed(l);
}

void *
md_io_new(size_t size, int fd)
{
	struct md_arena *mem = md_arena_new();
	struct md_io *io = md_alloc(mem, size);

	io->mem = mem;
	io->fd = fd;
	return io;
}

static int
control(struct md_loop *l, int op, struct md_io *io, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.ptr = io };

	return epoll_ctl(l->fd, op, io->fd, &e) == 0 ? 0 : errno;
}

int
md_io_add(struct md_loop *l, struct md_io *io, uint32_t events)
{
	return control(l, EPOLL_CTL_ADD, io, events);
}

int
md_io_watch(struct md_loop *l, struct md_io *io, uint32_t events)
{
	return control(l, EPOLL_CTL_MOD, io, events);
}

void
md_io_close(struct md_loop *l, struct md_io *io)
{
	close(io->fd);
	io->fd = -1;
	io->next_closed = l->closed;
	l->closed = io;
}

uint64_t
md_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

int64_t
md_clock_ms(void)
{
	return (int64_t)(md_clock() / 1000);
}
