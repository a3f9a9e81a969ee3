/* Requirements about SPF, DKIM and DMARC. */
#include "profile/key.h"

#define MET(...) ((struct md_answer){ MD_MET, __VA_ARGS__ })
#define NOT_MET(...) ((struct md_answer){ MD_NOT_MET, __VA_ARGS__ })
#define NOT_KNOWN(...) ((struct md_answer){ MD_NOT_KNOWN, __VA_ARGS__ })

static const char *
spf_text(struct md_ctx *c, const struct md_spf_verdict *v)
{
	const char *result = md_spf_result_name(v->result);

	if (v->domain[0] == '\0')
		return md_printf(md_mem(c), "SPF: %s", result);
	return md_printf(md_mem(c), "SPF of %s: %s", md_show(md_mem(c), md_str(v->domain)),
	                 result);
}

struct md_answer
md_profile_spf_pass(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const struct md_spf_verdict *v = f->spf->verdict;

	(void)argument;
	if (v == NULL)
		return NOT_KNOWN(md_printf(md_mem(c), "SPF: %s", f->spf->why));
	if (v->result == MD_SPF_RESULT_TEMPERROR)
		return NOT_KNOWN(spf_text(c, v));
	return v->result == MD_SPF_RESULT_PASS ? MET(spf_text(c, v)) : NOT_MET(spf_text(c, v));
}

/* Is the address not forbidden by the record?  Providers say nothing of softfail. */
struct md_answer
md_profile_spf_authorized(struct md_ctx *c, const struct md_profile_facts *f,
                          struct md_str argument)
{
	struct md_answer a = md_profile_spf_pass(c, f, argument);

	if (a.state != MD_NOT_MET)
		return a;
	if (f->spf->verdict->result == MD_SPF_RESULT_SOFTFAIL)
		a.state = MD_NOT_KNOWN;
	else if (f->spf->verdict->result != MD_SPF_RESULT_FAIL &&
	         f->spf->verdict->result != MD_SPF_RESULT_PERMERROR)
		a.state = MD_MET;
	return a;
}

static const char *
dkim_text(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	return md_printf(md_mem(c), "DKIM of %s: %s",
	                 v->signature->domain[0] != '\0' ? v->signature->domain : "no domain",
	                 md_dkim_result_name(v->result));
}

/* RFC 8463: not all large receivers verify Ed25519, so that one alone may not do. */
static struct md_answer
answer_of(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const char *text = dkim_text(c, v);

	if (v->result == MD_DKIM_PASS && v->signature->algorithm == MD_ED25519_SHA256)
		return NOT_KNOWN(
		        md_printf(md_mem(c), "%s, by Ed25519, which not all verify", text));
	if (v->result == MD_DKIM_PASS)
		return MET(text);
	return md_dkim_is_open(v) ? NOT_KNOWN(text) : NOT_MET(text);
}

struct md_answer
md_profile_dkim_pass(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	struct md_answer best = NOT_MET("no DKIM signature");

	(void)argument;
	for (size_t i = 0; i < f->dkim->n; i++) {
		const struct md_answer a = answer_of(c, &f->dkim->all[i]);

		if (a.state == MD_MET)
			return a;
		if (i == 0 || (a.state == MD_NOT_KNOWN && best.state == MD_NOT_MET))
			best = a;
	}
	if (best.state == MD_NOT_MET && f->dkim->nomitted > 0)
		best.state = MD_NOT_KNOWN;
	return best;
}

static const char *
joined(struct md_ctx *c, struct md_answer a, struct md_answer b)
{
	return md_printf(md_mem(c), "%s; %s", a.why, b.why);
}

/* Does a requirement not hold for this message, because it holds for IPv6 alone? */
static bool
is_exempt(const struct md_profile_facts *f, struct md_str argument, struct md_answer *answer)
{
	if (!md_str_eq(argument, "v6"))
		return false;
	if (!f->envelope->has_ip)
		*answer = NOT_KNOWN("the sending address is not known");
	else if (f->envelope->ip.family == 4)
		*answer = MET("it came over IPv4");
	else
		return false;
	return true;
}

