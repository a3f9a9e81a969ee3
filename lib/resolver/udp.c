/* UDP sockets connected to name servers, each for some queries from one random port. */
#include "resolver/udp.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "net/io.h"
#include "resolver/match.h"
#include "resolver/resolver.h"
#include "resolver/server.h"

/*
 * The kernel picks each socket's port at random; it is not used for long.  An answer is none
 * the easier to forge for the other questions that share a port: what a birthday attack needs
 * are equal questions on the air (RFC 5452 5), and those we never send twice.
 */
enum { IN_ALL = 4 * MD_UDP_AT_ONCE, MOST_SOCKETS = 2048, LEAST_SOCKETS = 8 };
enum { DATAGRAMS = MD_UDP_AT_ONCE, DATAGRAM_ROOM = 4096 };

struct md_inbox {
	struct mmsghdr m[DATAGRAMS];
	struct iovec iov[DATAGRAMS];
	uint8_t octets[DATAGRAMS][DATAGRAM_ROOM];
};

struct md_udp {
	struct md_io io;
	struct md_resolver *resolver;
	struct md_server *server;
	TAILQ_ENTRY(md_udp) next; /* in the server's pool, unless it is retired */
	bool retired;
	unsigned sent;
	unsigned n; /* queries in flight, and their ids beside them */
	uint16_t id[MD_UDP_AT_ONCE];
	struct md_query *query[MD_UDP_AT_ONCE];
};

struct md_inbox *
md_inbox_new(struct md_arena *mem)
{
	struct md_inbox *in = md_alloc(mem, sizeof(*in));

	for (unsigned i = 0; i < DATAGRAMS; i++) {
		in->iov[i] = (struct iovec){ in->octets[i], sizeof(in->octets[i]) };
		in->m[i].msg_hdr.msg_iov = &in->iov[i];
		in->m[i].msg_hdr.msg_iovlen = 1;
	}
	return in;
}

unsigned
md_udp_most_sockets(void)
{
	struct rlimit limit;
	rlim_t some = MOST_SOCKETS;

	/* A quarter is for TCP and for whoever uses the library. */
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		some = limit.rlim_cur / 4 * 3;
	if (some < LEAST_SOCKETS)
		return LEAST_SOCKETS;
	return some < MOST_SOCKETS ? (unsigned)some : MOST_SOCKETS;
}

/* ---- a socket's life ---- */

static void
retire(struct md_udp *u)
{
	if (!u->retired)
		TAILQ_REMOVE(&u->server->udp, u, next);
	u->retired = true;
	if (u->n > 0 || u->io.fd < 0)
		return;
	md_io_close(&u->resolver->loop, &u->io);
	u->resolver->nsockets--;
}

/* The socket cannot be used any more: its queries go on elsewhere. */
static void
broken(struct md_udp *u, int error)
{
	while (u->n > 0)
		u->resolver->failed(u->resolver, u->query[u->n - 1], error);
	retire(u);
}

static void ready(struct md_io *, uint32_t events);

static struct md_udp *
open_socket(struct md_resolver *r, struct md_server *s)
{
	struct md_udp *u;
	int fd, error;

	errno = EMFILE;
	if (r->nsockets >= r->most_sockets)
		return NULL;
	fd = md_server_connect(s, SOCK_DGRAM);
	if (fd < 0)
		return NULL;
	u = md_io_new(sizeof(*u), fd);
	u->io.ready = ready;
	u->resolver = r;
	u->server = s;
	error = md_io_add(&r->loop, &u->io, EPOLLIN);
	if (error != 0) {
		md_io_close(&r->loop, &u->io);
		errno = error;
		return NULL;
	}
	TAILQ_INSERT_HEAD(&s->udp, u, next);
	r->nsockets++;
	return u;
}

void
md_udp_close_all(struct md_server *s)
{
	struct md_udp *u;

	while ((u = TAILQ_FIRST(&s->udp)) != NULL)
		retire(u);
}

/* ---- in ---- */

/* It matches no query by id and question: does it concern one of them at all? */
static void
stray(struct md_udp *u, const uint8_t *wire, size_t len)
{
	for (unsigned i = 0; i < u->n; i++) {
		struct md_query *q = u->query[i];

		switch (md_match(q->wire, wire, len)) {
		case MD_MATCH_GARBAGE:
			q->strays[MD_STRAY_GARBAGE]++;
			break;
		case MD_MATCH_OTHER_QUESTION:
			q->strays[MD_STRAY_QUESTION]++;
			break;
		case MD_MATCH_OTHER_ID:
			if (md_match_id(wire) == q->last_id)
				q->strays[MD_STRAY_LATE]++;
			else
				q->strays[MD_STRAY_ID]++;
			break;
		default:
			break;
		}
	}
}

