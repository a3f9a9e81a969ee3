/* The SPF record of a domain that has none, at a name where nobody looks. */
#include "domain/misplaced.h"
#include "record/txt.h"
#include "rules.h"

bool
md_spf_judge_place(struct md_ctx *c, const struct md_dns *txt)
{
	/* "@" is how zone editors write the domain itself; _dmarc takes another policy. */
	static const char *const wrong[] = { "\\@", "_dmarc", NULL };
	static const struct md_right_place place = { "", wrong };
	const struct md_misplaced *found;

	if (txt->rcode == MD_NXDOMAIN)
		return false;
	found = md_misplaced(c, &place, "v=spf1");
	if (found == NULL || !md_spf_is_record(found->rr->txt.joined))
		return false;
	md_at(c, found->rr);
	md_found(c, SPF_WRONG_PLACE, found->name, "%s: %s", found->name,
	         md_quote(md_mem(c), found->rr->txt.joined));
	if (txt->naliases > 0)
		return true;
	md_wish_add(c, md_domain(c), MD_TXT, "%s",
	            md_txt_rdata(md_mem(c), found->rr->txt.joined));
	md_wish_remove(c, found->rr);
	return true;
}
