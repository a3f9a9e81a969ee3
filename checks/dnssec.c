/* DNSSEC: is the zone signed, and do validating resolvers accept it? */
#include <time.h>

#include "ask/check.h"
#include "domain/apex.h"
#include "domain/checking_disabled.h"
#include "domain/rrsig.h"

enum { BOGUS, EXPIRY_SOON, WEAK_ALGORITHM, UNSIGNED };

static const struct md_rule rules[] = {
	[BOGUS] = {
		.id = "dnssec.bogus",
		.severity = MD_FAIL,
		.title = "DNSSEC validation fails",
		.fix = "Sign the zone anew, or remove the DS record at the registrar until it "
		       "is signed properly: for every validating resolver the domain "
		       "does not answer.",
		.reference = "RFC 4035 sections 4.3, 5; RFC 8914 section 4",
	},
	[EXPIRY_SOON] = {
		.id = "dnssec.expiry-soon",
		.severity = MD_WARN,
		.title = "DNSSEC signatures run out soon",
		.fix = "See why the zone was not signed again: look at the signer's or the "
		       "cron job's log, and sign the zone now.",
		.reference = "RFC 6781 section 4.4.2",
	},
	[WEAK_ALGORITHM] = {
		.id = "dnssec.weak-algorithm",
		.severity = MD_WARN,
		.title = "Outdated DNSSEC algorithm",
		.fix = "Roll the keys to algorithm 13 (ECDSAP256SHA256) or 15 (ED25519), and "
		       "publish DS records with digest type 2 (SHA-256) only.",
		.reference = "RFC 8624 sections 3.1, 3.3; RFC 9905 section 2",
	},
	[UNSIGNED] = {
		.id = "dnssec.unsigned",
		.severity = MD_INFO,
		.title = "The zone is not signed",
		.fix = "Turn DNSSEC on at your DNS host and registrar: it protects MX and "
		       "policy records against forgery, and DANE needs it.",
		.reference = "RFC 4035 section 4.3",
	},
};

static void
judge_ds(struct md_ctx *c, const struct md_dns *ds)
{
	for (size_t i = 0; i < ds->n; i++) {
		const struct md_rr *rr = &ds->rr[i];
		const char *weak = md_rrsig_weak_digest(rr->sec.digest_type);
		const char *subject =
		        md_printf(md_mem(c), "DS %u of %s", rr->sec.key_tag, ds->question.name);

		if (rr->type == MD_DS && weak != NULL)
			md_found(c, WEAK_ALGORITHM, subject, "digest type %u (%s)",
			         rr->sec.digest_type, weak);
	}
}

static void
judge_keys(struct md_ctx *c, const struct md_dns *keys)
{
	const char *subject = md_printf(md_mem(c), "keys of %s", keys->question.name);

	for (size_t i = 0; i < keys->n; i++) {
		const uint8_t algorithm = keys->rr[i].sec.algorithm;
		const char *weak = md_rrsig_weak(algorithm);

		if (keys->rr[i].type != MD_RRSIG && weak != NULL)
			md_found(c, WEAK_ALGORITHM, subject, "algorithm %u (%s)", algorithm,
			         weak);
	}
}

static const char *
date_text(struct md_ctx *c, int64_t seconds)
{
	const time_t t = (time_t)seconds;
	char *text = md_alloc(md_mem(c), sizeof("2106-02-07 06:28 UTC"));
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, sizeof("2106-02-07 06:28 UTC"), "%Y-%m-%d %H:%M UTC", &tm);
	return text;
}

static const struct md_dns *
ask_signed(struct md_ctx *c, uint16_t type, const char *name)
{
	return md_dns_ask(c,
	                  &(struct md_question){ .name = name, .type = type, .flags = MD_DO });
}

/*
 * Of two answers asked for with MD_DO: whose signature runs out first?  Either may have none.
 */
static const struct md_dns *
earlier(struct md_ctx *c, const struct md_dns *a, const struct md_dns *b)
{
	const struct md_rr *x = md_rrsig_last(a, md_now(c));
	const struct md_rr *y = md_rrsig_last(b, md_now(c));

	if (x == NULL || y == NULL)
		return x == NULL ? b : a;
	return md_rrsig_left(y->sec.expiration, md_now(c)) <
	                       md_rrsig_left(x->sec.expiration, md_now(c))
	               ? b
	               : a;
}