static struct md_query *
with_id(const struct md_udp *u, uint16_t id)
{
	for (unsigned i = 0; i < u->n; i++)
		if (u->id[i] == id)
			return u->query[i];
	return NULL;
}

static void
arrived(struct md_udp *u, const uint8_t *wire, size_t len)
{
	struct md_query *q = len >= MD_HEADER_LEN ? with_id(u, md_match_id(wire)) : NULL;
	const enum md_match match = q != NULL ? md_match(q->wire, wire, len) : MD_MATCH_NOTHING;

	if (match == MD_MATCH || match == MD_MATCH_OTHER_CASE || match == MD_MATCH_NO_QUESTION)
		u->resolver->received(u->resolver, q, match, wire, len);
	else
		stray(u, wire, len);
}

static void
ready(struct md_io *io, uint32_t events)
{
	struct md_udp *u = (struct md_udp *)io;
	struct md_inbox *in = u->resolver->in;
	const int n = recvmmsg(io->fd, in->m, DATAGRAMS, MSG_DONTWAIT, NULL);

	(void)events; /* an error is found by reading, too */
	u->resolver->now = md_clock();
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		broken(u, errno);
	for (int i = 0; i < n; i++)
		arrived(u, in->octets[i], in->m[i].msg_len);
}

/* ---- out ---- */

static void
carry(struct md_udp *u, struct md_query *q)
{
	struct md_resolver *r = u->resolver;

	do
		md_query_new_id(q, &r->random);
	while (with_id(u, md_match_id(q->wire)) != NULL);
	q->udp = u;
	q->slot = u->n++;
	u->id[q->slot] = md_match_id(q->wire);
	u->query[q->slot] = q;
	u->sent++;
	/* Many queries that nobody answers keep many sockets open: then those go on. */
	if (u->sent >= IN_ALL && r->nsockets <= r->most_sockets / 2) {
		retire(u);
	} else if (u->n == MD_UDP_AT_ONCE) {
		TAILQ_REMOVE(&u->server->udp, u, next);
		TAILQ_INSERT_TAIL(&u->server->udp, u, next);
	}
}

void
md_udp_flush(struct md_resolver *r)
{
	struct md_outbox *out = &r->out;
	struct mmsghdr m[MD_UDP_AT_ONCE];
	struct iovec iov[MD_UDP_AT_ONCE];
	unsigned sent = 0;
	int n = 0;

	memset(m, 0, out->n * sizeof(*m));
	for (unsigned i = 0; i < out->n; i++) {
		iov[i] = (struct iovec){ out->query[i]->wire, out->query[i]->wire_len };
		m[i].msg_hdr.msg_iov = &iov[i];
		m[i].msg_hdr.msg_iovlen = 1;
	}
	while (sent < out->n && (n >= 0 || errno == EINTR)) {
		n = sendmmsg(out->socket->io.fd, m + sent, out->n - sent, MSG_NOSIGNAL);
		sent += n > 0 ? (unsigned)n : 0;
	}
	out->n = 0;
	/* What does not fit into a buffer is as good as lost on the way. */
	if (n < 0 && errno != EAGAIN && errno != ENOBUFS)
		broken(out->socket, errno);
}

/* One with room; NULL and errno when there can be none. */
static struct md_udp *
choose_socket(struct md_resolver *r, struct md_server *s)
{
	struct md_udp *u = TAILQ_FIRST(&s->udp);

	return u != NULL && u->n < MD_UDP_AT_ONCE ? u : open_socket(r, s);
}

int
md_udp_send(struct md_resolver *r, struct md_query *q)
{
	struct md_udp *u = choose_socket(r, q->server);

	if (u != NULL && r->out.n > 0 && (r->out.n == MD_UDP_AT_ONCE || r->out.socket != u)) {
		md_udp_flush(r);
		u = choose_socket(r, q->server); /* that one may be broken now */
	}
	if (u == NULL)
		return errno;
	r->out.socket = u;
	r->out.query[r->out.n++] = q;
	carry(u, q);
	return 0;
}

void
md_udp_forget(struct md_query *q)
{
	struct md_udp *u = q->udp;
	const bool was_full = u->n == MD_UDP_AT_ONCE;
	struct md_query *last = u->query[--u->n];

	u->query[q->slot] = last;
	u->id[q->slot] = u->id[u->n];
	last->slot = q->slot;
	q->udp = NULL;
	if (u->retired) {
		retire(u);
	} else if (was_full) {
		TAILQ_REMOVE(&u->server->udp, u, next);
		TAILQ_INSERT_HEAD(&u->server->udp, u, next);
	}
}
