/* Alignment: can a message sent as the user says pass DMARC, and by which identifier? */
#include "alignment.h"
#include "dmarc/dmarc.h"

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

/* Tells that a leg needs more options; without them the other leg may be enough. */
static void
say_untold(struct md_ctx *c, const char *name, const struct md_leg *leg,
           const struct md_leg *other)
{
	const bool enough = other->state == MD_LEG_PASS;

	md_gap(c, enough ? MD_LIMIT : MD_BLIND, MD_NO_RULE,
	       md_printf(md_mem(c), "%s leg", name), "needs %s%s%s", leg->text,
	       other->state == MD_LEG_NO ? "; the other fails: " : "",
	       other->state == MD_LEG_NO ? other->text : "");
}

/* One leg is enough (RFC 9989 5.3.5); where none passes, one that is not known may still. */
static void
conclude(struct md_ctx *c, const char *subject, const struct md_leg *spf,
         const struct md_leg *dkim)
{
	const bool passes = spf->state == MD_LEG_PASS || dkim->state == MD_LEG_PASS;
	const bool fails = spf->state == MD_LEG_NO || dkim->state == MD_LEG_NO;

	if (passes)
		md_found(c, fails ? SINGLE_LEG : CAN_PASS, subject, "SPF: %s; DKIM: %s",
		         spf->text, dkim->text);
	else if (spf->state == MD_LEG_NO && dkim->state == MD_LEG_NO)
		md_found(c, CANNOT_PASS, subject, "SPF: %s; DKIM: %s", spf->text, dkim->text);
	if (spf->state == MD_LEG_UNTOLD)
		say_untold(c, "SPF", spf, dkim);
	if (dkim->state == MD_LEG_UNTOLD)
		say_untold(c, "DKIM", dkim, spf);
}

/* A message from this address, or from one that is not given. */
static void
judge(struct md_ctx *c, const struct md_addr *ip, const struct md_dmarc *record)
{
	const struct md_leg spf = md_leg_spf(c, ip, record != NULL && record->aspf_strict);
	const struct md_leg dkim = md_leg_dkim(c, record != NULL && record->adkim_strict);
	const char *from = ip != NULL ? md_addr_print(md_mem(c), *ip) : md_domain(c);

	md_note(c, "SPF leg", "%s: %s%s", from,
	        spf.state == MD_LEG_UNTOLD ? "not known without " : "", spf.text);
	if (ip == NULL || ip == md_subject(c)->ips)
		md_note(c, "DKIM leg", "%s%s",
		        dkim.state == MD_LEG_UNTOLD ? "not known without " : "", dkim.text);
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
