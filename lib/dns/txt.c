/* Making the strings of TXT records. */
#include "dns/txt.h"

#include <string.h>

#include "base/arena.h"

enum { LONGEST_STRING = 255 }; /* RFC 1035 3.3 */

/* RFC 1035 3.2.1: RDLENGTH has 16 bits; each string has a length octet. */
static bool
fits(const struct md_rr *rr)
{
	return rr->txt.joined.len + rr->txt.n <= UINT16_MAX;
}

/* Decodes a string at *s to `to`, moves *s behind it; false when its quote has no end. */
static bool
decode_string(const char **s, char *to, size_t *len)
{
	const bool quoted = **s == '"';

	*s += quoted;
	for (*len = 0; **s != '\0' && strchr(quoted ? "\"" : " \t", **s) == NULL; ++*len)
		*s += md_unescape(*s, to + *len);
	if (quoted && **s != '"')
		return false;
	*s += quoted;
	return true;
}

bool
md_txt_parse(struct md_arena *mem, const char *text, struct md_rr *rr, const char **why)
{
	char *octets = md_alloc(mem, strlen(text) + 1), *to = octets;
	struct md_str *strings = NULL;

	rr->txt.n = 0;
	for (const char *s = text + strspn(text, " \t"); *s != '\0'; s += strspn(s, " \t")) {
		struct md_str string = { to, 0 };

		if (!decode_string(&s, to, &string.len)) {
			*why = "a quote is open";
			return false;
		}
		if (string.len > LONGEST_STRING) {
			*why = "a string is longer than 255 octets";
			return false;
		}
		MD_PUSH(mem, strings, rr->txt.n, string);
		to += string.len;
	}
	rr->txt.joined = (struct md_str){ octets, (size_t)(to - octets) };
	rr->txt.strings = strings;
	if (rr->txt.n == 0)
		*why = "it has no string";
	else if (!fits(rr))
		*why = "it is longer than a record can be";
	return rr->txt.n > 0 && fits(rr);
}

bool
md_txt_take(struct md_arena *mem, struct md_str bytes, struct md_rr *rr, const char **why)
{
	const size_t whole = (bytes.len + LONGEST_STRING - 1) / LONGEST_STRING;
	const size_t n = whole > 0 ? whole : 1;
	struct md_str *strings = md_alloc(mem, n * sizeof(*strings));

	for (size_t i = 0; i < n; i++) {
		strings[i] = md_str_skip(bytes, i * LONGEST_STRING);
		if (strings[i].len > LONGEST_STRING)
			strings[i].len = LONGEST_STRING;
	}
	rr->txt.joined = bytes;
	rr->txt.strings = strings;
	rr->txt.n = n;
	if (!fits(rr))
		*why = "it is longer than a record can be";
	return fits(rr);
}
