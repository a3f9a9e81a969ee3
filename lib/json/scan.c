/* JSON text read from its beginning to its end, and nothing built of it: most is passed over.
 */
#include "json/scan.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

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

bool
md_scan_fault(struct md_scan *s, const char *why)
{
	if (s->fault == NULL)
		s->fault = why;
	return false;
}

/* The next octet that is no blank, 0 at the end; stays before it. */
static char
peek(struct md_scan *s)
{
	if (s->fault != NULL)
		return '\0';
	while (s->p < s->end &&
	       (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
		s->p++;
	return s->p < s->end ? *s->p : '\0';
}

static bool
take(struct md_scan *s, char c, const char *otherwise)
{
	if (peek(s) != c || c == '\0')
		return md_scan_fault(s, s->p < s->end ? otherwise : "premature end");
	s->p++;
	return true;
}

char
md_scan_kind(struct md_scan *s)
{
	const char c = peek(s);

	if (c == '-' || md_is_digit(c))
		return '0';
	return c != '\0' && strchr("{[\"tfn", c) != NULL ? c : '\0';
}

static bool
enter(struct md_scan *s, char bracket, const char *otherwise)
{
	if (!take(s, bracket, otherwise))
		return false;
	s->first = true;
	return ++s->depth <= MD_SCAN_DEEPEST || md_scan_fault(s, "nested too deep");
}

bool
md_scan_object(struct md_scan *s)
{
	return enter(s, '{', "'{' expected");
}

bool
md_scan_array(struct md_scan *s)
{
	return enter(s, '[', "'[' expected");
}

/* Is there one more before the closing bracket?  Takes the comma, or the bracket. */
static bool
more(struct md_scan *s, char bracket, const char *otherwise)
{
	if (peek(s) == bracket) {
		s->p++;
		s->depth--;
		s->first = false; /* of what is around it */
		return false;
	}
	if (!s->first && !take(s, ',', otherwise))
		return false;
	s->first = false;
	return s->fault == NULL;
}

bool
md_scan_element(struct md_scan *s)
{
	return more(s, ']', "',' or ']' expected");
}

bool
md_scan_member(struct md_scan *s, struct md_str *key)
{
	return more(s, '}', "',' or '}' expected") && md_scan_text(s, key) &&
	       take(s, ':', "':' expected");
}

/* After a backslash: one letter, or u and four hexadecimal digits. */
static bool
escape(struct md_scan *s)
{
	const size_t left = (size_t)(s->end - s->p);

	if (left == 0 || *s->p == '\0' || strchr("\"\\/bfnrtu", *s->p) == NULL)
		return md_scan_fault(s, "invalid escape");
	if (*s->p++ != 'u')
		return true;
	for (size_t i = 0; i < 4; i++)
		if (left < 5 || !md_is_hex(s->p[i]))
			return md_scan_fault(s, "invalid escape");
	s->p += 4;
	return true;
}

bool
md_scan_text(struct md_scan *s, struct md_str *text)
{
	const char *begin;

	if (!take(s, '"', "string expected"))
		return false;
	begin = s->p;
	for (;;) {
		while (s->p < s->end && (unsigned char)*s->p >= 0x20 && *s->p != '"' &&
		       *s->p != '\\')
			s->p++;
		if (s->p == s->end)
			return md_scan_fault(s, "premature end");
		if ((unsigned char)*s->p < 0x20)
			return md_scan_fault(s, "control character in a string");
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

	if (s->fault != NULL || (size_t)(s->end - s->p) < len ||
	    memcmp(s->p, expected, len) != 0)
		return md_scan_fault(s, "unexpected token");
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
	return s->p > begin ||
	       md_scan_fault(s, s->p < s->end ? "unexpected token" : "premature end");
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
md_scan_number(struct md_scan *s, struct md_str *text)
{
	const char *begin;

	peek(s);
	begin = s->p;
	if (s->fault != NULL || !number(s))
		return false;
	*text = (struct md_str){ begin, (size_t)(s->p - begin) };
	return true;
}

bool
md_scan_skip(struct md_scan *s)
{
	struct md_str text;
	bool value;

	switch (md_scan_kind(s)) {
	case '{':
		md_scan_object(s);
		while (md_scan_member(s, &text))
			md_scan_skip(s);
		return s->fault == NULL;
	case '[':
		md_scan_array(s);
		while (md_scan_element(s))
			md_scan_skip(s);
		return s->fault == NULL;
	case '"':
		return md_scan_text(s, &text);
	case 't':
	case 'f':
		return md_scan_bool(s, &value);
	case 'n':
		return md_scan_null(s);
	default:
		return md_scan_number(s, &text);
	}
}

bool
md_scan_end(struct md_scan *s)
{
	if (peek(s) != '\0' || s->p < s->end)
		return md_scan_fault(s, "end expected");
	return s->fault == NULL;
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

/* The unit of UTF-16 that an escape at p stands for; 0 where there is none. */
static uint32_t
unit_at(struct md_str text, size_t i)
{
	return i + 6 <= text.len && text.p[i] == '\\' && text.p[i + 1] == 'u'
	               ? hexadecimal(text.p + i + 2)
	               : 0;
}

bool
md_scan_is_sound(struct md_str text)
{
	size_t i = md_str_find(text, '\\');

	while (i < text.len) {
		const bool is_unit = text.p[i] == '\\' && text.p[i + 1] == 'u';
		const uint32_t unit = unit_at(text, i);
		const bool is_high = unit - 0xD800 < 0x400;

		if (is_unit && (unit == 0 || unit - 0xDC00 < 0x400))
			return false;
		if (is_high && unit_at(text, i + 6) - 0xDC00 >= 0x400)
			return false;
		i += is_high ? 12 : is_unit ? 6 : text.p[i] == '\\' ? 2 : 1;
	}
	return true;
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
