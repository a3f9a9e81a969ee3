/* Finds the links of HTML and of plain text. */
#include "mail/links.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"

enum { TEXT_MOST = 200, URL_MOST = 2000 };

struct html {
	struct md_arena *mem;
	struct md_str all;
	size_t at;
	struct md_links *found;
	struct md_link *links;
	struct md_buf text; /* of the link that is open */
	bool open;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static struct md_str
rest(const struct html *h)
{
	return md_str_skip(h->all, h->at);
}

/* ---- character references (HTML standard 13.2.5.72) ---- */

/* UTF-8; what is shown as nothing is nothing, what is shown as a blank is a blank. */
static void
add_character(struct md_buf *out, unsigned long c)
{
	if (c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff)
		return;
	if (c == 0xa0 || c == 0)
		c = ' ';
	if (c < 0x80) {
		md_buf_addc(out, (char)c);
		return;
	}
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c >= 0x10000)
		md_buf_addc(out, (char)(0xf0 | c >> 18));
	if (c >= 0x800)
		md_buf_addc(out,
		            (char)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12));
	md_buf_addc(out, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6));
	md_buf_addc(out, (char)(0x80 | (c & 0x3f)));
}

static unsigned
digit(char c)
{
	return md_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(md_lower(c) - 'a' + 10);
}

/* "#64;" or "#x40;" after the "&"; returns its length, 0 when it is none. */
static size_t
numeric(struct md_str s, unsigned long *c)
{
	const bool hex = s.len > 1 && md_lower(s.p[1]) == 'x';
	const size_t begin = hex ? 2 : 1;
	size_t i = begin;

	for (*c = 0; i < s.len && (hex ? md_is_hex(s.p[i]) : md_is_digit(s.p[i])); i++)
		if (*c <= 0x10ffff)
			*c = *c * (hex ? 16 : 10) + digit(s.p[i]);
	if (i == begin)
		return 0;
	return i < s.len && s.p[i] == ';' ? i + 1 : i;
}

/* Adds the character at s, and returns how long it is written. */
static size_t
add_written(struct md_buf *out, struct md_str s)
{
	static const struct {
		const char *name;
		unsigned long c;
	} names[] = { { "amp;", '&' },  { "lt;", '<' },     { "gt;", '>' },
		      { "quot;", '"' }, { "apos;", '\'' },  { "nbsp;", 0xa0 },
		      { "shy;", 0xad }, { "commat;", '@' }, { "period;", '.' },
		      { "sol;", '/' },  { "colon;", ':' },  { "zwnj;", 0x200c } };
	const struct md_str after = md_str_skip(s, 1);
	unsigned long c;
	size_t n;

	if (s.p[0] != '&') {
		md_buf_addc(out, s.p[0]);
		return 1;
	}
	if (md_str_starts(after, "#") && (n = numeric(after, &c)) > 0) {
		add_character(out, c);
		return n + 1;
	}
	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_str_starts(after, names[i].name)) {
			add_character(out, names[i].c);
			return strlen(names[i].name) + 1;
		}
	md_buf_addc(out, '&');
	return 1;
}

/* The value of an attribute; a URL's tabs and line ends mean nothing (URL standard 4.4). */
static const char *
undone(struct md_arena *mem, struct md_str value)
{
	struct md_buf out = { .mem = mem };

	value = md_str_trim(value, " \t\r\n\f");
	for (size_t i = 0; i < value.len && out.len < URL_MOST;)
		if (is_blank(value.p[i]) && value.p[i] != ' ')
			i++;
		else
			i += add_written(&out, md_str_skip(value, i));
	return md_buf_str(&out);
}

/* ---- tags ---- */

static void
close_link(struct html *h)
{
	const struct md_str text = md_str_trim(md_str(md_buf_str(&h->text)), " ");

	if (h->open)
		h->links[h->found->n - 1].text = md_strndup(h->mem, text.p, text.len);
	h->open = false;
}

static void
open_link(struct html *h, struct md_str href, size_t at)
{
	const struct md_link link = { .url = undone(h->mem, href), .text = "", .at = at };

	close_link(h);
	if (h->found->n == MD_LINKS_MOST) {
		h->found->nomitted++;
		return;
	}
	MD_PUSH(h->mem, h->links, h->found->n, link);
	h->text = (struct md_buf){ .mem = h->mem };
	h->open = true;
}

/* A name of a tag or attribute, or an unquoted value. */
static struct md_str
take_until(struct html *h, const char *stops)
{
	struct md_str word = { rest(h).p, 0 };

	while (h->at < h->all.len && !is_blank(h->all.p[h->at]) &&
	       (h->all.p[h->at] == '\0' || strchr(stops, h->all.p[h->at]) == NULL)) {
		h->at++;
		word.len++;
	}
	return word;
}

static void
skip_blanks(struct html *h)
{
	while (h->at < h->all.len && is_blank(h->all.p[h->at]))
		h->at++;
}

static struct md_str
take_value(struct html *h)
{
	struct md_str value = rest(h);

	if (value.len == 0 || (value.p[0] != '"' && value.p[0] != '\''))
		return take_until(h, ">");
	value = md_str_skip(value, 1);
	value.len = md_str_find(value, h->all.p[h->at]);
	h->at += value.len + 2;
	if (h->at > h->all.len)
		h->at = h->all.len;
	return value;
}

