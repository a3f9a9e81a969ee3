/* DKIM keys: is there a key for each selector, can verifiers use it, is it strong enough? */
#include "domain/role.h"
#include "rules.h"

#include "domain/nxdomain_rewriting.h"

static const struct md_rule rules[] = {
	[DKIM_NO_SELECTOR_KNOWN] = {
		.id = "dkim.no-selector-known",
		.severity = MD_UNSURE,
		.title = "No DKIM selector known: whether mail is signed cannot be seen",
		.fix = "Send a message to a mailbox of yours, show its source, and look for s= "
		       "in the DKIM-Signature field; then run maildiag again with --selector "
		       "and that name. No such field: turn on signing.",
		.reference = "RFC 6376 sections 3.1, 3.6.2.1; RFC 8020 section 2",
	},
	[DKIM_KEY_MISSING] = {
		.id = "dkim.key-missing",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "Selector has no key record",
		.fix = "Publish the TXT record (or CNAME) that your signer shows for this "
		       "selector. If you have published it, look at its name: it must be "
		       "<selector>._domainkey.<domain>, and many zone editors add the domain a "
		       "second time.",
		.reference = "RFC 6376 sections 3.6.2.1, 6.1.2 step 3",
	},
	[DKIM_KEY_CNAME_ABANDONED] = {
		.id = "dkim.key-cname-abandoned",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_FAIL),
		.way = MD_ASIDE,
		.title = "Selector points into a domain that nobody has registered",
		.fix = "Delete the CNAME: whoever registers that domain can sign mail as you.",
		.reference = "RFC 6376 section 8.3",
	},
	[DKIM_KEY_CNAME_DOUBLED] = {
		.id = "dkim.key-cname-doubled",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "Selector's alias has the domain added to its target",
		.fix = "End the target with a dot, or enter it as your zone editor wants it: "
		       "without the dot many editors add your domain to it.",
		.reference = "RFC 6376 section 3.6.2.1; RFC 1035 section 5.1",
	},
	[DKIM_KEY_SPLIT] = {
		.id = "dkim.key-split",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "Key is split into several TXT records",
		.fix = "Publish the pieces as several strings of ONE record, and delete the "
		       "others: verifiers take each record for a key of its own.",
		.reference = "RFC 6376 sections 3.6.2.2, 6.1.2 step 4; RFC 1035 section 3.3.14",
	},
	[DKIM_KEY_MULTIPLE] = {
		.id = "dkim.key-multiple",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "Several TXT records at one selector",
		.fix = "Keep the record whose key your signer uses and delete the others. "
		       "Several strings in one record are fine, several records are not.",
		.reference = "RFC 6376 sections 3.6.2.2, 6.1.2 step 4",
	},
	[DKIM_KEY_BAD_VERSION] = {
		.id = "dkim.key-bad-version",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "Version tag of the key is not first, or not DKIM1",
		.fix = "Begin the record with \"v=DKIM1;\", in exactly these letters, "
		       "or leave v= out.",
		.reference = "RFC 6376 sections 3.2, 3.6.1",
	},
	[DKIM_KEY_REVOKED] = {
		.id = "dkim.key-revoked",
		.severity = MD_INFO,
		.parked = MD_BECOMES(MD_PASS),
		.title = "Key is revoked",
		.fix = "Nothing to do if you have moved to another selector: an empty p= "
		       "withdraws a key. If mail is still signed with it, publish its key.",
		.reference = "RFC 6376 sections 3.6.1, 6.1.2 step 7",
	},
	[DKIM_KEY_UNUSABLE] = {
		.id = "dkim.key-bad-base64",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "Key record is unusable",
		.fix = "Publish again the record that your signer shows: p= is the base64 of "
		       "the public key alone, without BEGIN and END lines or quotation marks. "
		       "Cut what is longer into several strings of at most 255 characters "
		       "within one record.",
		.reference = "RFC 6376 sections 3.2, 3.6.1, 6.1.2 steps 5 to 8",
	},
	[DKIM_KEY_TAG] = {
		.id = "dkim.key-tag",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "A tag of the key record makes it unusable",
		.fix = "Correct the tag, or remove it: v=DKIM1, k= and p= are all that a key "
		       "needs. h= must permit sha256, s= email, and no tag may stand twice.",
		.reference = "RFC 6376 sections 3.2, 3.6.1, 6.1.2; RFC 8301 section 3.1",
	},
	[DKIM_KEY_RSA_UNDER_1024] = {
		.id = "dkim.key-rsa-under-1024",
		.severity = MD_FAIL,
		.title = "RSA key is shorter than 1024 bits",
		.fix = "Make a key of 2048 bits (openssl genrsa -out NAME.pem 2048), publish "
		       "it under a new selector, and sign with that one: verifiers must not "
		       "accept the short key.",
		.reference = "RFC 8301 section 3.2",
	},
	[DKIM_KEY_RSA_1024] = {
		.id = "dkim.key-rsa-1024",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "RSA key is shorter than 2048 bits",
		.fix = "Make a key of 2048 bits (openssl genrsa -out NAME.pem 2048, or your "
		       "provider's console), publish it under a new selector, and sign with "
		       "that one; revoke the old one a week later.",
		.reference = "RFC 8301 section 3.2",
	},
	[DKIM_KEY_ED25519_SPKI] = {
		.id = "dkim.key-ed25519-spki",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "Ed25519 key is published in the wrong form",
		.fix = "Publish the base64 of the 32 octets of the key itself (44 "
		       "characters).",
		.reference = "RFC 8463 section 4.2",
	},
	[DKIM_KEY_ED25519_ONLY] = {
		.id = "dkim.key-ed25519-only",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "All known keys are Ed25519",
		.fix = "Add a second signature by an RSA key of 2048 bits with a selector of "
		       "its own: several large receivers do not verify Ed25519 yet.",
		.reference = "RFC 8463 sections 5, 6; RFC 8301 section 3.1",
	},
	[DKIM_KEY_TESTING] = {
		.id = "dkim.key-testing",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "Key is in test mode",
		.fix = "Remove y from t= once signing works: while it is there, verifiers must "
		       "not treat signed mail otherwise than unsigned mail.",
		.reference = "RFC 6376 section 3.6.1",
	},
};

