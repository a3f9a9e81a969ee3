/* UDP sockets connected to name servers, each for some queries from one random port. */
#include "net/udp.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "net/exchange.h"
#include "net/io.h"
#include "net/match.h"
#include "net/resolver.h"
#include "net/server.h"

/* The kernel picks each socket's port at random; few queries share it, and not for long. */
enum { AT_ONCE = 16, IN_ALL = 128 };

struct md_udp {
	struct md_io io;
	struct md_resolver *resolver;
	struct md_server *server;
	TAILQ_ENTRY(md_udp) next; /* in the server's pool, unless it is retired */
	bool retired;
	unsigned sent;
	unsigned n; /* queries in flight */
	struct md_query *query[AT_ONCE];
};

static void
retire(struct md_udp *u)
{
	if (!u->retired)
		TAILQ_REMOVE(&u->server->udp, u, next);
	u->retired = true;
	if (u->n == 0 && u->io.fd >= 0)
		md_io_close(&u->resolver->loop, &u->io);
}

/* The socket cannot be used any more: its queries go on elsewhere. */
static void
broken(struct md_udp *u, int error)
{
	while (u->n > 0)
		md_exchange_failed(u->resolver, u->query[u->n - 1], error);
	retire(u);
}

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

static void
arrived(struct md_udp *u, const uint8_t *wire, size_t len)
{
	for (unsigned i = 0; i < u->n; i++) {
		struct md_query *q = u->query[i];
		const enum md_match match = md_match(q->wire, wire, len);

		if (match == MD_MATCH || match == MD_MATCH_OTHER_CASE ||
		    match == MD_MATCH_NO_QUESTION) {
			md_exchange_received(u->resolver, q, wire, len);
			return;
		}
	}
	stray(u, wire, len);
}

static void
ready(struct md_io *io, uint32_t events)
{
	struct md_udp *u = (struct md_udp *)io;
	struct md_datagrams *in = u->resolver->in;
	struct mmsghdr m[MD_DATAGRAMS];
	struct iovec iov[MD_DATAGRAMS];
	int n;

	(void)events; /* an error is found by reading, too */
	memset(m, 0, sizeof(m));
	for (unsigned i = 0; i < MD_DATAGRAMS; i++) {
		iov[i] = (struct iovec){ in->octets[i], sizeof(in->octets[i]) };
		m[i].msg_hdr.msg_iov = &iov[i];
		m[i].msg_hdr.msg_iovlen = 1;
	}
	n = recvmmsg(io->fd, m, MD_DATAGRAMS, MSG_DONTWAIT, NULL);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		broken(u, errno);
	for (int i = 0; i < n; i++)
		arrived(u, in->octets[i], m[i].msg_len);
}

static struct md_udp *
open_socket(struct md_resolver *r, struct md_server *s)
{
	const int fd = md_server_connect(s, SOCK_DGRAM);
	struct md_udp *u;
	int error;

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
	return u;
}

static bool
id_taken(const struct md_udp *u, uint16_t id)
{
	for (unsigned i = 0; i < u->n; i++)
		if (md_match_id(u->query[i]->wire) == id)
			return true;
	return false;
}

static void
carry(struct md_udp *u, struct md_query *q)
{
	do
		md_exchange_new_id(u->resolver, q);
	while (id_taken(u, md_match_id(q->wire)));
	u->query[u->n++] = q;
	q->udp = u;
	u->sent++;
	if (u->sent == IN_ALL) {
		retire(u);
	} else if (u->n == AT_ONCE) {
		TAILQ_REMOVE(&u->server->udp, u, next);
		TAILQ_INSERT_TAIL(&u->server->udp, u, next);
	}
}

int
md_udp_send(struct md_resolver *r, struct md_query *q)
{
	struct md_udp *u = TAILQ_FIRST(&q->server->udp);
	int error;

	if (u == NULL || u->n == AT_ONCE)
		u = open_socket(r, q->server);
	if (u == NULL)
		return errno;
	carry(u, q);
	if (send(u->io.fd, q->wire, q->wire_len, MSG_NOSIGNAL) >= 0)
		return 0;
	error = errno;
	if (error == EAGAIN || error == ENOBUFS || error == EINTR)
		return 0; /* as good as lost on the way */
	md_udp_forget(q);
	broken(u, error);
	return error;
}

void
md_udp_forget(struct md_query *q)
{
	struct md_udp *u = q->udp;
	unsigned i = 0;

	q->udp = NULL;
	while (u->query[i] != q)
		i++;
	u->query[i] = u->query[--u->n];
	if (u->retired) {
		retire(u);
	} else {
		TAILQ_REMOVE(&u->server->udp, u, next);
		TAILQ_INSERT_HEAD(&u->server->udp, u, next);
	}
}

void
md_udp_close_all(struct md_server *s)
{
	struct md_udp *u;

	while ((u = TAILQ_FIRST(&s->udp)) != NULL)
		retire(u);
}
