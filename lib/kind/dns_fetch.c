/* The stack of sources: proposal, replay file, zones, network; followed alias by alias. */
#include "kind/dns.h"

#include "base/arena.h"
#include "base/name.h"
#include "kind/dns_chain.h"
#include "kind/frozen.h"
#include "kind/sources.h"
#include "proposal/read.h"
#include "zone/zone.h"

/* The overlay that answers for the name: of several the one whose apex is nearest to it. */
static const struct md_zone *
overlay(const struct md_dns_chain *f, const char *name)
{
	const struct md_zone *nearest = NULL;

	for (size_t i = 0; i < f->sources->nzones; i++) {
		const struct md_zone *z = f->sources->zones[i];

		if (md_zone_covers(z, name, f->fact.question.type) &&
		    (nearest == NULL ||
		     md_name_labels(md_zone_apex(z)) > md_name_labels(md_zone_apex(nearest))))
			nearest = z;
	}
	return nearest;
}

static bool
is_given(const struct md_dns_chain *f, const char *name)
{
	return f->sources->given != NULL &&
	       md_proposal_covers(f->sources->given, name, f->fact.question.type);
}

static void advance(struct md_dns_chain *);

/*
 * Walks the answer section from f->name on.  A resolver may have followed aliases for us: it is
 * believed for names outside the overlays only.  Where its chain ends without an answer we ask
 * for the last name ourselves, so that a half-followed chain is not taken for "no data".
 */
static void
walk(struct md_dns_chain *f, const struct md_reply *reply)
{
	const bool direct = (f->fact.question.flags & MD_NO_RD) != 0;
	bool moved = false;

	while (!md_chain_take_records(f, reply)) {
		const struct md_rr *alias = md_chain_alias(f, reply);

		if (alias == NULL && (!moved || direct || reply->rcode == MD_NXDOMAIN)) {
			f->fact.rcode = reply->rcode;
			md_chain_finish(f, MD_ABSENT, "");
			return;
		}
		if (alias != NULL && !md_chain_follow(f, alias))
			return;
		moved = true;
		if (alias == NULL || overlay(f, f->name) != NULL || is_given(f, f->name)) {
			advance(f);
			return;
		}
	}
	md_chain_finish(f, MD_PRESENT, "");
}

static void
resolved(void *arg, const struct md_resolved *r)
{
	struct md_dns_chain *f = arg;

	f->ticket = 0;
	md_chain_take_attempts(f, r);
	f->fact.origin = "network";
	if (r->reply == NULL) {
		md_chain_finish(f, MD_UNKNOWN, r->why);
		return;
	}
	f->all_ad = f->all_ad && r->reply->ad;
	f->any_ad = f->any_ad || r->reply->ad;
	walk(f, r->reply);
}

/* What a file says of f->name. True when that is the answer, or an alias to go on from. */
static bool
take_link(struct md_dns_chain *f, const struct md_dns *link)
{
	f->fact.origin = link->origin;
	f->all_ad = f->all_ad && link->ad;
	f->any_ad = f->any_ad || link->ad;
	for (size_t i = 0; i < link->naliases; i++)
		if (!md_chain_follow(f, &link->aliases[i]))
			return true;
	/* only an alias: the next question is for its target */
	if (link->fact.state == MD_WANTED)
		advance(f);
	else
		md_chain_finish_as(f, link);
	return true;
}

static bool
from_replay(struct md_dns_chain *f)
{
	struct md_question q = f->fact.question;
	struct md_dns link = { .fact = { .why = "" } };

	q.name = f->name;
	return f->sources->replay != NULL && md_dns_recorded(f->sources->replay, &q, &link) &&
	       take_link(f, &link);
}

static bool
from_zones(struct md_dns_chain *f)
{
	const struct md_zone *zone = overlay(f, f->name);
	struct md_question q = f->fact.question;
	struct md_dns link = { .fact = { .why = "" }, .origin = "" };

	q.name = f->name;
	if (zone == NULL)
		return false;
	md_zone_find(zone, f->mem, &q, &link);
	return take_link(f, &link);
}

