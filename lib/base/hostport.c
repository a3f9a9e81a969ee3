/* "HOST", "HOST:PORT" and "[V6]:PORT", as people name a server to talk to. */
#include "base/hostport.h"

#include <string.h>

#include "base/addr.h"
#include "base/arena.h"

enum { LONGEST_HOST = 253, LAST_PORT = 65535 };

static bool
is_host(struct md_str host)
{
	for (size_t i = 0; i < host.len; i++)
		if (!md_is_alnum(host.p[i]) && memchr("-._", host.p[i], 3) == NULL)
			return false;
	return host.len > 0 && host.len <= LONGEST_HOST;
}

/* Takes the host off *rest, which then begins with ":" or is empty. */
static bool
take_host(struct md_arena *mem, struct md_str *rest, struct md_str *host, const char **why)
{
	struct md_addr addr;
	const bool bracketed = rest->len > 0 && rest->p[0] == '[';
	const size_t end = md_str_find(*rest, bracketed ? ']' : ':');
	const bool closed = end < rest->len;

	*host = bracketed ? (struct md_str){ rest->p + 1, end - 1 }
	                  : (struct md_str){ rest->p, end };
	*rest = md_str_skip(*rest, bracketed ? end + 1 : end);
	if (bracketed && (!closed || !md_addr_parse(*host, &addr) || addr.family != 6)) {
		*why = "in brackets there is no IPv6 address";
		return false;
	}
	if (!bracketed && !is_host(*host)) {
		*why = md_printf(mem, "%s is no name of a host", md_excerpt(mem, *host));
		return false;
	}
	return true;
}

bool
md_hostport_read(struct md_arena *mem, struct md_str text, const char *port,
                 struct md_hostport *out, const char **why)
{
	struct md_str rest = text, host;
	unsigned long number;
	struct md_addr addr;

	if (md_addr_parse(text, &addr) && addr.family == 6) {
		host = text;
		rest.len = 0;
	} else if (!take_host(mem, &rest, &host, why)) {
		return false;
	}
	if (rest.len > 0) {
		const struct md_str digits = md_str_skip(rest, 1);

		if (rest.p[0] != ':' || !md_str_number(digits, LAST_PORT, &number) ||
		    number == 0) {
			*why = md_printf(mem, "after the host, %s is no port",
			                 md_excerpt(mem, rest));
			return false;
		}
		port = md_printf(mem, "%lu", number);
	}
	out->host = md_strndup(mem, host.p, host.len);
	out->port = md_strdup(mem, port);
	out->text = md_printf(mem, memchr(host.p, ':', host.len) != NULL ? "[%s]:%s" : "%s:%s",
	                      out->host, port);
	return true;
}

bool
md_hostport_of_url(struct md_arena *mem, struct md_str url, struct md_hostport *out,
                   struct md_str *path, const char **why)
{
	const bool tls = md_str_starts_nocase(url, "https://");
	struct md_str rest = md_str_skip(url, strlen(tls ? "https://" : "http://"));
	struct md_str server = { rest.p, md_str_find(rest, '/') };

	if (!tls && !md_str_starts_nocase(url, "http://")) {
		*why = "it begins neither with http:// nor with https://";
		return false;
	}
	*path = md_str_skip(rest, server.len);
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.p[i] > ' ' && rest.p[i] <= '~' &&
		    memchr("@?#\\", rest.p[i], 4) == NULL)
			continue;
		*why = "only a host, a port and a path can be in it";
		return false;
	}
	while (path->len > 0 && path->p[path->len - 1] == '/')
		path->len--;
	return md_hostport_read(mem, server, tls ? "443" : "80", out, why);
}
