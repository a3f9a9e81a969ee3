/* SPF records: which TXT is one, and its terms in order. */
#include "record/spf.h"

#include "base/arena.h"
#include "record/spf_term.h"

#define VERSION "v=spf1"
enum { VERSION_LEN = sizeof(VERSION) - 1 };

bool
md_spf_is_record(struct md_str txt)
{
	return md_str_starts_nocase(txt, VERSION) &&
	       (txt.len == VERSION_LEN || txt.p[VERSION_LEN] == ' ');
}

/* RFC 7208 6: redirect and exp stand at most once each. */
static void
refuse_second(struct md_spf_term *term, const struct md_spf_term *terms, size_t n)
{
	if (term->kind != MD_SPF_REDIRECT && term->kind != MD_SPF_EXP)
		return;
	for (size_t i = 0; i < n; i++) {
		if (terms[i].kind != term->kind || term->fault != MD_SPF_SOUND)
			continue;
		term->fault = MD_SPF_SYNTAX;
		term->fault_offset = term->offset;
		term->fault_len = term->text.len;
		term->why = term->kind == MD_SPF_EXP
		                    ? "exp= stands here for the second time"
		                    : "redirect= stands here for the second time";
	}
}

static const struct md_spf_term *
first_of(const struct md_spf *spf, enum md_spf_kind kind)
{
	for (size_t i = 0; i < spf->n; i++)
		if (spf->terms[i].kind == kind && spf->terms[i].fault == MD_SPF_SOUND)
			return &spf->terms[i];
	return NULL;
}

const struct md_spf *
md_spf_parse(struct md_arena *mem, struct md_str record)
{
	struct md_spf *spf = md_alloc(mem, sizeof(*spf));
	struct md_str rest = md_str_skip(record, VERSION_LEN), piece;
	struct md_spf_term *terms = NULL;

	spf->text = record;
	while (md_str_cut(&rest, ' ', &piece)) {
		struct md_spf_term term = { .text = piece };

		if (piece.len == 0)
			continue;
		term.offset = (size_t)(piece.p - record.p);
		md_spf_term_parse(mem, &term);
		if (term.fault != MD_SPF_SOUND)
			term.meant = md_spf_term_meant(mem, &term);
		refuse_second(&term, terms, spf->n);
		spf->nfaults += term.fault != MD_SPF_SOUND;
		MD_PUSH(mem, terms, spf->n, term);
	}
	spf->terms = terms;
	spf->all = first_of(spf, MD_SPF_ALL);
	spf->redirect = first_of(spf, MD_SPF_REDIRECT);
	spf->exp = first_of(spf, MD_SPF_EXP);
	return spf;
}

bool
md_spf_counts(const struct md_spf_term *term)
{
	switch (term->kind) {
	case MD_SPF_INCLUDE:
	case MD_SPF_A:
	case MD_SPF_MX:
	case MD_SPF_PTR:
	case MD_SPF_EXISTS:
	case MD_SPF_REDIRECT:
		return true;
	default:
		return false;
	}
}

bool
md_spf_reached(const struct md_spf *spf, const struct md_spf_term *term)
{
	if (term->fault != MD_SPF_SOUND)
		return false;
	if (term->kind == MD_SPF_REDIRECT)
		return spf->all == NULL;
	if (term->kind > MD_SPF_REDIRECT)
		return false;
	return spf->all == NULL || term->offset <= spf->all->offset;
}
