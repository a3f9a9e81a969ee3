/* Envelope: was the message handed over by a host that may send for its reverse-path? */
#include "envelope.h"

#include <inttypes.h>

static const struct md_rule rules[] = {
	[SPF_FAIL] = { "spf.msg-fail", MD_FAIL,
	               "SPF fails: this host may not send for the reverse-path's domain",
	               "If the host is yours, add its address (ip4:, ip6:) or the include of its "
	               "provider to the SPF record. If the message was forwarded, leave the "
	               "record as it is: a DKIM signature survives that, SPF does not.",
	               "RFC 7208 sections 2.6.4, 8.4" },
	[SPF_PERMERROR] = { "spf.msg-permerror", MD_FAIL,
	                    "SPF cannot be evaluated: the record is in error",
	                    "Mend the SPF record: maildiag spf DOMAIN tells what is wrong with "
	                    "it. Receivers treat it as if there were none, or refuse.",
	                    "RFC 7208 sections 2.6.7, 8.7" },
	[SPF_SOFTFAIL] = { "spf.msg-softfail", MD_WARN,
	                   "SPF says softfail: this host should not send for the domain",
	                   "If the host is yours, add its address (ip4:, ip6:) or the include of "
	                   "its provider to the SPF record. If the message was forwarded, leave "
	                   "the record as it is.",
	                   "RFC 7208 sections 2.6.5, 8.5" },
	[SPF_NEUTRAL] = { "spf.msg-neutral", MD_WARN,
	                  "SPF is neutral: the record says nothing about this host",
	                  "Add the host's address to the SPF record, and end that in ~all or "
	                  "-all.",
	                  "RFC 7208 sections 2.6.2, 8.2" },
	[SPF_NONE] = { "spf.msg-none", MD_WARN, "No SPF record speaks for this message",
	               "Publish an SPF record at the domain of the reverse-path; bounces have none "
	               "and need one at the HELO name.",
	               "RFC 7208 sections 2.4, 2.6.1, 8.1" },
	[SPF_FORWARDED] = { "spf.fail-forwarded", MD_INFO,
	                    "Forwarding explains why SPF does not pass",
	                    "Do not add the forwarder to the SPF record. Sign with DKIM in the "
	                    "domain of From; the forwarder may rewrite the reverse-path (SRS).",
	                    "RFC 7208 section 10.3, appendix D.2; RFC 9989 section 7.4" },
	[SPF_TEMPERROR] = { "spf.msg-temperror", MD_UNSURE,
	                    "SPF of this message could not be evaluated for now",
	                    "Ask again later; if it lasts, the name servers of that domain need "
	                    "repair. Receivers accept meanwhile, or answer 451.",
	                    "RFC 7208 sections 2.6.6, 8.6" },
	[PTR_MISSING] = { "ptr.msg-missing", MD_FAIL,
	                  "The sending host's address has no name (PTR)",
	                  "Ask whoever owns the address for a PTR record with the mail host's name. "
	                  "Gmail and others refuse mail from addresses without one.",
	                  "RFC 8601 section 2.7.3; RFC 1912 section 2.1" },
	[PTR_NOT_CONFIRMED] = { "ptr.msg-not-confirmed", MD_FAIL,
	                        "The sending host's name does not lead back to its address",
	                        "Give the PTR's name an A or AAAA record with this address, or "
	                        "change the PTR to a name that has one.",
	                        "RFC 8601 sections 2.7.3, 3" },
	[PTR_GENERIC] = { "ptr.msg-generic", MD_WARN,
	                  "The sending host's name looks made up by the provider",
	                  "Ask for a PTR that names the mail host: many receivers take generic "
	                  "names for home connections.",
	                  "M3AAWG Sender Best Common Practices" },
	[PTR_SERVFAIL] = { "ptr.msg-servfail", MD_UNSURE,
	                   "The reverse zone of the sending host does not answer",
	                   "If this lasts, ask whoever owns the address to repair the delegation "
	                   "of its reverse zone.",
	                   "RFC 8601 section 2.7.3; RFC 2317 section 4" },
	[HELO_BAD] = { "helo.msg-bad", MD_WARN,
	               "The sending host does not give a full host name in HELO",
	               "Set the mail server's own name (Postfix: myhostname, Exim: "
	               "primary_hostname) to a public name such as mail.<your domain>.",
	               "RFC 5321 sections 2.3.5, 4.1.1.1, 4.1.3" },
	[HELO_NO_ADDRESS] = { "helo.msg-no-address", MD_WARN,
	                      "The sending host's HELO name has no address",
	                      "Publish an A or AAAA record for it with the host's address, or "
	                      "set the server's own name to one that has.",
	                      "RFC 5321 sections 2.3.5, 4.1.4" },
};

const char *
md_envelope_age(struct md_ctx *c, const struct md_envelope *e)
{
	enum { RECENT = 3, A_DAY = 24 * 60 * 60 };
	const int64_t days = (md_now(c) - e->received_at) / A_DAY;

	/* With --now the time of today is not known. */
	if (e->received_at < 0 || md_subject(c)->now_given || days < RECENT)
		return "";
	return md_printf(md_mem(c), "; by the records of today, %" PRId64 " days after receipt",
	                 days);
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
	.title = "Envelope",
	.question = "Was it handed over by a host that may send for its reverse-path?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
