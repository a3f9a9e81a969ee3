/* What the ip4 and ip6 terms of SPF let through: everybody, private networks, host bits. */
#include <string.h>

#include "base/arena.h"
#include "record/spf/spf.h"

bool
md_spf_is_everybody(const struct md_spf_term *term)
{
	if (term->fault != MD_SPF_SOUND || term->qualifier != '+')
		return false;
	switch (term->kind) {
	case MD_SPF_ALL:
		return true;
	case MD_SPF_IP4:
		return term->prefix4 == 0;
	case MD_SPF_IP6:
		return term->prefix6 == 0;
	case MD_SPF_A:
	case MD_SPF_MX:
		return term->prefix4 == 0 || term->prefix6 == 0;
	default:
		return false;
	}
}

unsigned
md_spf_prefix(const struct md_spf_term *term)
{
	return term->kind == MD_SPF_IP4 ? term->prefix4 : term->prefix6;
}

bool
md_spf_is_network(const struct md_spf_term *term)
{
	return term->fault == MD_SPF_SOUND && md_spf_prefix(term) > 0 &&
	       (term->kind == MD_SPF_IP4 || term->kind == MD_SPF_IP6);
}

/* The network's first or last address. */
static struct md_addr
edge(const struct md_spf_term *term, bool last)
{
	struct md_addr addr = term->network;

	for (unsigned bit = md_spf_prefix(term); bit < md_addr_bits(addr); bit++) {
		const uint8_t mask = (uint8_t)(0x80u >> bit % 8);

		addr.bytes[bit / 8] &= (uint8_t)~mask;
		addr.bytes[bit / 8] |= last ? mask : 0;
	}
	return addr;
}

/* The whole of it: special ranges are blocks, so its first and last address tell. */
bool
md_spf_is_private(const struct md_spf_term *term)
{
	const char *first, *last;

	if (!md_spf_is_network(term) || term->qualifier != '+')
		return false;
	first = md_addr_special(edge(term, false));
	last = md_addr_special(edge(term, true));
	return first != NULL && last != NULL && strcmp(first, last) == 0;
}

const char *
md_spf_clear_host_bits(struct md_arena *mem, const struct md_spf_term *term)
{
	struct md_addr network;

	if (!md_spf_is_network(term))
		return NULL;
	network = edge(term, false);
	if (md_addr_eq(network, term->network))
		return NULL;
	return md_printf(mem, "%.*sip%d:%s/%u", md_is_alpha(term->text.p[0]) ? 0 : 1,
	                 term->text.p, network.family, md_addr_print(mem, network),
	                 md_spf_prefix(term));
}
