/*
 * A line of a given round-trip time: passes UDP datagrams that come to port 53 of an address
 * on to a name server, and its replies back after a delay.
 *
 *	delay ADDRESS SERVER MILLISECONDS
 */
#include <arpa/inet.h>
#include <err.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 4096, IDS = 65536 };

/* Who asked what we passed on under an id of ours. */
struct asker {
	struct sockaddr_in from;
	uint16_t id;
};

/* A reply on its way. */
struct reply {
	STAILQ_ENTRY(reply) next;
	int64_t due; /* nanoseconds */
	struct sockaddr_in to;
	size_t len;
	uint8_t octets[ROOM];
};

STAILQ_HEAD(line, reply);

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct sockaddr_in
dns_port(const char *address)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(53) };

	if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
		errx(1, "%s is no IPv4 address", address);
	return at;
}

static int
udp_socket(void)
{
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	if (fd < 0)
		err(1, "socket");
	return fd;
}

static uint16_t
swap_id(uint8_t *message, uint16_t id)
{
	const uint16_t old = (uint16_t)(message[0] << 8 | message[1]);

	message[0] = (uint8_t)(id >> 8);
	message[1] = (uint8_t)id;
	return old;
}

static void
take_queries(int client, int server, struct asker *askers, uint16_t *next_id)
{
	uint8_t m[ROOM];
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	ssize_t n;

	while ((n = recvfrom(client, m, sizeof(m), 0, (struct sockaddr *)&from, &len)) > 2) {
		struct asker *a = &askers[++*next_id];

		a->from = from;
		a->id = swap_id(m, *next_id);
		if (send(server, m, (size_t)n, 0) < 0)
			warn("send");
	}
}

static void
take_replies(int server, const struct asker *askers, struct line *line, int64_t delay)
{
	uint8_t m[ROOM];
	ssize_t n;

	while ((n = recv(server, m, sizeof(m), 0)) > 2) {
		const struct asker *a = &askers[m[0] << 8 | m[1]];
		struct reply *r = calloc(1, sizeof(*r));

		if (r == NULL)
			err(1, "calloc");
		r->due = now() + delay;
		r->to = a->from;
		r->len = (size_t)n;
		memcpy(r->octets, m, r->len);
		swap_id(r->octets, a->id);
		STAILQ_INSERT_TAIL(line, r, next);
	}
}

/* Sends what is due; nanoseconds until the next is, or a second. */
static int64_t
give_replies(int client, struct line *line)
{
	struct reply *r;

	while ((r = STAILQ_FIRST(line)) != NULL) {
		const int64_t left = r->due - now();

		if (left > 0)
			return left;
		sendto(client, r->octets, r->len, 0, (struct sockaddr *)&r->to, sizeof(r->to));
		STAILQ_REMOVE_HEAD(line, next);
		free(r);
	}
	return 1000000000;
}

int
main(int argc, char **argv)
{
	struct asker *askers = calloc(IDS, sizeof(*askers));
	struct line line = STAILQ_HEAD_INITIALIZER(line);
	const int client = udp_socket(), server = udp_socket();
	struct sockaddr_in at, to;
	uint16_t next_id = 0;

	if (argc != 4 || askers == NULL)
		errx(1, "usage: delay ADDRESS SERVER MILLISECONDS");
	at = dns_port(argv[1]);
	to = dns_port(argv[2]);
	if (bind(client, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    connect(server, (struct sockaddr *)&to, sizeof(to)) != 0)
		err(1, "%s and %s", argv[1], argv[2]);
	for (;;) {
		struct pollfd p[] = { { .fd = client, .events = POLLIN },
			              { .fd = server, .events = POLLIN } };
		const int64_t left = give_replies(client, &line);
		const struct timespec wait = { left / 1000000000, left % 1000000000 };

		ppoll(p, 2, &wait, NULL);
		take_queries(client, server, askers, &next_id);
		take_replies(server, askers, &line, strtoll(argv[3], NULL, 10) * 1000000);
	}
}