static void
judge_signatures(struct md_ctx *c, const char *apex)
{
	const struct md_dns *first = ask_signed(c, MD_SOA, apex);
	const struct md_rr *last;
	const char *date, *what;
	int64_t left;

	if (md_eager(c)) {
		first = earlier(c, first, ask_signed(c, MD_DNSKEY, apex));
		first = earlier(c, first, ask_signed(c, MD_MX, md_domain(c)));
		first = earlier(c, first, ask_signed(c, MD_TXT, md_domain(c)));
	}
	last = md_rrsig_last(first, md_now(c));
	if (last == NULL)
		return;
	left = md_rrsig_left(last->sec.expiration, md_now(c));
	date = date_text(c, md_now(c) + left);
	what = md_printf(md_mem(c), "%s %s", md_type_name(md_mem(c), first->question.type),
	                 first->question.name);
	if (left < 0) {
		md_main(c, MD_MAIN_DNSSEC, MD_MAIN_INVALID);
		md_found(c, BOGUS, apex, "the signature over %s ran out on %s", what, date);
	} else if (md_rrsig_overdue(last, md_now(c)))
		md_found(c, EXPIRY_SOON, apex, "the signature over %s runs out on %s", what,
		         date);
}

/* A validating resolver says SERVFAIL where the data are there and their proof is broken. */
static void
judge_held_back(struct md_ctx *c, const char *apex, const struct md_dns *d)
{
	if (md_held_back(c, d) == NULL)
		return;
	md_main(c, MD_MAIN_DNSSEC, MD_MAIN_INVALID);
	md_found(c, BOGUS, apex, "%s: %s; with checking disabled there is an answer",
	         md_question_text(md_mem(c), &d->question), d->fact.why);
}

/* The AD flag means something only where there is something to validate (RFC 4035 3.2.3). */
static void
judge_validation(struct md_ctx *c, const struct md_dns *soa)
{
	if (!md_known(c, &soa->fact) || soa->fact.state != MD_PRESENT)
		return;
	if (soa->ad)
		md_note(c, "DNSSEC", "%s is signed, and validated by the resolver",
		        soa->question.name);
	else
		md_gap(c, MD_BLIND, MD_NO_RULE, md_question_text(md_mem(c), &soa->question),
		       "the zone is signed, but this answer was not validated; ask a resolver that "
		       "does with --resolver ADDRESS");
}

static void
judge_signed(struct md_ctx *c, const char *apex, const struct md_dns *ds)
{
	const struct md_dns *soa = ask_signed(c, MD_SOA, apex);

	judge_ds(c, ds);
	judge_held_back(c, apex, md_dns(c, MD_MX, md_domain(c)));
	judge_held_back(c, apex, md_dns(c, MD_TXT, md_domain(c)));
	judge_held_back(c, apex, md_dns_at(c, MD_TXT, "_dmarc.%s", md_domain(c)));
	if (md_held_back(c, soa) == NULL)
		judge_validation(c, soa);
	else
		md_main(c, MD_MAIN_DNSSEC, MD_MAIN_INVALID);
	judge_signatures(c, apex);
	/* counts only if nothing above has told the main fact */
	if (soa->fact.state == MD_PRESENT)
		md_main(c, MD_MAIN_DNSSEC, "%s", soa->ad ? MD_MAIN_VALID : "signed");
	if (md_eager(c))
		judge_keys(c, ask_signed(c, MD_DNSKEY, apex));
}

static void
run(struct md_ctx *c)
{
	const char *apex = md_apex(c);
	const struct md_dns *ds, *unchecked;

	if (apex == NULL && md_dns(c, MD_NS, md_domain(c))->fact.state == MD_ABSENT)
		md_gap(c, MD_BLIND, MD_NO_RULE, md_domain(c), "it lies in no zone");
	if (apex == NULL)
		return;
	ds = md_dns(c, MD_DS, apex);
	unchecked = md_held_back(c, ds);
	if (unchecked != NULL)
		ds = unchecked;
	if (!md_known(c, &ds->fact))
		return;
	if (ds->fact.state != MD_ABSENT) {
		judge_signed(c, apex, ds);
		return;
	}
	md_main(c, MD_MAIN_DNSSEC, MD_MAIN_ABSENT);
	md_found(c, UNSIGNED, apex, "no DS record for %s in its parent zone", apex);
}

const struct md_check md_check_dnssec = {
	.name = "dnssec",
	.title = "DNSSEC",
	.way = MD_BOTH_WAYS,
	.question = "Is the zone signed, and do validating resolvers accept it?",
	.facts_apart = true,
	MD_RULES(rules),
	.run = run,
};
