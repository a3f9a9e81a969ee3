/* The head of the report of a message: the verdict in a sentence, then who speaks for it. */
#include "report/text_message.h"

#include <string.h>

#include "auth/arc.h"
#include "auth/dkim_repair.h"
#include "auth/dmarc_message.h"
#include "auth/envelope.h"
#include "auth/profile.h"
#include "base/arena.h"
#include "mail/message.h"

enum { INDENT = 6 };

/* Clauses that become a sentence: "a; b; c". */
static void
add(struct md_buf *out, const char *clause)
{
	if (clause[0] != '\0')
		md_buf_printf(out, "%s%s", out->len > 0 ? "; " : "", clause);
}

/* ---- the sentence ------------------------------------------------------------------ */

static const char *
passing_domain(const struct md_dmarc_message *d, bool by_dkim)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->identifiers[i].pass && (d->identifiers[i].dkim != NULL) == by_dkim &&
		    d->identifiers[i].alignment.outcome == MD_ALIGNED)
			return d->identifiers[i].domain;
	return "";
}

static const char *
dmarc_clause(struct md_arena *mem, const struct md_dmarc_message *d)
{
	switch (d->result) {
	case MD_DMARC_RESULT_PASS:
		if (d->by_dkim && d->by_spf)
			return "DMARC passes by DKIM and by SPF";
		return md_printf(mem, "DMARC passes by %s of %s", d->by_dkim ? "DKIM" : "SPF",
		                 passing_domain(d, d->by_dkim));
	case MD_DMARC_RESULT_FAIL:
		return md_printf(mem, "DMARC fails: %s", d->why);
	case MD_DMARC_RESULT_TEMPERROR:
	case MD_DMARC_RESULT_UNKNOWN:
		return md_printf(mem, "DMARC cannot be judged: %s", d->why);
	case MD_DMARC_RESULT_PERMERROR:
		return md_printf(mem, "DMARC cannot be applied: %s", d->why);
	default:
		return md_printf(mem, "no DMARC policy covers %s",
		                 d->author != NULL ? d->author : "it");
	}
}

static const char *
spf_clause(struct md_arena *mem, const struct md_envelope_spf *spf)
{
	const struct md_spf_verdict *v = spf->verdict;

	if (v == NULL)
		return md_printf(mem, "SPF cannot be judged: %s", spf->why);
	switch (v->result) {
	case MD_SPF_RESULT_PASS:
		return "";
	case MD_SPF_RESULT_FAIL:
		return md_printf(mem, "SPF fails because %s", v->why);
	case MD_SPF_RESULT_SOFTFAIL:
		return md_printf(mem, "SPF fails softly because %s", v->why);
	case MD_SPF_RESULT_TEMPERROR:
		return md_printf(mem, "SPF cannot be judged: %s", v->why);
	default:
		return md_printf(mem, "SPF says %s: %s", md_spf_result_name(v->result), v->why);
	}
}

static const struct md_dkim_diagnosis *
diagnosis_of(const struct md_shown *shown, size_t i)
{
	if (shown->diagnoses == NULL || i >= shown->diagnoses->n ||
	    shown->diagnoses->all[i].n == 0)
		return NULL;
	return &shown->diagnoses->all[i];
}

/* The first signature that does not pass, and what broke it. */
static const char *
dkim_clause(struct md_arena *mem, const struct md_shown *shown)
{
	if (shown->dkim->n == 0)
		return "it has no DKIM signature";
	for (size_t i = 0; i < shown->dkim->n; i++) {
		const struct md_dkim_verdict *v = &shown->dkim->all[i];
		const struct md_dkim_diagnosis *d = diagnosis_of(shown, i);

		if (v->result == MD_DKIM_PASS)
			continue;
		return md_printf(
		        mem, "the DKIM signature of %s %s: %s",
		        v->signature->domain[0] != '\0' ? v->signature->domain : "no domain",
		        v->result == MD_DKIM_TEMPERROR ? "cannot be verified" : "fails",
		        d != NULL ? d->changes[0].what : v->reason);
	}
	return "";
}

/* Those that would do the same to it: a state, and for what is not met its effect. */
static bool
is_of(const struct md_profile *p, enum md_requirement_state state, enum md_effect does)
{
	return p->everyone == state && p->does == does;
}

