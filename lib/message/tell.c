/* The head of the report of a message: the verdict in a sentence, then who speaks for it. */
#include "message/message.h"

#include <string.h>

#include "arc/arc.h"
#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "mail/address.h"
#include "mail/message.h"
#include "mail/mime.h"
#include "profile/profile.h"
#include "repair/signatures.h"
#include "spam/spam.h"

/* ---- which message it is ---- */

static struct md_doc_text *
begin_row(struct md_doc *d, struct md_doc_table *table, const char *label, enum md_flow flow)
{
	struct md_doc_row *row = md_doc_row(d, table);

	md_doc_put(d, row, MD_PLAIN, md_printf(d->mem, "%s:", label));
	return md_doc_cell(d, row, flow);
}

/* Such a name could be taken for an address, or for several: it stands in quotes. */
static const char *
quoted_name(struct md_arena *mem, const char *name)
{
	return strpbrk(name, "<>@,;:()[]") != NULL ? md_printf(mem, "\"%s\"", name) : name;
}

/*
 * What people are shown of a field: encoded words decoded (RFC 2047), where the drawer can put
 * them; what is invisible or turns the direction of writing is escaped by it.
 */
static const char *
field_text(struct md_arena *mem, const struct md_field *f, bool utf8)
{
	const struct md_mailboxes *from;
	const char *text = md_field_text(mem, f);

	if (!utf8 || strstr(text, "=?") == NULL)
		return text;
	if (!md_str_eq_nocase(f->name, "From"))
		return md_mime_words(mem, md_str(text));
	from = md_mailboxes_parse(mem, f->value);
	/* a decoded name with "<", "," or the like in it would read as another address */
	if (from->n != 1 || from->fault[0] != '\0' || from->all[0].name[0] == '\0')
		return text;
	return md_printf(mem, "%s <%s>", quoted_name(mem, from->all[0].name),
	                 from->all[0].text);
}

static void
tell_field(struct md_doc *d, struct md_doc_table *table, const struct md_message *m,
           const char *name, bool utf8)
{
	const struct md_field *f = md_message_field(m, name, NULL);

	if (f != NULL)
		md_doc_add(d, begin_row(d, table, name, MD_CUT), MD_FOREIGN,
		           field_text(d->mem, f, utf8));
}

static const char *
envelope_text(struct md_arena *mem, const struct md_envelope *e)
{
	struct md_buf out = { .mem = mem };

	if (e->has_ip)
		md_buf_printf(&out, "from %s", md_addr_print(mem, e->ip));
	if (e->helo[0] != '\0')
		md_buf_item(&out, ", ", "HELO %s", e->helo);
	if (e->mail_from.given)
		md_buf_item(&out, ", ", "MAIL FROM %s", e->mail_from.text);
	if (out.len == 0)
		md_buf_printf(&out, "not known (%s)", e->edge_why);
	else if (e->ip_from[0] != '\0')
		md_buf_printf(&out, " (by %s)", e->ip_from);
	return md_buf_str(&out);
}

static void
tell_which(struct md_doc *d, const struct md_report *report, bool utf8)
{
	static const struct md_doc_column columns[] = { { .width = 8, .tight = true }, { 0 } };
	const struct md_message *m = report->subject->message;
	const struct md_envelope *envelope = md_report_part(report, &md_part_envelope);
	struct md_doc_table *table = md_doc_table(d, columns, 2);

	tell_field(d, table, m, "From", utf8);
	if (md_message_sender(d->mem, m) != NULL)
		tell_field(d, table, m, "Sender", utf8);
	tell_field(d, table, m, "Subject", utf8);
	tell_field(d, table, m, "Date", utf8);
	/* what was done to every line may be why other programs could not read it */
	if ((m->repairs & (MD_REPAIR_CR_CRLF | MD_REPAIR_CR_ONLY | MD_REPAIR_DOUBLE_SPACED |
	                   MD_REPAIR_INDENTED)) != 0)
		md_doc_add(d, begin_row(d, table, "Mended", MD_FLUSH), MD_WORDS,
		           md_message_repairs(d->mem, m));
	if (envelope != NULL)
		md_doc_add(d, begin_row(d, table, "Sent", MD_FLUSH), MD_FOREIGN,
		           envelope_text(d->mem, envelope));
}

/* ---- the identifiers ---- */

