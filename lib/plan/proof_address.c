/* The addresses in texts that go: does each stand in what comes? */
#include <string.h>

#include "base/index.h"
#include "plan/proof.h"

/* Not a part of an address as people write them, nor of one that is mistyped. */
static bool
ends_address(char ch)
{
	return ch == ';' || ch == '=' || ch == '!' || ch == '"' || ch == '\'' || ch == ' ' ||
	       ch == '\t' || ch == '/' || (unsigned char)ch >= 0x80;
}

/* The next address, or what stands for one behind mailto:, in any case; false at the end. */
static bool
next_address(struct md_str *rest, struct md_str *address)
{
	while (rest->len > 0) {
		const bool mailto = md_str_starts_nocase(*rest, "mailto:");
		const struct md_str word =
		        mailto ? md_str_skip(*rest, strlen("mailto:")) : *rest;
		size_t n = 0;

		while (n < word.len && !ends_address(word.p[n]) &&
		       !md_str_starts_nocase(md_str_skip(word, n), "mailto:"))
			n++;
		*address = md_str_trim((struct md_str){ word.p, n }, ",");
		*rest = md_str_skip(word, n < word.len && ends_address(word.p[n]) ? n + 1 : n);
		if (address->len > 0 && (mailto || md_str_find(*address, '@') < address->len))
			return true;
	}
	return false;
}

static struct md_index
addresses_after(const struct md_proof *p)
{
	struct md_index named = { .mem = p->mem };

	for (size_t i = 0; i < p->after->n; i++) {
		const struct md_rrset_change *set = &p->after->sets[i];

		for (size_t j = 0; set->type == MD_TXT && j < set->is.n; j++) {
			struct md_str rest = md_rdata_text(p->mem, set->is.p[j]), address;

			while (next_address(&rest, &address))
				md_index_add(&named, md_str(md_str_lower(p->mem, address)));
		}
	}
	return named;
}

/*
 * Every address in what goes stands in what comes, letter by letter: one that cannot be read
 * is for its owner to put right, and none is made up in its place.
 */
bool
md_proof_keeps_addresses(const struct md_proof *p, const struct md_rdata_list *gone)
{
	const struct md_index named = addresses_after(p);

	for (size_t i = 0; i < gone->n; i++) {
		struct md_str rest = md_rdata_text(p->mem, gone->p[i]), address;

		while (next_address(&rest, &address))
			if (!md_index_has(&named, md_str(md_str_lower(p->mem, address))))
				return false;
	}
	return true;
}
