/* What a domain is for, told from its MX, address and SPF records. */
#include <string.h>

#include "domain/role.h"
#include "record/spf/spf.h"

/* Does mail for the domain have somewhere to go? */
enum receiving { RECEIVES, RECEIVES_NOT, RECEIVING_UNKNOWN };

enum md_spf_stance
md_spf_stance(struct md_arena *mem, struct md_str record)
{
	const struct md_spf *spf = md_spf_parse(mem, record);

	for (size_t i = 0; i < spf->n; i++)
		if (spf->terms[i].qualifier == '+' ||
		    (spf->terms[i].kind == MD_SPF_REDIRECT && spf->all == NULL))
			return MD_STANCE_PERMITS;
	if (spf->n == 1 && spf->terms[0].kind == MD_SPF_ALL && spf->terms[0].qualifier == '-' &&
	    spf->nfaults == 0)
		return MD_STANCE_REFUSES;
	return MD_STANCE_OPEN;
}

static const char *const stance_words[] = {
	[MD_STANCE_NONE] = "no SPF record",
	[MD_STANCE_REFUSES] = "SPF permits no sender (v=spf1 -all)",
	[MD_STANCE_OPEN] = "SPF names no sender that may pass",
	[MD_STANCE_PERMITS] = "SPF names senders",
};

/* What the SPF records say, and *said in words. */
static enum md_spf_stance
stance(struct md_ctx *c, const char **said)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, md_domain(c));
	enum md_spf_stance found = MD_STANCE_NONE;
	size_t records = 0;

	if (txt->fact.state == MD_WANTED || txt->fact.state == MD_UNKNOWN) {
		*said = "SPF not known";
		return MD_STANCE_OPEN;
	}
	for (size_t i = 0; i < txt->n; i++) {
		if (txt->rr[i].type != MD_TXT || !md_spf_is_record(txt->rr[i].txt.joined))
			continue;
		records++;
		found = md_spf_stance(md_mem(c), txt->rr[i].txt.joined);
	}
	if (records > 1) {
		*said = "more than one SPF record";
		return MD_STANCE_OPEN;
	}
	*said = stance_words[found];
	return found;
}

/* Without MX, an address is the implicit MX (RFC 5321 5.1). */
static enum receiving
by_address(struct md_ctx *c, const char **said)
{
	const struct md_dns *a = md_dns(c, MD_A, md_domain(c));
	const struct md_dns *aaaa = md_dns(c, MD_AAAA, md_domain(c));

	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT) {
		*said = "no MX, but an address (implicit MX)";
		return RECEIVES;
	}
	if (a->fact.state == MD_ABSENT && aaaa->fact.state == MD_ABSENT) {
		*said = "neither MX nor address";
		return RECEIVES_NOT;
	}
	*said = "no MX; address not known";
	return RECEIVING_UNKNOWN;
}

static enum receiving
receiving(struct md_ctx *c, const char **said)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));
	size_t real = 0;

	if (mx->fact.state == MD_ABSENT && mx->rcode == MD_NXDOMAIN) {
		*said = "the domain does not exist";
		return RECEIVING_UNKNOWN;
	}
	if (mx->fact.state == MD_ABSENT)
		return by_address(c, said);
	if (mx->fact.state != MD_PRESENT) {
		*said = "MX not known";
		return RECEIVING_UNKNOWN;
	}
	while (real < mx->n && strcmp(mx->rr[real].mx.exchange, ".") == 0)
		real++;
	if (real == mx->n) {
		*said = "null MX";
		return RECEIVES_NOT;
	}
	*said = md_printf(md_mem(c), "MX %u %s", mx->rr[real].mx.preference,
	                  mx->rr[real].mx.exchange);
	return RECEIVES;
}

/* A user who says how the domain's mail is sent says that the domain sends. */
static bool
declared_sender(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);

	return s->nips > 0 || s->nselectors > 0 || s->mail_from.given || s->helo[0] != '\0';
}

static enum md_role
role_of(enum receiving in, enum md_spf_stance out, bool declared)
{
	if (in == RECEIVES)
		return MD_ROLE_FULL;
	if (in == RECEIVING_UNKNOWN)
		return MD_ROLE_UNKNOWN;
	if (declared || out == MD_STANCE_PERMITS)
		return MD_ROLE_SENDS_ONLY;
	return out == MD_STANCE_OPEN ? MD_ROLE_UNKNOWN : MD_ROLE_PARKED;
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	struct md_role_view *view = md_alloc(md_mem(c), sizeof(*view));
	const char *in_words, *out_words;
	const enum md_spf_stance out = stance(c, &out_words);
	const enum receiving in = receiving(c, &in_words);
	const bool declared = declared_sender(c);

	(void)arg;
	view->role = role_of(in, out, declared);
	view->why = md_printf(md_mem(c), "%s; %s%s", in_words, out_words,
	                      declared ? "; you name it as a sender" : "");
	return view;
}

const struct md_role_view *
md_role(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