struct md_answer
md_profile_spf_or_dkim(struct md_ctx *c, const struct md_profile_facts *f,
                       struct md_str argument)
{
	const struct md_answer spf = md_profile_spf_pass(c, f, argument);
	const struct md_answer dkim = md_profile_dkim_pass(c, f, argument);
	struct md_answer either;

	if (is_exempt(f, argument, &either))
		return either;
	if (spf.state == MD_MET || dkim.state == MD_MET)
		return spf.state == MD_MET ? spf : dkim;
	either = NOT_MET(joined(c, spf, dkim));
	if (spf.state == MD_NOT_KNOWN || dkim.state == MD_NOT_KNOWN)
		either.state = MD_NOT_KNOWN;
	return either;
}

struct md_answer
md_profile_spf_and_dkim(struct md_ctx *c, const struct md_profile_facts *f,
                        struct md_str argument)
{
	const struct md_answer spf = md_profile_spf_pass(c, f, argument);
	const struct md_answer dkim = md_profile_dkim_pass(c, f, argument);
	struct md_answer both = MET(joined(c, spf, dkim));

	if (spf.state == MD_NOT_MET || dkim.state == MD_NOT_MET)
		both.state = MD_NOT_MET;
	else if (spf.state == MD_NOT_KNOWN || dkim.state == MD_NOT_KNOWN)
		both.state = MD_NOT_KNOWN;
	return both;
}

struct md_answer
md_profile_some_authentication(struct md_ctx *c, const struct md_profile_facts *f,
                               struct md_str argument)
{
	const struct md_answer either =
	        md_profile_spf_or_dkim(c, f, (struct md_str){ argument.p, 0 });
	const struct md_answer record = md_profile_dmarc_record(c, f, argument);

	return either.state == MD_MET || record.state == MD_NOT_MET ? either : record;
}

struct md_answer
md_profile_key_bits(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	unsigned long least = 0;
	unsigned most = 0;
	const char *text;

	md_str_number(argument, 1 << 16, &least);
	for (size_t i = 0; i < f->dkim->n; i++) {
		const struct md_dkim_verdict *v = &f->dkim->all[i];
		const struct md_dkim_key *key = v->published.key;

		if (v->result == MD_DKIM_PASS && key != NULL && key->type == MD_KEY_RSA &&
		    key->bits > most)
			most = key->bits;
	}
	if (most == 0)
		return NOT_KNOWN("no RSA signature passes");
	text = md_printf(md_mem(c), "a key of %u bits", most);
	return most >= least ? MET(text) : NOT_MET(text);
}

struct md_answer
md_profile_dmarc_record(struct md_ctx *c, const struct md_profile_facts *f,
                        struct md_str argument)
{
	const struct md_dmarc_discovery *found = f->dmarc->found;

	(void)argument;
	if (f->dmarc->author == NULL)
		return NOT_KNOWN(f->dmarc->why);
	if (!found->known)
		return NOT_KNOWN("the DMARC record is not known");
	if (found->policy == MD_DMARC_ABSENT)
		return NOT_MET(f->dmarc->why);
	return MET(md_printf(md_mem(c), "_dmarc.%s: policy %s", found->place->name,
	                     md_dmarc_request_name(found->policy)));
}

struct md_answer
md_profile_dmarc_rua(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const struct md_answer a = md_profile_dmarc_record(c, f, argument);
	const struct md_uris *rua;

	if (a.state != MD_MET)
		return a;
	rua = &f->dmarc->found->place->record->rua;
	for (size_t i = 0; i < rua->n; i++)
		if (rua->uri[i].valid)
			return MET(md_printf(md_mem(c), "rua= of _dmarc.%s",
			                     f->dmarc->found->place->name));
	return NOT_MET(md_printf(md_mem(c),
	                         "_dmarc.%s has no valid rua=", f->dmarc->found->place->name));
}

