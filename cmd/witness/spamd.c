/* SpamAssassin's opinion of a message, as spamd gives it over its protocol. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "filter.h"

/* A program has one. */
static struct conversation conversation;

static void
prepare(struct witness *w)
{
	struct conversation *c = &conversation;
	const char *why;

	c->w = w;
	if (!md_hostport_read(w->mem, md_str(witness_input(w, "server")), "783", &c->server,
	                      &why))
		witness_refuse(w, "%s", why);
	filter_connect(c);
}

static void
say(const struct conversation *c, struct md_str octets)
{
	while (octets.len > 0) {
		const ssize_t n = send(c->w->socket, octets.p, octets.len, MSG_NOSIGNAL);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			filter_wait(c, POLLOUT);
		else if (n < 0)
			filter_give_up(c, "cannot send to", errno);
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
		const ssize_t n = recv(c->w->socket, room + len, FILTER_LONGEST_REPLY - len, 0);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			filter_wait(c, POLLIN);
		else if (n < 0)
			filter_give_up(c, "cannot hear", errno);
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
	shutdown(c->w->socket, SHUT_WR);
	if (!reply_of_spamd(w->mem, hear(c), reply, &why))
		witness_refuse(w, "%s: %s", c->server.text, why);
	filter_opine(w, reply);
}

const struct engine spamassassin = { .name = "spamassassin",
	                             .prepare = prepare,
	                             .testify = testify };
