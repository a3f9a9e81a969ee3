/* Tells DMARC records from other TXT records, and from those that were meant to be one. */
#include "record/dmarc.h"

#include <string.h>

static const char blanks[] = " \t";

static struct md_str
part(struct md_str s, size_t from, size_t len)
{
	return (struct md_str){ s.p + from, len };
}

/* "v" *WSP "=" *WSP, in any case, at the beginning; its length, or 0. */
static size_t
version_tag(struct md_str text)
{
	size_t i = 1;

	if (text.len == 0 || md_lower(text.p[0]) != 'v')
		return 0;
	while (i < text.len && (text.p[i] == ' ' || text.p[i] == '\t'))
		i++;
	if (i == text.len || text.p[i] != '=')
		return 0;
	for (i++; i < text.len && (text.p[i] == ' ' || text.p[i] == '\t'); i++)
		;
	return i;
}

/* Where "v=DMARC1", in any case, stands in the text; the length when nowhere. */
static size_t
find_version(struct md_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const struct md_str rest = md_str_skip(text, i);
		const size_t n = version_tag(rest);

		if (n > 0 && md_str_starts_nocase(md_str_skip(rest, n), "dmarc1"))
			return i;
	}
	return text.len;
}

/* A policy or a report address is a tag that no other kind of record has. */
static bool
is_dmarc_tag(struct md_str piece)
{
	const size_t equals = md_str_find(piece, '=');
	const struct md_str name = md_str_trim(part(piece, 0, equals), blanks);
	const struct md_str value = md_str_trim(md_str_skip(piece, equals + 1), blanks);

	if (md_str_eq_nocase(name, "p") || md_str_eq_nocase(name, "sp"))
		return md_str_eq_nocase(value, "none") ||
		       md_str_eq_nocase(value, "quarantine") ||
		       md_str_eq_nocase(value, "reject");
	return (md_str_eq_nocase(name, "rua") || md_str_eq_nocase(name, "ruf")) &&
	       md_str_starts_nocase(value, "mailto:");
}

static bool
has_dmarc_tag(struct md_str text)
{
	struct md_str piece;

	while (md_str_cut(&text, ';', &piece))
		if (is_dmarc_tag(piece))
			return true;
	return false;
}

/* The record begins with v=, but its value is not DMARC1. */
static enum md_dmarc_start
wrong_version(struct md_str value, const char **says, struct md_str *at)
{
	const struct md_str after = md_str_skip(value, strlen("DMARC1"));

	*at = value;
	if (!md_str_starts_nocase(value, "dmarc"))
		return MD_DMARC_OTHER;
	if (!md_str_starts_nocase(value, "dmarc1"))
		*says = "the only version is DMARC1";
	else if (!md_str_starts(value, "DMARC1"))
		*says = "DMARC1 must be written in capitals";
	else if (md_is_alnum(after.p[0]))
		*says = "the version must be DMARC1 and no more";
	else
		*says = "a semicolon is missing after v=DMARC1";
	if (after.len > 0 && md_str_starts(value, "DMARC1") && !md_is_alnum(after.p[0]))
		*at = part(after, 0, 1);
	return MD_DMARC_BROKEN;
}

enum md_dmarc_start
md_dmarc_starts(struct md_str text, const char **says, struct md_str *at)
{
	const struct md_str first = part(text, 0, md_str_find(text, ';'));
	const size_t tag = version_tag(first);
	const size_t version = find_version(text);

	if (tag > 0) {
		const struct md_str value = md_str_trim(md_str_skip(first, tag), blanks);

		if (md_str_eq(value, "DMARC1")) /* case-sensitive: RFC 9989 4.7 (v) */
			return MD_DMARC_RECORD;
		return wrong_version(value, says, at);
	}
	if (version == text.len) {
		*says = "v=DMARC1 is missing";
		*at = part(text, 0, 0);
		return has_dmarc_tag(text) ? MD_DMARC_BROKEN : MD_DMARC_OTHER;
	}
	*at = part(text, 0, version);
	if (version < first.len)
		*says = text.p[0] == ' ' || text.p[0] == '\t'
		                ? "a blank stands before v=DMARC1"
		                : "something stands before v=DMARC1";
	else
		*says = "v=DMARC1 is not the first tag";
	return MD_DMARC_BROKEN;
}
