/* Envelope: was the message handed over by a host that may send for its reverse-path? */
#include "rules.h"

static const struct md_rule rules[] = {
	[ENVELOPE_SPF_FAIL] = {
		.id = "spf.msg-fail",
		.severity = MD_FAIL,
		.title = "SPF fails: this host may not send for the reverse-path's domain",
		.fix = "If the host is yours, add its address (ip4:, ip6:) or the include of "
		       "its provider to the SPF record. If the message was forwarded, leave "
		       "the record as it is: a DKIM signature survives that, SPF does not.",
		.reference = "RFC 7208 sections 2.6.4, 8.4",
	},
	[ENVELOPE_SPF_PERMERROR] = {
		.id = "spf.msg-permerror",
		.severity = MD_FAIL,
		.title = "SPF cannot be evaluated: the record is in error",
		.fix = "Mend the SPF record: maildiag spf DOMAIN tells what is wrong with it. "
		       "Receivers treat it as if there were none, or refuse.",
		.reference = "RFC 7208 sections 2.6.7, 8.7",
	},
	[ENVELOPE_SPF_SOFTFAIL] = {
		.id = "spf.msg-softfail",
		.severity = MD_WARN,
		.title = "SPF says softfail: this host should not send for the domain",
		.fix = "If the host is yours, add its address (ip4:, ip6:) or the include of "
		       "its provider to the SPF record. If the message was forwarded, leave "
		       "the record as it is.",
		.reference = "RFC 7208 sections 2.6.5, 8.5",
	},
	[ENVELOPE_SPF_NEUTRAL] = {
		.id = "spf.msg-neutral",
		.severity = MD_WARN,
		.title = "SPF is neutral: the record says nothing about this host",
		.fix = "Add the host's address to the SPF record, and end that "
		       "in ~all or -all.",
		.reference = "RFC 7208 sections 2.6.2, 8.2",
	},
	[ENVELOPE_SPF_NONE] = {
		.id = "spf.msg-none",
		.severity = MD_WARN,
		.title = "No SPF record speaks for this message",
		.fix = "Publish an SPF record at the domain of the reverse-path; bounces have "
		       "none and need one at the HELO name.",
		.reference = "RFC 7208 sections 2.4, 2.6.1, 8.1",
	},
	[ENVELOPE_SPF_FORWARDED] = {
		.id = "spf.fail-forwarded",
		.severity = MD_INFO,
		.title = "Forwarding explains why SPF does not pass",
		.fix = "Nothing for the sender to do, and do not add the forwarder to the SPF "
		       "record: a DKIM signature of the From domain survives forwarding. The "
		       "forwarder may rewrite the reverse-path (SRS).",
		.reference = "RFC 7208 section 10.3, appendix D.2; RFC 9989 section 7.4",
	},
	[ENVELOPE_FORWARDED] = {
		.id = "msg.forwarded",
		.severity = MD_INFO,
		.title = "The message was forwarded",
		.fix = "Nothing for the sender to do: the forwarder put a reverse-path of its own "
		       "in place of the sender's. A DKIM signature of the From domain survives "
		       "that.",
		.reference = "RFC 7208 appendix D.2; RFC 9989 section 7.4",
	},
	[ENVELOPE_SPF_TEMPERROR] = {
		.id = "spf.msg-temperror",
		.severity = MD_UNSURE,
		.title = "SPF of this message could not be evaluated for now",
		.fix = "Ask again later; if it lasts, the name servers of that domain need "
		       "repair. Receivers accept meanwhile, or answer 451.",
		.reference = "RFC 7208 sections 2.6.6, 8.6",
	},
	[ENVELOPE_PTR_MISSING] = {
		.id = "ptr.msg-missing",
		.severity = MD_FAIL,
		.title = "The sending host's address has no name (PTR)",
		.fix = "Ask whoever owns the address for a PTR record with the mail host's "
		       "name. Gmail and others refuse mail from addresses without one.",
		.reference = "RFC 8601 section 2.7.3; RFC 1912 section 2.1",
	},
	[ENVELOPE_PTR_NOT_CONFIRMED] = {
		.id = "ptr.msg-not-confirmed",
		.severity = MD_FAIL,
		.title = "The sending host's name does not lead back to its address",
		.fix = "Give the PTR's name an A or AAAA record with this address, or change "
		       "the PTR to a name that has one.",
		.reference = "RFC 8601 sections 2.7.3, 3",
	},
	[ENVELOPE_PTR_GENERIC] = {
		.id = "ptr.msg-generic",
		.severity = MD_WARN,
		.title = "The sending host's name looks made up by the provider",
		.fix = "Ask for a PTR that names the mail host: many receivers take generic "
		       "names for home connections.",
		.reference = "M3AAWG Sender Best Common Practices",
	},
	[ENVELOPE_PTR_SERVFAIL] = {
		.id = "ptr.msg-servfail",
		.severity = MD_UNSURE,
		.title = "The reverse zone of the sending host does not answer",
		.fix = "If this lasts, ask whoever owns the address to repair the delegation "
		       "of its reverse zone.",
		.reference = "RFC 8601 section 2.7.3; RFC 2317 section 4",
	},
	[ENVELOPE_HELO_BAD] = {
		.id = "helo.msg-bad",
		.severity = MD_WARN,
		.title = "The sending host does not give a full host name in HELO",
		.fix = "Set the mail server's own name (Postfix: myhostname, Exim: "
		       "primary_hostname) to a public name such as mail.<your domain>.",
		.reference = "RFC 5321 sections 2.3.5, 4.1.1.1, 4.1.3",
	},
	[ENVELOPE_HELO_NO_ADDRESS] = {
		.id = "helo.msg-no-address",
		.severity = MD_WARN,
		.title = "The sending host's HELO name has no address",
		.fix = "Publish an A or AAAA record for it with the host's address, or set the "
		       "server's own name to one that has.",
		.reference = "RFC 5321 sections 2.3.5, 4.1.4",
	},
};

const char *
md_envelope_spf_rule(enum md_spf_result result)
{
	switch (result) {
	case MD_SPF_RESULT_NEUTRAL:
		return rules[ENVELOPE_SPF_NEUTRAL].id;
	case MD_SPF_RESULT_FAIL:
		return rules[ENVELOPE_SPF_FAIL].id;
	case MD_SPF_RESULT_SOFTFAIL:
		return rules[ENVELOPE_SPF_SOFTFAIL].id;
	case MD_SPF_RESULT_PERMERROR:
		return rules[ENVELOPE_SPF_PERMERROR].id;
	default:
		return rules[ENVELOPE_SPF_NONE].id;
	}
}

static void
run(struct md_ctx *c)
{
	const struct md_envelope *e = md_envelope(c);

	md_show_part(c, &md_part_envelope, e);
	md_envelope_judge_spf(c, e);
	md_envelope_judge_client(c, e);
	md_show_part(c, &md_part_envelope_spf, md_envelope_spf(c));
}

const struct md_check md_check_envelope = {
	.name = "envelope",
	.decides = true,
	.title = "Envelope",
	.question = "Was it handed over by a host that may send for its reverse-path?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
