/* Alignment: can a message sent as the user says pass DMARC, and by which identifier? */
#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "dmarc/alignment.h"
#include "dmarc/dmarc.h"
#include "record/dkim_key.h"
#include "spf/check_host.h"

enum { CANNOT_PASS, SINGLE_LEG, CAN_PASS };

static const struct md_rule rules[] = {
	[CANNOT_PASS] = {
		.id = "alignment.cannot-pass",
		.severity = MD_FAIL,
		.title = "Mail sent like this cannot pass DMARC",
		.fix = "Sign it with DKIM and d= the From domain, with a key published for its "
		       "selector; and let MAIL FROM be in the From domain and the sending "
		       "address in that domain's SPF record. One of the two is enough.",
		.reference = "RFC 9989 sections 4.4, 5.3.5",
	},
	[SINGLE_LEG] = {
		.id = "alignment.single-leg",
		.severity = MD_WARN,
		.title = "Mail sent like this can pass DMARC on one leg only",
		.fix = "Repair the other as well: forwarding breaks SPF, a mailing list's "
		       "footer breaks DKIM, and bulk senders need both at large receivers.",
		.reference = "RFC 9989 sections 5.1.1, 5.1.2, 8",
	},
	[CAN_PASS] = {
		.id = "alignment.can-pass",
		.severity = MD_PASS,
		.title = "Mail sent like this can pass DMARC",
		.fix = "Nothing to do.",
		.reference = "RFC 9989 sections 4.4, 5.3.5",
	},
};

/* One of the two ways to pass. */
struct leg {
	enum leg_state {
		LEG_PASS,    /* an identifier passes and aligns */
		LEG_NO,      /* none can */
		LEG_UNKNOWN, /* for want of an answer, whose gap is recorded; or wanted */
		LEG_UNTOLD,  /* the user has not said enough */
	} state;
	const char *text; /* by which identifier, or why not */
};

/* ---- alignment in words ---- */

static const char *
aligned_text(struct md_ctx *c, const struct md_alignment *a, bool strict)
{
	const char *list = "";

	if (a->identical)
		return "the same name";
	if (strict)
		return "strict alignment wants the same name";
	if (a->outcome == MD_ALIGNMENT_UNKNOWN)
		return "organisational domain not known";
	if ((a->outcome == MD_ALIGNED) != a->by_list)
		list = a->by_list ? "; older receivers see one, by the Public Suffix List"
		                  : "; older receivers see two, by the Public Suffix List";
	if (a->outcome == MD_ALIGNED)
		return md_printf(md_mem(c), "both of the organisational domain %s%s",
		                 a->author_organisational, list);
	return md_printf(md_mem(c), "organisational domains %s and %s%s",
	                 a->identifier_organisational, a->author_organisational, list);
}

/* ---- SPF ---- */

/*
 * The SPF-authenticated identifier to be: the domain of MAIL FROM; with the null reverse-path
 * that of HELO (RFC 7208 2.4, RFC 9989 3.2.4).  NULL when that is needed and not given.
 */
static const char *
spf_domain(struct md_ctx *c, const char **identity)
{
	const struct md_subject *s = md_subject(c);

	*identity = "MAIL FROM";
	if (!s->mail_from.given) {
		*identity = "MAIL FROM (assumed)";
		return md_domain(c);
	}
	if (!s->mail_from.null)
		return md_name_normal(md_mem(c), md_str(s->mail_from.domain));
	*identity = "HELO";
	return s->helo[0] != '\0' ? md_name_normal(md_mem(c), md_str(s->helo)) : NULL;
}

static struct leg
spf_result(struct md_ctx *c, const struct md_addr *ip, const char *domain, const char *who)
{
	const struct md_subject *s = md_subject(c);
	const struct md_spf_query query = {
		.ip = *ip,
		.mail_from = s->mail_from.given ? s->mail_from
		                                : md_reverse_path_read(md_mem(c), domain),
		.helo = s->helo,
	};
	const struct md_spf_verdict *verdict = md_spf_check_host(c, &query);
	const char *result = md_spf_result_name(verdict->result);

	if (verdict->result == MD_SPF_RESULT_PASS)
		return (struct leg){ LEG_PASS, "" };
	if (verdict->result != MD_SPF_RESULT_TEMPERROR)
		return (struct leg){ LEG_NO, md_printf(md_mem(c), "%s %s: SPF %s (%s)", who,
			                               domain, result, verdict->why) };
	if (verdict->unknown != NULL)
		md_known(c, &verdict->unknown->fact);
	else
		md_gap(c, MD_INCONCLUSIVE, MD_NO_RULE, "SPF", "%s", verdict->why);
	return (struct leg){ LEG_UNKNOWN,
		             md_printf(md_mem(c), "%s %s: SPF %s", who, domain, result) };
}