struct identifiers {
	struct md_doc *d;
	struct md_doc_table *table;
	const struct md_dmarc_message *dmarc; /* or NULL */
};

/* A line of the table. */
struct row {
	const char *what, *who, *result, *aligned, *more;
	enum md_ink ink;
};

static void
add_row(struct identifiers *t, const struct row *row)
{
	struct md_doc *d = t->d;
	struct md_doc_row *line = md_doc_row(d, t->table);

	md_doc_put(d, line, MD_STRONG, row->what);
	md_doc_put(d, line, MD_PLAIN, row->who);
	md_doc_put(d, line, row->ink, md_printf(d->mem, "%s%s", row->result, row->aligned));
	md_doc_add(d, md_doc_cell(d, line, MD_FLUSH), MD_FOREIGN, row->more);
}

static const char *
alignment_of(const struct md_dmarc_message *dmarc, const struct md_dkim_verdict *dkim)
{
	static const char *const words[] = { [MD_ALIGNED] = ", aligned",
		                             [MD_NOT_ALIGNED] = ", not aligned",
		                             [MD_ALIGNMENT_UNKNOWN] = "" };

	for (size_t i = 0; dmarc != NULL && i < dmarc->n; i++)
		if (dmarc->identifiers[i].dkim == dkim)
			return words[dmarc->identifiers[i].alignment.outcome];
	return "";
}

static void
add_spf(struct identifiers *t, const struct md_envelope_spf *spf)
{
	const struct md_spf_verdict *v = spf->verdict;
	struct row row = { "SPF", "-", "unknown", "", spf->why, MD_DOUBT };

	if (v != NULL) {
		row.who = v->domain;
		row.result = md_spf_result_name(v->result);
		row.aligned = alignment_of(t->dmarc, NULL);
		row.more = v->why;
		row.ink = md_spf_result_ink(v->result);
	}
	add_row(t, &row);
}

static enum md_ink
dkim_ink(const struct md_dkim_verdict *v)
{
	if (md_dkim_counts(v))
		return MD_GOOD;
	return md_dkim_is_open(v) ? MD_DOUBT : MD_BAD;
}

