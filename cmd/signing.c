/* What sign and keygen have in common: whose key it is. */
#include "signing.h"

#include "base/name.h"
#include "dkim/sign.h"
#include "kit/say.h"

const struct cli_opt cli_signer_options[] = {
	CLI_OPT_GROUP("Whose key"),
	{ .name = "domain",
	  .value = "DOMAIN",
	  CLI_TEXT(struct cli_signer, domain),
	  .summary = "the signing domain (d=)" },
	{ .name = "selector",
	  .value = "NAME",
	  CLI_TEXT(struct cli_signer, selector),
	  .summary = "the name of the key there (s=)" },
	CLI_OPT_END,
};

static const char *
name_of(struct cli_call *call, const char *option, const char *typed)
{
	const char *why = "", *name = md_name_from_user(call->mem, typed, &why);

	if (name == NULL)
		cli_say("%s: %s", option, why);
	return name;
}

bool
cli_signer_read(struct cli_call *call, const struct cli_signer *given,
                struct cli_signer *signer)
{
	if (given->domain == NULL || given->selector == NULL) {
		cli_say("%s needs --domain and --selector: whose key is it, and what is its "
		        "name?",
		        call->cmd->name);
		return false;
	}
	signer->domain = name_of(call, "--domain", given->domain);
	if (signer->domain == NULL)
		return false;
	signer->selector = md_str_lower(call->mem, md_str(given->selector));
	if (!md_dkim_is_domain(signer->domain))
		cli_say("--domain: \"%s\" is no host name", given->domain);
	else if (!md_dkim_is_selector(signer->selector))
		cli_say("--selector: \"%s\" is no selector: letters, digits and hyphens",
		        given->selector);
	else if (!md_name_fits(md_printf(call->mem, "%s._domainkey.%s", signer->selector,
	                                 signer->domain)))
		cli_say("%s._domainkey.%s is too long for a name", signer->selector,
		        signer->domain);
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
