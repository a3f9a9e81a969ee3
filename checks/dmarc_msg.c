/* DMARC of the message: does an identifier speak for its author, and what if none does? */
#include <string.h>

#include "ask/check.h"
#include "dkim_sig/rules.h"
#include "dmarc/message_say.h"
#include "envelope/rules.h"
#include "mail/address.h"
#include "message/message.h"

enum { NO_AUTHOR, FAILS, UNALIGNED, DIFFER, SINGLE_LEG, SPF_UNALIGNED, NO_POLICY };

static const struct md_rule rules[] = {
	[NO_AUTHOR] = {
		.id = "dmarc.msg-no-author",
		.severity = MD_WARN,
		.title = "DMARC cannot judge the message",
		.fix = "Send one From field with one address: without a single author domain "
		       "there is nothing that DMARC could protect, and "
		       "receivers may refuse it.",
		.reference = "RFC 9989 sections 5.3.1, 11.5",
	},
	[FAILS] = {
		.id = "dmarc.msg-fail",
		.severity = MD_FAIL,
		.title = "The message fails DMARC",
		.fix = "If you did not send it, nothing: it is forged, and DMARC does its work. "
		       "Else one aligned pass is enough. Where an aligned signature or SPF is "
		       "there and fails, mend that. Else let DKIM sign with d= the From domain first "
		       "(at a mail service: its custom domain setting); then let MAIL FROM be "
		       "in the From domain, with the sending address in that "
		       "domain's SPF record.",
		.reference = "RFC 9989 sections 4.4, 5.3.5; Gmail 5.7.26; Microsoft 5.7.509",
	},
	[UNALIGNED] = {
		.id = "dkim.sig-unaligned",
		.severity = MD_FAIL,
		.title = "No valid signature is aligned with From",
		.fix = "Sign with d= the From domain: mail services call it custom DKIM or "
		       "domain authentication. A second signature with their own "
		       "domain may stay.",
		.reference = "RFC 9989 sections 4.4.1, 4.10.2; Gmail 4.7.32",
	},
	[DIFFER] = {
		.id = "dmarc.msg-generations-differ",
		.severity = MD_WARN,
		.title = "Older and newer receivers conclude differently",
		.fix = "Publish a record at the From domain itself, and let DKIM's d= and MAIL "
		       "FROM be exactly that domain: then the Public Suffix List and the tree "
		       "walk find the same. Use neither t= nor np= to weaken or strengthen "
		       "what p= and sp= say.",
		.reference = "RFC 9989 sections 4.7 (np, t), 4.10; RFC 7489 "
		             "sections 3.2, 6.6.3",
	},
	[SINGLE_LEG] = {
		.id = "dmarc.msg-single-leg",
		.severity = MD_WARN,
		.title = "DMARC passes on one leg only",
		.fix = "Let the other pass, too: forwarding breaks SPF, so that a signature of "
		       "the From domain (at a mail service: custom DKIM) is all that is left "
		       "then, and large receivers ask both of bulk senders.",
		.reference = "RFC 9989 sections 5.1.1, 5.1.2, 8; Microsoft 5.7.515",
	},
	[SPF_UNALIGNED] = {
		.id = "dmarc.msg-spf-unaligned",
		.severity = MD_INFO,
		.title = "SPF passes for another domain than that of From",
		.fix = "Nothing need be done: DKIM does the work, as it must for mailing lists "
		       "and forwarders. Mail services offer a MAIL FROM domain below your own "
		       "(custom return-path, bounce domain): with that SPF counts, too.",
		.reference = "RFC 9989 sections 4.4.2, 5.1.1",
	},
	[NO_POLICY] = {
		.id = "dmarc.msg-no-policy",
		.severity = MD_WARN,
		.title = "No DMARC policy applies to the message",
		.fix = "Publish a record for the From domain, p=none with rua= to begin with: "
		       "large receivers ask it of bulk senders.",
		.reference = "RFC 9989 sections 4.10.1, 5.3.2; Gmail 5.7.40; Microsoft 5.7.515",
	},
};

