/* Views of text: compare, cut, show. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/join.h"

bool
md_str_eq(struct md_str s, const char *other)
{
	return s.len == strlen(other) && memcmp(s.p, other, s.len) == 0;
}

static bool
same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (md_lower(a[i]) != md_lower(b[i]))
			return false;
	return true;
}

bool
md_str_eq_nocase(struct md_str s, const char *other)
{
	return s.len == strlen(other) && same_nocase(s.p, other, s.len);
}

bool
md_str_starts(struct md_str s, const char *prefix)
{
	const size_t len = strlen(prefix);

	return s.len >= len && memcmp(s.p, prefix, len) == 0;
}

bool
md_str_starts_nocase(struct md_str s, const char *prefix)
{
	const size_t len = strlen(prefix);

	return s.len >= len && same_nocase(s.p, prefix, len);
}

bool
md_eq_nocase(const char *a, const char *b)
{
	return md_str_eq_nocase(md_str(a), b);
}

bool
md_str_same_nocase(struct md_str a, struct md_str b)
{
	return a.len == b.len && same_nocase(a.p, b.p, a.len);
}

size_t
md_str_find(struct md_str s, char c)
{
	const char *at = s.len > 0 ? memchr(s.p, c, s.len) : NULL;

	return at != NULL ? (size_t)(at - s.p) : s.len;
}

static bool
is_one_of(char c, const char *set)
{
	while (*set != '\0' && *set != c)
		set++;
	return *set != '\0';
}

struct md_str
md_str_trim(struct md_str s, const char *set)
{
	while (s.len > 0 && is_one_of(s.p[0], set))
		s = md_str_skip(s, 1);
	while (s.len > 0 && is_one_of(s.p[s.len - 1], set))
		s.len--;
	return s;
}

bool
md_str_cut(struct md_str *rest, char sep, struct md_str *piece)
{
	size_t end;

	if (rest->len == 0)
		return false;
	end = md_str_find(*rest, sep);
	*piece = (struct md_str){ rest->p, end };
	*rest = md_str_skip(*rest, end + 1);
	return true;
}

bool
md_str_number(struct md_str s, unsigned long max, unsigned long *number)
{
	unsigned long n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned long digit;

		if (!md_is_digit(s.p[i]))
			return false;
		digit = (unsigned long)(s.p[i] - '0');
		if (digit > max || n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*number = n;
	return true;
}

char *
md_str_lower(struct md_arena *mem, struct md_str s)
{
	char *copy = md_strndup(mem, s.p, s.len);

	for (size_t i = 0; i < s.len; i++)
		copy[i] = md_lower(copy[i]);
	return copy;
}

/* How many octets at its beginning are shown as they are: nearly always all. */
static size_t
plain(struct md_str s, bool quote)
{
	size_t n = 0;

	while (n < s.len && s.p[n] >= 0x20 && s.p[n] <= 0x7e && s.p[n] != '\\' &&
	       !(quote && s.p[n] == '"'))
		n++;
	return n;
}

static const char *
escape(struct md_arena *mem, struct md_str s, bool quote)
{
	struct md_buf out = { .mem = mem };

	if (quote)
		md_buf_addc(&out, '"');
	while (s.len > 0) {
		const size_t n = plain(s, quote);

		md_buf_add(&out, (struct md_str){ s.p, n });
		s = md_str_skip(s, n);
		if (s.len == 0)
			break;
		if (s.p[0] == '\\' || s.p[0] == '"')
			md_buf_printf(&out, "\\%c", s.p[0]);
		else
			md_buf_printf(&out, "\\%03u", (unsigned char)s.p[0]);
		s = md_str_skip(s, 1);
	}
	if (quote)
		md_buf_addc(&out, '"');
	return md_buf_str(&out);
}

const char *
md_show(struct md_arena *mem, struct md_str s)
{
	return escape(mem, s, false);
}

const char *
md_quote(struct md_arena *mem, struct md_str s)
{
	return escape(mem, s, true);
}

size_t
md_unescape(const char *s, char *octet)
{
	unsigned number;

	*octet = s[0];
	if (s[0] != '\\' || s[1] == '\0')
		return 1;
	*octet = s[1];
	if (!md_is_digit(s[1]) || !md_is_digit(s[2]) || !md_is_digit(s[3]))
		return 2;
	number = (unsigned)(s[1] - '0') * 100 + (unsigned)(s[2] - '0') * 10 +
	         (unsigned)(s[3] - '0');
	if (number > 255)
		return 2;
	*octet = (char)number;
	return 4;
}

const char *
md_excerpt(struct md_arena *mem, struct md_str s)
{
	enum { ENOUGH = 80 };

	if (s.len <= ENOUGH)
		return md_quote(mem, s);
	return md_printf(mem, "%s...", md_quote(mem, (struct md_str){ s.p, ENOUGH }));
}

