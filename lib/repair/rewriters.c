/* Who puts links of their own in the place of others, how theirs look, and what they hold. */
#include "repair/rewriters.h"

#include <string.h>

#include "base/base64.h"

/* ---- codes ---- */

static bool
is_escaped(struct md_str s)
{
	return s.len > 2 && md_hex_digit(s.p[1]) >= 0 && md_hex_digit(s.p[2]) >= 0;
}

/* Octets as %XX (RFC 3986 2.1), or, with another mark in the place of the "%", -XX. */
static void
unescape(struct md_buf *out, struct md_str s, char mark)
{
	for (; s.len > 0; s = md_str_skip(s, 1)) {
		if (s.p[0] != mark || !is_escaped(s)) {
			md_buf_addc(out, s.p[0]);
			continue;
		}
		md_buf_addc(out, (char)(md_hex_digit(s.p[1]) * 16 + md_hex_digit(s.p[2])));
		s = md_str_skip(s, 2);
	}
}

/* The value of a parameter, up to the next "&"; p NULL: it is not there. */
static struct md_str
value_of(struct md_str rest, const char *param)
{
	const size_t len = strlen(param);

	for (size_t i = 0; i + len + 1 < rest.len; i++) {
		const struct md_str here = md_str_skip(rest, i + 1);

		if (strchr("?&;", rest.p[i]) == NULL || rest.p[i] == '\0' ||
		    !md_str_starts(here, param) || here.p[len] != '=')
			continue;
		return (struct md_str){ here.p + len + 1,
			                md_str_find(md_str_skip(here, len + 1), '&') };
	}
	return (struct md_str){ NULL, 0 };
}

/* ---- Proofpoint ---- */

/* v2: "/" as "_", all else that is not plain as -XX for %XX. */
static bool
proofpoint_2(struct md_buf *out, const struct md_link *link)
{
	const struct md_str u = value_of(link->rest, "u");
	struct md_buf escaped = { .mem = out->mem };

	for (size_t i = 0; i < u.len; i++)
		md_buf_addc(&escaped, u.p[i] == '_' ? '/' : u.p[i]);
	unescape(out, md_buf_view(&escaped), '-');
	return u.len > 0;
}

/* One character of UTF-8 from the front of *s. */
static void
move_character(struct md_buf *out, struct md_str *s)
{
	size_t n = s->len > 0;

	while (n < s->len && ((unsigned char)s->p[n] & 0xc0) == 0x80)
		n++;
	md_buf_add(out, (struct md_str){ s->p, n });
	*s = md_str_skip(*s, n);
}