/* "Gmail and Yahoo would accept it": those of one outcome, by name. */
static const char *
providers(struct md_arena *mem, const struct md_profiles *p, enum md_requirement_state state,
          enum md_effect does, const char *verb)
{
	struct md_buf out = { .mem = mem };
	size_t n = 0, at = 0;

	for (size_t i = 0; i < p->n; i++)
		n += is_of(&p->all[i], state, does);
	for (size_t i = 0; i < p->n; i++) {
		if (!is_of(&p->all[i], state, does))
			continue;
		md_buf_printf(&out, "%s%s",
		              at == 0       ? ""
		              : at + 1 == n ? " and "
		                            : ", ",
		              p->all[i].name);
		at++;
	}
	return n > 0 ? md_printf(mem, "%s would %s it", md_buf_str(&out), verb) : "";
}

static const char *
sentence(struct md_arena *mem, const struct md_shown *shown)
{
	struct md_buf out = { .mem = mem };

	if (shown->dmarc != NULL)
		add(&out, dmarc_clause(mem, shown->dmarc));
	if (shown->dkim != NULL)
		add(&out, dkim_clause(mem, shown));
	if (shown->envelope_spf != NULL)
		add(&out, spf_clause(mem, shown->envelope_spf));
	if (shown->profiles != NULL) {
		add(&out,
		    providers(mem, shown->profiles, MD_MET, MD_EFFECT_NOT_SAID, "accept"));
		add(&out, providers(mem, shown->profiles, MD_NOT_MET, MD_EFFECT_JUNK, "junk"));
		add(&out,
		    providers(mem, shown->profiles, MD_NOT_MET, MD_EFFECT_REFUSE, "refuse"));
	}
	return out.len > 0 ? md_buf_str(&out) : "nothing was looked at that it depends on";
}

static void
put_sentence(const struct md_page *page, const struct md_report *report,
             const struct md_style *style)
{
	const char *text =
	        md_printf(page->mem, ": %s (%s).", sentence(page->mem, &report->shown),
	                  md_text_counts(page->mem, report));
	unsigned at = INDENT;

	md_page_field(page, md_text_ink(report->verdict), 4, md_text_word(report->verdict));
	at += md_page_put(page, MD_BOLD, report->subject->message_name);
	if (!style->quiet) {
		md_page_wrap(page, at, INDENT, text);
		return;
	}
	md_page_put(page, MD_PLAIN, text);
	putc('\n', page->out);
}

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
	put_line(page, md_printf(page->mem, "%-8s %s", "Sent:", md_buf_str(&out)));
}

/* ---- the identifiers ------------------------------------------------------------------------
 */

static void
put_cell(const struct md_page *page, enum md_ink ink, unsigned columns, const char *text)
{
	md_page_field(page, ink, columns, text);
}

/* The columns of the table; the last takes the rest of the line. */
struct row {
	const char *what, *who, *result, *aligned, *more;
	enum md_ink ink;
};

enum { WHAT = 5, WHO = 28, RESULT = 9, ALIGNED = 11 };

static void
put_row(const struct md_page *page, const struct row *row)
{
	md_page_blank(page, INDENT);
	put_cell(page, MD_BOLD, WHAT, row->what);
	put_cell(page, MD_PLAIN, WHO, row->who);
	put_cell(page, row->ink, RESULT, row->result);
	put_cell(page, MD_PLAIN, ALIGNED, row->aligned);
	md_page_fit(page, INDENT + WHAT + WHO + RESULT + ALIGNED + 8, row->more);
}

static const char *
alignment_of(const struct md_shown *shown, const struct md_dkim_verdict *dkim)
{
	static const char *const words[] = { [MD_ALIGNED] = "aligned",
		                             [MD_NOT_ALIGNED] = "not aligned",
		                             [MD_ALIGNMENT_UNKNOWN] = "not known" };

	for (size_t i = 0; shown->dmarc != NULL && i < shown->dmarc->n; i++)
		if (shown->dmarc->identifiers[i].dkim == dkim)
			return words[shown->dmarc->identifiers[i].alignment.outcome];
	return "";
}

