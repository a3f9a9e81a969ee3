/* What an include or redirect that leads to no SPF record was meant to be. */
#include <string.h>

#include "base/name.h"
#include "domain/provider.h"
#include "record/txt.h"
#include "rules.h"

/* ---- several names in one ---- */

/* The sign between names that were to be includes of their own; 0 for none. */
static char
sign_between(const struct md_spf_node *node)
{
	const struct md_str spec = node->via->domain;

	for (const char *sign = "|,;"; *sign != '\0'; sign++) {
		const size_t at = md_str_find(spec, *sign);

		if (at > 0 && at + 1 < spec.len)
			return *sign;
	}
	return '\0';
}

static bool
has_record(struct md_ctx *c, const char *name)
{
	struct md_str first;

	return md_txt_starting(md_dns_aside(c, MD_TXT, name), "v=spf1", &first) == 1;
}

/* Each name as an include; NULL unless every one has an SPF record. */
static const char *
several_includes(struct md_ctx *c, const struct md_spf_node *node)
{
	struct md_buf out = { .mem = md_mem(c) };
	struct md_str rest = node->via->domain, name;

	while (md_str_cut(&rest, sign_between(node), &name)) {
		const char *normal;

		if (md_str_starts_nocase(name, "include:"))
			name = md_str_skip(name, strlen("include:"));
		normal = md_name_normal(md_mem(c), name);
		if (!md_name_fits(normal) || md_name_labels(normal) < 2 ||
		    !has_record(c, normal))
			return NULL;
		md_buf_item(&out, " ", "include:%s", normal);
	}
	return md_buf_str(&out);
}

/* ---- a name misspelt ---- */

/* Names of the records that customers of known providers include, but for one; NULL-ended. */
static const char *const *
provider_records(struct md_ctx *c, const char *but_for)
{
	struct md_tsv lines = { .rest = md_datafile(c, "providers") };
	struct md_provider p;
	const char **names = NULL, *name = NULL;
	size_t n = 0;

	while (md_provider_next(&lines, &p)) {
		struct md_str rest = p.spf, one;

		while (md_str_cut(&rest, ',', &one)) {
			name = md_show(md_mem(c), one);
			if (strcmp(name, but_for) != 0)
				MD_PUSH(md_mem(c), names, n, name);
		}
	}
	name = NULL;
	MD_PUSH(md_mem(c), names, n, name);
	return names;
}

/* The name of a provider's record that is spelt almost so; NULL for none. */
static const char *
provider_meant(struct md_ctx *c, const struct md_spf_node *node)
{
	if (md_provider_of_spf(c, node->domain) != NULL)
		return NULL; /* a name of that provider's own */
	return md_nearest(md_str(node->domain), provider_records(c, ""));
}

/* Nothing is at the name, and no other record is spelt almost so. */
static bool
must_be_meant(struct md_ctx *c, const struct md_spf_node *node, const char *meant)
{
	return node->txt != NULL && node->txt->fact.state == MD_ABSENT &&
	       node->txt->rcode == MD_NXDOMAIN &&
	       md_nearest(md_str(node->domain), provider_records(c, meant)) == NULL;
}

/* Are the domain's mail hosts that provider's?  Then there is little doubt. */
static bool
receives_at(struct md_ctx *c, const char *included)
{
	const struct md_providers *used = md_providers(c);

	for (size_t i = 0; i < used->n; i++)
		if (used->use[i].receives &&
		    md_provider_has_spf(&used->use[i].provider, included))
			return true;
	return false;
}

/* ---- a record of the domain's own that lacks its version ---- */

/* The one TXT record at the name that is SPF but for its beginning; *meant is the whole. */
static const struct md_rr *
without_version(struct md_ctx *c, const struct md_spf_node *node, const char **meant)
{
	const struct md_rr *found = NULL;

	if (node->txt == NULL || !md_name_under(node->domain, md_subject(c)->organisation))
		return NULL;
	for (size_t i = 0; i < node->txt->n; i++) {
		const struct md_rr *rr = &node->txt->rr[i];
		const char *text;
		size_t at;

		if (md_spf_lookalike(md_mem(c), rr->txt.joined, &at) != NULL)
			text = md_spf_text_meant(c, rr->txt.joined);
		else if (md_str_find(rr->txt.joined, ':') < rr->txt.joined.len)
			text = md_spf_terms_meant(c, rr->txt.joined);
		else
			text = NULL;
		if (text == NULL)
			continue;
		if (found != NULL)
			return NULL;
		found = rr;
		*meant = text;
	}
	return found;
}

/* ---- all of it ---- */

const char *
md_spf_what_was_meant(struct md_ctx *c, const struct md_spf_node *node)
{
	const char *meant;

	if (node->parent == NULL)
		return "";
	if (sign_between(node) != '\0' && node->unregistered[0] == '\0')
		return md_printf(
		        md_mem(c),
		        "; \"%c\" does not stand between names: each takes an include: "
		        "of its own",
		        sign_between(node));
	if (without_version(c, node, &meant) != NULL)
		return md_printf(md_mem(c),
		                 "; its record lacks v=spf1, and was probably meant "
		                 "as: %s",
		                 meant);
	meant = provider_meant(c, node);
	return meant != NULL ? md_printf(md_mem(c), "; did you mean %s?", meant) : "";
}

/* The domain's record with another text for the term that leads to the node. */
static void
publish_with(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node,
             const char *terms)
{
	const struct md_spf *record = exam->published->record;
	struct md_buf out = { .mem = md_mem(c) };

	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n; i++) {
		md_buf_addc(&out, ' ');
		md_buf_add(&out, &record->terms[i] == node->via ? md_str(terms)
		                                                : record->terms[i].text);
	}
	if (md_spf_parse(md_mem(c), md_str(md_buf_str(&out)))->nfaults == 0)
		md_spf_wish_record(c, md_buf_str(&out));
}

/* Is there nothing else to be proposed? */
static bool
wish_provider(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	const bool own = node->depth == 1 && node->via->qualifier != '-';
	const bool redirect = node->via->kind == MD_SPF_REDIRECT;
	const char *meant = provider_meant(c, node);

	if (meant == NULL)
		return false;
	if (own && has_record(c, meant) &&
	    (receives_at(c, meant) || must_be_meant(c, node, meant))) {
		publish_with(c, exam, node,
		             md_printf(md_mem(c), "%s%s",
		                       redirect ? "redirect=" : "include:", meant));
		return true;
	}
	/* what anybody could register goes, whatever was meant */
	return node->unregistered[0] == '\0';
}

bool
md_spf_wish_meant(struct md_ctx *c, const struct md_spf_exam *exam,
                  const struct md_spf_node *node)
{
	const bool own = node->depth == 1 && node->via->qualifier != '-';
	const struct md_rr *rr;
	const char *meant;

	if (node->unregistered[0] != '\0')
		return wish_provider(c, exam, node);
	if (sign_between(node) != '\0') {
		meant = several_includes(c, node);
		if (meant != NULL && own && node->via->kind == MD_SPF_INCLUDE)
			publish_with(c, exam, node, meant);
		return true;
	}
	rr = without_version(c, node, &meant);
	if (rr != NULL) {
		if (node->txt->naliases == 0)
			md_wish_replace(c, rr, "%s", md_txt_rdata(md_mem(c), md_str(meant)));
		return true;
	}
	return wish_provider(c, exam, node);
}