/* How many characters "**" and this one stand for: 2 for "A" to 65 for "_". */
static size_t
run_length(char c)
{
	static const char values[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                             "0123456789-_";
	const char *at = c != '\0' ? strchr(values, c) : NULL;

	return at != NULL ? (size_t)(at - values) + 2 : 0;
}

/* v3: "__URL__;LEFT!!...$"; each "*" in the URL is the next character of LEFT, in base64. */
static bool
proofpoint_3(struct md_buf *out, const struct md_link *link)
{
	struct md_str url = md_str_skip(link->rest, sizeof("/v3/__") - 1), left;
	struct md_buf code = { .mem = out->mem };
	const char *end = memmem(url.p, url.len, "__;", 3);
	struct md_base64 octets;

	if (end == NULL)
		return false;
	left = md_str_skip(url, (size_t)(end - url.p) + 3);
	url.len = (size_t)(end - url.p);
	left.len = md_str_find(left, '!');
	for (size_t i = 0; i < left.len; i++)
		md_buf_addc(&code, left.p[i] == '-' ? '+' : left.p[i] == '_' ? '/' : left.p[i]);
	while (code.len % 4 != 0)
		md_buf_addc(&code, '=');
	octets = md_base64_decode(out->mem, md_buf_view(&code));
	left = (struct md_str){ (const char *)octets.bytes, octets.len };
	for (; url.len > 0; url = md_str_skip(url, 1)) {
		size_t n = url.p[0] == '*';

		if (n == 0)
			md_buf_addc(out, url.p[0]);
		else if (url.len > 2 && url.p[1] == '*' && run_length(url.p[2]) > 0) {
			n = run_length(url.p[2]);
			url = md_str_skip(url, 2);
		}
		while (n-- > 0)
			move_character(out, &left);
	}
	return true;
}

/* ---- others ---- */

/* Cisco: "/HASH/URL", escaped. */
static bool
cisco(struct md_buf *out, const struct md_link *link)
{
	const struct md_str rest = md_str_skip(link->rest, 1);
	const size_t at = md_str_find(rest, '/') + 1;

	unescape(out, md_str_skip(rest, at), '%');
	return at < rest.len;
}

/* Check Point: "/v2/___URL___.CODE". */
static bool
check_point(struct md_buf *out, const struct md_link *link)
{
	const char *begin = memmem(link->rest.p, link->rest.len, "/___", 4), *end;
	struct md_str url;

	if (begin == NULL)
		return false;
	url = md_str_skip(link->rest, (size_t)(begin - link->rest.p) + 4);
	end = memmem(url.p, url.len, "___", 3);
	if (end == NULL)
		return false;
	md_buf_add(out, (struct md_str){ url.p, (size_t)(end - url.p) });
	return true;
}

/* Sophos: "?d=HOST&u=URL", in base64. */
static bool
sophos(struct md_buf *out, const struct md_link *link)
{
	const struct md_str u = value_of(link->rest, "u");
	struct md_buf code = { .mem = out->mem };
	struct md_base64 octets;

	unescape(&code, u, '%');
	octets = md_base64_decode(out->mem, md_buf_view(&code));
	md_buf_add(out, (struct md_str){ (const char *)octets.bytes, octets.len });
	return octets.len > 0;
}

static const struct md_rewriter rewriters[] = {
	{ "Microsoft Safe Links", ".safelinks.protection.outlook.com", "", "url", NULL },
	{ "Microsoft Safe Links", ".safelinks.protection.office365.us", "", "url", NULL },
	{ "Microsoft Safe Links", ".safelinks.protection.partner.outlook.cn", "", "url", NULL },
	{ "Proofpoint URL Defense", "urldefense.proofpoint.com", "/v1/", "u", NULL },
	{ "Proofpoint URL Defense", "urldefense.proofpoint.com", "/v2/", "", proofpoint_2 },
	{ "Proofpoint URL Defense", "urldefense.com", "/v3/__", "", proofpoint_3 },
	{ "Proofpoint URL Defense", "urldefense.us", "/v3/__", "", proofpoint_3 },
	{ "Proofpoint URL Defense", "urldefense.proofpoint.com", "/v3/__", "", proofpoint_3 },
	{ "Proofpoint URL Defense", "urldefense.com", "", "", NULL },
	{ "Barracuda Link Protection", "linkprotect.cudasvc.com", "", "a", NULL },
	{ "Cisco Secure Email", "secure-web.cisco.com", "", "", cisco },
	{ "Symantec Click-time Protection", "clicktime.symantec.com", "", "u", NULL },
	{ "Trellix Email Security", ".fireeye.com", "/url?", "u", NULL },
	{ "Trend Micro", ".trendmicro.com", "/clicktime/", "url", NULL },
	{ "Sophos Email", ".protection.sophos.com", "", "", sophos },
	{ "Check Point Harmony Email", "url.avanan.click", "", "", check_point },
	{ "Check Point Harmony Email", "protect.checkpoint.com", "", "", check_point },
	{ "OpenText EdgePilot", "link.edgepilot.com", "", "u", NULL },
	{ "Fortinet FortiMail", "", "/fmlurlsvc/", "url", NULL },
	{ "Mimecast", ".mimecast.com", "/s/", "", NULL },
	{ "Mimecast", ".mimecastprotect.com", "/s/", "", NULL },
	{ "Hornetsecurity", "atpscan.global.hornetsecurity.com", "", "", NULL },
};

/* ---- links in a text ---- */

static bool
contains(struct md_str s, const char *text)
{
	return *text == '\0' || memmem(s.p, s.len, text, strlen(text)) != NULL;
}

static bool
has_host(struct md_str host, const char *wanted)
{
	const size_t len = strlen(wanted);

	if (*wanted != '.')
		return len == 0 || md_str_eq_nocase(host, wanted);
	return host.len >= len && md_str_eq_nocase(md_str_skip(host, host.len - len), wanted);
}

/* A link is no longer; what is, is none. */
enum { LINK_MOST = 16384 };

/* The scheme and the host of the link at the beginning of a text; false: there is none. */
static bool
link_at(struct md_str s, struct md_link *link)
{
	const size_t scheme = md_str_starts_nocase(s, "https://")  ? 8
	                      : md_str_starts_nocase(s, "http://") ? 7
	                                                           : 0;
	size_t host = scheme;

	if (s.len > LINK_MOST)
		s.len = LINK_MOST;
	while (scheme > 0 && host < s.len &&
	       (md_is_alnum(s.p[host]) || s.p[host] == '-' || s.p[host] == '.'))
		host++;
	*link = (struct md_link){ s, { s.p + scheme, host - scheme }, md_str_skip(s, host) };
	return host > scheme;
}

/* What follows the host, as far as a link goes. */
static void
find_end(struct md_link *link)
{
	const size_t begin = link->whole.len - link->rest.len;
	size_t n = 0;

	while (n < link->rest.len && (unsigned char)link->rest.p[n] > ' ' &&
	       strchr("\"<>'", link->rest.p[n]) == NULL)
		n++;
	link->rest.len = n;
	link->whole.len = begin + n;
}

/* Cuts off what stands behind the link in the text. */
static void
cut_end(struct md_link *link, const struct md_rewriter *r)
{
	static const char last[] = "reserved=0"; /* of Safe Links */
	const size_t begin = link->whole.len - link->rest.len;
	struct md_str *rest = &link->rest;
	const char *end = memmem(rest->p, rest->len, last, sizeof(last) - 1);

	if (r->original == proofpoint_3) {
		end = memmem(rest->p, rest->len, "!!", 2);
		if (end != NULL)
			end = memchr(end, '$', (size_t)(rest->p + rest->len - end));
		if (end != NULL)
			rest->len = (size_t)(end + 1 - rest->p);
	} else if (end != NULL) {
		rest->len = (size_t)(end - rest->p) + sizeof(last) - 1;
	} else {
		while (rest->len > 0 && strchr(").,;", rest->p[rest->len - 1]) != NULL)
			rest->len--;
	}
	link->whole.len = begin + rest->len;
}

const struct md_rewriter *
md_rewriter_at(struct md_str s, struct md_link *link)
{
	bool ended = false;

	if (!link_at(s, link))
		return NULL;
	for (size_t i = 0; i < MD_COUNT(rewriters); i++) {
		const struct md_rewriter *r = &rewriters[i];

		/* servers of anybody are known by how the path begins */
		if (r->host[0] == '\0' ? !md_str_starts(link->rest, r->path)
		                       : !has_host(link->host, r->host))
			continue;
		if (!ended)
			find_end(link);
		ended = true;
		if (!contains(link->rest, r->path))
			continue;
		cut_end(link, r);
		return r;
	}
	return NULL;
}

size_t
md_link_next(struct md_str s)
{
	for (size_t at = 0; at < s.len; at++) {
		at += md_str_find(md_str_skip(s, at), ':');
		if (at >= 4 && md_str_starts(md_str_skip(s, at), "://"))
			return at - (md_lower(s.p[at - 1]) == 's' && at >= 5 ? 5 : 4);
	}
	return s.len;
}

const char *
md_link_rewriter(struct md_str text, size_t *n)
{
	const char *name = NULL;
	struct md_link link;

	*n = 0;
	for (size_t at; (at = md_link_next(text)) < text.len;) {
		const struct md_rewriter *r;

		text = md_str_skip(text, at);
		r = md_rewriter_at(text, &link);
		text = md_str_skip(text, r != NULL ? link.whole.len : 4);
		if (r == NULL || (name != NULL && strcmp(name, r->name) != 0))
			continue;
		name = r->name;
		++*n;
	}
	return name;
}

bool
md_link_original(struct md_buf *url, const struct md_link *link, const struct md_rewriter *r)
{
	struct md_str value;

	if (r->original != NULL)
		return r->original(url, link);
	value = r->param[0] != '\0' ? value_of(link->rest, r->param)
	                            : (struct md_str){ NULL, 0 };
	unescape(url, value, '%');
	return value.p != NULL;
}
