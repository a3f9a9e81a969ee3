/* What may be sent to a terminal or put into a document, and how wide it is there. */
#include "base/escape.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct range {
	uint32_t first, last;
};

/* Invisible, or able to make a line read otherwise than it is. */
static const struct range forbidden[] = {
	{ 0x0000, 0x001f },   { 0x007f, 0x009f },      { 0x00ad, 0x00ad }, { 0x061c, 0x061c },
	{ 0x115f, 0x1160 },   { 0x180e, 0x180e },      { 0x200b, 0x200f }, { 0x2028, 0x202e },
	{ 0x2060, 0x206f },   { 0x3164, 0x3164 },      { 0xd800, 0xdfff }, { 0xe000, 0xf8ff },
	{ 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },      { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
	{ 0xe0000, 0xe0fff }, { 0xf0000, UINT32_MAX },
};

/* Drawn over the character before them. */
static const struct range combining[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x064b, 0x065f },
	{ 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff }, { 0xfe20, 0xfe2f },
};

/* Two columns wide (East Asian Wide and Fullwidth, and emoji). */
static const struct range wide[] = {
	{ 0x1100, 0x115e },   { 0x2e80, 0x303e },   { 0x3041, 0xa4cf },   { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },   { 0xff01, 0xff60 },   { 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

#define IN(table, c) within(table, MD_COUNT(table), c)

static bool
within(const struct range *table, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= table[i].first && c <= table[i].last)
			return true;
	return false;
}

/* How many octets follow a leading one, and what it contributes; 4 for none of them. */
static unsigned
tail_of(unsigned char lead, uint32_t *bits)
{
	if (lead < 0x80) {
		*bits = lead;
		return 0;
	}
	if (lead >= 0xc2 && lead <= 0xdf) {
		*bits = lead & 0x1fu;
		return 1;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		*bits = lead & 0x0fu;
		return 2;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		*bits = lead & 0x07u;
		return 3;
	}
	return 4;
}

/* The first character of s, by RFC 3629; 0 octets when there is none. */
static unsigned
decode(struct md_str s, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned tail = tail_of((unsigned char)s.p[0], c);

	if (tail > 3 || tail >= s.len)
		return 0;
	for (unsigned i = 1; i <= tail; i++) {
		const unsigned char octet = (unsigned char)s.p[i];

		if ((octet & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (octet & 0x3fu);
	}
	return *c >= least[tail] && *c <= 0x10ffff ? tail + 1 : 0;
}

bool
md_escape_is_utf8(struct md_str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c = 0;
		unsigned octets = 1;

		if ((unsigned char)s.p[i] >= 0x80)
			octets = decode(md_str_skip(s, i), &c);
		if (octets == 0 || (c >= 0xd800 && c <= 0xdfff))
			return false;
		i += octets;
	}
	return true;
}

/* Does the text end in this word, whatever its case? */
static bool
ends_in(struct md_str s, const char *word)
{
	const size_t n = strlen(word);

	return s.len >= n && md_str_starts_nocase(md_str_skip(s, s.len - n), word);
}

/*
 * "::error ...::" at the beginning of a line.  No IPv6 address: its words have hexadecimal
 * digits alone.
 */
static bool
begins_command(struct md_str s)
{
	bool letters = false;

	if (!md_str_starts(s, "::"))
		return false;
	for (size_t i = 2; i < s.len && (md_is_alpha(s.p[i]) || s.p[i] == '-'); i++)
		letters = letters || md_hex_digit(s.p[i]) < 0;
	return letters;
}

/*
 * The runners of CI systems take commands out of what a job prints: "##[group]", "##vso[...]"
 * anywhere in a line, "::error::" where one begins, which may be at any blank.  Is this the
 * character to escape, so that there is none?
 */
static bool
is_command(struct md_str all, size_t at)
{
	const struct md_str before = { all.p, at };

	if (all.p[at] == '[')
		return ends_in(before, "##") || ends_in(before, "##vso");
	return all.p[at] == ':' && (at == 0 || (unsigned char)all.p[at - 1] <= ' ') &&
	       begins_command(md_str_skip(all, at));
}

bool
md_escape_is_plain(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];

		if (c < 0x20 || c > 0x7e || ((c == '[' || c == ':') && is_command(s, i)))
			return false;
	}
	return true;
}

const char *
md_escape(struct md_arena *mem, struct md_str s, bool utf8)
{
	struct md_buf out = { .mem = mem };
	const struct md_str all = s;

	if (md_escape_is_plain(s))
		return md_strndup(mem, s.p, s.len);
	while (s.len > 0) {
		uint32_t c;
		unsigned octets = decode(s, &c);

		if (octets > 0 && !IN(forbidden, c) && (utf8 || c < 0x80) &&
		    !is_command(all, all.len - s.len)) {
			md_buf_add(&out, (struct md_str){ s.p, octets });
		} else {
			octets = octets > 0 ? octets : 1;
			for (unsigned i = 0; i < octets; i++)
				md_buf_printf(&out, "\\%03u", (unsigned char)s.p[i]);
		}
		s = md_str_skip(s, octets);
	}
	return md_buf_str(&out);
}

unsigned
md_escape_unseen(struct md_str s, uint32_t *point)
{
	const unsigned octets = s.len > 0 ? decode(s, point) : 0;

	return octets > 0 && IN(forbidden, *point) ? octets : 0;
}

unsigned
md_escape_step(struct md_str s)
{
	uint32_t c;
	const unsigned octets = decode(s, &c);

	return octets > 0 ? octets : 1;
}

unsigned
md_escape_width(struct md_str s)
{
	unsigned columns = 0;

	while (s.len > 0) {
		uint32_t c;
		const unsigned octets = decode(s, &c);

		if (octets == 0)
			columns++;
		else if (!IN(combining, c))
			columns += IN(wide, c) ? 2 : 1;
		s = md_str_skip(s, octets > 0 ? octets : 1);
	}
	return columns;
}
