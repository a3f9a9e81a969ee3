/* SpamAssassin's opinion of a message, as spamd gives it over its protocol. */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "filter.h"

/* The conversation: the socket is all that is left open when the reply is waited for. */
struct conversation {
	struct witness *w;
	struct md_hostport server;
	int fd;
	time_t end;
};

/* A program has one. */
static struct conversation conversation;

static time_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static _Noreturn void
give_up(const struct conversation *c, const char *doing, int error)
{
	witness_refuse(c->w, "%s %s: %s", doing, c->server.text, strerror(error));
}

/* Until the socket is ready; within the time for all. */
static void
wait_for(const struct conversation *c, short events)
{
	struct pollfd ready = { .fd = c->fd, .events = events };
	const time_t left = c->end - now();
	int n = 0;

	do {
		if (left > 0)
			n = poll(&ready, 1, (int)left * 1000);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		give_up(c, "cannot wait for", errno);
	if (n == 0)
		witness_refuse(c->w, "no answer from %s within %d s", c->server.text,
		               FILTER_SECONDS);
}

/* 0, or why not. */
static int
connect_to(struct conversation *c, const struct addrinfo *address)
{
	int error = 0;
	socklen_t size = sizeof(error);

	c->fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return errno;
	if (connect(c->fd, address->ai_addr, address->ai_addrlen) == 0)
		return 0;
	if (errno != EINPROGRESS) {
		error = errno;
	} else {
		wait_for(c, POLLOUT);
		getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
	}
	if (error != 0)
		close(c->fd);
	return error;
}

static void
prepare(struct witness *w)
{
	struct conversation *c = &conversation;
	const char *why;
	int error = EHOSTUNREACH;

	c->w = w;
	c->end = now() + FILTER_SECONDS;
	if (!md_hostport_read(w->mem, md_str(witness_input(w, "server")), "783", &c->server,
	                      &why))
		witness_refuse(w, "%s", why);
	for (struct addrinfo *a = filter_addresses(w, &c->server); a != NULL && error != 0;
	     a = a->ai_next)
		error = connect_to(c, a);
	if (error != 0)
		give_up(c, "cannot connect to", error);
}

static void
say(const struct conversation *c, struct md_str octets)
{
	while (octets.len > 0) {
		const ssize_t n = send(c->fd, octets.p, octets.len, MSG_NOSIGNAL);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			wait_for(c, POLLOUT);
		else if (n < 0)
			give_up(c, "cannot send to", errno);
		else
			octets = md_str_skip(octets, (size_t)n);
	}
}

/* All that comes until the end. */
static struct md_str
hear(const struct conversation *c)
{
	char *room = md_alloc(c->w->mem, FILTER_LONGEST_REPLY);
	size_t len = 0;

	for (;;) {
		const ssize_t n = recv(c->fd, room + len, FILTER_LONGEST_REPLY - len, 0);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			wait_for(c, POLLIN);
		else if (n < 0)
			give_up(c, "cannot hear", errno);
		else if (n == 0)
			return (struct md_str){ room, len };
		else
			len += (size_t)n;
		if (len == FILTER_LONGEST_REPLY)
			witness_refuse(c->w, "%s says more than 1 MB", c->server.text);
	}
}

static void
testify(struct witness *w)
{
	const struct conversation *c = &conversation;
	struct filter_reply *reply = md_alloc(w->mem, sizeof(*reply));
	const char *why;

	say(c, md_str(md_printf(w->mem, "REPORT SPAMC/1.2\r\nContent-length: %zu\r\n\r\n",
	                        w->message.len)));
	say(c, w->message);
	shutdown(c->fd, SHUT_WR);
	if (!reply_of_spamd(w->mem, hear(c), reply, &why))
		witness_refuse(w, "%s: %s", c->server.text, why);
	filter_opine(w, reply);
}

const struct engine spamassassin = { .name = "spamassassin",
	                             .prepare = prepare,
	                             .testify = testify };
