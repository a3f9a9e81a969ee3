/* TXT records with policies in them: plain text, unquoted, and small enough to arrive? */
#include "rules.h"

#include "record/txt.h"
#include "record/txt_meant.h"

/* What fits into UDP with the EDNS buffer that we and most resolvers offer. */
enum { EDNS_BUFFER = 1232 };

/* A kind of policy record, and what its grammar has for blanks besides the space. */
struct policy {
	const char *label, *version, *blanks;
	enum md_way hurts;
};

/* RFC 7208 12 (SP only); RFC 9989 4.8, RFC 8461 3.1, RFC 8460 3 (WSP). */
static const struct policy policies[] = {
	{ "", "v=spf1", "", MD_OUTWARD },
	{ "_dmarc.", "v=DMARC1", "\t", MD_OUTWARD },
	{ "_mta-sts.", "v=STSv1", "\t", MD_ASIDE },
	{ "_smtp._tls.", "v=TLSRPTv1", "\t", MD_ASIDE },
};

/* RFC 6376 3.2: FWS between tags; whatever stands at a selector is meant as a key. */
static const struct policy dkim_key = { "", "", "\t\r\n", MD_OUTWARD };

/* Is it this policy's record, were it not for what stands before its version? */
static bool
is_meant_as(const struct policy *policy, struct md_str text)
{
	while (text.len > 0 &&
	       (text.p[0] <= ' ' || text.p[0] > '~' || text.p[0] == '"' || text.p[0] == '\\'))
		text = md_str_skip(text, 1);
	return md_str_starts_nocase(text, policy->version);
}

static bool
is_plain(const struct policy *policy, char ch)
{
	return (ch >= ' ' && ch <= '~') ||
	       md_str_find(md_str(policy->blanks), ch) < md_str(policy->blanks).len;
}

/* Octets outside ASCII stand together: those of one character, or of several. */
static size_t
odd_length(const struct policy *policy, struct md_str text)
{
	size_t n = 0;

	while (n < text.len && !is_plain(policy, text.p[n]))
		n++;
	return n;
}

/* Is there a text that counts beside those that only were meant to? */
static bool
has_good_one(const struct policy *policy, const struct md_dns *d)
{
	for (size_t i = 0; policy != &dkim_key && i < d->n; i++)
		if (md_str_starts_nocase(d->rr[i].txt.joined, policy->version))
			return true;
	return false;
}

/*
 * Beside a record that counts a broken one is left over.  What a second SPF record names may be
 * missed: the spf check tells.
 */
static void
judge_leftover(struct md_ctx *c, const struct policy *policy, const struct md_rr *txt)
{
	if (policy == &policies[0])
		return;
	md_found(c, DNS_TXT_LEFTOVER, txt->owner, "%s", md_show(md_mem(c), txt->txt.joined));
	md_hurts(c, MD_ASIDE);
	md_wish_remove(c, txt);
	md_point(c, txt->txt.joined, 0, 1);
}

static void
wish_meant(struct md_ctx *c, const struct md_rr *txt)
{
	const char *meant = md_txt_meant(md_mem(c), txt->txt.joined);

	if (meant != NULL)
		md_wish_replace(c, txt, "%s", md_txt_rdata(md_mem(c), md_str(meant)));
}

static void
judge_octets(struct md_ctx *c, const struct policy *policy, const struct md_rr *txt)
{
	const struct md_str text = txt->txt.joined;
	size_t at = 0, len;

	while (at < text.len && is_plain(policy, text.p[at]))
		at++;
	if (at == text.len)
		return;
	len = odd_length(policy, md_str_skip(text, at));
	md_found(c, DNS_TXT_NON_ASCII, txt->owner, "octet 0x%02X at offset %zu: %s",
	         (unsigned)(unsigned char)text.p[at], at,
	         md_show(md_mem(c), (struct md_str){ text.p + at, len }));
	md_hurts(c, policy->hurts);
	wish_meant(c, txt);
	md_point(c, text, at, len);
}

/* A key's notes (n=) may quote; what a panel or a split has left stands first, or in pairs. */
static size_t
stray_quote(const struct policy *policy, struct md_str text)
{
	const size_t at = md_str_find(text, '"');

	if (policy != &dkim_key || at == 0 || (at == 1 && text.p[0] == '\\'))
		return at;
	for (size_t i = at; i + 2 < text.len; i++)
		if (text.p[i] == '"' && text.p[i + 1] == ' ' && text.p[i + 2] == '"')
			return i;
	return text.len;
}

static void
judge_quotes(struct md_ctx *c, const struct policy *policy, const struct md_rr *txt)
{
	const struct md_str text = txt->txt.joined;
	const size_t at = stray_quote(policy, text);

	if (at >= text.len)
		return;
	md_found(c, DNS_TXT_LITERAL_QUOTES, txt->owner, "a quotation mark at offset %zu: %s",
	         at, md_show(md_mem(c), text));
	md_hurts(c, policy->hurts);
	wish_meant(c, txt);
	md_point(c, text, at, 1);
}

static void
judge_texts(struct md_ctx *c, const struct policy *policy, const struct md_dns *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct md_str text = d->rr[i].txt.joined;

		if (!is_meant_as(policy, text))
			continue;
		if (!md_str_starts_nocase(text, policy->version) && has_good_one(policy, d)) {
			judge_leftover(c, policy, &d->rr[i]);
			continue;
		}
		judge_octets(c, policy, &d->rr[i]);
		judge_quotes(c, policy, &d->rr[i]);
	}
}

/* Truncation alone proves nothing: servers under load truncate small answers too. */
static void
judge_size(struct md_ctx *c, const struct md_dns *txt)
{
	bool truncated = false;

	for (size_t i = 0; i < txt->nattempts; i++) {
		const struct md_attempt *a = &txt->attempts[i];

		truncated = truncated || a->truncated;
		if (truncated && a->tcp && a->bytes > EDNS_BUFFER) {
			md_found(c, DNS_TXT_NEEDS_TCP, txt->question.name,
			         "%zu TXT records, %u octets; truncated over UDP", txt->n,
			         a->bytes);
			return;
		}
	}
}

void
md_dns_text(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);

	for (size_t i = 0; i < MD_COUNT(policies); i++)
		judge_texts(c, &policies[i],
		            md_dns_at(c, MD_TXT, "%s%s", policies[i].label, s->domain));
	for (size_t i = 0; i < s->nselectors; i++)
		judge_texts(
		        c, &dkim_key,
		        md_dns_at(c, MD_TXT, "%s._domainkey.%s", s->selectors[i], s->domain));
	judge_size(c, md_dns(c, MD_TXT, s->domain));
}
