/* Profiles: would large providers take this message, by what they publish? */
#include "profile/profile.h"

#include <string.h>

#include "ask/check.h"

/* The rules before OTHER are of one provider each. */
enum {
	GMAIL_ALL,
	GMAIL_BULK,
	YAHOO,
	MICROSOFT,
	APPLE,
	ORANGE,
	LAPOSTE,
	OTHER,
	BULK,
	BULK_ASKS,
	UNMET
};

#define FIX                                                                                     \
	"Mend what is named, in its order; -v shows each requirement, and the JSON report the " \
	"source of each."

static const struct md_rule rules[] = {
	[GMAIL_ALL] = {
		.id = "profile.gmail-all",
		.severity = MD_FAIL,
		.title = "Gmail's requirements for every sender are not met",
		.fix = FIX,
		.reference = "support.google.com/a/answer/81126",
	},
	[GMAIL_BULK] = {
		.id = "profile.gmail-bulk",
		.severity = MD_FAIL,
		.title = "Gmail's requirements for bulk senders are not met",
		.fix = FIX,
		.reference = "support.google.com/a/answer/81126, /14229414",
	},
	[YAHOO] = {
		.id = "profile.yahoo",
		.severity = MD_FAIL,
		.title = "Yahoo's requirements are not met",
		.fix = FIX,
		.reference = "senders.yahooinc.com/best-practices, /smtp-error-codes",
	},
	[MICROSOFT] = {
		.id = "profile.microsoft",
		.severity = MD_FAIL,
		.title = "Outlook.com's requirements are not met",
		.fix = FIX,
		.reference = "support.microsoft.com, NDR error 550 5.7.515",
	},
	[APPLE] = {
		.id = "profile.apple",
		.severity = MD_FAIL,
		.title = "iCloud Mail's requirements are not met",
		.fix = FIX,
		.reference = "support.apple.com/en-us/102322",
	},
	[ORANGE] = {
		.id = "profile.orange",
		.severity = MD_FAIL,
		.title = "Orange's requirements are not met",
		.fix = FIX,
		.reference = "postmaster.orange.fr",
	},
	[LAPOSTE] = {
		.id = "profile.laposte",
		.severity = MD_FAIL,
		.title = "laposte.net's requirements are not met",
		.fix = FIX,
		.reference = "postmaster.laposte.net, technical specifications",
	},
	[OTHER] = {
		.id = "profile.other",
		.severity = MD_FAIL,
		.title = "A provider's requirements are not met",
		.fix = FIX,
		.reference = "the data file profiles.tsv",
	},
	[BULK] = {
		.id = "profile.bulk-only",
		.severity = MD_WARN,
		.title = "Above its threshold a provider would not take such mail",
		.fix = "If you send that much, mend what is named; else nothing is wrong.",
		.reference = "the provider's rules for bulk senders: the table "
		             "has their sources",
	},
	[BULK_ASKS] = {
		.id = "profile.bulk-asks",
		.severity = MD_INFO,
		.title = "Above its threshold a provider asks for more",
		.fix = "If you send that much, add what is named: the provider does not publish "
		       "what comes of its lack.",
		.reference = "the provider's rules for bulk senders: the table "
		             "has their sources",
	},
	[UNMET] = {
		.id = "profile.unmet",
		.severity = MD_WARN,
		.title = "A provider asks for more",
		.fix = "Mend what is named: the provider does not publish what comes of it, "
		       "but it counts against the sender.",
		.reference = "the provider's rules: the table has their sources",
	},
};

/* A rule of one provider names it in its id: "profile.yahoo", "profile.gmail-bulk". */
static unsigned
rule_of(struct md_ctx *c, const struct md_profile *p, bool bulk)
{
	const char *whole = md_printf(md_mem(c), "profile.%s", p->id);
	const char *part = md_printf(md_mem(c), "%s-%s", whole, bulk ? "bulk" : "all");

	for (unsigned i = 0; i < OTHER; i++)
		if (strcmp(rules[i].id, whole) == 0 || strcmp(rules[i].id, part) == 0)
			return i;
	return OTHER;
}

/* Those not met, of all senders or of bulk: with a consequence that is published, or not. */
static const char *
unmet(struct md_ctx *c, const struct md_profile *p, bool bulk, bool effect)
{
	struct md_buf list = { .mem = md_mem(c) };

	for (size_t i = 0; i < p->n; i++) {
		const struct md_requirement *r = &p->all[i];

		if (r->bulk != bulk || r->advised || r->untold || r->state != MD_NOT_MET ||
		    (r->effect != MD_EFFECT_NOT_SAID) != effect)
			continue;
		md_buf_item(&list, "; ", "\"%s\" (%s)", r->text, r->why);
		if (r->reply[0] != '\0')
			md_buf_printf(&list, ": %s", r->reply);
	}
	return md_buf_str(&list);
}

/* Is all that all senders must meet, and this one does not, that SPF, DKIM or DMARC pass? */
static bool
is_unauthenticated(const struct md_profile *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct md_requirement *r = &p->all[i];

		if (!r->bulk && !r->advised && !r->untold && r->state == MD_NOT_MET &&
		    !r->authenticates)
			return false;
	}
	return true;
}

/* Which of two lists there is; both, one after the other. */
static const char *
both(struct md_ctx *c, const char *one, const char *other)
{
	if (one[0] == '\0' || other[0] == '\0')
		return one[0] != '\0' ? one : other;
	return md_printf(md_mem(c), "%s; %s", one, other);
}

static void
judge_bulk(struct md_ctx *c, const struct md_profile *p, const char *sign)
{
	const char *refused = unmet(c, p, true, true), *asked = unmet(c, p, true, false);

	if (refused[0] != '\0' && sign[0] != '\0')
		md_found(c, rule_of(c, p, true), p->name,
		         "it looks like bulk mail (%s), which %s refuses above %s. Not met: %s",
		         sign, p->name, p->threshold, both(c, refused, asked));
	else if (refused[0] != '\0' || asked[0] != '\0')
		md_found(c, refused[0] != '\0' ? BULK : BULK_ASKS, p->name,
		         "above %s it asks for %s", p->threshold, both(c, refused, asked));
}

static void
judge(struct md_ctx *c, const struct md_profile *p, const char *bulk_sign)
{
	const char *refused = unmet(c, p, false, true), *asked = unmet(c, p, false, false);

	if (refused[0] != '\0')
		md_found(c, rule_of(c, p, false), p->name, "%s would %s it. Not met: %s",
		         p->name, p->does == MD_EFFECT_JUNK ? "junk" : "refuse",
		         both(c, refused, asked));
	else if (asked[0] != '\0')
		md_found(c, UNMET, p->name, "%s asks for %s", p->name, asked);
	if ((refused[0] != '\0' || asked[0] != '\0') && is_unauthenticated(p))
		md_follows(c, "dmarc.msg-fail");
	judge_bulk(c, p, bulk_sign);
}

static void
run(struct md_ctx *c)
{
	const struct md_profiles *profiles = md_profiles(c);
	bool told = profiles->n == 0;

	md_show_part(c, &md_part_profiles, profiles);
	for (size_t i = 0; i < profiles->n; i++) {
		judge(c, &profiles->all[i], profiles->bulk_sign);
		told = told || profiles->all[i].everyone != MD_NOT_KNOWN;
	}
	if (!told)
		md_gap(c, MD_BLIND, MD_NO_RULE, "what providers do", "%s",
		       profiles->all[0].outlook);
}

const struct md_check md_check_profile = {
	.name = "profile",
	.tabled = true,
	.title = "Providers' requirements",
	.question = "Would large providers take this message, by what they publish?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
