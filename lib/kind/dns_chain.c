/* From a question to its records: what is known so far, alias by alias, and the fact of it. */
#include "kind/dns_chain.h"

#include <string.h>

#include "base/arena.h"

/* Resolvers give up after 8 (unbound: 11) aliases; so do we, and say so. */
enum { MAX_ALIASES = 12 };

void
md_chain_finish(struct md_dns_chain *f, enum md_state state, const char *why)
{
	const struct md_requester *requester = f->requester;
	void *arg = f->arg;
	struct md_dns *packed;

	f->fact.fact.state = state;
	f->fact.fact.why = why;
	f->fact.canonical = f->name;
	f->fact.ad = f->any_ad && f->all_ad;
	packed = md_dns_pack(&f->fact);
	*f->handle = NULL;
	md_arena_free(f->mem);
	requester->done(arg, &packed->fact);
}

static void
least_ttl(struct md_dns_chain *f, uint32_t ttl)
{
	if (!f->any_ttl || ttl < f->fact.ttl)
		f->fact.ttl = ttl;
	f->any_ttl = true;
}

static void
add_alias(struct md_dns_chain *f, const struct md_rr *alias)
{
	const size_t n = f->fact.naliases;
	struct md_rr *aliases = md_alloc(f->mem, (n + 1) * sizeof(*aliases));

	if (n > 0)
		memcpy(aliases, f->fact.aliases, n * sizeof(*aliases));
	/* Copied: the reply is freed before the fact is whole when the target is asked for. */
	f->name = md_strdup(f->mem, alias->name);
	aliases[n] = *alias;
	aliases[n].owner = md_strdup(f->mem, alias->owner);
	aliases[n].name = f->name;
	f->fact.aliases = aliases;
	f->fact.naliases = n + 1;
	least_ttl(f, alias->ttl);
}

bool
md_chain_follow(struct md_dns_chain *f, const struct md_rr *alias)
{
	if (f->fact.naliases == MAX_ALIASES) {
		md_chain_finish(f, MD_UNKNOWN,
		                md_printf(f->mem,
		                          "more than %d aliases (CNAME) in a row from %s",
		                          MAX_ALIASES, f->fact.question.name));
		return false;
	}
	add_alias(f, alias);
	/* RFC 1034 3.6.2: a fault that lasts, so the records are known to be absent */
	if (md_dns_circle(&f->fact)) {
		f->fact.rcode = MD_NOERROR;
		md_chain_finish(f, MD_ABSENT, "");
		return false;
	}
	return true;
}

static bool
is_signature_of(const struct md_rr *rr, uint16_t type)
{
	return rr->type == MD_RRSIG && rr->sec.covered == type;
}

bool
md_chain_take_records(struct md_dns_chain *f, const struct md_reply *reply)
{
	const struct md_question *q = &f->fact.question;
	struct md_rr *rr = NULL;
	size_t n = 0, signatures = 0;

	for (size_t i = 0; i < reply->n; i++) {
		const struct md_rr *r = &reply->rr[i];
		const bool signature = (q->flags & MD_DO) != 0 && is_signature_of(r, q->type);

		if (strcmp(r->owner, f->name) != 0 || (r->type != q->type && !signature))
			continue;
		MD_PUSH(f->mem, rr, n, *r);
		least_ttl(f, r->ttl);
		signatures += signature;
	}
	if (n == signatures)
		return false;
	f->fact.rr = rr;
	f->fact.n = n;
	return true;
}

const struct md_rr *
md_chain_alias(const struct md_dns_chain *f, const struct md_reply *reply)
{
	for (size_t i = 0; i < reply->n; i++)
		if (reply->rr[i].type == MD_CNAME && strcmp(reply->rr[i].owner, f->name) == 0)
			return &reply->rr[i];
	return NULL;
}

void
md_chain_take_attempts(struct md_dns_chain *f, const struct md_resolved *r)
{
	const size_t old = f->fact.nattempts;
	struct md_attempt *all;

	if (r->nattempts == 0)
		return;
	all = md_alloc(f->mem, (old + r->nattempts) * sizeof(*all));
	if (old > 0)
		memcpy(all, f->fact.attempts, old * sizeof(*all));
	for (size_t i = 0; i < r->nattempts; i++) {
		all[old + i] = r->attempts[i];
		all[old + i].server = md_strdup(f->mem, r->attempts[i].server);
		all[old + i].outcome = md_strdup(f->mem, r->attempts[i].outcome);
	}
	f->fact.attempts = all;
	f->fact.nattempts = old + r->nattempts;
}

void
md_chain_finish_as(struct md_dns_chain *f, const struct md_dns *link)
{
	f->fact.fact.by_choice = link->fact.by_choice;
	f->fact.rcode = link->rcode;
	f->fact.rr = link->rr;
	f->fact.n = link->n;
	if (link->n > 0)
		least_ttl(f, link->ttl);
	if (link->nattempts > 0) {
		f->fact.attempts = link->attempts;
		f->fact.nattempts = link->nattempts;
	}
	md_chain_finish(f, link->fact.state, link->fact.why);
}