static bool
from_given(struct md_dns_chain *f)
{
	struct md_question q = f->fact.question;
	struct md_dns link = { .fact = { .why = "" }, .origin = "" };

	q.name = f->name;
	if (!is_given(f, f->name))
		return false;
	md_proposal_find(f->sources->given, f->mem, &q, &link);
	return take_link(f, &link);
}

/*
 * Could these be the addresses of an alias?  Many hosts have none for IPv6; one without any for
 * IPv4 is hardly aliased yet.
 */
static bool
is_aliased_now(const struct md_dns *base)
{
	if (base->fact.state == MD_PRESENT)
		return true;
	return base->question.type == MD_AAAA && base->fact.state == MD_ABSENT &&
	       base->rcode != MD_NXDOMAIN;
}

/* What the base says, as far as the proposal lets it count. */
static void
take_base(struct md_dns_chain *f, const struct md_dns *base)
{
	const struct md_proposal *proposal = f->sources->proposal;
	struct md_dns kept;

	if (proposal != NULL) {
		kept = md_proposal_kept(proposal, f->mem, base);
		base = &kept;
	}
	if (proposal != NULL && !is_aliased_now(base)) {
		const char *why = md_proposal_alias(proposal, f->name, f->fact.question.type);

		if (why != NULL) {
			md_chain_finish(f, MD_UNKNOWN, why);
			return;
		}
	}
	f->fact.origin = base->origin;
	f->all_ad = f->all_ad && base->ad;
	f->any_ad = f->any_ad || base->ad;
	for (size_t i = 0; i < base->naliases; i++) {
		if (!md_chain_follow(f, &base->aliases[i]))
			return;
		if (proposal != NULL &&
		    md_proposal_covers(proposal, f->name, f->fact.question.type)) {
			advance(f);
			return;
		}
	}
	md_chain_finish_as(f, base);
}

static void
take_frozen(void *arg, struct md_fact *fact)
{
	take_base(arg, (const struct md_dns *)fact);
}

/* True when the proposal had the answer, or an alias from which f goes on. */
static bool
from_proposal(struct md_dns_chain *f)
{
	struct md_question q = f->fact.question;
	struct md_dns link = { .fact = { .why = "" }, .origin = "" };

	q.name = f->name;
	if (f->sources->proposal != NULL &&
	    md_proposal_covers(f->sources->proposal, q.name, q.type)) {
		md_proposal_find(f->sources->proposal, f->mem, &q, &link);
		return take_link(f, &link);
	}
	if (f->sources->frozen == NULL)
		return false;
	f->frozen = *f->requester;
	f->frozen.mem = f->mem;
	f->frozen.done = take_frozen;
	f->frozen.ask = NULL;
	md_frozen_fetch(&f->frozen, f, &md_dns_kind, &q, &f->below);
	return true;
}

static void
advance(struct md_dns_chain *f)
{
	struct md_question q = f->fact.question;

	if (from_proposal(f) || from_replay(f) || from_given(f) || from_zones(f))
		return;
	if (f->sources->resolver == NULL) {
		f->fact.fact.by_choice = true;
		md_chain_finish(f, MD_UNKNOWN, "offline, and not in the files given");
		return;
	}
	q.name = f->name;
	f->ticket = md_resolver_ask(f->sources->resolver, &q, resolved, f);
}

static void
cancel(struct md_fetch *fetch)
{
	struct md_dns_chain *f = (struct md_dns_chain *)fetch;

	md_fetch_cancel(f->below);
	if (f->ticket != 0)
		md_resolver_cancel(f->sources->resolver, f->ticket);
	md_arena_free(f->mem);
}

void
md_dns_fetch(const struct md_requester *requester, void *arg, const void *question,
             struct md_fetch **handle)
{
	struct md_arena *mem = md_arena_branch(requester->mem);
	struct md_dns_chain *f = md_alloc(mem, sizeof(*f));

	f->fetch.cancel = cancel;
	f->requester = requester;
	f->arg = arg;
	f->handle = handle;
	f->sources = requester->sources;
	f->mem = mem;
	f->all_ad = true;
	f->fact = *(const struct md_dns *)md_dns_kind.blank(mem, question);
	f->name = f->fact.question.name;
	md_arena_settle(mem);
	*handle = &f->fetch;
	advance(f);
}