/*
 * For a message from this address (NULL: not given) with the reverse-path of --mail-from or,
 * without it, one in the domain.
 */
static struct leg
spf_leg(struct md_ctx *c, const struct md_addr *ip, bool strict)
{
	const char *who, *domain = spf_domain(c, &who), *how;
	struct md_alignment a;
	struct leg leg;

	if (domain == NULL)
		return (struct leg){ LEG_UNTOLD,
			             "the HELO name, with the null reverse-path: --helo NAME" };
	a = md_alignment(c, domain, md_domain(c), strict);
	how = aligned_text(c, &a, strict);
	if (a.outcome == MD_NOT_ALIGNED)
		return (struct leg){ LEG_NO, md_printf(md_mem(c), "%s %s does not align (%s)",
			                               who, domain, how) };
	if (ip == NULL)
		return (struct leg){ LEG_UNTOLD, "the sending address: --ip ADDRESS" };
	leg = spf_result(c, ip, domain, who);
	if (leg.state != LEG_PASS)
		return leg;
	leg.text = md_printf(md_mem(c), "%s %s passes and %s (%s)", who, domain,
	                     a.outcome == MD_ALIGNED ? "aligns" : "may align", how);
	if (a.outcome == MD_ALIGNMENT_UNKNOWN)
		leg.state = LEG_UNKNOWN;
	return leg;
}

/* ---- DKIM ---- */

/* Why no verifier can use the key, or NULL (RFC 6376 6.1.2, RFC 8301 3.2). */
static const char *
unusable(struct md_ctx *c, const struct md_dns *txt)
{
	const struct md_dkim_key *key;

	if (txt->fact.state == MD_ABSENT)
		return "no key";
	if (txt->n != 1)
		return "several records";
	key = md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined);
	if (key->faults.n > 0)
		return md_faults_line(md_mem(c), &key->faults);
	if (key->revoked)
		return "the key is revoked";
	if (key->reports_only)
		return "the key is for TLS reports only";
	if (key->type == MD_KEY_RSA && key->bits < MD_RSA_LEAST)
		return "the RSA key is shorter than 1024 bits";
	return key->type == MD_KEY_RSA || key->type == MD_KEY_ED25519
	               ? NULL
	               : "the key's algorithm is not known";
}

/* RFC 6376 3.6.1; most verifiers take a signature that passes all the same. */
static const char *
in_test_mode(struct md_ctx *c, const struct md_dns *txt)
{
	return md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined)->testing
	               ? ", though strict receivers count no signature in test mode (t=y)"
	               : "";
}

/* A signature with d=domain, which aligns with the From domain. */
static struct leg
signature(struct md_ctx *c, const char *selector, const char *domain)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "%s._domainkey.%s", selector, domain);
	const char *why;

	if (!md_known(c, &txt->fact))
		return (struct leg){ LEG_UNKNOWN, md_printf(md_mem(c), "key at %s not known",
			                                    txt->question.name) };
	why = unusable(c, txt);
	if (why != NULL)
		return (struct leg){ LEG_NO,
			             md_printf(md_mem(c), "%s: %s", txt->question.name, why) };
	return (struct leg){
		LEG_PASS,
		md_printf(md_mem(c), "a valid signature with d=%s s=%s passes and aligns%s",
		          domain, selector, in_test_mode(c, txt)),
	};
}

