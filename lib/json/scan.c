/* JSON text read from its beginning to its end, and nothing built of it: most is passed over.
 */
#include "json/scan.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { DEEPEST = 1000 }; /* reports nest about 70 deep at most */

struct md_scan
md_scan(struct md_str text)
{
	return (struct md_scan){ .begin = text.p, .p = text.p, .end = text.p + text.len };
}

size_t
md_scan_offset(const struct md_scan *s)
{
	return (size_t)(s->p - s->begin);
}

static bool
fault(struct md_scan *s)
{
	s->bad = true;
	return false;
}

/* The next octet that is no blank, 0 at the end; stays before it. */
static char
peek(struct md_scan *s)
{
	if (s->bad)
		return '\0';
	while (s->p < s->end &&
	       (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
		s->p++;
	return s->p < s->end ? *s->p : '\0';
}

static bool
take(struct md_scan *s, char c)
{
	if (peek(s) != c || c == '\0')
		return fault(s);
	s->p++;
	return true;
}

static bool
enter(struct md_scan *s, char bracket)
{
	if (!take(s, bracket))
		return false;
	s->first = true;
	return ++s->depth <= DEEPEST || fault(s);
}

bool
md_scan_object(struct md_scan *s)
{
	return enter(s, '{');
}

bool
md_scan_array(struct md_scan *s)
{
	return enter(s, '[');
}

/* Is there one more before the closing bracket?  Takes the comma, or the bracket. */
static bool
more(struct md_scan *s, char bracket)
{
	if (peek(s) == bracket) {
		s->p++;
		s->depth--;
		s->first = false; /* of what is around it */
		return false;
	}
	if (!s->first && !take(s, ','))
		return false;
	s->first = false;
	return !s->bad;
}

bool
md_scan_element(struct md_scan *s)
{
	return more(s, ']');
}

bool
md_scan_member(struct md_scan *s, struct md_str *key)
{
	return more(s, '}') && md_scan_text(s, key) && take(s, ':');
}

/* After a backslash: one letter, or u and four hexadecimal digits. */
static bool
escape(struct md_scan *s)
{
	const size_t left = (size_t)(s->end - s->p);

	if (left == 0 || *s->p == '\0' || strchr("\"\\/bfnrtu", *s->p) == NULL)
		return fault(s);
	if (*s->p++ != 'u')
		return true;
	for (size_t i = 0; i < 4; i++)
		if (left < 5 || !md_is_hex(s->p[i]))
			return fault(s);
	s->p += 4;
	return true;
}

bool
md_scan_text(struct md_scan *s, struct md_str *text)
{
	const char *begin;

	if (!take(s, '"'))
		return false;
	begin = s->p;
	for (;;) {
		while (s->p < s->end && (unsigned char)*s->p >= 0x20 && *s->p != '"' &&
		       *s->p != '\\')
			s->p++;
		if (s->p == s->end || (unsigned char)*s->p < 0x20)
			return fault(s);
		if (*s->p++ == '"')
			break;
		if (!escape(s))
			return false;
	}
	*text = (struct md_str){ begin, (size_t)(s->p - begin) - 1 };
	return true;
}

static bool
word(struct md_scan *s, const char *expected)
{
	const size_t len = strlen(expected);

	if (s->bad || (size_t)(s->end - s->p) < len || memcmp(s->p, expected, len) != 0)
		return fault(s);
	s->p += len;
	return true;
}

bool
md_scan_bool(struct md_scan *s, bool *value)
{
	*value = peek(s) == 't';
	return word(s, *value ? "true" : "false");
}

bool
md_scan_null(struct md_scan *s)
{
	return peek(s) == 'n' && word(s, "null");
}

static bool
digits(struct md_scan *s)
{
	const char *begin = s->p;

	while (s->p < s->end && md_is_digit(*s->p))
		s->p++;
	return s->p > begin || fault(s);
}

static bool
is_next(struct md_scan *s, char c)
{
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

static bool
number(struct md_scan *s)
{
	is_next(s, '-');
	if (!is_next(s, '0') && !digits(s))
		return false;
	if (is_next(s, '.') && !digits(s))
		return false;
	if (!is_next(s, 'e') && !is_next(s, 'E'))
		return true;
	if (!is_next(s, '+'))
		is_next(s, '-');
	return digits(s);
}

bool
md_scan_skip(struct md_scan *s)
{
	struct md_str text;
	bool value;

	switch (peek(s)) {
	case '{':
		md_scan_object(s);
		while (md_scan_member(s, &text))
			md_scan_skip(s);
		return !s->bad;
	case '[':
		md_scan_array(s);
		while (md_scan_element(s))
			md_scan_skip(s);
		return !s->bad;
	case '"':
		return md_scan_text(s, &text);
	case 't':
	case 'f':
		return md_scan_bool(s, &value);
	case 'n':
		return md_scan_null(s);
	default:
		return !s->bad && number(s);
	}
}

bool
md_scan_end(struct md_scan *s)
{
	return peek(s) == '\0' && !s->bad && s->p == s->end;
}

/* ---- escapes ---- */

static uint32_t
hexadecimal(const char *p)
{
	uint32_t n = 0;

	for (size_t i = 0; i < 4; i++)
		n = n * 16 +
		    (uint32_t)(md_is_digit(p[i]) ? p[i] - '0' : md_lower(p[i]) - 'a' + 10);
	return n;
}

static void
add_utf8(struct md_buf *out, uint32_t c)
{
	if (c < 0x80) {
		md_buf_addc(out, (char)c);
	} else if (c < 0x800) {
		md_buf_addc(out, (char)(0xC0 | c >> 6));
		md_buf_addc(out, (char)(0x80 | (c & 0x3F)));
	} else {
		if (c < 0x10000) {
			md_buf_addc(out, (char)(0xE0 | c >> 12));
		} else {
			md_buf_addc(out, (char)(0xF0 | c >> 18));
			md_buf_addc(out, (char)(0x80 | (c >> 12 & 0x3F)));
		}
		md_buf_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
		md_buf_addc(out, (char)(0x80 | (c & 0x3F)));
	}
}

/* At the four digits of \uXXXX; returns how many characters more belong to it. */
static size_t
add_unit(struct md_buf *out, const char *p, size_t left)
{
	const uint32_t high = hexadecimal(p);
	uint32_t low = 0;

	if (high - 0xD800 < 0x400 && left >= 10 && p[4] == '\\' && p[5] == 'u')
		low = hexadecimal(p + 6);
	if (low - 0xDC00 < 0x400) {
		add_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
		return 10;
	}
	add_utf8(out, high == 0 || high - 0xD800 < 0x800 ? '?' : high);
	return 4;
}

const char *
md_scan_meant(struct md_arena *mem, struct md_str text)
{
	static const char letters[] = "bfnrt", octets[] = "\b\f\n\r\t";
	struct md_buf out = { .mem = mem };

	if (md_str_find(text, '\\') == text.len)
		return md_strndup(mem, text.p, text.len);
	for (size_t i = 0; i < text.len; i++) {
		const char *letter;

		if (text.p[i] != '\\') {
			md_buf_addc(&out, text.p[i]);
			continue;
		}
		i++;
		letter = strchr(letters, text.p[i]);
		if (text.p[i] == 'u')
			i += add_unit(&out, text.p + i + 1, text.len - i - 1);
		else
			md_buf_addc(&out,
			            letter != NULL ? octets[letter - letters] : text.p[i]);
	}
	return md_buf_str(&out);
}
