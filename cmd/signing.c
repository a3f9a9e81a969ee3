/* What sign and keygen have in common: whose key it is. */
#include "signing.h"

#include "auth/dkim_sign.h"
#include "base/name.h"

static const char *
name_of(struct cli_call *call, const char *option, const char *typed)
{
	const char *why = "", *name = md_name_from_user(call->mem, typed, &why);

	if (name == NULL)
		cli_say("%s: \"%s\": %s", option, typed, why);
	return name;
}

bool
cli_signer(struct cli_call *call, const char **domain, const char **selector)
{
	const struct cli_settings *set = &call->set;

	if (set->domain == NULL || set->signing_selector == NULL) {
		cli_say("%s needs --domain and --selector: whose key is it, and what is its "
		        "name?",
		        call->cmd->name);
		return false;
	}
	*domain = name_of(call, "--domain", set->domain);
	if (*domain == NULL)
		return false;
	*selector = md_str_lower(call->mem, md_str(set->signing_selector));
	if (!md_dkim_is_domain(*domain))
		cli_say("--domain: \"%s\" is no host name", set->domain);
	else if (!md_dkim_is_selector(*selector))
		cli_say("--selector: \"%s\" is no selector: letters, digits and hyphens",
		        set->signing_selector);
	else if (!md_name_fits(md_printf(call->mem, "%s._domainkey.%s", *selector, *domain)))
		cli_say("%s._domainkey.%s is too long for a name", *selector, *domain);
	else
		return true;
	return false;
}

void
cli_say_weak_key(const struct md_private_key *key)
{
	const unsigned bits = md_private_key_bits(key);

	if (md_private_key_type(key) != MD_KEY_RSA)
		return;
	if (bits < 2048)
		cli_say("warning: RSA with %u bits is weak; use 2048 (RFC 8301 3.2)", bits);
	else if (bits > 4096)
		cli_say("warning: verifiers need not take RSA keys of more than 4096 bits "
		        "(RFC 8301 3.2)");
}
