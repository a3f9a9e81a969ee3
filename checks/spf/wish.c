/* What the findings of the spf check would have changed: each wishes for its own cure alone. */
#include <string.h>

#include "base/name.h"
#include "domain/provider.h"
#include "record/txt.h"
#include "rules.h"

/* The name may be an alias: of a name of theirs, or of somebody else's. */
static bool
is_ours(struct md_ctx *c, const char *owner)
{
	return md_name_under(owner, md_subject(c)->organisation);
}

/* The record whose text this is. */
static const struct md_rr *
record_of(const struct md_dns *txt, const char *text)
{
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].txt.joined.p == text)
			return &txt->rr[i];
	return NULL;
}

static const void *
ask_for(struct md_ctx *c, const char *record)
{
	static const char *const strangers[] = { "0.0.0.0", "::" };

	for (size_t i = 0; i < MD_COUNT(strangers); i++) {
		struct md_spf_query query = { .helo = "", .record = record };

		md_addr_parse(md_str(strangers[i]), &query.ip);
		query.mail_from = md_reverse_path_read(md_mem(c), md_domain(c));
		md_spf_check_host(c, &query);
	}
	return "";
}

/*
 * Asks for all that the record leads to, whoever sends: a cure is only proved by known facts.
 * Of many domains no plan is made.
 */
static void
look_ahead(struct md_ctx *c, const char *record)
{
	if (md_eager(c))
		md_derive_aside(c, ask_for, record);
}

void
md_spf_wish_instead(struct md_ctx *c, const struct md_rr *rr, const char *record)
{
	if (rr == NULL || !is_ours(c, rr->owner))
		return;
	look_ahead(c, record);
	md_wish_replace(c, rr, "%s", md_txt_rdata(md_mem(c), md_str(record)));
}

void
md_spf_wish_record(struct md_ctx *c, const char *record)
{
	const struct md_spf_published *published = md_spf_published(c, md_domain(c));

	md_spf_wish_instead(c, record_of(published->txt, published->record->text.p), record);
}

void
md_spf_wish_new(struct md_ctx *c, const char *record)
{
	const char *owner = md_spf_published(c, md_domain(c))->txt->canonical;

	if (!is_ours(c, owner))
		return;
	look_ahead(c, record);
	md_wish_add(c, owner, MD_TXT, "%s", md_txt_rdata(md_mem(c), md_str(record)));
}

void
md_spf_wish_one(struct md_ctx *c, const struct md_dns *txt, const char *record)
{
	if (!is_ours(c, txt->canonical))
		return;
	look_ahead(c, record);
	for (size_t i = 0; i < txt->n; i++)
		if (md_spf_is_record(txt->rr[i].txt.joined))
			md_wish_remove(c, &txt->rr[i]);
	md_wish_add(c, txt->canonical, MD_TXT, "%s", md_txt_rdata(md_mem(c), md_str(record)));
}

/* ---- the record edited, term by term ---- */

struct draft {
	const struct md_spf_exam *exam;
	const struct md_spf *record;
	unsigned edits;
};

/* "include:example.net-all": the blank before all is missing. */
static bool
ends_in_all(struct md_str domain)
{
	return domain.len > 4 && md_str_eq_nocase(md_str_skip(domain, domain.len - 3), "all") &&
	       strchr("+-~?", domain.p[domain.len - 4]) != NULL;
}

/*
 * An include that makes every evaluation that gets there a permerror, and leads to nothing at
 * all.  Where the name has other records, some mechanism was meant.
 */
static bool
is_dead(const struct md_spf_visit *visit)
{
	const struct md_spf_node *child = visit->child;

	if (visit->term->kind != MD_SPF_INCLUDE || child == NULL ||
	    ends_in_all(visit->term->domain))
		return false;
	if (child->state == MD_SPF_NODE_NONE)
		return child->txt != NULL && child->txt->rcode == MD_NXDOMAIN;
	return child->state == MD_SPF_NODE_IMPOSSIBLE || child->state == MD_SPF_NODE_LOOP;
}

/* A host without any address lets nobody pass. */
static bool
is_void(const struct md_spf_visit *visit)
{
	return visit->naddresses == 0 && visit->is_void[0] && visit->is_void[1] &&
	       (visit->term->kind == MD_SPF_A || visit->term->kind == MD_SPF_MX);
}

static bool
stands_before(const struct md_spf *record, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (md_str_same_nocase(record->terms[j].text, record->terms[i].text))
			return true;
	return false;
}

