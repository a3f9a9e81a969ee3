/* The domain's SPF record as text: what is wrong with it. */
#include <string.h>

#include "rules.h"

static const unsigned rule_of_fault[] = {
	[MD_SPF_SYNTAX] = SPF_SYNTAX,
	[MD_SPF_UNKNOWN_NAME] = SPF_UNKNOWN_MECHANISM,
	[MD_SPF_HAS_IP] = SPF_TERM_WITH_IP,
	[MD_SPF_BAD_MACRO] = SPF_MACRO_SYNTAX,
};

static void
judge_fault(struct md_ctx *c, const struct md_spf *spf, const struct md_spf_term *term)
{
	md_found(c, rule_of_fault[term->fault], md_show(md_mem(c), term->text), "%s%s%s",
	         term->why, term->meant != NULL ? "; probably meant: " : "",
	         term->meant != NULL ? term->meant : "");
	md_point(c, spf->text, term->fault_offset, term->fault_len);
}

static void
judge_faults(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf *spf = exam->published->record;
	unsigned shown = 0;

	for (size_t i = 0; i < spf->n && shown < MD_SPF_MOST_SHOWN; i++) {
		if (spf->terms[i].fault == MD_SPF_SOUND)
			continue;
		judge_fault(c, spf, &spf->terms[i]);
		md_spf_wish_edited(c, exam, MD_SPF_MENDED);
		shown++;
	}
	if (shown < spf->nfaults)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "faulty terms",
		       "only the first %u of %zu shown", shown, spf->nfaults);
}

const char *
md_spf_rejoined(struct md_ctx *c, const struct md_rr *rr)
{
	const char *text = md_spf_rejoin(md_mem(c), rr->txt.strings, rr->txt.n);

	if (text == NULL || !md_spf_is_record(md_str(text)) ||
	    md_spf_parse(md_mem(c), md_str(text))->nfaults > 0)
		return NULL;
	return text;
}

/* True when the joint explains all that is wrong with the text. */
static bool
judge_joints(struct md_ctx *c, const struct md_rr *rr)
{
	const size_t bad = md_spf_bad_joint(md_mem(c), rr->txt.strings, rr->txt.n);
	const struct md_str *strings = rr->txt.strings;
	const char *good;

	if (bad == 0)
		return false;
	md_found(c, SPF_STRING_JOIN_SPACE, md_domain(c), "string %zu, %s, joins the one before",
	         bad, md_quote(md_mem(c), strings[bad - 1]));
	md_point(c, rr->txt.joined, (size_t)(strings[bad - 1].p - rr->txt.joined.p), 0);
	good = md_spf_rejoined(c, rr);
	if (good != NULL)
		md_spf_wish_instead(c, rr, good);
	return good != NULL;
}

/* RFC 7208 3.4: name and all TXT together under 450 octets fit into a UDP answer. */
static void
judge_size(struct md_ctx *c, const struct md_dns *txt, const struct md_spf *spf)
{
	enum { FITS = 450 };
	size_t all = strlen(md_domain(c));

	for (size_t i = 0; i < txt->n; i++)
		all += txt->rr[i].txt.joined.len;
	if (all > FITS)
		md_found(
		        c, SPF_RECORD_LONG, md_domain(c),
		        "%zu octets for the name and its %zu TXT record%s; the SPF record has %zu",
		        all, txt->n, txt->n == 1 ? "" : "s", spf->text.len);
}

static void
judge_modifiers(struct md_ctx *c, const struct md_rr *rr, const struct md_spf *spf)
{
	char *mended = md_strndup(md_mem(c), spf->text.p, spf->text.len);
	const struct md_spf_term *first = NULL;

	for (size_t i = 0; i < spf->n; i++) {
		const struct md_spf_term *term = &spf->terms[i];
		const char *meant = md_spf_mechanism_meant(md_mem(c), term);

		if (meant == NULL)
			continue;
		memcpy(&mended[term->text.p - spf->text.p], meant, term->text.len);
		first = first != NULL ? first : term;
	}
	if (first == NULL)
		return;
	md_found(c, SPF_MODIFIER_WITHOUT_EFFECT, md_domain(c), "%s has no effect",
	         md_show(md_mem(c), first->text));
	md_point(c, spf->text, (size_t)(first->text.p - spf->text.p), first->text.len);
	if (md_spf_parse(md_mem(c), (struct md_str){ mended, spf->text.len })->nfaults == 0)
		md_spf_wish_instead(c, rr, mended);
}

void
md_spf_judge_text(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_dns *txt = exam->published->txt;
	const struct md_spf *record = exam->published->record;
	const struct md_rr *rr = NULL;
	bool explained;

	md_note(c, "record", "%s", md_show(md_mem(c), record->text));
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].txt.joined.p == record->text.p)
			rr = &txt->rr[i];
	explained = rr != NULL && judge_joints(c, rr);
	if (!explained)
		judge_faults(c, exam);
	judge_size(c, txt, record);
	judge_modifiers(c, rr, record);
}

/* RFC 7208 3.1: only TXT counts; Sender ID (RFC 4406) is historic. */
void
md_spf_judge_obsolete(struct md_ctx *c, const struct md_dns *txt)
{
	/* No gap when there is no answer: nothing depends on this one. */
	const struct md_dns *type99 = md_dns(c, MD_SPF, md_domain(c));
	struct md_buf seen = { .mem = md_mem(c) };

	if (type99->n > 0)
		md_buf_printf(&seen, "type 99: %s", md_rr_text(md_mem(c), &type99->rr[0]));
	for (size_t i = 0; i < txt->n; i++)
		if (md_str_starts_nocase(txt->rr[i].txt.joined, "spf2.0/"))
			md_buf_item(&seen, "; ", "TXT: %s", md_rr_text(md_mem(c), &txt->rr[i]));
	if (seen.len > 0)
		md_found(c, SPF_TYPE99, md_domain(c), "%s", md_buf_str(&seen));
}
