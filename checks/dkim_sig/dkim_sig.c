/* DKIM signatures: does each verify, why not, and what does it cover? */
#include <string.h>

#include "domain/psl.h"
#include "envelope/author.h"
#include "envelope/envelope.h"
#include "mail/address.h"
#include "repair/signatures.h"
#include "rules.h"

enum { CLOCKS_DIFFER = 300 }; /* seconds, as clocks without NTP do */

/* Does it speak for the author?  By the Public Suffix List: it is for a severity only. */
static bool
is_good(const struct md_dkim_verdict *v, const char *author)
{
	return md_dkim_counts(v) &&
	       (author == NULL || md_psl_same_organisation(v->signature->domain, author));
}

static const char *
key_in_words(struct md_ctx *c, const struct md_dkim_key *key)
{
	if (key->type == MD_KEY_ED25519)
		return "Ed25519 key";
	return md_printf(md_mem(c), "key of %u bits", key->bits);
}

static const char *
signed_fields(struct md_ctx *c, const struct md_dkim_signature *s)
{
	struct md_buf list = { .mem = md_mem(c) };

	for (size_t i = 0; i < s->nh && i < 40; i++)
		md_buf_printf(&list, "%s%s", i > 0 ? ":" : "", md_show(md_mem(c), s->h[i]));
	return md_buf_str(&list);
}

static void
judge_pass(struct md_ctx *c, const struct md_dkim_verdict *v, int64_t judged_at)
{
	const struct md_dkim_signature *s = v->signature;
	const char *name = md_dkim_sig_name(c, v);

	const char *form = md_as_given_text(v->body_form);

	md_found(c, SIG_PASS, name, "%s, %s/%s, %s, signs %s%s%s",
	         md_algorithm_name(s->algorithm), md_canon_name(s->header_canon),
	         md_canon_name(s->body_canon), key_in_words(c, v->published.key),
	         signed_fields(c, s), form[0] != '\0' ? "; " : "", form);
	if (v->testing)
		md_found(c, SIG_KEY_TESTING, name, "the key record has the flag y in t=");
	if (v->expired_since)
		md_found(c, SIG_EXPIRED_SINCE, name, "x=%lld is past now", (long long)s->x);
	if (s->t > judged_at + CLOCKS_DIFFER)
		md_found(c, SIG_FUTURE, name,
		         "t=%lld is %lld s after the time at which the message is judged",
		         (long long)s->t, (long long)(s->t - judged_at));
}

/* RFC 6376 3.5, d=: "Internationalized domain names MUST be encoded as A-labels". */
static void
judge_domain(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	for (size_t i = 0; i < s->d.len; i++) {
		if ((unsigned char)s->d.p[i] < 0x80)
			continue;
		md_found(c, SIG_U_LABEL, md_dkim_sig_name(c, v), "d= is no A-label: that is %s",
		         s->domain);
		return;
	}
}

static void
judge(struct md_ctx *c, const struct md_dkim_verdicts *all, const char *author)
{
	const struct md_message *m = md_subject(c)->message;
	bool good = false;

	for (size_t i = 0; i < all->n; i++)
		good = good || is_good(&all->all[i], author);
	for (size_t i = 0; i < all->n; i++) {
		const struct md_dkim_verdict *v = &all->all[i];

		if (v->result != MD_DKIM_PASS)
			md_dkim_sig_broken(c, v, good);
		else
			judge_pass(c, v, all->judged_at);
		judge_domain(c, v);
		if (v->published.nrecords > 1)
			md_found(c, SIG_KEY_SEVERAL, md_dkim_sig_name(c, v), "%zu TXT records",
			         v->published.nrecords);
		/* what a stranger's signature leaves open matters if there is no other */
		if (v->result == MD_DKIM_PASS && (!good || is_good(v, author)))
			md_dkim_sig_cover(c, m, v);
	}
	md_dkim_sig_fragile(c, m);
}

/* Bounces are often made by a server that signs nothing: SPF of its name speaks for them. */
static void
judge_none(struct md_ctx *c, const char *author)
{
	md_found(c, md_envelope(c)->bounce ? SIG_NONE_BOUNCE : SIG_NONE,
	         author != NULL ? author : "message", "there is no DKIM-Signature field");
	md_follows(c, "dmarc.msg-fail");
}

/* What receivers that run libopendkim conclude otherwise. */
static void
tell_opinions(struct md_ctx *c, const struct md_dkim_verdicts *all,
              const struct md_dkim_opinions *opinions)
{
	if (opinions->fact != NULL && !opinions->fact->fact.by_choice)
		md_known(c, &opinions->fact->fact);
	for (size_t i = 0; i < opinions->n; i++)
		if (opinions->all[i].differs)
			md_note(c, "not so everywhere", "%s: %s",
			        md_dkim_sig_name(c, &all->all[i]), opinions->all[i].text);
}

static void
show(struct md_ctx *c, const struct md_dkim_verdicts *all,
     const struct md_dkim_opinions *opinions)
{
	struct md_signatures *shown = md_alloc(md_mem(c), sizeof(*shown));

	*shown = (struct md_signatures){ all, opinions, md_dkim_diagnose(c) };
	md_show_part(c, &md_part_dkim, shown);
}

static void
run(struct md_ctx *c)
{
	const struct md_dkim_verdicts *all = md_dkim_verify_aside(c);
	const struct md_dkim_opinions *opinions = md_dkim_opinions(c);
	const char *why, *author;

	if (md_waiting(c))
		return;
	show(c, all, opinions);
	tell_opinions(c, all, opinions);
	author = md_author(c, &why);
	if (all->n == 0)
		judge_none(c, author);
	else
		judge(c, all, author);
	if (all->nomitted > 0)
		md_note(c, "not tried", "%zu more signatures than the %d that were tried",
		        all->nomitted, MD_DKIM_MOST);
}

const struct md_check md_check_dkim_sig = {
	.name = "dkim-sig",
	.decides = true,
	.title = "DKIM signatures",
	.question = "Does a signature show who sent the message, and that nobody changed it?",
	.way = MD_OUTWARD,
	MD_RULES(md_dkim_sig_rules),
	.run = run,
};
