/* The stack of sources: proposal, replay file, zones, network; followed alias by alias. */
#include "kind/dns.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "kind/frozen.h"
#include "kind/sources.h"
#include "proposal/read.h"
#include "resolver/ask.h"
#include "zone/zone.h"

/* Resolvers give up after 8 (unbound: 11) aliases; so do we, and say so. */
enum { MAX_ALIASES = 12 };

struct dns_fetch {
	struct md_fetch fetch;
	const struct md_requester *requester;
	void *arg;
	struct md_fetch **handle; /* the requester's, cleared when the fact is there */
	const struct md_sources *sources;
	struct md_arena *mem;
	uint64_t ticket;            /* of the network question under way */
	struct md_requester frozen; /* asks the frozen base, in the gate */
	struct md_fetch *below;     /* the fetch of what the frozen base does not have yet */
	const char *name;           /* where the chain of aliases has come to */
	struct md_dns fact;         /* what is known so far */
	bool any_ad, all_ad, any_ttl;
};

static void
finish(struct dns_fetch *f, enum md_state state, const char *why)
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
least_ttl(struct dns_fetch *f, uint32_t ttl)
{
	if (!f->any_ttl || ttl < f->fact.ttl)
		f->fact.ttl = ttl;
	f->any_ttl = true;
}

static void
add_alias(struct dns_fetch *f, const struct md_rr *alias)
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

/*
 * The chain goes on at target.  False: it is too long or goes round, and f is finished.  A
 * circle is a fault that lasts (RFC 1034 3.6.2), so the records are known to be absent.
 */
static bool
follow(struct dns_fetch *f, const struct md_rr *alias)
{
	if (f->fact.naliases == MAX_ALIASES) {
		finish(f, MD_UNKNOWN,
		       md_printf(f->mem, "more than %d aliases (CNAME) in a row from %s",
		                 MAX_ALIASES, f->fact.question.name));
		return false;
	}
	add_alias(f, alias);
	if (md_dns_circle(&f->fact)) {
		f->fact.rcode = MD_NOERROR;
		finish(f, MD_ABSENT, "");
		return false;
	}
	return true;
}

/* The overlay that answers for the name: of several the one whose apex is nearest to it. */
static const struct md_zone *
overlay(const struct dns_fetch *f, const char *name)
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
is_given(const struct dns_fetch *f, const char *name)
{
	return f->sources->given != NULL &&
	       md_proposal_covers(f->sources->given, name, f->fact.question.type);
}

static bool
is_signature_of(const struct md_rr *rr, uint16_t type)
{
	return rr->type == MD_RRSIG && rr->sec.covered == type;
}

/* The records of the answer section that stand at the name and answer the question. */
static bool
take_records(struct dns_fetch *f, const struct md_reply *reply)
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

static const struct md_rr *
alias_at(const struct dns_fetch *f, const struct md_reply *reply)
{
	for (size_t i = 0; i < reply->n; i++)
		if (reply->rr[i].type == MD_CNAME && strcmp(reply->rr[i].owner, f->name) == 0)
			return &reply->rr[i];
	return NULL;
}

static void advance(struct dns_fetch *);

/*
 * Walks the answer section from f->name on.  A resolver may have followed aliases for us: it is
 * believed for names outside the overlays only.  Where its chain ends without an answer we ask
 * for the last name ourselves, so that a half-followed chain is not taken for "no data".
 */
static void
walk(struct dns_fetch *f, const struct md_reply *reply)
{
	const bool direct = (f->fact.question.flags & MD_NO_RD) != 0;
	bool moved = false;

	while (!take_records(f, reply)) {
		const struct md_rr *alias = alias_at(f, reply);

		if (alias == NULL && (!moved || direct || reply->rcode == MD_NXDOMAIN)) {
			f->fact.rcode = reply->rcode;
			finish(f, MD_ABSENT, "");
			return;
		}
		if (alias != NULL && !follow(f, alias))
			return;
		moved = true;
		if (alias == NULL || overlay(f, f->name) != NULL || is_given(f, f->name)) {
			advance(f);
			return;
		}
	}
	finish(f, MD_PRESENT, "");
}

