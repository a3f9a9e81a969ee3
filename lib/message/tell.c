/* The head of the report of a message: the verdict in a sentence, then who speaks for it. */
#include "message/tell.h"

#include <string.h>

#include "arc/arc.h"
#include "base/arena.h"
#include "dkim/opinion.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "mail/message.h"
#include "profile/profile.h"
#include "repair/repair.h"
#include "json/escape.h"

enum { INDENT = 6 };

/* ---- which message it is ---------------------------------------------------------------- */

static void
put_line(const struct md_page *page, const char *text)
{
	md_page_blank(page, INDENT);
	md_page_fit(page, INDENT, text);
}

static void
put_field(const struct md_page *page, const struct md_message *m, const char *name)
{
	const struct md_field *f = md_message_field(m, name, NULL);

	if (f != NULL)
		put_line(page,
		         md_printf(page->mem, "%-8s %s", md_printf(page->mem, "%s:", name),
		                   md_field_text(page->mem, f)));
}

static void
put_envelope(const struct md_page *page, const struct md_envelope *e)
{
	struct md_buf out = { .mem = page->mem };

	if (e->has_ip)
		md_buf_printf(&out, "from %s", md_addr_print(page->mem, e->ip));
	if (e->helo[0] != '\0')
		md_buf_printf(&out, "%s%s", out.len > 0 ? ", HELO " : "HELO ", e->helo);
	if (e->mail_from[0] != '\0')
		md_buf_printf(&out, "%sMAIL FROM %s", out.len > 0 ? ", " : "", e->mail_from);
	if (out.len == 0)
		md_buf_printf(&out, "not known (%s)", e->edge_why);
	else if (e->ip_from[0] != '\0')
		md_buf_printf(&out, " (by %s)", e->ip_from);
	md_page_blank(page, INDENT);
	md_page_wrap(page, INDENT, INDENT + 9,
	             md_printf(page->mem, "%-8s %s", "Sent:", md_buf_str(&out)));
}

/* ---- the identifiers ------------------------------------------------------------ */

/* A line of the table; the last column takes the rest of the page. */
struct row {
	const char *what, *who, *result, *aligned, *more;
	enum md_ink ink;
};

struct table {
	struct md_arena *mem;
	size_t n;
	struct row *rows;
};

static void
add_row(struct table *t, const struct row *row)
{
	MD_PUSH(t->mem, t->rows, t->n, *row);
}

static const char *
alignment_of(const struct md_shown *shown, const struct md_dkim_verdict *dkim)
{
	static const char *const words[] = { [MD_ALIGNED] = ", aligned",
		                             [MD_NOT_ALIGNED] = ", not aligned",
		                             [MD_ALIGNMENT_UNKNOWN] = "" };

	for (size_t i = 0; shown->dmarc != NULL && i < shown->dmarc->n; i++)
		if (shown->dmarc->identifiers[i].dkim == dkim)
			return words[shown->dmarc->identifiers[i].alignment.outcome];
	return "";
}

static void
add_spf(struct table *t, const struct md_shown *shown)
{
	const struct md_spf_verdict *v = shown->envelope_spf->verdict;
	struct row row = { "SPF", "-", "unknown", "", shown->envelope_spf->why, MD_DOUBT };

	if (v != NULL) {
		row.who = v->domain;
		row.result = md_spf_result_name(v->result);
		row.aligned = alignment_of(shown, NULL);
		row.more = v->why;
		row.ink = md_text_spf_ink(v->result);
	}
	add_row(t, &row);
}

static enum md_ink
dkim_ink(enum md_dkim_result result)
{
	if (result == MD_DKIM_PASS)
		return MD_GOOD;
	return result == MD_DKIM_TEMPERROR ? MD_DOUBT : MD_BAD;
}

static const char *
dkim_about(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;
	const struct md_dkim_key *key = v->published.key;

	return md_printf(mem, "s=%s, %s%s, %s/%s", s->selector, md_algorithm_name(s->algorithm),
	                 key != NULL && key->bits > 0 && key->type == MD_KEY_RSA
	                         ? md_printf(mem, " %u bits", key->bits)
	                         : "",
	                 md_canon_name(s->header_canon), md_canon_name(s->body_canon));
}

static void
add_dkim(struct table *t, const struct md_shown *shown)
{
	if (shown->dkim->n == 0)
		add_row(t, &(struct row){ "DKIM", "-", "none", "", "no signature", MD_BAD });
	for (size_t i = 0; i < shown->dkim->n; i++) {
		const struct md_dkim_verdict *v = &shown->dkim->all[i];
		const char *domain = v->signature->domain;

		add_row(t,
		        &(struct row){ "DKIM", domain[0] != '\0' ? domain : "-",
		                       md_dkim_result_name(v->result), alignment_of(shown, v),
		                       dkim_about(t->mem, v), dkim_ink(v->result) });
	}
}

