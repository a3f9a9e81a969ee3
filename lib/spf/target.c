/* What the terms of an SPF record ask about: names with their macros expanded. */
#include "base/name.h"
#include "spf/trace.h"

struct md_str
md_spf_expand(struct md_spf_eval *e, struct md_str text, enum md_spf_macro_place place)
{
	if (md_spf_macro_uses(text, "p"))
		e->values.validated = md_spf_validated_name(e);
	return md_spf_macro_expand(e->mem, text, place, &e->values);
}

struct md_str
md_spf_target(struct md_spf_eval *e, struct md_str domain_spec)
{
	if (domain_spec.len == 0)
		return e->values.domain;
	return md_spf_macro_fit(md_spf_expand(e, domain_spec, MD_SPF_IN_RECORD));
}

static uint16_t
first_question(const struct md_spf_eval *e, const struct md_spf_term *term)
{
	switch (term->kind) {
	case MD_SPF_A:
		return md_spf_address_type(e);
	case MD_SPF_MX:
		return MD_MX;
	case MD_SPF_EXISTS:
		return MD_A;
	default:
		return MD_TXT;
	}
}

void
md_spf_ask_ahead(struct md_spf_eval *e, const struct md_spf *record)
{
	unsigned counted = e->verdict->terms;

	for (size_t i = 0; i < record->n && counted < e->limits.terms; i++) {
		const struct md_spf_term *term = &record->terms[i];
		const char *target;

		if (!md_spf_reached(record, term) || !md_spf_counts(term))
			continue;
		counted++;
		if (term->kind == MD_SPF_PTR || md_spf_macro_uses(term->domain, "p"))
			continue;
		target = md_show(e->mem, md_spf_target(e, term->domain));
		if (md_name_fits(target))
			md_dns(e->c, first_question(e, term), target);
	}
}
