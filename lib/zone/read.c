/* Reading zone files (RFC 1035 5.1): entries, directives, owner, TTL and class; rdata by ldns.
 */
#include "zone/read.h"

#include <string.h>

#include "base/name.h"
#include "dns/txt.h"
#include "dns/wire.h"
#include "zone/dialect.h"
#include "zone/entry.h"
#include "zone/generate.h"

enum { USUAL_TTL = 3600 };

/* Completes relative names while there is no origin, and so gives them away. */
static const char NO_ORIGIN[] = "no-origin.invalid";

void
md_zone_read_init(struct md_zone_reader *r, struct md_arena *mem, const char *path,
                  struct md_str text)
{
	const size_t nul = md_str_find(text, '\0');

	*r = (struct md_zone_reader){
		.mem = mem,
		.lines = md_zone_count_lines(text) + 1,
		.octets = text.len,
		.rest = text,
		.line = 1,
		.comment = { "", 0 },
		.ttl = USUAL_TTL,
	};
	MD_PUSH(mem, r->files, r->nfiles, ((struct md_zone_file){ .path = path }));
	if (nul < text.len)
		md_zone_fail(r, 1 + md_zone_count_lines((struct md_str){ text.p, nul }),
		             "a NUL octet: this is no text");
}

/* ---- words ---- */

/* Takes the next word off *rest: up to a blank that is neither escaped nor quoted. */
static struct md_str
next_word(struct md_str *rest)
{
	const struct md_str from = md_str_trim(*rest, " ");
	bool quoted = false;
	size_t end = 0;

	while (end < from.len && (quoted || from.p[end] != ' ')) {
		if (from.p[end] == '"')
			quoted = !quoted;
		end += from.p[end] == '\\' && end + 1 < from.len ? 2 : 1;
	}
	*rest = md_str_trim(md_str_skip(from, end), " ");
	return (struct md_str){ from.p, end };
}

