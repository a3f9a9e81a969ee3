/* Modifiers that SPF does not know, and that were hardly meant for it. */
#include "rules.h"

/* Whose tags stand among the terms: the name of a record, for people; NULL for none. */
static const char *
pasted(const struct md_spf *record)
{
	for (size_t i = 0; i < record->n; i++) {
		if (md_str_starts_nocase(record->terms[i].text, "v=DMARC"))
			return "DMARC";
		if (md_str_starts_nocase(record->terms[i].text, "v=DKIM"))
			return "DKIM";
	}
	return NULL;
}

/* Tags of DMARC and DKIM records; without their version beside, only those of long names. */
static bool
is_foreign_tag(const struct md_spf_term *term, const char *whose)
{
	static const char *const sure[] = { "rua", "ruf", "adkim", "aspf", NULL };
	static const char *const usual[] = { "v", "p", "sp", "np", "fo", "pct", "rf", "ri",
		                             "k", "t", "s",  "h",  "n",  "g",   NULL };
	const struct md_str name = { term->text.p, md_str_find(term->text, '=') };

	for (size_t i = 0; sure[i] != NULL; i++)
		if (md_str_eq_nocase(name, sure[i]))
			return true;
	for (size_t i = 0; whose != NULL && usual[i] != NULL; i++)
		if (md_str_eq_nocase(name, usual[i]))
			return true;
	return false;
}

/* The modifier that a misspelt one was meant to be; NULL for none. */
static const char *
modifier_meant(const struct md_spf_term *term)
{
	static const char *const names[] = { "redirect", NULL };

	return md_nearest((struct md_str){ term->text.p, md_str_find(term->text, '=') }, names);
}

/* The record without them, and with redirect= as it was meant. */
static const char *
without_foreign(struct md_ctx *c, const struct md_spf *record, const char *whose)
{
	struct md_buf out = { .mem = md_mem(c) };

	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n; i++) {
		const struct md_spf_term *term = &record->terms[i];
		const bool unknown = term->kind == MD_SPF_UNKNOWN_MODIFIER;

		if (unknown && is_foreign_tag(term, whose))
			continue;
		md_buf_addc(&out, ' ');
		if (unknown && modifier_meant(term) != NULL)
			md_buf_printf(&out, "%s=%.*s", modifier_meant(term),
			              MD_FMT(term->domain));
		else
			md_buf_add(&out, term->text);
	}
	return md_buf_str(&out);
}

/* Is this one told, and in which words? */
static const char *
say(struct md_ctx *c, const struct md_spf_term *term, const char *whose)
{
	const char *text = md_show(md_mem(c), term->text);

	if (is_foreign_tag(term, whose))
		return md_printf(md_mem(c), "%s (a tag of %s)", text,
		                 whose != NULL ? whose : "DMARC");
	if (modifier_meant(term) != NULL)
		return md_printf(md_mem(c), "%s (did you mean %s=?)", text,
		                 modifier_meant(term));
	return NULL;
}

void
md_spf_judge_foreign(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf *record = exam->published->record;
	const char *whose = pasted(record);
	const struct md_spf_term *first = NULL;
	const struct md_spf *better;
	struct md_buf seen = { .mem = md_mem(c) };
	const char *mended;
	unsigned n = 0;

	for (size_t i = 0; i < record->n; i++) {
		const struct md_spf_term *term = &record->terms[i];
		const char *said = NULL;

		if (term->kind == MD_SPF_UNKNOWN_MODIFIER)
			said = say(c, term, whose);
		if (said == NULL || n++ >= MD_SPF_MOST_SHOWN)
			continue;
		md_buf_item(&seen, ", ", "%s", said);
		first = first != NULL ? first : term;
	}
	if (first == NULL)
		return;
	md_found(c, SPF_FOREIGN_MODIFIER, md_domain(c), "%s", md_buf_str(&seen));
	md_point(c, record->text, first->offset, first->text.len);
	mended = without_foreign(c, record, whose);
	better = md_spf_parse(md_mem(c), md_str(mended));
	if (better->nfaults == 0 && (better->all == NULL || better->redirect == NULL))
		md_spf_wish_record(c, mended);
}