static const char *
dmarc_text(struct md_ctx *c, const struct md_dmarc_message *m)
{
	switch (m->result) {
	case MD_DMARC_RESULT_PASS:
		return m->by_spf && m->by_dkim ? "DMARC passes by SPF and DKIM"
		       : m->by_spf             ? "DMARC passes by SPF"
		                               : "DMARC passes by DKIM";
	case MD_DMARC_RESULT_FAIL:
		return md_printf(md_mem(c), "DMARC fails: nothing that passes speaks for %s",
		                 m->author);
	case MD_DMARC_RESULT_NONE:
		return m->why;
	default:
		return md_printf(md_mem(c), "DMARC: %s", m->why);
	}
}

struct md_answer
md_profile_dmarc_pass(struct md_ctx *c, const struct md_profile_facts *f,
                      struct md_str argument)
{
	(void)argument;
	switch (f->dmarc->result) {
	case MD_DMARC_RESULT_PASS:
		return MET(dmarc_text(c, f->dmarc));
	case MD_DMARC_RESULT_TEMPERROR:
	case MD_DMARC_RESULT_UNKNOWN:
		return NOT_KNOWN(dmarc_text(c, f->dmarc));
	default:
		return NOT_MET(dmarc_text(c, f->dmarc));
	}
}

/* Where no record applies alignment is judged as relaxed. */
struct md_answer
md_profile_dmarc_aligned(struct md_ctx *c, const struct md_profile_facts *f,
                         struct md_str argument)
{
	const struct md_dmarc_message *m = f->dmarc;
	bool open = false;

	(void)argument;
	if (m->author == NULL)
		return NOT_MET(m->why);
	if (m->by_spf || m->by_dkim)
		return MET(m->by_spf && m->by_dkim ? "by SPF and DKIM"
		           : m->by_spf             ? "by SPF"
		                                   : "by DKIM");
	for (size_t i = 0; i < m->n; i++)
		open = open || ((m->identifiers[i].pass || m->identifiers[i].unknown) &&
		                m->identifiers[i].alignment.outcome != MD_NOT_ALIGNED);
	if (open)
		return NOT_KNOWN(dmarc_text(c, m));
	return NOT_MET(md_printf(md_mem(c), "nothing that passes speaks for %s", m->author));
}

/*
 * Does DMARC have the message rejected, or quarantined (the argument)?  That is not known where
 * receivers of the old standard and of the new one conclude differently.
 */
struct md_answer
md_profile_dmarc_policy(struct md_ctx *c, const struct md_profile_facts *f,
                        struct md_str argument)
{
	const struct md_dmarc_message *m = f->dmarc;
	bool now, old;

	if (m->result == MD_DMARC_RESULT_TEMPERROR || m->result == MD_DMARC_RESULT_UNKNOWN)
		return NOT_KNOWN(dmarc_text(c, m));
	if (m->author == NULL)
		return MET("DMARC does not apply");
	now = m->result == MD_DMARC_RESULT_FAIL &&
	      md_str_eq(argument, md_dmarc_request_name(m->found->policy));
	old = m->result_7489 == MD_DMARC_RESULT_FAIL &&
	      md_str_eq(argument, md_dmarc_request_name(m->found_7489->policy));
	if (now != old && m->result_7489 != MD_DMARC_RESULT_TEMPERROR)
		return NOT_KNOWN("receivers of RFC 7489 and of RFC 9989 conclude differently");
	return now ? NOT_MET(dmarc_text(c, m)) : MET(dmarc_text(c, m));
}

struct md_answer
md_profile_fcrdns(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	struct md_answer exempt;
	const char *ip;

	if (is_exempt(f, argument, &exempt))
		return exempt;
	if (!f->envelope->has_ip)
		return NOT_KNOWN("the sending address is not known");
	ip = md_addr_print(md_mem(c), f->envelope->ip);
	switch (f->iprev.result) {
	case MD_IPREV_PASS:
		return MET(md_printf(md_mem(c), "%s is %s", ip, f->iprev.name));
	case MD_IPREV_FAIL:
		return NOT_MET(md_printf(md_mem(c), "no name of %s has this address", ip));
	case MD_IPREV_PERMERROR:
		return NOT_MET(md_printf(md_mem(c), "%s has no name (PTR)", ip));
	case MD_IPREV_UNKNOWN:
		break;
	}
	return NOT_KNOWN(md_printf(md_mem(c), "the name of %s is not known", ip));
}
