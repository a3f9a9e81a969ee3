/* Takes the host out of https: URIs. */
#include "record/https_uri.h"

#include <string.h>

static bool
is_escape(struct md_str s, size_t i)
{
	return i + 2 < s.len && md_is_hex(s.p[i + 1]) && md_is_hex(s.p[i + 2]);
}

size_t
md_uri_bad_octet(struct md_str uri)
{
	static const char others[] = "-._~:/?#[]@!$&'()*+,;=";

	for (size_t i = 0; i < uri.len; i++) {
		const char c = uri.p[i];

		if (c == '%' && is_escape(uri, i))
			continue;
		if (c == '\0' || (!md_is_alnum(c) && strchr(others, c) == NULL))
			return i;
	}
	return uri.len;
}

static struct md_str
until(struct md_str s, char c)
{
	return (struct md_str){ s.p, md_str_find(s, c) };
}

/* authority = [ userinfo "@" ] host [ ":" port ]; empty where an IP literal has no end. */
static struct md_str
host_of(struct md_str authority)
{
	const size_t at = md_str_find(authority, '@');
	size_t end;

	if (at < authority.len)
		authority = md_str_skip(authority, at + 1);
	if (!md_str_starts(authority, "["))
		return until(authority, ':');
	end = md_str_find(authority, ']');
	return (struct md_str){ authority.p, end < authority.len ? end + 1 : 0 };
}

bool
md_https_uri_host(struct md_str uri, struct md_str *host, const char **why, struct md_str *at)
{
	const size_t bad = md_uri_bad_octet(uri);
	struct md_str authority, found;

	*at = uri;
	if (!md_str_starts_nocase(uri, "https://")) {
		*why = "is not a URI that begins with https://";
		return false;
	}
	if (bad < uri.len) {
		*at = (struct md_str){ uri.p + bad, 1 };
		*why = "has a character that URIs cannot have";
		return false;
	}
	authority = until(until(until(md_str_skip(uri, 8), '/'), '?'), '#');
	found = host_of(authority);
	if (found.len == 0) {
		*why = "names no host";
		return false;
	}
	*host = found;
	return true;
}
