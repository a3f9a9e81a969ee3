/* Decodes base64, and says where and why it cannot. */
#include "base/base64.h"

#include <stdint.h>

#include "base/arena.h"

/* 0 to 63, or -1: a table, as signatures of bulk mail are read with it. */
static int
sextet(char c)
{
	static const signed char values['z' - '+' + 1] = {
		62, -1, -1, -1, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1, -1, -1, -1,
		-1, -1, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17,
		18, 19, 20, 21, 22, 23, 24, 25, -1, -1, -1, -1, -1, -1, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
	};

	return c >= '+' && c <= 'z' ? values[c - '+'] : -1;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
why_not(char c)
{
	switch (c) {
	case '"':
		return "a quotation mark inside the value";
	case '\\':
		return "a backslash inside the value";
	case '-':
	case '_':
		return "a character of the other, URL-safe base64 alphabet";
	default:
		return "a character that base64 does not have";
	}
}

static struct md_base64
fault(struct md_base64 sofar, size_t at, const char *why)
{
	sofar.fault_at = at;
	sofar.why = why;
	return sofar;
}

/* From the first "=" on: only white space and as many "=" as fill up a group of four. */
static struct md_base64
check_end(struct md_base64 sofar, struct md_str text, size_t at, size_t nsextets)
{
	size_t npadding = 0;

	for (; at < text.len; at++) {
		if (text.p[at] == '=')
			npadding++;
		else if (!is_space(text.p[at]))
			return fault(sofar, at, "more text after the padding");
		if ((nsextets + npadding) % 4 == 1 || npadding > 2)
			return fault(sofar, at, "a \"=\" too many at the end");
	}
	if (nsextets % 4 == 1)
		return fault(sofar, at, "a cut-off end: one character of four is there");
	if ((nsextets + npadding) % 4 != 0)
		return fault(sofar, at, "a lacking \"=\" at the end");
	return sofar;
}

struct md_base64
md_base64_decode(struct md_arena *mem, struct md_str text)
{
	unsigned char *out = md_alloc(mem, text.len / 4 * 3 + 3);
	struct md_base64 result = { .bytes = out, .why = "" };
	uint32_t bits = 0;
	size_t n = 0, i;

	for (i = 0; i < text.len && text.p[i] != '='; i++) {
		const int value = sextet(text.p[i]);

		if (is_space(text.p[i]))
			continue;
		if (value < 0)
			return fault(result, i, why_not(text.p[i]));
		bits = bits << 6 | (uint32_t)value;
		n++;
		if (n % 4 != 1) /* each sextet after a group's first completes an octet */
			out[result.len++] = (unsigned char)(bits >> (8 - n % 4 * 2) % 8 & 0xff);
	}
	return check_end(result, text, i, n);
}

const char *
md_base64_encode(struct md_arena *mem, const unsigned char *bytes, size_t len)
{
	static const char alphabet[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < len; i += 3) {
		const size_t n = len - i < 3 ? len - i : 3;
		uint32_t group = (uint32_t)bytes[i] << 16;

		if (n > 1)
			group |= (uint32_t)bytes[i + 1] << 8;
		if (n > 2)
			group |= bytes[i + 2];
		for (size_t k = 0; k < 4; k++)
			md_buf_addc(&out, k > n ? '=' : alphabet[group >> (18 - 6 * k) & 63]);
	}
	return md_buf_str(&out);
}
