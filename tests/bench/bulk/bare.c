/*
 * The least that any program must do to ask so many questions: sends messages made before, many
 * with a system call, looks at nothing of a reply but its id, asks again what was lost.
 *
 *	bare SERVER QUESTIONS
 *
 * QUESTIONS is a file of messages, each after its length in two octets (tap.py).  Prints
 *questions a second, microseconds of CPU a question, and how many had to be sent again.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { IN_FLIGHT = 1000, BATCH = 64, ROOM = 4096, PATIENCE = 1 /* seconds */ };

/* A question on the air; its place in the table is its id. */
struct asked {
	uint8_t *message; /* NULL: the place is free */
	size_t len;
	double sent;
};

struct loop {
	int fd;
	uint8_t *next, *end; /* of the file */
	struct asked asked[IN_FLIGHT];
	unsigned free[IN_FLIGHT], nfree;
	unsigned long all, answered, again;
};

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
open_questions(struct loop *l, const char *path)
{
	const int fd = open(path, O_RDONLY);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
		err(1, "%s", path);
	l->next = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE,
	               MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (l->next == MAP_FAILED)
		err(1, "%s", path);
	l->end = l->next + st.st_size;
	close(fd);
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

/* Takes the next message of the file into a free place. */
static struct asked *
take_next(struct loop *l)
{
	const unsigned id = l->free[--l->nfree];
	struct asked *a = &l->asked[id];

	a->len = (size_t)(l->next[0] << 8 | l->next[1]);
	a->message = l->next + 2;
	a->message[0] = (uint8_t)(id >> 8);
	a->message[1] = (uint8_t)id;
	l->next = a->message + a->len;
	l->all++;
	return a;
}

static void
send_all(struct loop *l, struct asked *const *list, unsigned n, double now)
{
	struct iovec iov[BATCH];
	struct mmsghdr m[BATCH] = { 0 };

	for (unsigned i = 0; i < n; i++) {
		list[i]->sent = now;
		iov[i] = (struct iovec){ list[i]->message, list[i]->len };
		m[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	sendmmsg(l->fd, m, n, 0); /* what did not go is lost, and sent again */
}

static unsigned
send_new(struct loop *l)
{
	struct asked *list[BATCH];
	unsigned n = 0;

	while (n < BATCH && l->nfree > 0 && l->next < l->end)
		list[n++] = take_next(l);
	if (n > 0)
		send_all(l, list, n, seconds(CLOCK_MONOTONIC));
	return n;
}

static void
send_again(struct loop *l)
{
	const double now = seconds(CLOCK_MONOTONIC);

	for (unsigned i = 0; i < IN_FLIGHT; i++) {
		struct asked *a = &l->asked[i];

		if (a->message == NULL || now - a->sent < PATIENCE)
			continue;
		send_all(l, &a, 1, now);
		l->again++;
	}
}

static unsigned
receive(struct loop *l)
{
	static uint8_t octets[BATCH][ROOM];
	static struct iovec iov[BATCH];
	static struct mmsghdr m[BATCH];
	int n;

	for (unsigned i = 0; i < BATCH; i++) {
		iov[i] = (struct iovec){ octets[i], ROOM };
		m[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	n = recvmmsg(l->fd, m, BATCH, MSG_DONTWAIT, NULL);
	for (int i = 0; i < n; i++) {
		const unsigned id = (unsigned)(octets[i][0] << 8 | octets[i][1]);

		if (id >= IN_FLIGHT || l->asked[id].message == NULL)
			continue; /* the second reply to what was sent again */
		l->asked[id].message = NULL;
		l->free[l->nfree++] = id;
		l->answered++;
	}
	return n > 0 ? (unsigned)n : 0;
}

static void
run(struct loop *l)
{
	struct pollfd p = { .fd = l->fd, .events = POLLIN };
	double looked = seconds(CLOCK_MONOTONIC);

	while (l->next < l->end || l->nfree < IN_FLIGHT) {
		if (l->nfree >= BATCH && send_new(l) > 0)
			receive(l);
		else if (receive(l) == 0 && send_new(l) == 0)
			poll(&p, 1, 100);
		if (seconds(CLOCK_MONOTONIC) - looked > 0.1) {
			send_again(l);
			looked = seconds(CLOCK_MONOTONIC);
		}
	}
}

int
main(int argc, char **argv)
{
	static struct loop l;
	double wall, cpu;

	if (argc != 3)
		errx(1, "usage: bare SERVER QUESTIONS");
	l.fd = connected(argv[1]);
	open_questions(&l, argv[2]);
	while (l.nfree < IN_FLIGHT) {
		l.free[l.nfree] = l.nfree;
		l.nfree++;
	}
	wall = -seconds(CLOCK_MONOTONIC);
	cpu = -seconds(CLOCK_PROCESS_CPUTIME_ID);
	run(&l);
	wall += seconds(CLOCK_MONOTONIC);
	cpu += seconds(CLOCK_PROCESS_CPUTIME_ID);
	printf("%.0f %.2f %lu\n", (double)l.all / wall, cpu / (double)l.all * 1e6, l.again);
	return 0;
}