enum { LONGEST_WORD = 32 };

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	const unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Edits (insert, drop, change, swap neighbours) between two short words. */
static unsigned
distance(struct md_str a, struct md_str b)
{
	unsigned d[3][LONGEST_WORD + 1];

	for (unsigned j = 0; j <= b.len; j++)
		d[0][j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		unsigned *now = d[i % 3], *up = d[(i + 2) % 3], *up2 = d[(i + 1) % 3];

		now[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			const char x = md_lower(a.p[i - 1]), y = md_lower(b.p[j - 1]);

			now[j] = least(up[j] + 1, now[j - 1] + 1, up[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == md_lower(b.p[j - 2]) &&
			    md_lower(a.p[i - 2]) == y && up2[j - 2] + 1 < now[j])
				now[j] = up2[j - 2] + 1;
		}
	}
	return d[a.len % 3][b.len];
}

const char *
md_nearest(struct md_str word, const char *const *list)
{
	const char *best = NULL;
	unsigned least_edits = word.len < 4 ? 1 : 2;

	if (word.len > LONGEST_WORD)
		return NULL;
	for (; *list != NULL; list++) {
		const struct md_str candidate = md_str(*list);
		unsigned edits;

		if (candidate.len > LONGEST_WORD)
			continue;
		edits = distance(word, candidate);
		if (edits < least_edits || (edits == least_edits && best == NULL)) {
			least_edits = edits;
			best = *list;
		}
	}
	return best;
}

/* Room for so many octets and a NUL. */
static void
make_room(struct md_buf *buf, size_t more)
{
	size_t room = buf->room > 0 ? buf->room : 64;

	if (buf->room - buf->len > more)
		return;
	while (room < buf->len + more + 1)
		room *= 2;
	buf->p = md_more_room(buf->mem, buf->p, buf->len, buf->room, room);
	buf->room = room;
}

void
md_buf_add(struct md_buf *buf, struct md_str s)
{
	make_room(buf, s.len);
	if (s.len > 0)
		memcpy(buf->p + buf->len, s.p, s.len);
	buf->len += s.len;
	buf->p[buf->len] = '\0';
}

void
md_buf_addc(struct md_buf *buf, char c)
{
	make_room(buf, 1);
	buf->p[buf->len++] = c;
	buf->p[buf->len] = '\0';
}

static void buf_print(struct md_buf *, const char *fmt, va_list) MD_PRINTF(2, 0);

static void buf_join(struct md_buf *, size_t len, const char *fmt, va_list) MD_PRINTF(3, 0);

static void
buf_join(struct md_buf *buf, size_t len, const char *fmt, va_list ap)
{
	make_room(buf, len);
	md_join(buf->p + buf->len, fmt, ap);
	buf->len += len;
}

static void
buf_print(struct md_buf *buf, const char *fmt, va_list ap)
{
	const size_t room = buf->room - buf->len;
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(room > 0 ? buf->p + buf->len : NULL, room, fmt, ap);
	if (len > 0 && (size_t)len >= room) {
		make_room(buf, (size_t)len);
		vsnprintf(buf->p + buf->len, (size_t)len + 1, fmt, again);
	}
	if (len > 0)
		buf->len += (size_t)len;
	va_end(again);
}

static void buf_vprintf(struct md_buf *, const char *fmt, va_list) MD_PRINTF(2, 0);

static void
buf_vprintf(struct md_buf *buf, const char *fmt, va_list ap)
{
	va_list measured;
	size_t len;

	va_copy(measured, ap);
	len = md_join_len(fmt, measured);
	va_end(measured);
	if (len == MD_NO_JOIN)
		buf_print(buf, fmt, ap);
	else if (len > 0)
		buf_join(buf, len, fmt, ap);
}

void
md_buf_printf(struct md_buf *buf, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(buf, fmt, ap);
	va_end(ap);
}

void
md_buf_item(struct md_buf *buf, const char *between, const char *fmt, ...)
{
	va_list ap;

	if (buf->len > 0)
		md_buf_add(buf, md_str(between));
	va_start(ap, fmt);
	buf_vprintf(buf, fmt, ap);
	va_end(ap);
}

const char *
md_buf_str(const struct md_buf *buf)
{
	return buf->p != NULL ? buf->p : "";
}

/* FNV-1a. */
size_t
md_str_hash(struct md_str s)
{
	size_t h = 2166136261u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

struct md_str
md_buf_view(const struct md_buf *buf)
{
	return (struct md_str){ md_buf_str(buf), buf->len };
}

const char *
md_plural(struct md_arena *mem, size_t n, const char *one, const char *many)
{
	return md_printf(mem, "%zu %s", n, n == 1 ? one : many);
}