static const char *
dkim_result(const struct md_dkim_verdict *v)
{
	if (v->held != NULL)
		return "passed at receipt";
	return v->rebuilt != NULL ? "unknown" : md_dkim_result_name(v->result);
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
add_dkim(struct identifiers *t, const struct md_dkim_verdicts *all)
{
	if (all->n == 0)
		add_row(t, &(struct row){ "DKIM", "-", "none", "", "no signature", MD_BAD });
	for (size_t i = 0; i < all->n; i++) {
		const struct md_dkim_verdict *v = &all->all[i];
		const char *domain = v->signature->domain;

		add_row(t, &(struct row){ "DKIM", domain[0] != '\0' ? domain : "-",
		                          dkim_result(v), alignment_of(t->dmarc, v),
		                          dkim_about(t->d->mem, v), dkim_ink(v) });
	}
}

static void
add_arc(struct identifiers *t, const struct md_arc *arc)
{
	const char *sets = md_plural(t->d->mem, arc->n, "set", "sets");

	if (arc->result != MD_ARC_NONE)
		add_row(t,
		        &(struct row){ "ARC", arc->n > 0 ? arc->sets[arc->n - 1].sealer : "-",
		                       md_arc_result_name(arc->result), "",
		                       arc->why[0] != '\0' ? arc->why : sets,
		                       arc->result == MD_ARC_PASS ? MD_GOOD : MD_RISK });
}

static void
add_dmarc(struct identifiers *t, bool verbose)
{
	static const enum md_ink inks[] = {
		[MD_DMARC_RESULT_NONE] = MD_RISK,     [MD_DMARC_RESULT_PASS] = MD_GOOD,
		[MD_DMARC_RESULT_FAIL] = MD_BAD,      [MD_DMARC_RESULT_TEMPERROR] = MD_DOUBT,
		[MD_DMARC_RESULT_PERMERROR] = MD_BAD, [MD_DMARC_RESULT_UNKNOWN] = MD_DOUBT,
	};
	const struct md_dmarc_message *d = t->dmarc;

	add_row(t, &(struct row){ "DMARC", d->author != NULL ? d->author : "-",
	                          md_dmarc_result_name(d->result), "", d->disposition,
	                          inks[d->result] });
	if (d->result_7489 != d->result ||
	    (verbose && strcmp(d->disposition_7489, d->disposition) != 0))
		add_row(t, &(struct row){ "", "by the old RFC 7489",
		                          md_dmarc_result_name(d->result_7489), "",
		                          d->disposition_7489, inks[d->result_7489] });
}

static bool
any_identifier(const struct md_report *report)
{
	const struct md_arc *arc = md_report_part(report, &md_part_arc);

	return md_report_part(report, &md_part_envelope_spf) != NULL ||
	       md_report_part(report, &md_part_dkim) != NULL ||
	       (arc != NULL && arc->result != MD_ARC_NONE) ||
	       md_report_part(report, &md_part_dmarc) != NULL;
}

static void
tell_identifiers(struct md_doc *d, const struct md_report *report, bool verbose)
{
	static const struct md_doc_column columns[] = {
		{ .width = 5 }, { .most = 32 }, { .most = 32 }, { 0 }
	};
	const struct md_envelope_spf *spf = md_report_part(report, &md_part_envelope_spf);
	const struct md_signatures *dkim = md_report_part(report, &md_part_dkim);
	const struct md_arc *arc = md_report_part(report, &md_part_arc);
	struct identifiers t = { .d = d, .dmarc = md_report_part(report, &md_part_dmarc) };

	t.table = md_doc_table(d, columns, 4);
	if (spf != NULL)
		add_spf(&t, spf);
	if (dkim != NULL)
		add_dkim(&t, dkim->verdicts);
	if (arc != NULL)
		add_arc(&t, arc);
	if (t.dmarc != NULL)
		add_dmarc(&t, verbose);
}

/* ---- who sees it otherwise ---- */

static void
tell_opinion(struct md_doc *d, const char *text)
{
	md_doc_add(d, md_doc_line(d, MD_HANGING), MD_FOREIGN,
	           md_printf(d->mem, "Not so everywhere: %s.", text));
}

/* What receivers that run other verifiers conclude otherwise. */
static void
tell_opinions(struct md_doc *d, const struct md_report *report)
{
	const struct md_envelope_spf *spf = md_report_part(report, &md_part_envelope_spf);
	const struct md_signatures *dkim = md_report_part(report, &md_part_dkim);
	const struct md_dmarc_message *dmarc = md_report_part(report, &md_part_dmarc);

	if (spf != NULL && spf->opinion != NULL && spf->opinion->differs)
		tell_opinion(d, spf->opinion->text);
	for (size_t i = 0; dkim != NULL && i < dkim->opinions->n; i++)
		if (dkim->opinions->all[i].differs)
			tell_opinion(d, dkim->opinions->all[i].text);
	if (dmarc != NULL && dmarc->opinion != NULL && dmarc->opinion->differs)
		tell_opinion(d, dmarc->opinion->text);
}

/* ---- the whole ---- */

/* " (1 failure, 2 remarks)"; of what could not be judged no praise. */
static const char *
how_many(struct md_arena *mem, const struct md_report *report)
{
	const bool none = report->verdict == MD_UNSURE &&
	                  md_report_findings(report, MD_INFO) + md_report_unknowns(report) == 0;

	return none ? "" : md_printf(mem, " (%s)", md_report_counts(mem, report));
}

void
md_message_headline(struct md_doc *d, const struct md_report *report,
                    const struct md_style *style)
{
	struct md_doc_text *line = md_doc_headline(d, style->quiet ? MD_WHOLE : MD_FLUSH);

	md_doc_mark(d, line, MD_WORD, md_verdict_ink(report->verdict), "");
	md_doc_lead(d, line, MD_STRONG, report->subject->message_name);
	md_doc_add(d, line, MD_FOREIGN,
	           md_printf(d->mem, ": %s%s.", md_message_sentence(d->mem, report),
	                     how_many(d->mem, report)));
	if (style->quiet)
		return;
	md_doc_open(d, MD_DOC_BODY);
	tell_which(d, report, style->utf8);
	if (any_identifier(report)) {
		md_doc_open(d, MD_DOC_SECTION);
		tell_identifiers(d, report, style->verbose);
		md_doc_close(d);
	}
	tell_opinions(d, report);
	md_doc_close(d);
}

const struct md_report_part *const md_message_parts[] = {
	&md_part_envelope,     &md_part_dkim,  &md_part_arc,
	&md_part_envelope_spf, &md_part_dmarc, &md_part_route,
	&md_part_profiles,     &md_part_spams, NULL,
};
