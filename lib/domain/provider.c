/* Recognises mail providers by MX hosts and by SPF includes. */
#include "domain/provider.h"

#include "base/name.h"
#include "record/spf/spf.h"

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
md_provider_has_mx(const struct md_provider *p, const char *exchange)
{
	return is_under_one(exchange, p->mx);
}

bool
md_provider_has_spf(const struct md_provider *p, const char *included)
{
	return is_under_one(included, p->spf);
}

/* Ended by a provider without a name. */
static const void *
read_table(struct md_arena *mem, struct md_str text)
{
	struct md_tsv lines = { .rest = text };
	struct md_provider *table = NULL, p;
	const struct md_provider end = { .name = { NULL, 0 } };
	size_t n = 0;

	while (md_provider_next(&lines, &p))
		MD_PUSH(mem, table, n, p);
	MD_PUSH(mem, table, n, end);
	return table;
}

static const struct md_provider *
all_providers(struct md_ctx *c)
{
	return md_datafile_read(c, "providers", read_table);
}

const struct md_provider *
md_provider_of_spf(struct md_ctx *c, const char *included)
{
	const struct md_provider *p = all_providers(c);

	while (p->name.p != NULL && !md_provider_has_spf(p, included))
		p++;
	return p->name.p != NULL ? p : NULL;
}

/* What a domain publishes that may name a provider. */
struct trace {
	struct trace *next;
	const char *name, *how;
};

static void
leave(struct md_ctx *c, struct trace ***last, const char *what, const char *name)
{
	struct trace *t = md_alloc(md_mem(c), sizeof(*t));

	*t = (struct trace){ .name = name, .how = md_printf(md_mem(c), "%s%s", what, name) };
	**last = t;
	*last = &t->next;
}

static struct trace *
traces_of_mx(struct md_ctx *c)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));
	struct trace *first = NULL, **last = &first;

	for (size_t i = 0; i < mx->n; i++)
		if (mx->rr[i].type == MD_MX)
			leave(c, &last, "MX ", mx->rr[i].mx.exchange);
	return first;
}

/* A domain-spec with macros names no provider: its value differs from sender to sender. */
static void
leave_terms(struct md_ctx *c, struct trace ***last, struct md_str record)
{
	const struct md_spf *spf = md_spf_parse(md_mem(c), record);

	for (size_t i = 0; i < spf->n; i++) {
		const struct md_spf_term *term = &spf->terms[i];
		const bool include = term->kind == MD_SPF_INCLUDE;

		if (term->fault == MD_SPF_SOUND && (include || term->kind == MD_SPF_REDIRECT) &&
		    md_str_find(term->domain, '%') == term->domain.len)
			leave(c, last, include ? "SPF include:" : "SPF redirect=",
			      md_name_normal(md_mem(c), term->domain));
	}
}

static struct trace *
traces_of_spf(struct md_ctx *c)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, md_domain(c));
	struct trace *first = NULL, **last = &first;

	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].type == MD_TXT && md_spf_is_record(txt->rr[i].txt.joined))
			leave_terms(c, &last, txt->rr[i].txt.joined);
	return first;
}

static const char *
first_under(const struct trace *t, struct md_str list)
{
	while (t != NULL && !is_under_one(t->name, list))
		t = t->next;
	return t != NULL ? t->how : NULL;
}

static bool
is_answer(const struct md_dns *dns)
{
	return dns->fact.state == MD_PRESENT || dns->fact.state == MD_ABSENT;
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	const struct md_provider *p = all_providers(c);
	struct md_providers *found = md_alloc(md_mem(c), sizeof(*found));
	const struct trace *mx = traces_of_mx(c), *spf = traces_of_spf(c);
	struct md_provider_use *list = NULL;

	(void)arg;
	for (; p->name.p != NULL && !md_waiting(c); p++) {
		const char *receives = first_under(mx, p->mx);
		const char *sends = first_under(spf, p->spf);
		const struct md_provider_use use = {
			.provider = *p,
			.receives = receives != NULL,
			.sends = sends != NULL,
			.how = receives != NULL ? receives : sends,
		};

		if (use.how != NULL)
			MD_PUSH(md_mem(c), list, found->n, use);
	}
	found->use = list;
	found->mx_known = is_answer(md_dns(c, MD_MX, md_domain(c)));
	found->spf_known = is_answer(md_dns(c, MD_TXT, md_domain(c)));
	return found;
}

const struct md_providers *
md_providers(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
