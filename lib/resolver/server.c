/* A name server: its address, and what we have learned of it. */
#include "resolver/server.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "net/io.h"

enum { DNS_PORT = 53, SILENCES = 3, SHUNNED_FOR = 10 * 1000 * 1000 /* us */ };

static bool
parse_port(struct md_str s, uint16_t *port)
{
	unsigned long n;

	if (!md_str_number(s, 65535, &n) || n == 0)
		return false;
	*port = (uint16_t)n;
	return true;
}

/* Takes "%eth0" off the end of a link-local address (RFC 4007 11). */
static bool
cut_scope(struct md_str *host, uint32_t *scope)
{
	const size_t percent = md_str_find(*host, '%');
	const struct md_str zone = md_str_skip(*host, percent + 1);
	unsigned long n;

	if (percent == host->len)
		return true;
	host->len = percent;
	if (!md_str_number(zone, UINT32_MAX, &n))
		n = if_nametoindex(zone.p); /* nothing follows a zone index but the NUL */
	*scope = (uint32_t)n;
	return n != 0;
}

/* Host and port apart; *port is empty when there is none. */
static bool
cut_port(struct md_str text, struct md_str *host, struct md_str *port)
{
	const size_t colon = md_str_find(text, ':');

	*host = text;
	*port = md_str("");
	if (md_str_starts(text, "[")) {
		const size_t end = md_str_find(text, ']');

		if (end == text.len)
			return false;
		*host = (struct md_str){ text.p + 1, end - 1 };
		*port = md_str_skip(text, end + 1);
		if (port->len == 0)
			return true;
		if (port->p[0] != ':')
			return false;
	} else if (colon < text.len && !memchr(text.p + colon + 1, ':', text.len - colon - 1)) {
		host->len = colon;
		*port = md_str_skip(text, colon);
	} else {
		return true;
	}
	*port = md_str_skip(*port, 1);
	return port->len > 0;
}

bool
md_endpoint_parse(const char *text, struct md_endpoint *e)
{
	struct md_endpoint found = { .port = DNS_PORT };
	struct md_str host, port;

	if (!cut_port(md_str(text), &host, &port) || !cut_scope(&host, &found.scope) ||
	    !md_addr_parse(host, &found.addr) ||
	    (port.len > 0 && !parse_port(port, &found.port)))
		return false;
	*e = found;
	return true;
}

bool
md_endpoint_eq(const struct md_endpoint *a, const struct md_endpoint *b)
{
	return md_addr_eq(a->addr, b->addr) && a->port == b->port && a->scope == b->scope;
}

const char *
md_endpoint_print(struct md_arena *mem, const struct md_endpoint *e)
{
	const char *host = md_addr_print(mem, e->addr);

	if (e->scope != 0)
		host = md_printf(mem, "%s%%%u", host, (unsigned)e->scope);
	if (e->port == DNS_PORT)
		return host;
	return md_printf(mem, e->addr.family == 6 ? "[%s]:%u" : "%s:%u", host, e->port);
}

struct md_server *
md_server_new(struct md_arena *mem, const struct md_endpoint *e, struct md_window *window)
{
	struct md_server *s = md_alloc(mem, sizeof(*s));

	s->endpoint = *e;
	s->name = md_endpoint_print(mem, e);
	s->window = window;
	TAILQ_INIT(&s->udp);
	return s;
}

static socklen_t
socket_address(const struct md_endpoint *e, struct sockaddr_storage *storage)
{
	memset(storage, 0, sizeof(*storage));
	if (e->addr.family == 6) {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)storage;

		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons(e->port);
		in6->sin6_scope_id = e->scope;
		memcpy(&in6->sin6_addr, e->addr.bytes, 16);
		return sizeof(*in6);
	}
	struct sockaddr_in *in = (struct sockaddr_in *)storage;

	in->sin_family = AF_INET;
	in->sin_port = htons(e->port);
	memcpy(&in->sin_addr, e->addr.bytes, 4);
	return sizeof(*in);
}

int
md_server_connect(const struct md_server *s, int type)
{
	const int family = s->endpoint.addr.family == 6 ? AF_INET6 : AF_INET;
	const int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct sockaddr_storage to;
	const socklen_t len = socket_address(&s->endpoint, &to);

	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&to, len) != 0 && errno != EINPROGRESS) {
		const int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

bool
md_server_blameless(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM ||
	       error == EAGAIN;
}

void
md_server_heard(struct md_server *s, uint64_t now)
{
	s->heard = now;
	s->silences = 0;
	s->shunned = 0;
}

bool
md_server_is_silent(const struct md_server *s)
{
	return s->silences >= SILENCES;
}

void
md_server_silent(struct md_server *s, uint64_t sent_at, bool certain)
{
	if (s->heard > sent_at && !certain)
		return;
	s->silences += certain ? SILENCES : 1;
	if (md_server_is_silent(s))
		s->shunned = md_clock() + SHUNNED_FOR;
}