static void
put_spf(const struct md_page *page, const struct md_shown *shown)
{
	const struct md_spf_verdict *v = shown->envelope_spf->verdict;
	struct row row = { "SPF", "-", "unknown", "", shown->envelope_spf->why, MD_BLUE };

	if (v != NULL) {
		row.who = v->domain;
		row.result = md_spf_result_name(v->result);
		row.aligned = alignment_of(shown, NULL);
		row.more = v->why;
		row.ink = md_text_spf_ink(v->result);
	}
	put_row(page, &row);
}

static enum md_ink
dkim_ink(enum md_dkim_result result)
{
	if (result == MD_DKIM_PASS)
		return MD_GREEN;
	return result == MD_DKIM_TEMPERROR ? MD_BLUE : MD_RED;
}

static const char *
dkim_about(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;

	return md_printf(mem, "%s%s, %s/%s, s=%s", md_algorithm_name(v->signature->algorithm),
	                 key != NULL && key->bits > 0 && key->type == MD_KEY_RSA
	                         ? md_printf(mem, " %u bits", key->bits)
	                         : "",
	                 md_canon_name(v->signature->header_canon),
	                 md_canon_name(v->signature->body_canon), v->signature->selector);
}

static void
put_dkim(const struct md_page *page, const struct md_shown *shown)
{
	if (shown->dkim->n == 0)
		put_row(page, &(struct row){ "DKIM", "-", "none", "", "no signature", MD_RED });
	for (size_t i = 0; i < shown->dkim->n; i++) {
		const struct md_dkim_verdict *v = &shown->dkim->all[i];

		put_row(page,
		        &(struct row){ "DKIM", v->signature->domain,
		                       md_dkim_result_name(v->result), alignment_of(shown, v),
		                       dkim_about(page->mem, v), dkim_ink(v->result) });
	}
}

static void
put_arc(const struct md_page *page, const struct md_arc *arc)
{
	if (arc->result == MD_ARC_NONE)
		return;
	put_row(page, &(struct row){ "ARC", arc->n > 0 ? arc->sets[arc->n - 1].sealer : "-",
	                             md_arc_result_name(arc->result), "",
	                             arc->why[0] != '\0'
	                                     ? arc->why
	                                     : md_text_count(page->mem, arc->n, "set", "sets"),
	                             arc->result == MD_ARC_PASS ? MD_GREEN : MD_YELLOW });
}

static void
put_dmarc(const struct md_page *page, const struct md_dmarc_message *d)
{
	static const enum md_ink inks[] = {
		[MD_DMARC_RESULT_NONE] = MD_YELLOW,   [MD_DMARC_RESULT_PASS] = MD_GREEN,
		[MD_DMARC_RESULT_FAIL] = MD_RED,      [MD_DMARC_RESULT_TEMPERROR] = MD_BLUE,
		[MD_DMARC_RESULT_PERMERROR] = MD_RED, [MD_DMARC_RESULT_UNKNOWN] = MD_BLUE,
	};
	const char *who = d->author != NULL ? d->author : "-";

	put_row(page, &(struct row){ "DMARC", who, md_dmarc_result_name(d->result), "",
	                             d->disposition, inks[d->result] });
	if (d->result_7489 != d->result || strcmp(d->disposition_7489, d->disposition) != 0)
		put_row(page, &(struct row){ "", "receivers of RFC 7489",
		                             md_dmarc_result_name(d->result_7489), "",
		                             d->disposition_7489, inks[d->result_7489] });
}

static void
put_table(const struct md_page *page, const struct md_shown *shown)
{
	putc('\n', page->out);
	if (shown->envelope_spf != NULL)
		put_spf(page, shown);
	if (shown->dkim != NULL)
		put_dkim(page, shown);
	if (shown->arc != NULL)
		put_arc(page, shown->arc);
	if (shown->dmarc != NULL)
		put_dmarc(page, shown->dmarc);
}

void
md_text_message(const struct md_page *page, const struct md_report *report,
                const struct md_style *style)
{
	const struct md_message *m = report->subject->message;

	put_sentence(page, report, style);
	if (style->quiet)
		return;
	put_field(page, m, "From");
	put_field(page, m, "Subject");
	put_field(page, m, "Date");
	if (report->shown.envelope != NULL)
		put_envelope(page, report->shown.envelope);
	put_table(page, &report->shown);
}
