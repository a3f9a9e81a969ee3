/* Reads through zlib, which passes on as it is what gzip has not packed. */
#include "mail/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"

enum {
	BUFFER = 1 << 17,
	READ_MOST = 1 << 24, /* at once */
	SMALL = 16 << 20,    /* unpacked octets that need no excuse */
	DENSE = 30,          /* times the packed ones; HTML packs to a tenth at best */
};

struct md_unpack {
	struct md_arena *mem;
	gzFile in;
	size_t total;
	const char *failed;
};

static void
close_unpack(void *arg)
{
	const struct md_unpack *u = arg;

	if (u->in != NULL)
		gzclose(u->in);
}

struct md_unpack *
md_unpack_open(struct md_arena *mem, int fd)
{
	struct md_unpack *u = md_alloc(mem, sizeof(*u));
	const int own = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	*u = (struct md_unpack){ .mem = mem };
	if (own < 0) {
		u->failed = md_strdup(mem, strerror(errno));
		return u;
	}
	u->in = gzdopen(own, "rb");
	if (u->in == NULL) {
		u->failed = "no memory to read it";
		close(own);
		return u;
	}
	gzbuffer(u->in, BUFFER);
	md_arena_defer(mem, close_unpack, u);
	return u;
}

static bool
is_dense(const struct md_unpack *u)
{
	const z_off_t packed = gzoffset(u->in);

	return u->total > SMALL && !gzdirect(u->in) && packed >= 0 &&
	       u->total / DENSE > (size_t)packed;
}

/* After a read that gave `got`: what is wrong, or NULL. */
static const char *
fault(const struct md_unpack *u, int got)
{
	const int error = errno;
	int code;

	gzerror(u->in, &code);
	if (got < 0 && code == Z_ERRNO)
		return md_strdup(u->mem, strerror(error));
	if (got < 0)
		return "what gzip packed there is damaged";
	if (got == 0 && code == Z_BUF_ERROR)
		return "it ends in the middle of what gzip packed";
	return is_dense(u) ? "it unpacks to far more than mail does: unpack it first" : NULL;
}

ssize_t
md_unpack_read(struct md_unpack *u, void *octets, size_t n, const char **why)
{
	int got = -1;

	if (u->failed == NULL) {
		got = gzread(u->in, octets, (unsigned)(n < READ_MOST ? n : READ_MOST));
		u->total += got > 0 ? (size_t)got : 0;
		u->failed = fault(u, got);
	}
	*why = u->failed;
	return u->failed == NULL ? got : -1;
}