/* What was found out about all selectors. */
struct tally {
	size_t tried, known; /* selectors asked about, and those with a record */
	size_t given_ed25519, others;
	const struct md_dns *unknown; /* the first tried for without an answer */
	struct md_buf names;          /* of those with a key, for a cell of a table */
};

static void
count(struct tally *t, const struct md_selector *s, const struct md_dns *txt,
      const struct md_dkim_key *key)
{
	t->known += txt->fact.state == MD_PRESENT;
	if (key == NULL || key->revoked || key->faults.n > 0)
		return;
	if (key->type == MD_KEY_ED25519 && s->given)
		t->given_ed25519++;
	else if (key->type != MD_KEY_ED25519)
		t->others++;
}

/*
 * In bulk, questions cost: where nothing stands below _domainkey (RFC 8020 2) no names are
 * tried.  In a single report they are asked side by side, which is faster.
 */
static bool
worth_trying(struct md_ctx *c)
{
	const struct md_dns *above;

	if (md_eager(c))
		return true;
	above = md_dns_at(c, MD_TXT, "_domainkey.%s", md_domain(c));
	return above->fact.state == MD_PRESENT ||
	       (above->fact.state == MD_ABSENT && above->rcode != MD_NXDOMAIN);
}

static void
examine(struct md_ctx *c, struct tally *t, const struct md_selector *s)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, s->owner);

	t->tried++;
	if (s->given ? !md_known(c, &txt->fact) : !md_dkim_tells(c, txt)) {
		if (txt->fact.state == MD_UNKNOWN && t->unknown == NULL)
			t->unknown = txt;
		return;
	}
	if (txt->fact.state == MD_PRESENT && !md_dkim_is_wildcards(c, txt))
		md_buf_item(&t->names, " ", "%s", s->name);
	count(t, s, txt, md_dkim_judge(c, s, txt));
}

/* RFC 8020 2: NXDOMAIN means that there is nothing below; NODATA, that there may be. */
static const char *
what_stands_above(struct md_ctx *c)
{
	const struct md_dns *above = md_dns_at(c, MD_TXT, "_domainkey.%s", md_domain(c));

	if (above->fact.state == MD_ABSENT && above->rcode == MD_NXDOMAIN)
		return "does not exist (NXDOMAIN), so that there seems to be no key at all";
	if (above->fact.state == MD_ABSENT)
		return "exists (NODATA), so that some key may be published";
	if (above->fact.state != MD_PRESENT)
		return "is not known";
	if (md_dns_at(c, MD_TXT, "%s.%s", md_unlikely_label(c), md_domain(c))->fact.state ==
	    MD_PRESENT)
		return "is answered for by a wildcard";
	return "has a TXT record of its own";
}

static void
say_unknown(struct md_ctx *c, const struct tally *t)
{
	const char *above = what_stands_above(c);

	if (md_role(c)->role == MD_ROLE_PARKED) {
		md_note(c, "selectors", "none known; the domain sends no mail");
		return;
	}
	if (t->unknown != NULL) /* the server may have a key: the failure is a gap of its own */
		md_known_aside(c, &t->unknown->fact);
	md_gap(c, MD_BLIND, DKIM_NO_SELECTOR_KNOWN,
	       md_printf(md_mem(c), "DKIM selectors of %s", md_domain(c)),
	       t->unknown != NULL
	               ? "none of %zu selectors is known to have a key; _domainkey.%s %s"
	               : "%zu selectors tried, none has a key; _domainkey.%s %s",
	       t->tried, md_domain(c), above);
}

static void
run(struct md_ctx *c)
{
	const struct md_selectors *all = md_dkim_selectors(c);
	const bool try = all->ngiven < all->n && worth_trying(c);
	const size_t n = try ? all->n : all->ngiven; /* given ones come first */
	struct tally t = { .names = { .mem = md_mem(c) } };

	for (size_t i = 0; i < n; i++) /* all under way before the first is judged */
		md_dns(c, MD_TXT, all->list[i].owner);
	for (size_t i = 0; i < n; i++)
		examine(c, &t, &all->list[i]);
	if (t.known > 0)
		md_main(c, MD_MAIN_DKIM_SELECTORS, "%s", md_buf_str(&t.names));
	if (t.known == 0 && md_subject(c)->nselectors == 0)
		say_unknown(c, &t);
	md_dkim_note_surroundings(c);
	if (t.given_ed25519 > 0 && t.others == 0)
		md_found(c, DKIM_KEY_ED25519_ONLY, md_domain(c), "no RSA key is known");
}

const struct md_check md_check_dkim = {
	.name = "dkim",
	.title = "DKIM keys",
	.way = MD_OUTWARD,
	.question = "Can receivers find and use the keys that mail is signed with?",
	MD_RULES(rules),
	.run = run,
};
