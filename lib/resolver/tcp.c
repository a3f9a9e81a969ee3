/* One query over TCP: connect, a length and the query out, a length and the reply in. */
#include "resolver/tcp.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/arena.h"
#include "net/io.h"
#include "resolver/match.h"
#include "resolver/resolver.h"
#include "resolver/server.h"

enum { PREFIX = 2 }; /* RFC 1035 4.2.2: each message after its length in two octets */

struct md_tcp {
	struct md_io io;
	struct md_resolver *resolver;
	struct md_query *query;
	size_t sent, received; /* octets, prefixes included */
	uint8_t out[PREFIX + MD_QUERY_ROOM];
	uint8_t prefix[PREFIX];
	uint8_t *in; /* once the length is known */
};

static uint16_t
announced(const struct md_tcp *t)
{
	return (uint16_t)(t->prefix[0] << 8 | t->prefix[1]);
}

/* 0 when all is out, EAGAIN when not yet, or another errno. */
static int
write_out(struct md_tcp *t)
{
	const size_t len = PREFIX + t->query->wire_len;

	while (t->sent < len) {
		const ssize_t n = send(t->io.fd, t->out + t->sent, len - t->sent, MSG_NOSIGNAL);

		if (n < 0)
			return errno == EINTR ? EAGAIN : errno;
		t->sent += (size_t)n;
	}
	return 0;
}

/* As write_out; a connection that ends early is ECONNRESET. */
static int
read_some(struct md_tcp *t, uint8_t *to, size_t room)
{
	const ssize_t n = recv(t->io.fd, to, room, 0);

	if (n < 0)
		return errno == EINTR ? EAGAIN : errno;
	if (n == 0)
		return ECONNRESET;
	t->received += (size_t)n;
	return 0;
}

static int
read_in(struct md_tcp *t)
{
	int error = 0;

	while (error == 0 && t->received < PREFIX)
		error = read_some(t, t->prefix + t->received, PREFIX - t->received);
	if (error == 0 && t->in == NULL)
		t->in = md_alloc(t->io.mem, announced(t));
	while (error == 0 && t->received < PREFIX + (size_t)announced(t))
		error = read_some(t, t->in + t->received - PREFIX,
		                  PREFIX + (size_t)announced(t) - t->received);
	return error;
}

/* The rest of what there is to do once it is connected; as write_out. */
static int
go_on(struct md_tcp *t)
{
	const bool writing = t->sent < PREFIX + t->query->wire_len;
	int error = writing ? write_out(t) : 0;

	if (error == 0 && writing)
		error = md_io_watch(&t->resolver->loop, &t->io, EPOLLIN);
	return error == 0 ? read_in(t) : error;
}

static void
ready(struct md_io *io, uint32_t events)
{
	struct md_tcp *t = (struct md_tcp *)io;
	struct md_resolver *r = t->resolver;
	struct md_query *q = t->query;
	const int error = go_on(t);
	enum md_match match;

	(void)events; /* an error is found by writing and reading, too */
	if (error == EAGAIN)
		return;
	if (error != 0) {
		r->failed(r, q, error);
		return;
	}
	match = md_match(q->wire, t->in, announced(t));
	if (match == MD_MATCH || match == MD_MATCH_OTHER_CASE)
		r->received(r, q, match, t->in, announced(t));
	else
		r->failed(r, q, EBADMSG);
}

int
md_tcp_send(struct md_resolver *r, struct md_query *q)
{
	const int fd = md_server_connect(q->server, SOCK_STREAM);
	struct md_tcp *t;
	int error;

	if (fd < 0)
		return errno;
	t = md_io_new(sizeof(*t), fd);
	t->io.ready = ready;
	t->resolver = r;
	t->query = q;
	md_query_new_id(q, &r->random);
	t->out[0] = (uint8_t)(q->wire_len >> 8);
	t->out[1] = (uint8_t)q->wire_len;
	memcpy(t->out + PREFIX, q->wire, q->wire_len);
	error = md_io_add(&r->loop, &t->io, EPOLLOUT);
	if (error != 0)
		md_io_close(&r->loop, &t->io);
	else
		q->tcp = t;
	return error;
}

void
md_tcp_forget(struct md_query *q)
{
	md_io_close(&q->tcp->resolver->loop, &q->tcp->io);
	q->tcp = NULL;
}
