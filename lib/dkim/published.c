/* Where the key of a signature stands, and whether it may be used for it. */
#include "base/name.h"
#include "dkim/crypto.h"
#include "dkim/dkim.h"
#include "dkim/key_cache.h"

const char *
md_dkim_key_name(struct md_arena *mem, const struct md_dkim_signature *s)
{
	const char *name = md_printf(mem, "%s._domainkey.%s", s->selector, s->domain);

	if (s->selector[0] == '\0' || s->domain[0] == '\0' || !md_name_fits(name))
		return "";
	return name;
}

struct md_dkim_published
md_dkim_key_at(struct md_ctx *c, const struct md_dkim_published *all, size_t number)
{
	struct md_dkim_published one = *all;
	const struct md_str text = all->txt->rr[number].txt.joined;

	one.text = md_strndup(md_mem(c), text.p, text.len);
	one.key = md_dkim_known_key(md_keyring_known(md_keyring(c)), md_mem(c), text);
	return one;
}

struct md_dkim_published
md_dkim_key_for(struct md_ctx *c, const struct md_dkim_signature *s)
{
	const char *name = md_dkim_key_name(md_mem(c), s);
	struct md_dkim_published p = { .text = "" };

	if (name[0] == '\0')
		return p;
	p.txt = md_dns(c, MD_TXT, name);
	if (!md_known(c, &p.txt->fact) || p.txt->fact.state != MD_PRESENT)
		return p;
	p.nrecords = p.txt->n;
	return p.nrecords > 0 ? md_dkim_key_at(c, &p, 0) : p;
}

/* RFC 6376 3.6.1, t=s: the domain of i= must be that of d=, no subdomain. */
static bool
strict_holds(const struct md_dkim_signature *s, const struct md_dkim_key *key)
{
	const struct md_str identity = md_str(s->identity);
	size_t at = identity.len;

	if (s->kind != MD_DKIM_SIGNATURE || !key->strict)
		return true;
	while (at > 0 && identity.p[at - 1] != '@')
		at--;
	return md_str_eq(md_str_skip(identity, at), s->domain);
}

enum md_dkim_cause
md_dkim_key_fits(struct md_ctx *c, const struct md_dkim_signature *s,
                 const struct md_dkim_key *key, const char **why)
{
	const bool ed25519 = s->algorithm == MD_ED25519_SHA256;
	enum md_dkim_cause cause = MD_DKIM_SOUND;

	*why = "";
	if (key->faults.n > 0) {
		*why = md_printf(md_mem(c), "the key record cannot be used: %s",
		                 md_faults_line(md_mem(c), &key->faults));
		cause = MD_DKIM_KEY_FAULTY;
	} else if (key->revoked) {
		*why = "the key is revoked (p= is empty)";
		cause = MD_DKIM_KEY_REVOKED;
	} else if (key->reports_only) {
		*why = "the key is for TLS reports only (s=tlsrpt)";
		cause = MD_DKIM_KEY_FAULTY;
	} else if ((key->type == MD_KEY_ED25519) != ed25519) {
		*why = md_printf(md_mem(c), "the key is of type %s, the signature says a=%s",
		                 key->type == MD_KEY_ED25519 ? "ed25519" : "rsa",
		                 md_algorithm_name(s->algorithm));
		cause = MD_DKIM_KEY_TYPE;
	} else if (!strict_holds(s, key)) {
		*why = "i= is a subdomain of d=, which the key's flag t=s forbids";
		cause = MD_DKIM_IDENTITY;
	} else if (!ed25519 && key->bits < MD_RSA_LEAST) {
		*why = md_printf(md_mem(c),
		                 "the RSA key has %u bits, and under 1024 none is valid",
		                 key->bits);
		cause = MD_DKIM_KEY_SHORT;
	}
	return cause;
}