static void
keep_attempts(struct dns_fetch *f, const struct md_resolved *r)
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

static void
resolved(void *arg, const struct md_resolved *r)
{
	struct dns_fetch *f = arg;

	f->ticket = 0;
	keep_attempts(f, r);
	f->fact.origin = "network";
	if (r->reply == NULL) {
		finish(f, MD_UNKNOWN, r->why);
		return;
	}
	f->all_ad = f->all_ad && r->reply->ad;
	f->any_ad = f->any_ad || r->reply->ad;
	walk(f, r->reply);
}

/* The last link of the chain, and with it the answer. */
static void
finish_as(struct dns_fetch *f, const struct md_dns *link)
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
	finish(f, link->fact.state, link->fact.why);
}

/* What a file says of f->name. True when that is the answer, or an alias to go on from. */
static bool
take_link(struct dns_fetch *f, const struct md_dns *link)
{
	f->fact.origin = link->origin;
	f->all_ad = f->all_ad && link->ad;
	f->any_ad = f->any_ad || link->ad;
	for (size_t i = 0; i < link->naliases; i++)
		if (!follow(f, &link->aliases[i]))
			return true;
	/* only an alias: the next question is for its target */
	if (link->fact.state == MD_WANTED)
		advance(f);
	else
		finish_as(f, link);
	return true;
}

static bool
from_replay(struct dns_fetch *f)
{
	struct md_question q = f->fact.question;
	struct md_dns link = { .fact = { .why = "" } };

	q.name = f->name;
	return f->sources->replay != NULL && md_dns_recorded(f->sources->replay, &q, &link) &&
	       take_link(f, &link);
}

static bool
from_zones(struct dns_fetch *f)
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
from_given(struct dns_fetch *f)
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
take_base(struct dns_fetch *f, const struct md_dns *base)
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
			finish(f, MD_UNKNOWN, why);
			return;
		}
	}
	f->fact.origin = base->origin;
	f->all_ad = f->all_ad && base->ad;
	f->any_ad = f->any_ad || base->ad;
	for (size_t i = 0; i < base->naliases; i++) {
		if (!follow(f, &base->aliases[i]))
			return;
		if (proposal != NULL &&
		    md_proposal_covers(proposal, f->name, f->fact.question.type)) {
			advance(f);
			return;
		}
	}
	finish_as(f, base);
}

static void
take_frozen(void *arg, struct md_fact *fact)
{
	take_base(arg, (const struct md_dns *)fact);
}

/* True when the proposal had the answer, or an alias from which f goes on. */
static bool
from_proposal(struct dns_fetch *f)
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
advance(struct dns_fetch *f)
{
	struct md_question q = f->fact.question;

	if (from_proposal(f) || from_replay(f) || from_given(f) || from_zones(f))
		return;
	if (f->sources->resolver == NULL) {
		f->fact.fact.by_choice = true;
		finish(f, MD_UNKNOWN, "offline, and not in the files given");
		return;
	}
	q.name = f->name;
	f->ticket = md_resolver_ask(f->sources->resolver, &q, resolved, f);
}

static void
cancel(struct md_fetch *fetch)
{
	struct dns_fetch *f = (struct dns_fetch *)fetch;

	md_fetch_cancel(f->below);
	if (f->ticket != 0)
		md_resolver_cancel(f->sources->resolver, f->ticket);
	md_arena_free(f->mem);
}

void
md_dns_fetch(const struct md_requester *requester, void *arg, const void *question,
             struct md_fetch **handle)
{
	struct md_arena *mem = md_arena_new();
	struct dns_fetch *f = md_alloc(mem, sizeof(*f));

	f->fetch.cancel = cancel;
	f->requester = requester;
	f->arg = arg;
	f->handle = handle;
	f->sources = requester->sources;
	f->mem = mem;
	f->all_ad = true;
	f->fact = *(const struct md_dns *)md_dns_kind.blank(mem, question);
	f->name = f->fact.question.name;
	*handle = &f->fetch;
	advance(f);
}
