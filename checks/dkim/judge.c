/* One selector's key: can verifiers use it, and is it strong enough? */
#include "record/dkim_key.h"
#include "record/txt.h"
#include "rules.h"

/* Another record in its place; only where the record itself stands in this zone. */
static void
wish(struct md_ctx *c, const struct md_dns *txt, const char *record)
{
	if (record != NULL && txt->naliases == 0)
		md_wish_replace(c, &txt->rr[0], "%s", md_txt_rdata(md_mem(c), md_str(record)));
}

static unsigned
rule_of(const struct md_fault *fault)
{
	switch ((enum md_key_fault_kind)fault->kind) {
	case MD_KEY_VERSION:
		return DKIM_KEY_BAD_VERSION;
	case MD_KEY_TAG:
		return DKIM_KEY_TAG;
	case MD_KEY_ED25519_SPKI:
		return DKIM_KEY_ED25519_SPKI;
	case MD_KEY_MALFORMED:
		break;
	}
	return DKIM_KEY_UNUSABLE;
}

/* A finding for each rule that is broken: all its faults in one line, the first pointed at. */
static void
report_faults(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt,
              const struct md_dkim_key *key)
{
	static const unsigned rules[] = { DKIM_KEY_BAD_VERSION, DKIM_KEY_UNUSABLE, DKIM_KEY_TAG,
		                          DKIM_KEY_ED25519_SPKI };
	const struct md_str text = txt->rr[0].txt.joined;
	const char *mended;

	if (key->faults.n == 0)
		return;
	mended = md_dkim_key_mended(md_mem(c), text, key, true);
	for (size_t r = 0; r < MD_COUNT(rules); r++) {
		struct md_faults these = { .n = 0 };

		for (size_t i = 0; i < key->faults.n; i++)
			if (rule_of(&key->faults.list[i]) == rules[r])
				these.list[these.n++] = key->faults.list[i];
		if (these.n == 0)
			continue;
		md_found(c, rules[r], s->owner, "%s", md_faults_line(md_mem(c), &these));
		md_point(c, text, these.list[0].at, these.list[0].len);
		wish(c, txt, mended);
	}
}

static void
judge_strength(struct md_ctx *c, const struct md_selector *s, const struct md_dkim_key *key)
{
	if (key->type != MD_KEY_RSA || key->bits == 0)
		return;
	if (key->bits < MD_RSA_LEAST)
		md_found(c, DKIM_KEY_RSA_UNDER_1024, s->owner, "%u bits", key->bits);
	else if (key->bits < MD_RSA_GOOD)
		md_found(c, DKIM_KEY_RSA_1024, s->owner, "%u bits", key->bits);
}

static void
note(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt,
     const struct md_dkim_key *key)
{
	md_note(c, "selectors", "%s (%s): %s%s%s%s%s", s->name, s->origin,
	        md_dkim_key_summary(md_mem(c), key), key->testing ? ", test mode (t=y)" : "",
	        key->strict ? ", no subdomains (t=s)" : "",
	        key->reports_only ? ", for TLS reports only (s=tlsrpt)" : "",
	        md_dkim_chain(c, txt));
}

/* RFC 6376 3.6.2.2: TXT records MUST be unique for a selector; else results are undefined. */
static void
report_several(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt)
{
	const char *joined = md_dkim_joined(c, txt);

	md_note(c, "selectors", "%s (%s): %zu records%s", s->name, s->origin, txt->n,
	        md_dkim_chain(c, txt));
	if (joined == NULL) {
		md_found(c, DKIM_KEY_MULTIPLE, s->owner, "%zu TXT records", txt->n);
		return;
	}
	md_found(c, DKIM_KEY_SPLIT, s->owner, "%zu TXT records, the pieces of one key: %s",
	         txt->n,
	         md_dkim_key_summary(md_mem(c), md_dkim_key_parse(md_mem(c), md_str(joined))));
	if (txt->naliases > 0)
		return;
	md_wish_replace(c, &txt->rr[0], "%s", md_txt_rdata(md_mem(c), md_str(joined)));
	for (size_t i = 1; i < txt->n; i++)
		md_wish_remove(c, &txt->rr[i]);
}

const struct md_dkim_key *
md_dkim_judge(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt)
{
	const struct md_dkim_key *key;

	if (txt->fact.state != MD_PRESENT || md_dkim_is_wildcards(c, txt)) {
		md_dkim_judge_absence(c, s, txt);
		return NULL;
	}
	if (txt->n > 1) {
		report_several(c, s, txt);
		return NULL;
	}
	key = md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined);
	note(c, s, txt, key);
	report_faults(c, s, txt, key);
	if (key->revoked)
		md_found(c, DKIM_KEY_REVOKED, s->owner, "%s has an empty p=", s->owner);
	judge_strength(c, s, key);
	if (key->testing) {
		md_found(c, DKIM_KEY_TESTING, s->owner, "flag y in t=");
		wish(c, txt, md_dkim_key_mended(md_mem(c), txt->rr[0].txt.joined, key, false));
	}
	return key;
}