static bool
goes(const struct draft *d, size_t i)
{
	const struct md_spf_term *term = &d->record->terms[i];
	const struct md_spf_node *root = d->exam->tree->root;

	if (term->kind == MD_SPF_ALL && (d->edits & (MD_SPF_ALL_LAST | MD_SPF_NO_ALL)) != 0)
		return true;
	if ((d->edits & MD_SPF_NOT_EVERYBODY) != 0 && term->kind != MD_SPF_ALL &&
	    md_spf_is_everybody(term))
		return true;
	if ((d->edits & MD_SPF_NOT_PRIVATE) != 0 && md_spf_is_private(term))
		return true;
	if ((d->edits & (MD_SPF_NOT_TWICE | MD_SPF_MENDED)) != 0 && stands_before(d->record, i))
		return true;
	if (i >= root->n)
		return false;
	return ((d->edits & MD_SPF_NOT_DEAD) != 0 && is_dead(&root->visits[i])) ||
	       ((d->edits & MD_SPF_NOT_VOID) != 0 && is_void(&root->visits[i]));
}

static const char *
text_of(struct md_arena *mem, const struct draft *d, const struct md_spf_term *term)
{
	const char *network = md_spf_clear_host_bits(mem, term);

	if (term->kind == MD_SPF_ALL && term->qualifier == '+' &&
	    (d->edits & MD_SPF_NOT_EVERYBODY) != 0)
		return "~all";
	if (network != NULL && (d->edits & MD_SPF_PLAIN_NETWORKS) != 0)
		return network;
	return md_strndup(mem, term->text.p, term->text.len);
}

void
md_spf_wish_edited(struct md_ctx *c, const struct md_spf_exam *exam, unsigned edits)
{
	const struct md_spf *record = exam->published->record;
	const char *mended = record->nfaults > 0 ? md_spf_mended(md_mem(c), record) : NULL;
	struct draft d = { exam, record, edits };
	struct md_buf out = { .mem = md_mem(c) };

	if (record->nfaults > 0 && (edits != MD_SPF_MENDED || mended == NULL))
		return; /* a riddle; or it must be mended first */
	if (mended != NULL)
		record = d.record = md_spf_parse(md_mem(c), md_str(mended));
	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n; i++)
		if (!goes(&d, i))
			md_buf_printf(&out, " %s", text_of(md_mem(c), &d, &record->terms[i]));
	if ((edits & MD_SPF_ALL_LAST) != 0 && record->all != NULL)
		md_buf_printf(&out, " %s", md_show(md_mem(c), record->all->text));
	if ((edits & MD_SPF_WITH_ALL) != 0)
		md_buf_printf(&out, " ~all");
	if (!md_str_eq(exam->published->record->text, md_buf_str(&out)))
		md_spf_wish_record(c, md_buf_str(&out));
}

/* ---- an address that sends ---- */

enum belongs { TO_NOBODY, TO_A_PROVIDER, NOT_KNOWN };

/* Is it one of a provider that the domain uses, and whose record it could include? */
static enum belongs
find_provider(struct md_ctx *c, struct md_addr ip, const char **include)
{
	const struct md_providers *providers = md_providers(c);
	enum belongs belongs = TO_NOBODY;

	for (size_t i = 0; i < providers->n; i++) {
		const struct md_str names = providers->use[i].provider.spf;
		const struct md_str first = { names.p, md_str_find(names, ',') };
		struct md_spf_query query = md_spf_sender_query(c, ip);
		const struct md_spf_verdict *v;

		if (first.len == 0)
			continue;
		*include = md_printf(md_mem(c), "include:%s", md_show(md_mem(c), first));
		query.record = md_printf(md_mem(c), "v=spf1 %s -all", *include);
		v = md_spf_check_host(c, &query);
		if (v->result == MD_SPF_RESULT_PASS)
			return TO_A_PROVIDER;
		if (v->result == MD_SPF_RESULT_TEMPERROR)
			belongs = NOT_KNOWN;
	}
	return belongs;
}

void
md_spf_wish_address(struct md_ctx *c, const struct md_spf_exam *exam, struct md_addr ip)
{
	const struct md_spf *record = exam != NULL ? exam->published->record : NULL;
	const size_t version = strlen("v=spf1");
	const char *term;
	struct md_str rest;

	if (record == NULL || record->nfaults > 0 || md_addr_special(ip) != NULL)
		return; /* of a record that needs another cure first: then it is asked again */
	switch (find_provider(c, ip, &term)) {
	case NOT_KNOWN:
		return;
	case TO_NOBODY:
		term = md_printf(md_mem(c), "ip%d:%s", ip.family, md_addr_print(md_mem(c), ip));
		break;
	case TO_A_PROVIDER:
		break;
	}
	rest = md_str_skip(record->text, version); /* sound, so ASCII; a backslash stays one */
	md_spf_wish_record(c, md_printf(md_mem(c), "v=spf1 %s%.*s", term, MD_FMT(rest)));
}
