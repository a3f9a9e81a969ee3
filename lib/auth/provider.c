/* Recognises mail providers by MX hosts and by SPF includes. */
#include "auth/provider.h"

#include "base/name.h"
#include "record/spf.h"

enum { NAME, MX, SPF, SELECTORS, TARGET, NCOLUMNS };

static struct md_str
column(struct md_str field)
{
	return md_str_eq(field, "-") ? (struct md_str){ field.p, 0 } : field;
}

bool
md_provider_next(struct md_tsv *file, struct md_provider *p)
{
	struct md_str f[NCOLUMNS];

	if (md_tsv_next(file, f, NCOLUMNS) == 0)
		return false;
	*p = (struct md_provider){
		.name = column(f[NAME]),
		.mx = column(f[MX]),
		.spf = column(f[SPF]),
		.selectors = column(f[SELECTORS]),
		.target = column(f[TARGET]),
	};
	return true;
}

/* md_name_under for a view: is the name this one, or does it end with a dot and this one? */
static bool
is_under(const char *name, struct md_str ancestor)
{
	const struct md_str all = md_str(name);
	struct md_str end;

	if (ancestor.len == 0 || all.len < ancestor.len)
		return false;
	end = md_str_skip(all, all.len - ancestor.len);
	for (size_t i = 0; i < end.len; i++)
		if (end.p[i] != md_lower(ancestor.p[i]))
			return false;
	return all.len == ancestor.len || end.p[-1] == '.';
}

static bool
is_under_one(const char *name, struct md_str list)
{
	struct md_str ancestor;

	while (md_str_cut(&list, ',', &ancestor))
		if (is_under(name, md_str_trim(ancestor, " ")))
			return true;
	return false;
}

bool
md_provider_of_mx(struct md_str file, const char *exchange, struct md_provider *p)
{
	struct md_tsv lines = { .rest = file };

	while (md_provider_next(&lines, p))
		if (is_under_one(exchange, p->mx))
			return true;
	return false;
}

bool
md_provider_of_spf(struct md_str file, const char *included, struct md_provider *p)
{
	struct md_tsv lines = { .rest = file };

	while (md_provider_next(&lines, p))
		if (is_under_one(included, p->spf))
			return true;
	return false;
}

static const char *
how_by_mx(struct md_ctx *c, const struct md_provider *p)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));

	for (size_t i = 0; i < mx->n; i++)
		if (mx->rr[i].type == MD_MX && is_under_one(mx->rr[i].mx.exchange, p->mx))
			return md_printf(md_mem(c), "MX %s", mx->rr[i].mx.exchange);
	return NULL;
}

/* A domain-spec with macros names no provider: its value differs from sender to sender. */
static const char *
how_by_terms(struct md_ctx *c, const struct md_provider *p, struct md_str record)
{
	const struct md_spf *spf = md_spf_parse(md_mem(c), record);

	for (size_t i = 0; i < spf->n; i++) {
		const struct md_spf_term *term = &spf->terms[i];
		const char *name;

		if (term->fault != MD_SPF_SOUND ||
		    (term->kind != MD_SPF_INCLUDE && term->kind != MD_SPF_REDIRECT) ||
		    md_str_find(term->domain, '%') < term->domain.len)
			continue;
		name = md_name_normal(md_mem(c), term->domain);
		if (is_under_one(name, p->spf))
			return md_printf(
			        md_mem(c), "SPF %s%s",
			        term->kind == MD_SPF_INCLUDE ? "include:" : "redirect=", name);
	}
	return NULL;
}

static const char *
how_by_spf(struct md_ctx *c, const struct md_provider *p)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, md_domain(c));
	const char *how = NULL;

	for (size_t i = 0; i < txt->n && how == NULL; i++)
		if (txt->rr[i].type == MD_TXT && md_spf_is_record(txt->rr[i].txt.joined))
			how = how_by_terms(c, p, txt->rr[i].txt.joined);
	return how;
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	struct md_tsv file = { .rest = md_datafile(c, "providers") };
	struct md_providers *found = md_alloc(md_mem(c), sizeof(*found));
	struct md_provider_use *list = NULL;
	struct md_provider_use use;

	(void)arg;
	md_dns(c, MD_MX, md_domain(c)); /* both at once, whatever the file has */
	md_dns(c, MD_TXT, md_domain(c));
	while (md_provider_next(&file, &use.provider)) {
		use.how = how_by_mx(c, &use.provider);
		if (use.how == NULL)
			use.how = how_by_spf(c, &use.provider);
		if (use.how != NULL)
			MD_PUSH(md_mem(c), list, found->n, use);
	}
	found->use = list;
	return found;
}

const struct md_providers *
md_providers(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
