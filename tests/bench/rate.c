/*
 * Questions a second: our resolver, and the least that any program must do, beside it.
 *
 *	rate bare|resolver SERVER QUESTIONS
 *
 * Asks a name server for the A records of n1.bench, n2.bench, … and prints "RATE CPU":
 * questions a second, and microseconds of CPU a question.
 */
#include <arpa/inet.h>
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "resolver/ask.h"

enum { IN_FLIGHT = 1000, BATCH = 64, ROOM = 512 };

static struct md_question
question(char name[32], unsigned i)
{
	snprintf(name, 32, "n%u.bench", i);
	return (struct md_question){ .name = name, .type = MD_A, .server = "" };
}

/* ---- ours ---- */

struct asking {
	struct md_resolver *resolver;
	unsigned asked, answered, failed, all;
};

static void ask_next(struct asking *);

static void
answered(void *arg, const struct md_resolved *resolved)
{
	struct asking *a = arg;

	a->answered++;
	a->failed += resolved->reply == NULL;
	ask_next(a);
}

static void
ask_next(struct asking *a)
{
	char name[32];
	struct md_question q;

	if (a->asked == a->all)
		return;
	q = question(name, a->asked++);
	md_resolver_ask(a->resolver, &q, answered, a);
}

static unsigned
run_resolver(const char *server, unsigned n)
{
	struct md_arena *mem = md_arena_new();
	const char *servers[] = { server, NULL }, *why = "";
	const struct md_resolver_options o = { .servers = servers };
	struct asking a = { .all = n };

	a.resolver = md_resolver_new(mem, &o, &why);
	if (a.resolver == NULL)
		errx(1, "%s", why);
	for (unsigned i = 0; i < IN_FLIGHT; i++)
		ask_next(&a);
	while (a.answered < n) {
		struct pollfd p = { .fd = md_resolver_fd(a.resolver), .events = POLLIN };

		poll(&p, 1, md_resolver_timeout(a.resolver));
		md_resolver_step(a.resolver);
	}
	md_resolver_free(a.resolver);
	md_arena_free(mem);
	return a.failed;
}

/* ---- the limit: one socket, messages made before, replies not looked at ---- */

struct batch {
	uint8_t octets[BATCH][ROOM];
	struct iovec iov[BATCH];
	struct mmsghdr m[BATCH];
};

static void
prepare(struct batch *b)
{
	for (unsigned i = 0; i < BATCH; i++) {
		b->iov[i] = (struct iovec){ b->octets[i], ROOM };
		b->m[i] = (struct mmsghdr){ .msg_hdr.msg_iov = &b->iov[i],
			                    .msg_hdr.msg_iovlen = 1 };
	}
}

static unsigned
send_some(int fd, struct batch *b, unsigned first, unsigned most)
{
	const unsigned n = most < BATCH ? most : BATCH;
	int sent;

	for (unsigned i = 0; i < n; i++) {
		char name[32];
		const struct md_question q = question(name, first + i);

		b->iov[i].iov_len = md_query_write(&q, true, b->octets[i], ROOM);
		b->octets[i][0] = (uint8_t)((first + i) >> 8);
		b->octets[i][1] = (uint8_t)(first + i);
	}
	sent = sendmmsg(fd, b->m, n, 0);
	return sent > 0 ? (unsigned)sent : 0;
}

static int
connected(const char *server)
{
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), room = 4 << 20;
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(53) };

	if (inet_pton(AF_INET, server, &to.sin_addr) != 1 || fd < 0 ||
	    connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		err(1, "%s", server);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) != 0)
		warn("too small a buffer may lose some");
	return fd;
}

/* The number lost: what did not come within two seconds after all the others. */
static unsigned
run_bare(const char *server, unsigned n)
{
	static struct batch out, in;
	const int fd = connected(server);
	unsigned sent = 0, received = 0;

	prepare(&out);
	prepare(&in);
	while (received < n) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		const unsigned room = IN_FLIGHT - (sent - received);
		int got;

		if (sent < n && room >= BATCH)
			sent += send_some(fd, &out, sent, n - sent);
		else if (poll(&p, 1, 2000) == 0)
			break;
		got = recvmmsg(fd, in.m, BATCH, MSG_DONTWAIT, NULL);
		received += got > 0 ? (unsigned)got : 0;
	}
	close(fd);
	return n - received;
}

/* ---- both ---- */

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	const unsigned n = argc == 4 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
	double wall = -seconds(CLOCK_MONOTONIC), cpu = -seconds(CLOCK_PROCESS_CPUTIME_ID);
	unsigned lost;

	if (n == 0)
		errx(1, "usage: rate bare|resolver SERVER QUESTIONS");
	lost = strcmp(argv[1], "bare") == 0 ? run_bare(argv[2], n) : run_resolver(argv[2], n);
	wall += seconds(CLOCK_MONOTONIC);
	cpu += seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (lost > 0)
		warnx("%u of %u lost", lost, n);
	printf("%.0f %.2f\n", n / wall, cpu / n * 1e6);
	return 0;
}
