/*
 * A maildiag-witness whose library was taken over: it tries all that a stranger would want, and
 * its opinion tells what it got.  In the place of libspf2, under the confinement of the real
 * one.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../../cmd/witness/witness.h"

static bool
opens(void)
{
	return open("/etc/hostname", O_RDONLY) >= 0 ||
	       syscall(SYS_openat, AT_FDCWD, "/etc/hostname", O_RDONLY, 0) >= 0;
}

/* With a descriptor closed first, there is a number to be had. */
static bool
opens_in_place(void)
{
	close(STDERR_FILENO);
	return opens();
}

static bool
creates(void)
{
	return open("/tmp/maildiag-taken-over", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool
removes(void)
{
	return unlink("/tmp/maildiag-not-there") == 0 || errno != EPERM ||
	       rename("/tmp/maildiag-not-there", "/tmp/x") == 0 || errno != EPERM;
}

static bool
makes_names(void)
{
	return mkdir("/tmp/maildiag-taken-over.d", 0700) == 0 ||
	       symlink("/etc", "/tmp/maildiag-taken-over.l") == 0;
}

static bool
connects(void)
{
	const int fd = socket(AF_INET, SOCK_STREAM, 0);
	const struct sockaddr_in to = { .sin_family = AF_INET,
		                        .sin_port = htons(9),
		                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return fd >= 0 || connect(STDIN_FILENO, (const void *)&to, sizeof(to)) == 0;
}

/* A stream of our own to the parent could carry descriptors. */
static bool
sends_messages(void)
{
	char octet = 'x';
	struct iovec piece = { &octet, 1 };
	const struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

	return sendmsg(STDOUT_FILENO, &message, 0) >= 0;
}

static bool
signals_the_parent(void)
{
	return kill(getppid(), 0) == 0 || kill(0, 0) == 0 || kill(-1, 0) == 0 ||
	       syscall(SYS_tgkill, getppid(), getppid(), 0) == 0;
}

static bool
looks_into_the_parent(void)
{
	char octet;
	const struct iovec here = { &octet, 1 }, there = { (void *)(uintptr_t)0x400000, 1 };

	return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0 ||
	       process_vm_readv(getppid(), &here, 1, &there, 1, 0) >= 0 || errno != EPERM;
}

static bool
runs_programs(void)
{
	static char name[] = "/bin/true";
	char *const words[] = { name, NULL };
	const long child = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (child == 0)
		_exit(0);
	return child > 0 || execve(name, words, words) == 0 || errno != EPERM;
}

static bool
maps_code(void)
{
	void *page =
	        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
	            -1, 0) != MAP_FAILED ||
	       page == MAP_FAILED || mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool
raises_limits(void)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	return setrlimit(RLIMIT_NOFILE, &all) == 0 || prctl(PR_SET_DUMPABLE, 1) == 0;
}

static bool
reaches_the_kernel(void)
{
	static const long calls[] = { SYS_io_uring_setup, SYS_bpf,     SYS_perf_event_open,
		                      SYS_unshare,        SYS_add_key, SYS_userfaultfd,
		                      SYS_memfd_create,   SYS_seccomp, SYS_setuid };

	for (size_t i = 0; i < MD_COUNT(calls); i++)
		if (syscall(calls[i], 0, 0, 0, 0, 0, 0) >= 0 || errno != EPERM)
			return true;
	return false;
}

static bool
has_an_environment(void)
{
	return environ != NULL && environ[0] != NULL;
}

static bool
has_a_descriptor(void)
{
	char octet;

	for (int fd = STDERR_FILENO + 1; fd < 256; fd++)
		if (fcntl(fd, F_GETFD) >= 0 || read(fd, &octet, 1) >= 0 || errno != EPERM)
			return true;
	return false;
}

static bool
copies_descriptors(void)
{
	return dup(STDOUT_FILENO) >= 0 || dup2(STDOUT_FILENO, 9) >= 0;
}

static const struct {
	const char *what;
	bool (*got)(void);
} attempts[] = {
	{ "environment", has_an_environment },
	{ "descriptor", has_a_descriptor },
	{ "copy", copies_descriptors },
	{ "open", opens },
	{ "create", creates },
	{ "remove", removes },
	{ "names", makes_names },
	{ "connect", connects },
	{ "sendmsg", sends_messages },
	{ "signal", signals_the_parent },
	{ "parent", looks_into_the_parent },
	{ "program", runs_programs },
	{ "code", maps_code },
	{ "limits", raises_limits },
	{ "kernel", reaches_the_kernel },
	{ "open-in-place", opens_in_place },
};

/* And yet it computes, and talks. */
static void
testify(struct witness *w)
{
	struct md_buf got = { .mem = w->mem };
	char *memory = malloc(1 << 20);

	if (memory == NULL)
		md_buf_item(&got, " ", "no-memory");
	free(memory);
	for (size_t i = 0; i < MD_COUNT(attempts); i++)
		if (attempts[i].got())
			md_buf_item(&got, " ", "%s", attempts[i].what);
	if (witness_ask(w, "example.com", MD_TXT)->fact.state != MD_PRESENT)
		md_buf_item(&got, " ", "no-answer");
	witness_opine(w, "neutral", md_printf(w->mem, "got [%s]", md_buf_str(&got)));
}

const struct engine libspf2 = { .name = "libspf2", .testify = testify };