/* "SPF of b.example: pass, not aligned with a.example; DKIM of …" */
static const char *
identifiers(struct md_ctx *c, const struct md_dmarc_message *m)
{
	struct md_buf text = { .mem = md_mem(c) };

	for (size_t i = 0; i < m->n; i++)
		md_buf_item(&text, "; ", "%s",
		            md_dmarc_identifier_text(md_mem(c), m, &m->identifiers[i]));
	if (m->n == 1)
		md_buf_printf(&text, "; no DKIM signature");
	return md_buf_str(&text);
}

/* The signing domains that verify and are another's; "" for none. */
static const char *
strangers(struct md_ctx *c, const struct md_dmarc_message *m)
{
	struct md_buf list = { .mem = md_mem(c) };

	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];

		if (id->dkim != NULL && id->pass && id->alignment.outcome == MD_NOT_ALIGNED)
			md_buf_item(&list, ", ", "%s", id->domain);
	}
	return md_buf_str(&list);
}

/* A signature that should have done the work, and fails; NULL for none. */
static const struct md_dkim_verdict *
broken_signature(const struct md_dmarc_message *m, bool aligned)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];

		if (id->dkim != NULL && !id->pass && !id->unknown &&
		    (!aligned || id->alignment.outcome == MD_ALIGNED))
			return id->dkim;
	}
	return NULL;
}

/* Who may have sent it, where no signature tells. */
static const char *
who_sent_it(struct md_ctx *c, const struct md_dmarc_message *m)
{
	struct md_arena *mem = md_mem(c);
	const struct md_mailbox *sender = md_message_sender(mem, md_subject(c)->message);

	if (sender != NULL)
		return md_printf(
		        mem,
		        "%s (Sender) sent it for an author of %s, and nothing speaks for "
		        "that; ",
		        md_show(mem, md_str(sender->text)), m->author);
	return md_printf(mem,
	                 "nothing speaks for %s: the message is forged, or sent by a host that "
	                 "%s does not know; ",
	                 m->author, m->author);
}

static void
judge_failure(struct md_ctx *c, const struct md_dmarc_message *m)
{
	const struct md_dkim_verdict *broken = broken_signature(m, true);
	const char *others = strangers(c, m);
	const bool unsigned_by_all = broken == NULL && others[0] == '\0';

	md_found(c, FAILS, m->author, "%s%s. What comes of it: %s",
	         unsigned_by_all ? who_sent_it(c, m) : "", identifiers(c, m), m->disposition);
	if (broken != NULL)
		md_follows(c, md_dkim_sig_rule(c, broken));
	if (others[0] != '\0') {
		md_found(c, UNALIGNED, m->author, "signed by %s, which %s not speak for %s",
		         others, strchr(others, ',') != NULL ? "do" : "does", m->author);
		md_follows(c, rules[FAILS].id);
	}
}

/* A leg that may yet pass is no finding. */
static bool
is_open_leg(struct md_ctx *c, const struct md_dmarc_message *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];
		const bool spf = id->dkim == NULL;

		if ((spf ? m->by_spf : m->by_dkim) || !(id->unknown || id->pass) ||
		    id->alignment.outcome == MD_NOT_ALIGNED)
			continue;
		if (spf) /* of a signature its own check tells */
			md_gap(c, MD_LIMIT, MD_NO_RULE, "SPF leg", "%s",
			       md_dmarc_identifier_text(md_mem(c), m, id));
		return true;
	}
	return false;
}

/* DKIM alone passes: SPF fails, and that is a finding by itself, or passes for another. */
static void
judge_dkim_alone(struct md_ctx *c, const struct md_dmarc_message *m)
{
	const struct md_envelope_spf *spf = md_envelope_spf_aside(c);
	const struct md_spf_verdict *v = spf->verdict;

	if (spf->forwarding != NULL || v == NULL)
		return;
	if (v->result == MD_SPF_RESULT_PASS) {
		md_found(c, SPF_UNALIGNED, m->author, "%s", identifiers(c, m));
		return;
	}
	md_found(c, SINGLE_LEG, m->author, "DKIM alone passes aligned: %s", identifiers(c, m));
	md_follows(c, md_envelope_spf_rule(v->result));
}

