/* JSON as it is written: member by member, without a tree in between. */
#include "json/write.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/escape.h"
#include "json/scan.h"

/*
 * RFC 8259 section 7: how many octets of s may stand in a string as they are.  What a terminal
 * or a reader must not see (base/escape.h) may, and does not; nor does the first of two "#":
 * "##[" and "##vso[" are commands to the runners of CI systems (md_escape).
 */
static size_t
plain(struct md_str s)
{
	uint32_t point;
	size_t n;

	for (n = 0; n < s.len; n++) {
		const unsigned char c = (unsigned char)s.p[n];

		if (c < 0x20 || c == '"' || c == '\\' ||
		    (c == '#' && n + 1 < s.len && s.p[n + 1] == '#') ||
		    (c >= 0x7f && md_escape_unseen(md_str_skip(s, n), &point) > 0))
			break;
	}
	return n;
}

static void
add_escaped(struct md_buf *text, char c)
{
	static const char letters[] = "bfnrt", octets[] = "\b\f\n\r\t";
	const char *known = strchr(octets, c);

	if (known != NULL)
		c = letters[known - octets];
	if ((unsigned char)c < 0x20 || c == '#')
		md_buf_printf(text, "\\u%04X", (unsigned char)c);
	else
		md_buf_add(text, (struct md_str){ (const char[]){ '\\', c }, 2 });
}

/* As \uXXXX, beyond the Basic Multilingual Plane as a pair of surrogates. */
static void
add_point(struct md_buf *text, uint32_t point)
{
	if (point > 0xffff) {
		md_buf_printf(text, "\\u%04" PRIX32, 0xd7c0 + (point >> 10));
		point = 0xdc00 + (point & 0x3ff);
	}
	md_buf_printf(text, "\\u%04" PRIX32, point);
}

static void
quote(struct md_buf *text, const char *string)
{
	struct md_str s = md_str(string);

	md_buf_addc(text, '"');
	while (s.len > 0) {
		const size_t n = plain(s);
		unsigned octets = 0;
		uint32_t point;

		md_buf_add(text, (struct md_str){ s.p, n });
		s = md_str_skip(s, n);
		if (s.len == 0)
			break;
		if ((unsigned char)s.p[0] >= 0x7f)
			octets = md_escape_unseen(s, &point);
		if (octets > 0)
			add_point(text, point);
		else
			add_escaped(text, s.p[0]);
		s = md_str_skip(s, octets > 0 ? octets : 1);
	}
	md_buf_addc(text, '"');
}

static char
last(const struct md_json *j)
{
	return j->text.len > 0 ? j->text.p[j->text.len - 1] : '\0';
}

static void
new_line(struct md_json *j)
{
	if (!j->indented)
		return;
	md_buf_addc(&j->text, '\n');
	for (unsigned i = 0; i < j->depth; i++)
		md_buf_add(&j->text, md_str("  "));
}

/* What goes in front of any value. */
static void
begin(struct md_json *j, const char *key)
{
	const char before = last(j);

	if (before != '\0' && before != '{' && before != '[')
		md_buf_addc(&j->text, ',');
	if (before != '\0')
		new_line(j);
	if (key == NULL)
		return;
	quote(&j->text, key);
	md_buf_addc(&j->text, ':');
	if (j->indented)
		md_buf_addc(&j->text, ' ');
}

void
md_json_open(struct md_json *j, const char *key, char bracket)
{
	begin(j, key);
	md_buf_addc(&j->text, bracket);
	j->depth++;
}

void
md_json_close(struct md_json *j, char bracket)
{
	j->depth--;
	if (last(j) != '{' && last(j) != '[')
		new_line(j);
	md_buf_addc(&j->text, bracket);
}

void
md_json_text(struct md_json *j, const char *key, const char *text)
{
	const struct md_str all = md_str(text);

	md_json_clean(j, key,
	              md_escape_is_plain(all) ? text : md_escape(j->text.mem, all, true));
}

void
md_json_clean(struct md_json *j, const char *key, const char *text)
{
	begin(j, key);
	quote(&j->text, text);
}

void
md_json_octets(struct md_json *j, const char *key, struct md_str octets)
{
	md_json_clean(j, key, md_show(j->text.mem, octets));
}