static void
add_arc(struct table *t, const struct md_arc *arc)
{
	const char *sets = md_text_count(t->mem, arc->n, "set", "sets");

	if (arc->result != MD_ARC_NONE)
		add_row(t,
		        &(struct row){ "ARC", arc->n > 0 ? arc->sets[arc->n - 1].sealer : "-",
		                       md_arc_result_name(arc->result), "",
		                       arc->why[0] != '\0' ? arc->why : sets,
		                       arc->result == MD_ARC_PASS ? MD_GOOD : MD_RISK });
}

static void
add_dmarc(struct table *t, const struct md_dmarc_message *d, bool verbose)
{
	static const enum md_ink inks[] = {
		[MD_DMARC_RESULT_NONE] = MD_RISK,     [MD_DMARC_RESULT_PASS] = MD_GOOD,
		[MD_DMARC_RESULT_FAIL] = MD_BAD,      [MD_DMARC_RESULT_TEMPERROR] = MD_DOUBT,
		[MD_DMARC_RESULT_PERMERROR] = MD_BAD, [MD_DMARC_RESULT_UNKNOWN] = MD_DOUBT,
	};

	add_row(t, &(struct row){ "DMARC", d->author != NULL ? d->author : "-",
	                          md_dmarc_result_name(d->result), "", d->disposition,
	                          inks[d->result] });
	if (d->result_7489 != d->result ||
	    (verbose && strcmp(d->disposition_7489, d->disposition) != 0))
		add_row(t, &(struct row){ "", "by the old RFC 7489",
		                          md_dmarc_result_name(d->result_7489), "",
		                          d->disposition_7489, inks[d->result_7489] });
}

enum { WHAT = 5, WIDEST_WHO = 32, GAP = 2 };

static unsigned
wider(unsigned width, const char *text, unsigned most)
{
	const unsigned here = md_escape_width(md_str(text));

	return here <= width ? width : here < most ? here : most;
}

static void
put_rows(const struct md_page *page, const struct table *t)
{
	unsigned who = 0, result = 0, more;

	for (size_t i = 0; i < t->n; i++) {
		const char *words =
		        md_printf(t->mem, "%s%s", t->rows[i].result, t->rows[i].aligned);

		who = wider(who, t->rows[i].who, WIDEST_WHO);
		result = wider(result, words, WIDEST_WHO);
	}
	more = INDENT + WHAT + GAP + who + GAP + result + GAP;
	for (size_t i = 0; i < t->n; i++) {
		const struct row *row = &t->rows[i];

		md_page_blank(page, INDENT);
		md_page_field(page, MD_STRONG, WHAT, row->what);
		md_page_field(page, MD_PLAIN, who, row->who);
		md_page_field(page, row->ink, result,
		              md_printf(t->mem, "%s%s", row->result, row->aligned));
		md_page_wrap(page, more, more, row->more);
	}
}

static void
put_table(const struct md_page *page, const struct md_shown *shown,
          const struct md_style *style)
{
	struct table t = { .mem = page->mem };

	if (shown->envelope_spf != NULL)
		add_spf(&t, shown);
	if (shown->dkim != NULL)
		add_dkim(&t, shown);
	if (shown->arc != NULL)
		add_arc(&t, shown->arc);
	if (shown->dmarc != NULL)
		add_dmarc(&t, shown->dmarc, style->verbose);
	if (t.n > 0)
		putc('\n', page->out);
	put_rows(page, &t);
}

static void
put_opinion(const struct md_page *page, const char *text)
{
	md_page_blank(page, INDENT);
	md_page_wrap(page, INDENT, INDENT + 2,
	             md_printf(page->mem, "Not so everywhere: %s.", text));
}

/* What receivers that run other verifiers conclude otherwise. */
static void
put_opinions(const struct md_page *page, const struct md_shown *shown)
{
	const struct md_dkim_opinions *dkim = shown->dkim_opinions;
	const struct md_spf_opinion *spf =
	        shown->envelope_spf != NULL ? shown->envelope_spf->opinion : NULL;
	const struct md_dmarc_opinion *dmarc =
	        shown->dmarc != NULL ? shown->dmarc->opinion : NULL;

	if (spf != NULL && spf->differs)
		put_opinion(page, spf->text);
	for (size_t i = 0; dkim != NULL && i < dkim->n; i++)
		if (dkim->all[i].differs)
			put_opinion(page, dkim->all[i].text);
	if (dmarc != NULL && dmarc->differs)
		put_opinion(page, dmarc->text);
}

void
md_text_message(const struct md_page *page, const struct md_report *report,
                const struct md_style *style)
{
	const struct md_message *m = report->subject->message;

	md_text_message_verdict(page, report, style);
	if (style->quiet)
		return;
	put_field(page, m, "From");
	put_field(page, m, "Subject");
	put_field(page, m, "Date");
	if (report->shown.envelope != NULL)
		put_envelope(page, report->shown.envelope);
	put_table(page, &report->shown, style);
	put_opinions(page, &report->shown);
}
