/* Shutting the witness in: limits, and a filter of system calls (seccomp) by libseccomp. */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef WITNESS_SECCOMP
#include <seccomp.h>
#endif

#include "base/count.h"

enum {
	SECONDS = 5,      /* of the processor */
	ROOM = 256 << 20, /* octets of memory */
};

/* Sanitizers map terabytes. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROOM_IS_LIMITED false
#elif defined(__has_feature)
#define ROOM_IS_LIMITED (!__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer))
#else
#define ROOM_IS_LIMITED true
#endif

static void
limit(int resource, rlim_t most)
{
	const struct rlimit limit = { most, most };

	setrlimit((__rlimit_resource_t)resource, &limit);
}

void
confine(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, SECONDS);
	limit(RLIMIT_NPROC, 0);
	if (ROOM_IS_LIMITED)
		limit(RLIMIT_AS, ROOM);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

#ifdef WITNESS_SECCOMP

/* What computes, and says nothing to anybody: with any arguments. */
static const int computing[] = {
	SCMP_SYS(brk),
	SCMP_SYS(clock_getres),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_nanosleep_time64),
	SCMP_SYS(close), /* nothing can be opened in its place */
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(futex),
	SCMP_SYS(futex_time64),
	SCMP_SYS(getegid),
	SCMP_SYS(getegid32),
	SCMP_SYS(geteuid),
	SCMP_SYS(geteuid32),
	SCMP_SYS(getgid),
	SCMP_SYS(getgid32),
	SCMP_SYS(getpid),
	SCMP_SYS(getrandom),
	SCMP_SYS(gettid),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(getuid),
	SCMP_SYS(getuid32),
	SCMP_SYS(madvise),
	SCMP_SYS(mremap),
	SCMP_SYS(munmap),
	SCMP_SYS(nanosleep),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(sigreturn),
	SCMP_SYS(time),
	SCMP_SYS(uname),
};

/* What talks on a descriptor, its first argument. */
static const int reading[] = { SCMP_SYS(read), SCMP_SYS(readv) };
static const int writing[] = { SCMP_SYS(write), SCMP_SYS(writev) };

/* What a conversation with a server needs besides, on its socket. */
static const int conversing[] = {
	SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(getsockopt),
	SCMP_SYS(read),        SCMP_SYS(recv),        SCMP_SYS(send),
	SCMP_SYS(setsockopt),  SCMP_SYS(shutdown),    SCMP_SYS(write),
};

/* poll() says with every descriptor that there is no other; so it may be called on any. */
static const int waiting[] = {
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(ppoll_time64),
};

/* A filter as it is made; `error` is the first that was met. */
struct filter {
	scmp_filter_ctx ctx;
	int error;
};

static void
allow(struct filter *f, int call, unsigned n, const struct scmp_arg_cmp *args)
{
	const int error = seccomp_rule_add_array(f->ctx, SCMP_ACT_ALLOW, call, n, args);

	/* A system call that other machines have is none here (EDOM, ENOSYS). */
	if (error != 0 && error != -EDOM && error != -ENOSYS && f->error == 0)
		f->error = -error;
}

static void
allow_all(struct filter *f, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		allow(f, calls[i], 0, NULL);
}

static void
allow_on(struct filter *f, const int *calls, size_t n, int fd)
{
	const struct scmp_arg_cmp on = { 0, SCMP_CMP_EQ, (scmp_datum_t)fd, 0 };

	for (size_t i = 0; i < n; i++)
		allow(f, calls[i], 1, &on);
}

/* Memory of its own, from no file, and never to be run. */
static void
allow_memory(struct filter *f)
{
	const struct scmp_arg_cmp map[] = {
		{ 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },
		{ 3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS },
	};

	allow(f, SCMP_SYS(mmap), MD_COUNT(map), map);
	allow(f, SCMP_SYS(mmap2), MD_COUNT(map), map);
	allow(f, SCMP_SYS(mprotect), 1, &map[0]);
}

/* abort() sends a signal to this thread, and to no other process. */
static void
allow_abort(struct filter *f)
{
	const struct scmp_arg_cmp self = { 0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0 };

	allow(f, SCMP_SYS(tgkill), 1, &self);
}

/*
 * The socket has its peer, and gets no other: no address is taken.  libcurl connects for
 * itself: it is told that this is under way, waits for the socket, and finds it connected.
 */
static void
allow_conversation(struct filter *f, int fd)
{
	const struct scmp_arg_cmp flags[] = { { 0, SCMP_CMP_EQ, (scmp_datum_t)fd, 0 },
		                              { 4, SCMP_CMP_EQ, 0, 0 } };
	const struct scmp_arg_cmp get[] = { { 0, SCMP_CMP_EQ, (scmp_datum_t)fd, 0 },
		                            { 1, SCMP_CMP_EQ, F_GETFL, 0 } };
	const struct scmp_arg_cmp set[] = { { 0, SCMP_CMP_EQ, (scmp_datum_t)fd, 0 },
		                            { 1, SCMP_CMP_EQ, F_SETFL, 0 } };

	const int error = seccomp_rule_add_array(f->ctx, SCMP_ACT_ERRNO(EINPROGRESS),
	                                         SCMP_SYS(connect), 1, flags);

	if (error != 0 && f->error == 0)
		f->error = -error;
	allow_on(f, conversing, MD_COUNT(conversing), fd);
	allow_all(f, waiting, MD_COUNT(waiting));
	allow(f, SCMP_SYS(sendto), MD_COUNT(flags), flags);
	allow(f, SCMP_SYS(recvfrom), MD_COUNT(flags), flags);
	allow(f, SCMP_SYS(fcntl), MD_COUNT(get), get);
	allow(f, SCMP_SYS(fcntl), MD_COUNT(set), set);
	allow(f, SCMP_SYS(fcntl64), MD_COUNT(get), get);
	allow(f, SCMP_SYS(fcntl64), MD_COUNT(set), set);
}

/*
 * What is not allowed fails with EPERM, as libraries expect it of what they may not do: they
 * try to find out about the machine, and do without.
 */
static int
filter_calls(int socket)
{
	struct filter f = { .ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM)) };

	if (f.ctx == NULL)
		return ENOMEM;
	allow_all(&f, computing, MD_COUNT(computing));
	allow_on(&f, reading, MD_COUNT(reading), STDIN_FILENO);
	allow_on(&f, writing, MD_COUNT(writing), STDOUT_FILENO);
	allow_on(&f, writing, MD_COUNT(writing), STDERR_FILENO);
	allow_memory(&f);
	allow_abort(&f);
	if (socket >= 0)
		allow_conversation(&f, socket);
	if (f.error == 0)
		f.error = -seccomp_load(f.ctx);
	seccomp_release(f.ctx);
	return f.error;
}

#else

static int
filter_calls(int socket)
{
	(void)socket;
	return ENOSYS;
}

#endif

enum { MOST_POLLED = 8 };

const char *
confine_fully(int socket)
{
	int error;

	/*
	 * poll() refuses more entries than files may be open, and libcurl has one for each way
	 * of its connection.
	 */
	limit(RLIMIT_NOFILE, socket >= 0 ? MOST_POLLED : 0);
	limit(RLIMIT_FSIZE, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* nobody looks into its memory */
	error = filter_calls(socket);
	return error == 0 ? NULL : strerror(error);
}