static void
judge_spf_alone(struct md_ctx *c, const struct md_dmarc_message *m)
{
	const struct md_dkim_verdict *broken = broken_signature(m, true);

	if (md_envelope(c)->bounce) /* a bounce: its server's name is all it has */
		return;
	if (broken == NULL)
		broken = broken_signature(m, false);
	md_found(c, SINGLE_LEG, m->author, "SPF alone passes aligned: %s", identifiers(c, m));
	if (m->n == 1)
		md_follows(c, "dkim.sig-none");
	else if (broken != NULL)
		md_follows(c, md_dkim_sig_rule(c, broken));
}

static void
judge_legs(struct md_ctx *c, const struct md_dmarc_message *m)
{
	if (is_open_leg(c, m))
		return;
	if (m->by_dkim)
		judge_dkim_alone(c, m);
	else
		judge_spf_alone(c, m);
}

/* Of messages that fail only: to those that pass the policy is nothing. */
static bool
conclude_differently(const struct md_dmarc_message *m)
{
	if (m->result == MD_DMARC_RESULT_TEMPERROR ||
	    m->result_7489 == MD_DMARC_RESULT_TEMPERROR ||
	    m->result == MD_DMARC_RESULT_UNKNOWN || m->result_7489 == MD_DMARC_RESULT_UNKNOWN)
		return false;
	return m->result != m->result_7489 ||
	       (m->result == MD_DMARC_RESULT_FAIL && m->found->policy != m->found_7489->policy);
}

static void
compare(struct md_ctx *c, const struct md_dmarc_message *m)
{
	if (!conclude_differently(m))
		return;
	if (m->result == m->result_7489)
		md_found(c, DIFFER, m->author, "it fails, and RFC 9989 says %s, RFC 7489 %s",
		         m->disposition, m->disposition_7489);
	else
		md_found(c, DIFFER, m->author,
		         "its result is %s by RFC 9989, %s by RFC 7489 (%s)",
		         md_dmarc_result_name(m->result), md_dmarc_result_name(m->result_7489),
		         identifiers(c, m));
}

static void
tell_opinion(struct md_ctx *c, const struct md_dmarc_opinion *opinion)
{
	if (!opinion->fact->fact.by_choice)
		md_known(c, &opinion->fact->fact);
	if (opinion->differs)
		md_note(c, "second opinion", "%s", opinion->text);
}

static void
run(struct md_ctx *c)
{
	const struct md_dmarc_message *m = md_dmarc_message(c);

	md_show_part(c, &md_part_dmarc, m);
	if (m->opinion != NULL)
		tell_opinion(c, m->opinion);
	switch (m->result) {
	case MD_DMARC_RESULT_PERMERROR:
		md_found(c, NO_AUTHOR, "From", "%s", m->why);
		return;
	case MD_DMARC_RESULT_FAIL:
		judge_failure(c, m);
		break;
	case MD_DMARC_RESULT_PASS:
		if (m->by_spf != m->by_dkim)
			judge_legs(c, m);
		break;
	case MD_DMARC_RESULT_NONE:
		md_found(c, NO_POLICY, m->author, "%s", m->why);
		break;
	case MD_DMARC_RESULT_UNKNOWN:
		md_gap(c, MD_BLIND, MD_NO_RULE, "DMARC of the message", "%s", m->why);
		break;
	case MD_DMARC_RESULT_TEMPERROR:
		break; /* the lookups that failed have said so */
	}
	compare(c, m);
}

const struct md_check md_check_dmarc_msg = {
	.name = "dmarc-msg",
	.decides = true,
	.title = "DMARC of the message",
	.question = "Does an authenticated domain speak for the message's author?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
