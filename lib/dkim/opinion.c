/*
 * What receivers that run libopendkim would conclude of each signature, and why not as we do.
 *
 * A cause is named only when our verdict, the key, or what it said show that it was at work.
 */
#include "dkim/opinion.h"

#include <string.h>

#include "mail/message.h"

/* ---- causes ---- */

/* It passes to them, and not to us. */
static const char *
accepted(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;

	if (key != NULL && key->type == MD_KEY_ED25519 &&
	    v->signature->algorithm != MD_ED25519_SHA256)
		return "it accepts an rsa signature under a key record with k=ed25519";
	switch (v->cause) {
	case MD_DKIM_SHA1:
		return "it accepts rsa-sha1, which must not be accepted (RFC 8301 3.1)";
	case MD_DKIM_KEY_TYPE:
		return "it does not compare the kind of the signature with k= of the key";
	case MD_DKIM_EXPIRED:
		return "it was told not to judge t= and x=";
	case MD_DKIM_KEY_SHORT:
		return md_printf(mem, "it accepts a key of %u bits (RFC 8301 3.2)", key->bits);
	case MD_DKIM_KEY_FAULTY:
		return "it accepts the faulty key record";
	case MD_DKIM_SYNTAX:
	case MD_DKIM_FROM_UNSIGNED:
	case MD_DKIM_IDENTITY:
		return md_printf(mem, "it accepts a faulty signature (%s)", v->reason);
	default:
		return "";
	}
}

/* It passes to us, and not to them. */
static const char *
refused(struct md_arena *mem, const struct md_dkim_verdict *v, const char *detail)
{
	if (strstr(detail, "does not fit") != NULL)
		return "the key record does not fit its buffer of 1025 octets";
	if (strstr(detail, "several key records") != NULL)
		return md_printf(mem, "it takes none of %zu key records",
		                 v->published.nrecords);
	if (strstr(detail, "too small") != NULL)
		return md_printf(mem, "a key of %u bits is too short for it",
		                 v->published.key->bits);
	return "";
}

/* ---- comparing ---- */

static const char *
take_word(struct md_arena *mem, struct md_str *rest)
{
	const struct md_str word = { rest->p, md_str_find(*rest, ' ') };

	*rest = md_str_skip(*rest, word.len + 1);
	return md_strndup(mem, word.p, word.len);
}

/* Of "DOMAIN SELECTOR RESULT DETAIL" (cmd/witness/opendkim.c). */
static void
compare(struct md_arena *mem, const struct md_dkim_verdict *v, const char *part,
        struct md_dkim_opinion *o)
{
	struct md_str rest = md_str(part);
	const char *domain = take_word(mem, &rest), *selector = take_word(mem, &rest);
	const bool ours = v->result == MD_DKIM_PASS;
	bool theirs;

	if (v->signature->domain[0] != '\0' && v->signature->selector[0] != '\0' &&
	    (strcmp(domain, v->signature->domain) != 0 ||
	     strcmp(selector, v->signature->selector) != 0) &&
	    strcmp(domain, "-") != 0)
		return; /* they read another signature here: there is nothing to compare */
	o->result = take_word(mem, &rest);
	o->detail = md_strndup(mem, rest.p, rest.len);
	theirs = strcmp(o->result, "pass") == 0;
	o->differs = ours != theirs;
	if (!o->differs)
		return;
	o->cause = theirs ? accepted(mem, v) : refused(mem, v, o->detail);
	o->text = md_printf(mem, "receivers that run libopendkim would conclude %s, %s%s",
	                    o->result, o->cause[0] != '\0' ? "because " : "for a cause ",
	                    o->cause[0] != '\0' ? o->cause : "that is not known");
}

static void
compare_all(struct md_arena *mem, const struct md_dkim_verdicts *ours,
            struct md_dkim_opinions *opinions)
{
	struct md_dkim_opinion *all = md_alloc(mem, ours->n * sizeof(*all));

	for (size_t i = 0; i < ours->n; i++) {
		all[i] = (struct md_dkim_opinion){
			.result = "", .detail = "", .cause = "", .text = ""
		};
		compare(mem, &ours->all[i], opinions->fact->parts[i], &all[i]);
	}
	opinions->n = ours->n;
	opinions->all = all;
}

static const void *
ask(struct md_ctx *c, const char *arg)
{
	const struct md_dkim_verdicts *ours = md_dkim_verify_aside(c);
	struct md_arena *mem = md_mem(c);
	struct md_dkim_opinions *opinions = md_alloc(mem, sizeof(*opinions));
	struct md_opinion_value value = { "message", "" };

	(void)arg;
	/* In bulk there is none to be had, and naming the message costs hashing it. */
	if (md_waiting(c) || ours->n == 0 || ours->nomitted > 0 || !md_eager(c))
		return opinions;
	value.text = md_message_sha256(mem, md_subject(c)->message);
	opinions->fact = md_opinion(c, "libopendkim", md_opinion_input(mem, &value, 1));
	if (opinions->fact->fact.state == MD_PRESENT && opinions->fact->nparts == ours->n)
		compare_all(mem, ours, opinions);
	return opinions;
}

const struct md_dkim_opinions *
md_dkim_opinions(struct md_ctx *c)
{
	return md_derive_aside(c, ask, "");
}