/* Does it end in a dot that is not escaped? */
static bool
is_complete(struct md_str name)
{
	size_t slashes = 0;

	if (name.len == 0 || name.p[name.len - 1] != '.')
		return false;
	while (slashes + 1 < name.len && name.p[name.len - 2 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 0;
}

/* RFC 1035 5.1: "@" is the origin, and a name without final dot is below it.  NULL: no name. */
static const char *
full_name(struct md_zone_reader *r, struct md_str word, size_t line)
{
	const char *name;

	if (!is_complete(word) && r->origin == NULL) {
		md_zone_fail(
		        r, line,
		        "%s is relative, and no $ORIGIN says to what: put \"$ORIGIN example.com.\" "
		        "(the zone's name) on the first line",
		        md_excerpt(r->mem, word));
		return NULL;
	}
	if (md_str_eq(word, "@"))
		return r->origin;
	if (is_complete(word) || strcmp(r->origin, ".") == 0)
		name = md_name_normal(r->mem, word);
	else
		name = md_name_below(r->mem, word, r->origin);
	if (md_name_fits(name))
		return name;
	md_zone_fail(r, line, "%s is no domain name", md_excerpt(r->mem, word));
	return NULL;
}

/* Seconds, or BIND's "1h30m". */
static bool
read_ttl(struct md_str word, uint32_t *ttl)
{
	uint64_t all = 0, part = 0;

	if (word.len == 0 || !md_is_digit(word.p[0]))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		static const char units[] = "smhdw";
		static const unsigned seconds[] = { 1, 60, 3600, 86400, 604800 };
		const char c = md_lower(word.p[i]), *unit = strchr(units, c);

		if (md_is_digit(c)) {
			part = part * 10 + (uint64_t)(c - '0');
		} else if (c != '\0' && unit != NULL) {
			all += part * seconds[unit - units];
			part = 0;
		} else {
			return false;
		}
		if (part > INT32_MAX || all > INT32_MAX) /* RFC 2181 8 */
			return false;
	}
	*ttl = (uint32_t)(all + part);
	return all + part <= INT32_MAX;
}

/* ---- directives ---- */

static bool
read_include(struct md_zone_reader *r, const struct md_zone_entry *e, struct md_str path,
             struct md_str origin)
{
	const char *own = NULL;

	if (r->folder == NULL)
		return md_zone_fail(
		        r, e->line,
		        "$INCLUDE is not followed: put %s in its place, for example with "
		        "\"named-compilezone -f text -F text\"",
		        md_excerpt(r->mem, path));
	if (origin.len > 0)
		own = full_name(r, origin, e->line);
	return r->why == NULL && md_zone_include(r, e->line, md_str_trim(path, "\""), own);
}

static bool
read_directive(struct md_zone_reader *r, const struct md_zone_entry *e)
{
	struct md_str rest = e->text;
	const struct md_str name = next_word(&rest), behind = rest, value = next_word(&rest);

	if (md_str_eq_nocase(name, "$ORIGIN")) {
		const char *origin = full_name(r, value, e->line);

		if (origin == NULL)
			return false;
		r->origin = origin;
		if (r->first_origin == NULL)
			r->first_origin = origin;
		return true;
	}
	if (md_str_eq_nocase(name, "$TTL")) {
		r->ttl_directive = true;
		return read_ttl(value, &r->ttl) ||
		       md_zone_fail(r, e->line, "$TTL %s is no time",
		                    md_excerpt(r->mem, value));
	}
	if (md_str_eq_nocase(name, "$INCLUDE"))
		return read_include(r, e, value, next_word(&rest));
	if (md_str_eq_nocase(name, "$GENERATE"))
		return md_zone_series_begin(r, e, behind);
	return md_zone_dialect_directive(r, e, name);
}

/* ---- records ---- */

/* RFC 1035 3.2.4, RFC 3597 5. */
static bool
is_class(struct md_str word)
{
	return md_str_eq_nocase(word, "IN") || md_str_eq_nocase(word, "CH") ||
	       md_str_eq_nocase(word, "HS") || md_str_eq_nocase(word, "CS") ||
	       (md_str_starts_nocase(word, "CLASS") && word.len > 5);
}

/*
 * Takes [TTL] [class] or [class] [TTL] and then the type off *rest.  A type of 0: the line is
 * passed over.
 */
static bool
read_head(struct md_zone_reader *r, const struct md_zone_entry *e, struct md_str *rest,
          struct md_rr *rr)
{
	struct md_str word = next_word(rest);
	bool ttl = false, class = false;

	for (;; word = next_word(rest)) {
		if (md_zone_is_age(word))
			continue;
		if (!ttl && read_ttl(word, &rr->ttl))
			ttl = true;
		else if (!class && is_class(word))
			class = true;
		else
			break;
		if (class && is_class(word) && !md_str_eq_nocase(word, "IN") &&
		    !md_str_eq_nocase(word, "CLASS1"))
			return md_zone_fail(r, e->line, "class %s: only IN is known here",
			                    md_excerpt(r->mem, word));
	}
	/* RFC 2308 4: $TTL; before it RFC 1035 5.1: the last one that was stated. */
	if (!ttl)
		rr->ttl = r->ttl;
	else if (!r->ttl_directive)
		r->ttl = rr->ttl;
	rr->type = md_type_find(word);
	if (rr->type == 0 && r->lenient && word.len > 0)
		return md_zone_dialect(r, e, word, *rest);
	if (rr->type == 0 || rr->type == 41 || (rr->type >= 249 && rr->type <= MD_ANY))
		return md_zone_fail(r, e->line, "%s is no type of record that a zone can hold",
		                    md_excerpt(r->mem, word));
	return true;
}

/* What is read of an unquoted text is hardly what was meant. */
static void
warn_of_txt(struct md_zone_reader *r, const struct md_zone_entry *e, const char *rdata,
            const struct md_rr *rr)
{
	struct md_input_fault fault = { .rule = "zone.txt-unquoted",
		                        .name = rr->owner,
		                        .type = rr->type };

	if ((rr->type != MD_TXT && rr->type != MD_SPF) || rdata[0] == '"')
		return;
	if (rr->txt.n > 1) {
		fault.evidence = md_printf(r->mem,
		                           "unquoted, so these are %zu strings, and what lies "
		                           "between them is lost; put the text in quotes",
		                           rr->txt.n);
		md_zone_warn(r, e->line, "TXT of %s: %s", rr->owner, fault.evidence);
		md_zone_fault(r, e->line, &fault);
	}
	if (e->glued_comment) {
		fault.evidence = "unquoted, so it ends before the \";\", and the rest is a "
		                 "comment; put the text in quotes";
		md_zone_warn(r, e->line, "TXT of %s: %s", rr->owner, fault.evidence);
		md_zone_fault(r, e->line, &fault);
	}
}

static bool
read_rdata(struct md_zone_reader *r, const struct md_zone_entry *e, struct md_str text,
           struct md_rr *rr)
{
	/* A NUL ends every entry: what no blank follows need not be copied. */
	const char *rdata =
	        text.p[text.len] == '\0' ? text.p : md_strndup(r->mem, text.p, text.len);
	const char *why = "";
	const char *origin = r->origin != NULL ? r->origin : NO_ORIGIN;

	if (r->splits_txt && rr->type == MD_TXT)
		return md_txt_read(r->mem, rdata, rr, &why) ||
		       md_zone_fail(r, e->line, "%s", why);
	if (!md_rr_parse_in(r->mem, origin, rdata, rr, &why)) {
		const uint16_t type = rr->type;

		rr->type = 0;
		return md_zone_dialect_rdata(r, e, type, why);
	}
	if (r->origin == NULL && rr->type != MD_TXT && rr->type != MD_SPF &&
	    strstr(md_rr_text(r->mem, rr), NO_ORIGIN) != NULL)
		return md_zone_fail(
		        r, e->line,
		        "%s holds a relative name, and no $ORIGIN says to what: put "
		        "\"$ORIGIN example.com.\" (the zone's name) on the first line",
		        md_excerpt(r->mem, text));
	warn_of_txt(r, e, rdata, rr);
	return true;
}

/* Bounds what text that is read again makes. */
static bool
count_copy(struct md_zone_reader *r, const struct md_zone_entry *e)
{
	r->copies += md_zone_is_again(r);
	return r->copies <= MD_ZONE_MOST_COPIES ||
	       md_zone_fail(r, e->line, "$INCLUDE of the same files makes more than %d records",
	                    MD_ZONE_MOST_COPIES);
}

static bool
read_record(struct md_zone_reader *r, const struct md_zone_entry *e, struct md_rr *rr)
{
	struct md_str rest = e->text;

	if (rest.p[0] != ' ') {
		const struct md_str word = next_word(&rest);

		r->owner = full_name(r, word, e->line);
		if (r->owner == NULL)
			return false;
	}
	if (r->owner == NULL)
		return md_zone_fail(r, e->line,
		                    "a line that begins with a blank takes the owner of "
		                    "the record before it, and there is none");
	*rr = (struct md_rr){ .owner = r->owner, .line = (uint32_t)e->line };
	r->comment = e->comment;
	return count_copy(r, e) && read_head(r, e, &rest, rr) &&
	       (rr->type == 0 || read_rdata(r, e, rest, rr));
}

/* The next entry with a record; false at the end or on an error. */
static bool
next_entry(struct md_zone_reader *r, struct md_zone_entry *e)
{
	do {
		while (true) {
			if (md_zone_series_next(r, e))
				return true;
			if (r->why != NULL || !md_zone_entry_next(r, e))
				break;
			if (e->text.p[0] != '$')
				return true;
			if (!read_directive(r, e))
				return false;
		}
	} while (md_zone_include_end(r));
	return false;
}

bool
md_zone_read_next(struct md_zone_reader *r, struct md_rr *rr)
{
	struct md_zone_entry e;

	while (next_entry(r, &e)) {
		if (!read_record(r, &e, rr))
			return false;
		if (rr->type != 0)
			return true;
	}
	return false;
}