/* For signatures by the selectors given. */
static struct leg
dkim_leg(struct md_ctx *c, bool strict)
{
	const struct md_subject *s = md_subject(c);
	const char *above = md_dmarc_walk(c, md_domain(c))->organisational;
	struct md_buf why = { .mem = md_mem(c) };
	enum leg_state state = LEG_NO;

	if (s->nselectors == 0)
		return (struct leg){ LEG_UNTOLD,
			             "the signature's selector (s=): --selector NAME" };
	for (size_t i = 0; i < s->nselectors; i++) {
		struct leg leg = signature(c, s->selectors[i], md_domain(c));

		/* Relaxed alignment lets the organisational domain sign as well. */
		if (leg.state == LEG_NO && !strict && above != NULL &&
		    strcmp(above, md_domain(c)) != 0) {
			const struct leg other = signature(c, s->selectors[i], above);

			if (other.state != LEG_NO)
				leg = other;
		}
		if (leg.state == LEG_PASS)
			return leg;
		if (leg.state == LEG_UNKNOWN)
			state = LEG_UNKNOWN;
		md_buf_item(&why, "; ", "%s", leg.text);
	}
	return (struct leg){ state, md_buf_str(&why) };
}

/* ---- both legs ---- */

/* A leg that more options would tell of; the other may be enough without it. */
static void
say_untold(struct md_ctx *c, const char *name, const struct leg *leg, const struct leg *other)
{
	const bool enough = other->state == LEG_PASS;

	md_gap(c, enough ? MD_LIMIT : MD_BLIND, MD_NO_RULE,
	       md_printf(md_mem(c), "%s leg", name), "needs %s%s%s", leg->text,
	       other->state == LEG_NO ? "; the other fails: " : "",
	       other->state == LEG_NO ? other->text : "");
}

/* One leg is enough (RFC 9989 5.3.5); where none passes, one that is not known may still. */
static void
conclude(struct md_ctx *c, const char *subject, const struct leg *spf, const struct leg *dkim)
{
	const bool passes = spf->state == LEG_PASS || dkim->state == LEG_PASS;
	const bool fails = spf->state == LEG_NO || dkim->state == LEG_NO;

	if (passes)
		md_found(c, fails ? SINGLE_LEG : CAN_PASS, subject, "SPF: %s; DKIM: %s",
		         spf->text, dkim->text);
	else if (spf->state == LEG_NO && dkim->state == LEG_NO)
		md_found(c, CANNOT_PASS, subject, "SPF: %s; DKIM: %s", spf->text, dkim->text);
	if (spf->state == LEG_UNTOLD)
		say_untold(c, "SPF", spf, dkim);
	if (dkim->state == LEG_UNTOLD)
		say_untold(c, "DKIM", dkim, spf);
}

/* A message from this address, or from one that is not given. */
static void
judge(struct md_ctx *c, const struct md_addr *ip, const struct md_dmarc *record)
{
	const struct leg spf = spf_leg(c, ip, record != NULL && record->aspf_strict);
	const struct leg dkim = dkim_leg(c, record != NULL && record->adkim_strict);
	const char *from = ip != NULL ? md_addr_print(md_mem(c), *ip) : md_domain(c);

	md_note(c, "SPF leg", "%s: %s%s", from,
	        spf.state == LEG_UNTOLD ? "not known without " : "", spf.text);
	if (ip == NULL || ip == md_subject(c)->ips)
		md_note(c, "DKIM leg", "%s%s",
		        dkim.state == LEG_UNTOLD ? "not known without " : "", dkim.text);
	if (record != NULL)
		conclude(c, from, &spf, &dkim);
}

static void
run(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);
	const struct md_dmarc_discovery *found = md_dmarc_discover(c, md_domain(c));
	const struct md_dmarc *record = NULL;

	if (!found->known && !md_eager(c))
		return;
	if (found->known && found->policy != MD_DMARC_ABSENT)
		record = found->place->record;
	for (size_t i = 0; i < s->nips; i++)
		judge(c, &s->ips[i], record);
	if (s->nips == 0)
		judge(c, NULL, record);
	if (found->known && record == NULL)
		md_gap(c, MD_BLIND, MD_NO_RULE, "DMARC",
		       "no DMARC record applies to %s: a message neither passes nor fails",
		       md_domain(c));
}

const struct md_check md_check_alignment = {
	.name = "alignment",
	.title = "DMARC alignment",
	.question = "Can a message sent like this pass DMARC, and by which identifier?",
	.needs = MD_NEED_SENDER,
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
