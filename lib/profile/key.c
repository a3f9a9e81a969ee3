/* The table of what providers may require. */
#include "profile/key.h"

static const struct md_profile_key keys[] = {
	{ "spf-pass", md_profile_spf_pass, NULL, false, false },
	{ "spf-authorized", md_profile_spf_authorized, NULL, false, false },
	{ "dkim-pass", md_profile_dkim_pass, NULL, false, false },
	{ "spf-or-dkim", md_profile_spf_or_dkim, NULL, true, false },
	{ "spf-and-dkim", md_profile_spf_and_dkim, NULL, false, false },
	{ "some-authentication", md_profile_some_authentication, NULL, false, false },
	{ "key-bits", md_profile_key_bits, NULL, true, true },
	{ "dmarc-record", md_profile_dmarc_record, NULL, false, false },
	{ "dmarc-rua", md_profile_dmarc_rua, NULL, false, false },
	{ "dmarc-pass", md_profile_dmarc_pass, NULL, false, false },
	{ "dmarc-aligned", md_profile_dmarc_aligned, NULL, false, false },
	{ "dmarc-policy", md_profile_dmarc_policy, NULL, true, true },
	{ "fcrdns", md_profile_fcrdns, NULL, true, false },
	{ "helo-fqdn", md_profile_helo_fqdn, NULL, false, false },
	{ "tls", md_profile_tls, NULL, true, false },
	{ "from-resolves", md_profile_from_resolves, NULL, false, false },
	{ "mail-from-resolves", md_profile_mail_from_resolves, NULL, false, false },
	{ "rfc5322", md_profile_rfc5322, NULL, false, false },
	{ "from-one", md_profile_from_one, NULL, false, false },
	{ "message-id", md_profile_message_id, NULL, false, false },
	{ "from-not", md_profile_from_not, NULL, true, true },
	{ "size", md_profile_size, NULL, true, true },
	{ "one-click", md_profile_one_click, NULL, false, false },
	{ "unsubscribe-link", md_profile_unsubscribe_link, NULL, false, false },
	{ "feedback-id", md_profile_feedback_id, NULL, false, false },
	{ "spam-rate", NULL, "the provider's postmaster pages tell it", false, false },
	{ "consent", NULL, "the sender alone knows who subscribed", false, false },
	{ "static-ip", NULL, "the sender's network provider knows", false, false },
	{ "connections", NULL, "the sending server's log tells it", false, false },
	{ "unsubscribe-time", NULL, "the sender alone knows", false, false },
	{ "feedback-loop", NULL, "the sender alone knows", false, false },
};

const struct md_profile_key *
md_profile_key_find(struct md_str name)
{
	for (size_t i = 0; i < MD_COUNT(keys); i++)
		if (md_str_eq(name, keys[i].name))
			return &keys[i];
	return NULL;
}
