/* Mends what word processors and web panels do to the text of a record. */
#include <string.h>

#include "base/arena.h"
#include "record/txt_meant.h"

static const struct {
	const char *utf8, *plain;
} typographic[] = {
	{ "\xC2\xA0", " " },     /* no-break space */
	{ "\xE2\x80\xAF", " " }, /* narrow no-break space */
	{ "\xE2\x80\x8B", "" },  /* zero width space */
	{ "\xEF\xBB\xBF", "" },  /* byte order mark */
	{ "\xE2\x80\x90", "-" }, /* hyphen */
	{ "\xE2\x80\x91", "-" }, /* non-breaking hyphen */
	{ "\xE2\x80\x93", "-" }, /* en dash */
	{ "\xE2\x80\x94", "-" }, /* em dash */
	{ "\xE2\x88\x92", "-" }, /* minus sign */
	{ "\xE2\x80\x98", "" },  /* single and double quotation marks */
	{ "\xE2\x80\x99", "" },  { "\xE2\x80\x9C", "" }, { "\xE2\x80\x9D", "" },
	{ "\xE2\x80\x9E", "" },  { "\t", " " },          { "\r", "" },
	{ "\n", " " },
};

/* Moves one character from *rest to out; false for an octet that stands for nothing. */
static bool
take_plain(struct md_buf *out, struct md_str *rest)
{
	for (size_t i = 0; i < MD_COUNT(typographic); i++) {
		if (!md_str_starts(*rest, typographic[i].utf8))
			continue;
		md_buf_printf(out, "%s", typographic[i].plain);
		*rest = md_str_skip(*rest, strlen(typographic[i].utf8));
		return true;
	}
	if (rest->p[0] < ' ' || rest->p[0] > '~')
		return false;
	md_buf_addc(out, rest->p[0]);
	*rest = md_str_skip(*rest, 1);
	return true;
}

/* The length of a quotation mark at the start of s, with the backslash before it; or 0. */
static size_t
quotation_mark(struct md_str s)
{
	return md_str_starts(s, "\"") ? 1 : md_str_starts(s, "\\\"") ? 2 : 0;
}

/* In "a" "b" the blanks between the strings are no part of the text. */
static struct md_str
skip_joint(struct md_str s)
{
	struct md_str after = s;

	while (after.len > 0 && after.p[0] == ' ')
		after = md_str_skip(after, 1);
	return quotation_mark(after) > 0 ? md_str_skip(after, quotation_mark(after)) : s;
}

const char *
md_txt_meant(struct md_arena *mem, struct md_str text)
{
	struct md_buf plain = { .mem = mem }, out = { .mem = mem };
	struct md_str rest;

	while (text.len > 0)
		if (!take_plain(&plain, &text))
			return NULL;
	rest = md_str_trim(md_str(md_buf_str(&plain)), " ");
	while (rest.len > 0) {
		const size_t mark = quotation_mark(rest);

		if (mark > 0) {
			rest = skip_joint(md_str_skip(rest, mark));
		} else {
			md_buf_addc(&out, rest.p[0]);
			rest = md_str_skip(rest, 1);
		}
	}
	rest = md_str_trim(md_str(md_buf_str(&out)), " ");
	return md_strndup(mem, rest.p, rest.len);
}