/* All attributes up to the ">": the first href counts (13.2.5.33).  False without one. */
static bool
take_attributes(struct html *h, struct md_str *href)
{
	bool found = false;

	for (;;) {
		struct md_str name, value = { "", 0 };

		while (h->at < h->all.len &&
		       (is_blank(h->all.p[h->at]) || h->all.p[h->at] == '/'))
			h->at++;
		if (h->at == h->all.len || h->all.p[h->at] == '>')
			break;
		name = take_until(h, "/>=");
		skip_blanks(h);
		if (md_str_starts(rest(h), "=")) {
			h->at++;
			skip_blanks(h);
			value = take_value(h);
		}
		if (!found && md_str_eq_nocase(name, "href")) {
			*href = value;
			found = true;
		}
	}
	if (h->at < h->all.len)
		h->at++;
	return found;
}

/* To after these words; to the end when they are not there. */
static void
skip_past(struct html *h, const char *words)
{
	while (h->at < h->all.len && !md_str_starts_nocase(rest(h), words))
		h->at++;
	h->at += strlen(words);
	if (h->at > h->all.len)
		h->at = h->all.len;
}

/* Elements whose inside is no text to be read, and no tags. */
static void
skip_raw(struct html *h, struct md_str tag)
{
	static const char *const raw[] = { "script", "style", "title", "textarea" };
	static const char *const ends[] = { "</script", "</style", "</title", "</textarea" };

	for (size_t i = 0; i < MD_COUNT(raw); i++)
		if (md_str_eq_nocase(tag, raw[i])) {
			skip_past(h, ends[i]);
			skip_past(h, ">");
			return;
		}
}

/* At "<" and a letter, or "</" and a letter. */
static void
take_tag(struct html *h)
{
	const size_t begin = h->at;
	const bool end = h->all.p[h->at + 1] == '/';
	struct md_str tag, href = { "", 0 };
	bool linked;

	h->at += end ? 2 : 1;
	tag = take_until(h, "/>");
	linked = take_attributes(h, &href);
	if (md_str_eq_nocase(tag, "a") && (end || linked))
		close_link(h);
	if (!end && linked && (md_str_eq_nocase(tag, "a") || md_str_eq_nocase(tag, "area")))
		open_link(h, href, begin);
	if (!end)
		skip_raw(h, tag);
}

static void
take_text(struct html *h)
{
	struct md_buf *text = &h->text;
	const bool wanted = h->open && text->len < TEXT_MOST;

	if (wanted && !is_blank(h->all.p[h->at])) {
		h->at += add_written(text, rest(h));
		return;
	}
	if (wanted && text->len > 0 && text->p[text->len - 1] != ' ')
		md_buf_addc(text, ' ');
	h->at++;
}

const struct md_links *
md_links_of_html(struct md_arena *mem, struct md_str html)
{
	struct md_links *found = md_alloc(mem, sizeof(*found));
	struct html h = { .mem = mem, .all = html, .found = found };

	while (h.at < html.len) {
		const struct md_str s = rest(&h);
		const char second = s.len > 1 ? s.p[1] : ' ';

		if (md_str_starts(s, "<!--"))
			skip_past(&h, "-->");
		else if (s.p[0] == '<' && (second == '!' || second == '?'))
			skip_past(&h, ">");
		else if (s.p[0] == '<' && (md_is_alpha(second) ||
		                           (second == '/' && s.len > 2 && md_is_alpha(s.p[2]))))
			take_tag(&h);
		else
			take_text(&h);
	}
	close_link(&h);
	found->all = h.links;
	return found;
}

/* ---- plain text ---- */

static bool
ends_url(char c)
{
	return (c >= 0 && c <= ' ') || strchr("<>\"'`|\\^{}[]()", c) != NULL || c == 0x7f;
}

const struct md_links *
md_links_of_plain(struct md_arena *mem, struct md_str text)
{
	struct md_links *found = md_alloc(mem, sizeof(*found));
	struct md_link *links = NULL;

	for (size_t i = 0; i < text.len;) {
		struct md_str url = md_str_skip(text, i);
		size_t n = 0;
		struct md_link link = { .text = "", .at = i };

		if (!md_str_starts_nocase(url, "http://") &&
		    !md_str_starts_nocase(url, "https://")) {
			i++;
			continue;
		}
		while (n < url.len && !ends_url(url.p[n]))
			n++;
		i += n;
		url.len = n < URL_MOST ? n : URL_MOST;
		url = md_str_trim(url, ".,;:!?*_");
		link.url = md_strndup(mem, url.p, url.len);
		if (found->n < MD_LINKS_MOST)
			MD_PUSH(mem, links, found->n, link);
		else
			found->nomitted++;
	}
	found->all = links;
	return found;
}

const char *
md_link_host(struct md_arena *mem, struct md_str url, struct md_str *user)
{
	struct md_str host;
	const char *why;
	size_t end = 0;

	*user = (struct md_str){ "", 0 };
	if (md_str_starts_nocase(url, "http://"))
		host = md_str_skip(url, 7);
	else if (md_str_starts_nocase(url, "https://"))
		host = md_str_skip(url, 8);
	else
		return NULL;
	/* Browsers take a backslash for a slash (URL standard 4.4). */
	while (end < host.len && strchr("/?#\\", host.p[end]) == NULL)
		end++;
	host.len = end;
	for (size_t i = 0; i < host.len; i++)
		if (host.p[i] == '@')
			*user = (struct md_str){ host.p, i };
	if (user->p == host.p)
		host = md_str_skip(host, user->len + 1);
	if (md_str_starts(host, "[") && md_str_find(host, ']') < host.len)
		return md_str_lower(mem, (struct md_str){ host.p, md_str_find(host, ']') + 1 });
	host.len = md_str_find(host, ':');
	host = md_str_trim(host, " ");
	if (host.len > 0 &&
	    strspn(md_strndup(mem, host.p, host.len), "0123456789.") == host.len)
		return md_strndup(mem, host.p, host.len);
	return md_name_from_user(mem, md_strndup(mem, host.p, host.len), &why);
}
