/* The provider of the domain's mailboxes, and whether the SPF record lets it send. */
#include "domain/provider.h"
#include "base/name.h"
#include "record/dkim_key.h"
#include "rules.h"

/* ---- is the provider permitted? ---- */

static bool
is_network(const struct md_spf_visit *visit)
{
	return visit->term->qualifier == '+' && md_spf_is_network(visit->term);
}

/* Have two networks, of one family, an address in common? */
static bool
overlap(const struct md_spf_term *a, const struct md_spf_term *b)
{
	unsigned bits = md_spf_prefix(a);

	if (a->kind != b->kind)
		return false;
	if (md_spf_prefix(b) < bits)
		bits = md_spf_prefix(b);
	return md_addr_in(a->network, b->network, bits);
}

/* Does a record of the domain's tree permit this network, or a part of it? */
static bool
permits_network(const struct md_spf_tree *tree, const struct md_spf_term *network)
{
	for (size_t i = 0; i < tree->nnodes; i++) {
		const struct md_spf_node *node = tree->nodes[i];

		for (size_t j = 0; node->passes && j < node->n; j++)
			if (is_network(&node->visits[j]) &&
			    md_spf_reached(node->record, node->visits[j].term) &&
			    overlap(node->visits[j].term, network))
				return true;
	}
	return false;
}

/*
 * Its networks may be listed one by one, perhaps not all of them: one is enough, for what is
 * looked for is a record that never thought of the provider.  True also when that is not known.
 */
static bool
permits_networks_of(struct md_ctx *c, const struct md_spf_tree *tree, const char *name)
{
	enum { MOST_COMPARED = 200 };
	const struct md_spf_tree *its = md_spf_tree(c, name);
	unsigned compared = 0;

	if (its->in_part || (its->ipv4 == 0 && its->ipv6 == 0))
		return true;
	for (size_t i = 0; i < its->nnodes; i++)
		for (size_t j = 0; j < its->nodes[i]->n; j++)
			if (is_network(&its->nodes[i]->visits[j]) &&
			    (compared++ >= MOST_COMPARED ||
			     permits_network(tree, its->nodes[i]->visits[j].term)))
				return true;
	return false;
}

static bool
has_record_of(const struct md_spf_tree *tree, const struct md_provider *p)
{
	for (size_t i = 0; i < tree->nnodes; i++)
		if (md_provider_has_spf(p, tree->nodes[i]->domain))
			return true;
	return false;
}

/* ---- does the domain send by it? ---- */

/* A key at a selector that the provider has its customers publish; "" for none. */
static const char *
key_of(struct md_ctx *c, const struct md_provider *p)
{
	struct md_str rest = p->selectors, selector;

	while (md_str_cut(&rest, ',', &selector)) {
		const char *owner = md_printf(md_mem(c), "%s._domainkey.%s",
		                              md_str_lower(md_mem(c), selector), md_domain(c));
		const struct md_dns *txt;
		const struct md_dkim_key *key;

		if (!md_name_fits(owner))
			continue;
		txt = md_dns_aside(c, MD_TXT, owner);
		if (txt->fact.state != MD_PRESENT)
			continue;
		key = md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined);
		if (txt->n == 1 && key->faults.n == 0 && !key->revoked)
			return owner;
	}
	return "";
}

/* Before what ends the record: " include:NAME". */
static void
publish_include(struct md_ctx *c, const struct md_spf_exam *exam, const char *name)
{
	const struct md_spf *record = exam->published->record;
	struct md_buf out = { .mem = md_mem(c) };

	if (record->nfaults > 0 || (record->all == NULL && record->redirect == NULL))
		return; /* it needs another cure first */
	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n; i++) {
		if (&record->terms[i] == (record->all != NULL ? record->all : record->redirect))
			md_buf_printf(&out, " include:%s", name);
		md_buf_addc(&out, ' ');
		md_buf_add(&out, record->terms[i].text);
	}
	md_spf_wish_record(c, md_buf_str(&out));
}

static void
judge_use(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_provider_use *use)
{
	const struct md_provider *p = &use->provider;
	const struct md_str first = { p->spf.p, md_str_find(p->spf, ',') };
	const char *include, *key;

	if (!use->receives || use->sends || first.len == 0 || has_record_of(exam->tree, p))
		return;
	include = md_name_normal(md_mem(c), first);
	key = key_of(c, p);
	/* Who signs by its keys sends by it; a mailbox alone may also only receive. */
	if (key[0] == '\0' || permits_networks_of(c, exam->tree, include))
		return;
	md_found(c, SPF_PROVIDER_MISSING, md_show(md_mem(c), p->name),
	         "%s, key at %s; no include:%s", use->how, key, include);
	publish_include(c, exam, include);
}

void
md_spf_judge_provider(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	const struct md_providers *used;

	/* Dynamic SPF (by macros) and what is not known may well permit it. */
	if (tree->by_sender > 0 || tree->in_part || tree->everybody || tree->cut[0] != '\0' ||
	    exam->published->record->nfaults > 0)
		return;
	used = md_providers(c);
	for (size_t i = 0; i < used->n; i++)
		judge_use(c, exam, &used->use[i]);
}
