/* Lines and octets: how long, how ended, which outside US-ASCII. */
#include <string.h>

#include "base/arena.h"
#include "envelope/envelope.h"
#include "rules.h"

enum { LINE_MOST = 998 }; /* RFC 5322 2.1.1, without CRLF */

static void
judge_lines(struct md_ctx *c, const struct md_message *m)
{
	if (m->longest > LINE_MOST)
		md_found(c, STRUCTURE_LINE_TOO_LONG, "message", "line %zu has %zu octets",
		         m->longest_line, m->longest);
}

/* The line of the file on which the first end of a line of this kind stands; 0 for none. */
static size_t
first_line(struct md_str raw, bool wanted(struct md_str raw, size_t at))
{
	size_t line = 1;

	for (size_t i = 0; i < raw.len; i++) {
		if (wanted(raw, i))
			return line;
		line += raw.p[i] == '\n';
	}
	return 0;
}

static bool
is_bare_lf(struct md_str raw, size_t at)
{
	return raw.p[at] == '\n' && (at == 0 || raw.p[at - 1] != '\r');
}

static bool
is_bare_cr(struct md_str raw, size_t at)
{
	return raw.p[at] == '\r' && (at + 1 == raw.len || raw.p[at + 1] != '\n');
}

/*
 * A file all in LF was saved so, and says nothing of the message.  One of CRLF with some LF
 * does; one of LF with some CRLF may have lost its other CRs on saving, so that is only noted.
 */
static void
judge_line_ends(struct md_ctx *c, const struct md_message *m)
{
	if (m->cr > 0)
		md_found(c, STRUCTURE_BARE_CR_LF, "CR", "%zu without LF, the first in line %zu",
		         m->cr, first_line(m->raw, is_bare_cr));
	if (m->lf > 0 && m->crlf > m->lf)
		md_found(c, STRUCTURE_BARE_CR_LF, "LF",
		         "%zu of %zu lines end in LF alone, first line %zu", m->lf,
		         m->lf + m->crlf, first_line(m->raw, is_bare_lf));
	else if (m->lf > 0 && m->crlf > 0)
		md_note(c, "line ends",
		        "%zu lines in LF and %zu in CRLF: the file does not tell which were sent",
		        m->lf, m->crlf);
	if (m->nul > 0)
		md_note(c, "octets", "%zu octets 0, which mail must not hold (RFC 5322 4)",
		        m->nul);
}

/* ---- the header ---- */

/* RFC 6531 4.3: with SMTPUTF8 the header may be UTF-8, and Received says so. */
static bool
is_smtputf8(struct md_ctx *c)
{
	const struct md_route *route = md_route(c);

	for (size_t i = 0; i < route->n; i++)
		if (md_str_starts_nocase(md_str(route->hops[i]->with), "UTF8SMTP"))
			return true;
	return false;
}

static size_t
first_eight_bit(struct md_str s)
{
	size_t i = 0;

	while (i < s.len && (unsigned char)s.p[i] < 0x80)
		i++;
	return i;
}

static void
judge_header(struct md_ctx *c, const struct md_message *m)
{
	const bool utf8 = is_smtputf8(c);

	if (first_eight_bit(m->header) == m->header.len)
		return;
	for (size_t i = 0, n = 0; i < m->n && n < 5; i++) {
		const struct md_field *f = &m->fields[i];
		const size_t at = first_eight_bit(f->whole);
		size_t line = f->line;
		bool tags;

		if (at == f->whole.len || (utf8 && md_mime_is_utf8(f->whole)))
			continue;
		for (size_t j = 0; j < at; j++)
			line += f->whole.p[j] == '\n';
		/* RFC 2047 5: encoded words stand in texts and names, in no field of tags */
		tags = md_str_eq_nocase(f->name, "DKIM-Signature");
		md_found(c, STRUCTURE_EIGHT_BIT_HEADER, md_show(md_mem(c), f->name),
		         "line %zu: raw %s%s", line,
		         md_mime_is_utf8(f->whole) ? "UTF-8" : "octets that are not even UTF-8",
		         tags ? "" : ", no encoded words");
		if (tags)
			md_follows(c, "dkim.sig-domain-u-label");
		n++;
	}
}

void
md_structure_octets(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;

	judge_lines(c, m);
	judge_line_ends(c, m);
	judge_header(c, m);
}