void
md_json_hex(struct md_json *j, const char *key, const unsigned char *octets, size_t n)
{
	begin(j, key);
	md_buf_addc(&j->text, '"');
	for (size_t i = 0; i < n; i++)
		md_buf_printf(&j->text, "%02x", octets[i]);
	md_buf_addc(&j->text, '"');
}

void
md_json_number(struct md_json *j, const char *key, int64_t n)
{
	begin(j, key);
	md_buf_printf(&j->text, "%" PRId64, n);
}

void
md_json_count(struct md_json *j, const char *key, uint64_t n)
{
	if (n > INT64_MAX)
		md_json_null(j, key);
	else
		md_json_number(j, key, (int64_t)n);
}

void
md_json_bool(struct md_json *j, const char *key, bool value)
{
	begin(j, key);
	md_buf_add(&j->text, md_str(value ? "true" : "false"));
}

void
md_json_null(struct md_json *j, const char *key)
{
	begin(j, key);
	md_buf_add(&j->text, md_str("null"));
}

/* Ten digits: 2.4, not 2.3999999999999999.  The exponent without plus and leading zeros. */
void
md_json_real(struct md_json *j, const char *key, double value)
{
	char text[sizeof("-1.234567890e+308")];
	const char *digits;
	struct md_str mantissa;

	if (!isfinite(value))
		return;
	snprintf(text, sizeof(text), "%.10g", value);
	mantissa = (struct md_str){ text, strcspn(text, "e") };
	begin(j, key);
	md_buf_add(&j->text, mantissa);
	if (text[mantissa.len] == '\0') {
		md_buf_add(&j->text, md_str(strchr(text, '.') == NULL ? ".0" : ""));
		return;
	}
	digits = text + mantissa.len + 2;
	md_buf_printf(&j->text, "e%s%s", digits[-1] == '-' ? "-" : "",
	              digits + strspn(digits, "0"));
}

void
md_json_time(struct md_json *j, const char *key, int64_t seconds)
{
	const time_t when = (time_t)seconds;
	char text[sizeof("-2147483648-12-31T23:59:59Z")];
	struct tm tm;

	if (seconds == -1 || gmtime_r(&when, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		md_json_null(j, key);
	else
		md_json_clean(j, key, text);
}

/* ---- JSON that is there already ---- */

static const char *
meant(struct md_json *j, struct md_str text)
{
	return md_scan_meant(j->text.mem, text);
}

static void copy(struct md_json *, const char *key, struct md_scan *);

static void
copy_members(struct md_json *j, const char *key, struct md_scan *s)
{
	struct md_str name;

	md_json_open(j, key, '{');
	md_scan_object(s);
	while (md_scan_member(s, &name))
		copy(j, meant(j, name), s);
	md_json_close(j, '}');
}

static void
copy_elements(struct md_json *j, const char *key, struct md_scan *s)
{
	md_json_open(j, key, '[');
	md_scan_array(s);
	while (md_scan_element(s))
		copy(j, NULL, s);
	md_json_close(j, ']');
}

/* A number, true, false or null, as it stands. */
static void
copy_word(struct md_json *j, const char *key, struct md_scan *s)
{
	const char *from = s->p;

	md_scan_skip(s);
	begin(j, key);
	md_buf_add(&j->text, (struct md_str){ from, (size_t)(s->p - from) });
}

static void
copy(struct md_json *j, const char *key, struct md_scan *s)
{
	struct md_str text;

	switch (md_scan_kind(s)) {
	case '{':
		copy_members(j, key, s);
		break;
	case '[':
		copy_elements(j, key, s);
		break;
	case '"':
		md_scan_text(s, &text);
		md_json_clean(j, key, meant(j, text));
		break;
	default:
		copy_word(j, key, s);
	}
}

void
md_json_value(struct md_json *j, const char *key, struct md_str value)
{
	struct md_scan s = md_scan(value);

	copy(j, key, &s);
}

void
md_json_some(struct md_json *j, const char *key, const char *text)
{
	if (text[0] != '\0')
		md_json_text(j, key, text);
}

void
md_json_tool(struct md_json *j)
{
	md_json_open(j, "tool", '{');
	md_json_clean(j, "name", "maildiag");
	md_json_clean(j, "version", MAILDIAG_VERSION);
	md_json_close(j, '}');
}
