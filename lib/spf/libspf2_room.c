/*
 * How much room libspf2 needs for a record: what is beyond it vanishes without an error.
 *
 * A mechanism is four octets and the address of ip4 and ip6; or a prefix length, in four
 * octets if it is not the usual one, and the pieces of its domain: four octets for a macro,
 * four and the text in whole fours for what stands between.  Once there is no room for the
 * four that a mechanism begins with, within 511, it and all that follow are left out.
 */
#include "spf/libspf2_room.h"

#include "base/arena.h"
#include "record/spf/macro.h"

enum { MOST = 511, PIECE = 4, BITS4 = 32, BITS6 = 128 };

static size_t
literal_size(size_t len)
{
	return len > 0 ? PIECE + (len + PIECE - 1) / PIECE * PIECE : 0;
}

static size_t
domain_size(struct md_arena *mem, struct md_str domain)
{
	struct md_spf_macro piece;
	size_t size = 0, literal = 0, pos = 0;

	while (md_spf_macro_next(mem, domain, MD_SPF_IN_RECORD, &pos, &piece)) {
		if (piece.letter == 0) {
			literal += piece.len;
		} else if (piece.letter == '%' || piece.letter == '_') {
			literal += 1;
		} else if (piece.letter == '-') {
			literal += 3; /* as "%20" */
		} else {
			size += literal_size(literal) + PIECE;
			literal = 0;
		}
	}
	return size + literal_size(literal);
}

/* 0 for what is no mechanism to it: modifiers but redirect. */
static size_t
term_size(struct md_arena *mem, const struct md_spf_term *term)
{
	const bool usual = term->prefix4 == BITS4 && term->prefix6 == BITS6;
	const size_t prefix = usual ? 0 : PIECE;

	switch (term->kind) {
	case MD_SPF_ALL:
		return PIECE;
	case MD_SPF_IP4:
		return PIECE + BITS4 / 8;
	case MD_SPF_IP6:
		return PIECE + BITS6 / 8;
	case MD_SPF_A:
	case MD_SPF_MX:
		return PIECE + prefix + domain_size(mem, term->domain);
	case MD_SPF_PTR:
	case MD_SPF_INCLUDE:
	case MD_SPF_EXISTS:
	case MD_SPF_REDIRECT:
		return PIECE + domain_size(mem, term->domain);
	default:
		return 0;
	}
}

bool
md_spf_compiled_away(struct md_arena *mem, const struct md_spf *record,
                     const struct md_spf_term *term)
{
	size_t used = 0;

	for (const struct md_spf_term *t = record->terms; t < record->terms + record->n; t++) {
		if (used + PIECE > MOST)
			return term >= t;
		if (t == term)
			return false;
		used += term_size(mem, t);
	}
	return false;
}
