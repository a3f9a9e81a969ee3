/* A name server on loopback with so much delay and so much room, polled by its test. */
#include "unit.h"

#include "loaded.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "asking.h"

enum { HEADER = 12, MESSAGE = 300 };

struct loaded_reply {
	double due;
	struct sockaddr_in to;
	size_t len;
	uint8_t octets[MESSAGE];
};

void
loaded_open(struct loaded *l, double delay, unsigned capacity)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	const int room = 4 << 20;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*l = (struct loaded){ .delay = delay, .capacity = capacity };
	l->queue = calloc(LOADED_ROOM, sizeof(*l->queue));
	assert_non_null(l->queue);
	l->udp = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(l->udp, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(getsockname(l->udp, (struct sockaddr *)&at, &len), 0);
	if (setsockopt(l->udp, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) != 0)
		print_message("the server's socket may lose some\n");
	snprintf(l->name, sizeof(l->name), "127.0.0.1:%u", ntohs(at.sin_port));
}

void
loaded_close(struct loaded *l)
{
	close(l->udp);
	free(l->queue);
}

/* NXDOMAIN for all. */
static void
take(struct loaded *l, struct loaded_reply *r)
{
	static const char dead[] = "\4dead";

	l->queries++;
	l->probes += r->octets[HEADER] == 0;
	if (l->deaf || l->n >= l->capacity) {
		l->dropped++;
		return;
	}
	for (size_t i = HEADER; i + sizeof(dead) < r->len; i++)
		if (strncasecmp((const char *)r->octets + i, dead, sizeof(dead) - 1) == 0)
			return;
	r->octets[2] |= 0x80;
	r->octets[3] = 0x83;
	r->due = seconds() + l->delay;
	l->queue[(l->first + l->n++) % LOADED_ROOM] = *r;
	l->most = l->n > l->most ? l->n : l->most;
}

static void
give(struct loaded *l)
{
	while (l->n > 0 && l->queue[l->first].due <= seconds()) {
		const struct loaded_reply *r = &l->queue[l->first];

		sendto(l->udp, r->octets, r->len, 0, (const struct sockaddr *)&r->to,
		       sizeof(r->to));
		l->first = (l->first + 1) % LOADED_ROOM;
		l->n--;
	}
}

void
loaded_step(struct loaded *l)
{
	struct loaded_reply r;
	socklen_t len = sizeof(r.to);
	ssize_t n;

	while ((n = recvfrom(l->udp, r.octets, sizeof(r.octets), 0, (struct sockaddr *)&r.to,
	                     &len)) > HEADER) {
		r.len = (size_t)n;
		take(l, &r);
	}
	give(l);
}

void
loaded_run(struct loaded *l, struct md_resolver *r, double longest)
{
	const double end = seconds() + longest;

	while (md_resolver_timeout(r) >= 0 && seconds() < end) {
		struct pollfd p[] = { { .fd = md_resolver_fd(r), .events = POLLIN },
			              { .fd = l->udp, .events = POLLIN } };
		const int ms = md_resolver_timeout(r);

		poll(p, 2, l->n > 0 && ms > 1 ? 1 : ms);
		md_resolver_step(r);
		loaded_step(l);
	}
}
