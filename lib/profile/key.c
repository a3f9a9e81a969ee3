/* The table of what providers may require. */
#include "profile/key.h"

static const struct md_profile_key keys[] = {
	{ .name = "spf-pass", .fn = md_profile_spf_pass, .authenticates = true },
	{ .name = "spf-authorized", .fn = md_profile_spf_authorized, .authenticates = true },
	{ .name = "dkim-pass", .fn = md_profile_dkim_pass, .authenticates = true },
	{ .name = "spf-or-dkim",
	  .fn = md_profile_spf_or_dkim,
	  .argument = MD_ARGUMENT_OPTIONAL,
	  .authenticates = true },
	{ .name = "spf-and-dkim", .fn = md_profile_spf_and_dkim, .authenticates = true },
	{ .name = "some-authentication",
	  .fn = md_profile_some_authentication,
	  .authenticates = true },
	{ .name = "key-bits", .fn = md_profile_key_bits, .argument = MD_ARGUMENT_NEEDED },
	{ .name = "dmarc-record", .fn = md_profile_dmarc_record },
	{ .name = "dmarc-rua", .fn = md_profile_dmarc_rua },
	{ .name = "dmarc-pass", .fn = md_profile_dmarc_pass, .authenticates = true },
	{ .name = "dmarc-aligned", .fn = md_profile_dmarc_aligned, .authenticates = true },
	{ .name = "dmarc-policy",
	  .fn = md_profile_dmarc_policy,
	  .argument = MD_ARGUMENT_NEEDED,
	  .authenticates = true },
	{ .name = "fcrdns", .fn = md_profile_fcrdns, .argument = MD_ARGUMENT_OPTIONAL },
	{ .name = "helo-fqdn", .fn = md_profile_helo_fqdn },
	{ .name = "tls", .fn = md_profile_tls, .argument = MD_ARGUMENT_OPTIONAL },
	{ .name = "from-resolves", .fn = md_profile_from_resolves },
	{ .name = "mail-from-resolves", .fn = md_profile_mail_from_resolves },
	{ .name = "rfc5322", .fn = md_profile_rfc5322 },
	{ .name = "from-one", .fn = md_profile_from_one },
	{ .name = "from-single", .fn = md_profile_from_single },
	{ .name = "message-id", .fn = md_profile_message_id },
	{ .name = "from-not", .fn = md_profile_from_not, .argument = MD_ARGUMENT_NEEDED },
	{ .name = "size", .fn = md_profile_size, .argument = MD_ARGUMENT_NEEDED },
	{ .name = "one-click", .fn = md_profile_one_click },
	{ .name = "unsubscribe-link", .fn = md_profile_unsubscribe_link },
	{ .name = "feedback-id", .fn = md_profile_feedback_id },
	{ .name = "spam-rate", .untold = "the provider's postmaster pages tell it" },
	{ .name = "consent", .untold = "the sender alone knows who subscribed" },
	{ .name = "static-ip", .untold = "the sender's network provider knows" },
	{ .name = "connections", .untold = "the sending server's log tells it" },
	{ .name = "unsubscribe-time", .untold = "the sender alone knows" },
	{ .name = "feedback-loop", .untold = "the sender alone knows" },
};

const struct md_profile_key *
md_profile_key_find(struct md_str name)
{
	for (size_t i = 0; i < MD_COUNT(keys); i++)
		if (md_str_eq(name, keys[i].name))
			return &keys[i];
	return NULL;
}
