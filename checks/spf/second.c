/* Text that its owner takes for SPF and that does not count, beside a record. */
#include "record/txt.h"
#include "rules.h"

/* The one record with the terms of what was meant as a second one; NULL if that is a riddle. */
static const char *
with_terms_of(struct md_ctx *c, const struct md_spf *record, const struct md_spf *more)
{
	struct md_buf out = { .mem = md_mem(c) };

	if (record->nfaults > 0 || more->nfaults > 0 || record->redirect != NULL ||
	    more->redirect != NULL || record->all == NULL)
		return NULL;
	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n && &record->terms[i] != record->all; i++) {
		md_buf_addc(&out, ' ');
		md_buf_add(&out, record->terms[i].text);
	}
	for (size_t i = 0; i < more->n; i++) {
		const char *text =
		        md_strndup(md_mem(c), more->terms[i].text.p, more->terms[i].text.len);
		bool there = more->terms[i].kind == MD_SPF_ALL ||
		             more->terms[i].kind >= MD_SPF_REDIRECT;

		for (size_t j = 0; j < record->n && !there; j++)
			there = md_str_eq_nocase(record->terms[j].text, text);
		if (!there)
			md_buf_printf(&out, " %s", text);
	}
	md_buf_addc(&out, ' ');
	md_buf_add(&out, record->all->text);
	return md_buf_str(&out);
}

static const struct md_rr *
rr_of(const struct md_spf_published *published)
{
	for (size_t i = 0; i < published->txt->n; i++)
		if (published->txt->rr[i].txt.joined.p == published->record->text.p)
			return &published->txt->rr[i];
	return NULL;
}

/* The two as one, where it is known what the broken one was to say. */
static void
wish_one(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_rr *broken)
{
	const struct md_rr *rr = rr_of(exam->published);
	const char *meant = md_spf_text_meant(c, broken->txt.joined), *one = NULL;

	if (meant == NULL || rr == NULL || exam->published->txt->naliases > 0)
		return;
	one = with_terms_of(c, exam->published->record, md_spf_parse(md_mem(c), md_str(meant)));
	if (one == NULL)
		return;
	md_wish_replace(c, rr, "%s", md_txt_rdata(md_mem(c), md_str(one)));
	md_wish_remove(c, broken);
}

void
md_spf_judge_second(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_dns *txt = exam->published->txt;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_rr *rr = &txt->rr[i];
		const char *why;
		size_t at;

		why = md_spf_lookalike(md_mem(c), rr->txt.joined, &at);
		if (why == NULL)
			continue;
		md_at(c, rr);
		md_found(c, SPF_SECOND_BROKEN, md_domain(c), "%s: %s",
		         md_quote(md_mem(c), rr->txt.joined), why);
		md_point(c, rr->txt.joined, at, at < rr->txt.joined.len);
		wish_one(c, exam, rr);
		md_at_txt(c, txt, "v=spf1");
		return;
	}
}
