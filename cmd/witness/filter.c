/* What the engines of spam filters share: the way to the server, and the conclusion. */
#include "filter.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static time_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

_Noreturn void
filter_give_up(const struct conversation *c, const char *doing, int error)
{
	witness_refuse(c->w, "%s %s: %s", doing, c->server.text, strerror(error));
}

time_t
filter_seconds_left(const struct conversation *c)
{
	const time_t left = c->end - now();

	return left > 0 ? left : 0;
}

void
filter_wait(const struct conversation *c, short events)
{
	struct pollfd ready = { .fd = c->w->socket, .events = events };
	const time_t left = filter_seconds_left(c);
	int n = 0;

	do {
		if (left > 0)
			n = poll(&ready, 1, (int)left * 1000);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		filter_give_up(c, "cannot wait for", errno);
	if (n == 0)
		witness_refuse(c->w, "no answer from %s within %d s", c->server.text,
		               FILTER_SECONDS);
}

/* 0, or why not. */
static int
connect_to(struct conversation *c, const struct addrinfo *address)
{
	const int fd =
	        socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int error = 0;
	socklen_t size = sizeof(error);

	if (fd < 0)
		return errno;
	c->w->socket = fd;
	if (connect(fd, address->ai_addr, address->ai_addrlen) == 0)
		return 0;
	if (errno != EINPROGRESS) {
		error = errno;
	} else {
		filter_wait(c, POLLOUT);
		getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
	}
	if (error != 0)
		close(fd);
	return error;
}

void
filter_connect(struct conversation *c)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		                        .ai_flags = AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	int error = getaddrinfo(c->server.host, c->server.port, &hints, &found);

	c->end = now() + FILTER_SECONDS;
	if (error != 0 || found == NULL)
		witness_refuse(c->w, "%s: %s", c->server.host, gai_strerror(error));
	error = EHOSTUNREACH;
	for (const struct addrinfo *a = found; a != NULL && error != 0; a = a->ai_next)
		error = connect_to(c, a);
	freeaddrinfo(found);
	if (error != 0)
		filter_give_up(c, "cannot connect to", error);
}

_Noreturn void
filter_opine(struct witness *w, const struct filter_reply *r)
{
	for (size_t i = 0; i < r->n; i++)
		witness_part(w, "%.6g %s%s%s", r->rules[i].points, r->rules[i].name,
		             r->rules[i].text[0] != '\0' ? " " : "", r->rules[i].text);
	witness_opine(w, r->spam ? "spam" : "ham",
	              md_printf(w->mem, "%.6g %.6g %s", r->score, r->threshold, r->action));
}
