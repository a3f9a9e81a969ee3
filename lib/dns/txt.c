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

enum { FEW = 4 }; /* a capacity of md_grow */

/* The strings of a text on its way. */
struct strings {
	struct md_arena *mem;
	bool cuts; /* those that are too long */
	char *to;  /* where the next octet goes */
	size_t n;
	struct md_str *all; /* `few`, as long as that has room */
	struct md_str few[FEW];
};

static void
add_string(struct strings *t, struct md_str string)
{
	if (t->n < FEW)
		t->few[t->n++] = string;
	else
		MD_PUSH(t->mem, t->all, t->n, string);
}

/* Zones have hundreds of thousands: no more room than they need. */
static const struct md_str *
kept_strings(const struct strings *t)
{
	struct md_str *all;

	if (t->n == 0)
		return NULL;
	if (t->n > FEW)
		return t->all;
	all = md_alloc(t->mem, t->n * sizeof(*all));
	memcpy(all, t->few, t->n * sizeof(*all));
	return all;
}

/* Takes the string at *s, decoded. */
static bool
take_string(struct strings *t, const char **s, const char **why)
{
	struct md_str string = { t->to, 0 };

	if (!decode_string(s, t->to, &string.len)) {
		*why = "a quote is open";
		return false;
	}
	if (string.len > LONGEST_STRING && !t->cuts) {
		*why = "a string is longer than 255 octets";
		return false;
	}
	t->to += string.len;
	for (; string.len > LONGEST_STRING; string = md_str_skip(string, LONGEST_STRING))
		add_string(t, (struct md_str){ string.p, LONGEST_STRING });
	add_string(t, string);
	return true;
}

static bool
parse(struct md_arena *mem, const char *text, bool cuts, struct md_rr *rr, const char **why)
{
	char *octets = md_alloc(mem, strlen(text) + 1);
	struct strings t = { .mem = mem, .cuts = cuts, .to = octets };

	t.all = t.few;
	for (const char *s = text + strspn(text, " \t"); *s != '\0'; s += strspn(s, " \t"))
		if (!take_string(&t, &s, why))
			return false;
	rr->txt.joined = (struct md_str){ octets, (size_t)(t.to - octets) };
	rr->txt.strings = kept_strings(&t);
	rr->txt.n = t.n;
	if (rr->txt.n == 0)
		*why = "it has no string";
	else if (!fits(rr))
		*why = "it is longer than a record can be";
	return rr->txt.n > 0 && fits(rr);
}

bool
md_txt_parse(struct md_arena *mem, const char *text, struct md_rr *rr, const char **why)
{
	return parse(mem, text, false, rr, why);
}

bool
md_txt_read(struct md_arena *mem, const char *text, struct md_rr *rr, const char **why)
{
	return parse(mem, text, true, rr, why);
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
