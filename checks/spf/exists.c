/* An exists mechanism that matches whoever sends. */
#include "base/name.h"
#include "domain/nxdomain_rewriting.h"
#include "record/spf/macro.h"
#include "rules.h"

/*
 * Does the name differ by nothing but the sender's address, in a record that is the domain's
 * own?  Then the term can be tried for one that nobody sends from.
 */
static bool
can_be_tried(const struct md_spf_node *node, const struct md_spf_term *term)
{
	return node->parent == NULL && md_spf_macro_uses(term->domain, "i") &&
	       !md_spf_macro_uses(term->domain, "slohprtc");
}

/* RFC 1122 3.2.1.3: 0.0.0.0 sends to nobody, so no record permits it on purpose. */
static const void *
passes_nobodys(struct md_ctx *c, const char *term)
{
	struct md_spf_query query = { .ip = { .family = 4 }, .helo = "" };

	query.mail_from = md_reverse_path_read(md_mem(c), md_domain(c));
	query.record = md_printf(md_mem(c), "v=spf1 %s -all", term);
	return md_spf_check_host(c, &query)->result == MD_SPF_RESULT_PASS ? "" : NULL;
}

/* RFC 7208 5.7: any A record at all is a match. */
const char *
md_spf_why_exists_for_all(struct md_ctx *c, const struct md_spf_node *node,
                          const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;
	const char *why = NULL;

	/* in bulk a question is worth more than this */
	if (!md_eager(c) || term->kind != MD_SPF_EXISTS || term->qualifier != '+' ||
	    visit->number == 0)
		return NULL;
	if (visit->target[0] != '\0' && md_name_fits(visit->target) &&
	    md_dns_aside(c, MD_A, visit->target)->fact.state == MD_PRESENT)
		why = md_printf(md_mem(c), "%s has an address, whoever sends", visit->target);
	else if (visit->target[0] == '\0' && can_be_tried(node, term) &&
	         md_derive_aside(c, passes_nobodys, md_show(md_mem(c), term->text)) != NULL)
		why = "even 0.0.0.0 passes, which nobody sends from";
	return why != NULL && md_resolver_rewrites(c) == NULL ? why : NULL;
}
