/*
 * A line of a given round-trip time: passes UDP datagrams that come to port 53 of an address
 * on to a name server, and its replies back after a delay.
 *
 *	delay ADDRESS SERVER MILLISECONDS [DEAD]
 *
 * Questions for names under the top-level domain DEAD are lost on the way.
 */
#include <arpa/inet.h>
#include <err.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 4096, IDS = 65536, BATCH = 64, HEADER = 12, BUFFER = 4 << 20 };

/* As many datagrams as a system call takes or brings. */
struct batch {
	uint8_t octets[BATCH][ROOM];
	struct sockaddr_in peer[BATCH];
	struct iovec iov[BATCH];
	struct mmsghdr m[BATCH];
	unsigned n;
};

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
	uint8_t octets[];
};

STAILQ_HEAD(line, reply);

struct ends {
	int client, server;
	int64_t delay;    /* nanoseconds */
	const char *dead; /* a top-level domain, or NULL */
	struct asker askers[IDS];
	uint16_t next_id;
	struct line line;
};

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
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), room = BUFFER;

	if (fd < 0)
		err(1, "socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return fd;
}

static struct batch *
new_batch(void)
{
	struct batch *b = calloc(1, sizeof(*b));

	if (b == NULL)
		err(1, "calloc");
	for (unsigned i = 0; i < BATCH; i++) {
		b->iov[i].iov_base = b->octets[i];
		b->m[i].msg_hdr.msg_iov = &b->iov[i];
		b->m[i].msg_hdr.msg_iovlen = 1;
	}
	return b;
}

static bool
receive(int fd, struct batch *b, bool peers)
{
	int n;

	for (unsigned i = 0; i < BATCH; i++) {
		b->iov[i].iov_len = ROOM;
		b->m[i].msg_hdr.msg_name = peers ? &b->peer[i] : NULL;
		b->m[i].msg_hdr.msg_namelen = peers ? sizeof(b->peer[i]) : 0;
	}
	n = recvmmsg(fd, b->m, BATCH, MSG_DONTWAIT, NULL);
	b->n = n > 0 ? (unsigned)n : 0;
	return b->n > 0;
}

/* What a socket's buffer has no room for is lost, as on any line. */
static void
send_batch(int fd, struct batch *b)
{
	for (unsigned sent = 0; sent < b->n;) {
		const int n = sendmmsg(fd, b->m + sent, b->n - sent, 0);

		sent += n > 0 ? (unsigned)n : 1; /* the first of them failed */
	}
	b->n = 0;
}

static uint16_t
swap_id(uint8_t *message, uint16_t id)
{
	const uint16_t old = (uint16_t)(message[0] << 8 | message[1]);

	message[0] = (uint8_t)(id >> 8);
	message[1] = (uint8_t)id;
	return old;
}

/* Does the question's name end with this label?  Its case is the asker's (0x20). */
static bool
is_under(const uint8_t *message, size_t len, const char *label)
{
	const size_t size = strlen(label);
	size_t at = HEADER, last = HEADER;

	while (at < len && message[at] != 0) {
		last = at;
		at += 1U + message[at];
	}
	return at < len && message[last] == size &&
	       strncasecmp((const char *)message + last + 1, label, size) == 0;
}

static void
take_queries(struct ends *e, struct batch *in, struct batch *out)
{
	while (receive(e->client, in, true)) {
		for (unsigned i = 0; i < in->n; i++) {
			struct asker *a = &e->askers[(uint16_t)(e->next_id + 1)];
			const size_t len = in->m[i].msg_len;

			if (len < HEADER ||
			    (e->dead != NULL && is_under(in->octets[i], len, e->dead)))
				continue;
			e->next_id++;
			a->from = in->peer[i];
			a->id = swap_id(in->octets[i], e->next_id);
			out->iov[out->n++] = (struct iovec){ in->octets[i], len };
		}
		send_batch(e->server, out);
	}
}

static void
take_replies(struct ends *e, struct batch *in)
{
	while (receive(e->server, in, false)) {
		const int64_t due = now() + e->delay;

		for (unsigned i = 0; i < in->n; i++) {
			const uint8_t *octets = in->octets[i];
			const size_t len = in->m[i].msg_len;
			struct reply *r = malloc(sizeof(*r) + len);

			if (r == NULL)
				err(1, "malloc");
			*r = (struct reply){ .due = due, .len = len };
			memcpy(r->octets, octets, len);
			if (len >= HEADER) {
				const struct asker *a = &e->askers[octets[0] << 8 | octets[1]];

				r->to = a->from;
				swap_id(r->octets, a->id);
			}
			STAILQ_INSERT_TAIL(&e->line, r, next);
		}
	}
}

/* Sends what is due; nanoseconds until the next is, or a second. */
static int64_t
give_replies(struct ends *e, struct batch *out)
{
	struct reply *given[BATCH], *r;
	const int64_t at = now();

	while ((r = STAILQ_FIRST(&e->line)) != NULL && r->due <= at) {
		for (; r != NULL && r->due <= at && out->n < BATCH;
		     r = STAILQ_FIRST(&e->line)) {
			out->iov[out->n] = (struct iovec){ r->octets, r->len };
			out->m[out->n].msg_hdr.msg_name = &r->to;
			out->m[out->n].msg_hdr.msg_namelen = sizeof(r->to);
			given[out->n++] = r;
			STAILQ_REMOVE_HEAD(&e->line, next);
		}
		const unsigned n = out->n;

		send_batch(e->client, out);
		for (unsigned i = 0; i < n; i++)
			free(given[i]);
	}
	return r == NULL ? 1000000000 : r->due - at;
}

int
main(int argc, char **argv)
{
	static struct ends e;
	struct batch *in = new_batch(), *on = new_batch(), *back = new_batch();
	struct sockaddr_in at, to;

	if (argc < 4 || argc > 5)
		errx(1, "usage: delay ADDRESS SERVER MILLISECONDS [DEAD]");
	STAILQ_INIT(&e.line);
	e.client = udp_socket();
	e.server = udp_socket();
	e.delay = strtoll(argv[3], NULL, 10) * 1000000;
	e.dead = argv[4];
	at = dns_port(argv[1]);
	to = dns_port(argv[2]);
	if (bind(e.client, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    connect(e.server, (struct sockaddr *)&to, sizeof(to)) != 0)
		err(1, "%s and %s", argv[1], argv[2]);
	for (;;) {
		struct pollfd p[] = { { .fd = e.client, .events = POLLIN },
			              { .fd = e.server, .events = POLLIN } };
		const int64_t left = give_replies(&e, back);
		const struct timespec wait = { left / 1000000000, left % 1000000000 };

		ppoll(p, 2, &wait, NULL);
		take_queries(&e, in, on);
		take_replies(&e, in);
	}
}
