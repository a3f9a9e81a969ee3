/* No SPF record at the domain, one that is spoilt by its beginning, or more than one. */
#include <string.h>

#include "domain/provider.h"
#include "domain/psl.h"
#include "domain/role.h"
#include "rules.h"

const char *
md_spf_terms_meant(struct md_ctx *c, struct md_str terms)
{
	const struct md_spf *spf;
	const char *text;
	bool names = false, everybody = false;

	terms = md_str_trim(terms, " \t\r\n;,\"'");
	text = md_printf(md_mem(c), "v=spf1 %s", md_show(md_mem(c), terms));
	spf = md_spf_parse(md_mem(c), md_str(text));
	for (size_t i = 0; i < spf->n; i++) {
		names = names || spf->terms[i].kind < MD_SPF_EXP;
		everybody = everybody || md_spf_is_everybody(&spf->terms[i]);
	}
	return names && !everybody && spf->nfaults == 0 ? text : NULL;
}

/* What follows the version of a look-alike. */
const char *
md_spf_text_meant(struct md_ctx *c, struct md_str txt)
{
	size_t at = 0;

	while (at + 4 <= txt.len && !md_str_starts_nocase(md_str_skip(txt, at), "spf1"))
		at++;
	return md_spf_terms_meant(c, md_str_skip(txt, at + 4));
}

static bool
judge_lookalikes(struct md_ctx *c, const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;
		size_t at;
		const char *why = md_spf_lookalike(md_mem(c), text, &at);
		const struct md_spf *meant;

		if (why == NULL)
			continue;
		md_found(c, SPF_LEADING_SPACE, md_domain(c), "%s: %s",
		         md_quote(md_mem(c), text), why);
		md_point(c, text, at, at < text.len);
		meant = md_spf_meant(md_mem(c), text);
		if (meant != NULL)
			md_spf_wish_instead(c, &txt->rr[i], md_show(md_mem(c), meant->text));
		return true;
	}
	return false;
}

/* A record that is none, because its version joins the string behind it: is there one? */
static bool
judge_split_version(struct md_ctx *c, const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_rr *rr = &txt->rr[i];
		const char *good;

		if (md_spf_is_record(rr->txt.joined) || rr->txt.n < 2 ||
		    !md_spf_is_record(rr->txt.strings[0]))
			continue;
		good = md_spf_rejoined(c, rr);
		if (good == NULL)
			continue;
		md_found(c, SPF_STRING_JOIN_SPACE, md_domain(c),
		         "string 2, %s, joins v=spf1: receivers see no SPF record",
		         md_quote(md_mem(c), rr->txt.strings[1]));
		md_point(c, rr->txt.joined, rr->txt.strings[0].len, 0);
		md_spf_wish_instead(c, rr, good);
		return true;
	}
	return false;
}

/* What is known of the domain's senders: its provider, else its MX hosts; and --ip. */
static void
wish_first_record(struct md_ctx *c)
{
	const struct md_subject *subject = md_subject(c);
	const struct md_providers *providers = md_providers(c);
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));
	struct md_buf out = { .mem = md_mem(c) };
	bool included = false;

	/* The obsolete type has the senders that its author knew, better than we do. */
	if (md_dns(c, MD_SPF, md_domain(c))->n > 0)
		return;
	for (size_t i = 0; i < providers->n; i++) {
		const struct md_str names = providers->use[i].provider.spf;
		const struct md_str first = { names.p, md_str_find(names, ',') };

		if (first.len == 0)
			continue;
		md_buf_printf(&out, " include:%s", md_show(md_mem(c), first));
		included = true;
	}
	if (!included && mx->n > 0 && strcmp(mx->rr[0].mx.exchange, ".") != 0)
		md_buf_printf(&out, " mx");
	for (size_t i = 0; i < subject->nips; i++)
		if (md_addr_special(subject->ips[i]) == NULL)
			md_buf_printf(&out, " ip%d:%s", subject->ips[i].family,
			              md_addr_print(md_mem(c), subject->ips[i]));
	if (out.len > 0)
		md_spf_wish_new(c, md_printf(md_mem(c), "v=spf1%s ~all", md_buf_str(&out)));
}

void
md_spf_judge_absence(struct md_ctx *c, const struct md_dns *txt)
{
	const char *domain = md_domain(c);
	const struct md_role_view *role = md_role(c);
	const bool subdomain = !md_eq_nocase(md_psl_organisational(domain), domain);
	const char *seen = txt->fact.state == MD_PRESENT
	                           ? "no TXT record there begins \"v=spf1 \""
	                   : txt->rcode == MD_NXDOMAIN ? "the domain does not exist (NXDOMAIN)"
	                                               : "no TXT record";

	if (judge_split_version(c, txt) || judge_lookalikes(c, txt) ||
	    md_spf_judge_place(c, txt))
		return;
	if (role->role == MD_ROLE_PARKED) {
		md_found(c, SPF_NONSENDING_NOT_STRICT, domain, "%s; %s", seen, role->why);
		md_spf_wish_new(c, "v=spf1 -all");
		return;
	}
	md_found(c, subdomain ? SPF_MISSING_SUBDOMAIN : SPF_MISSING, domain, "%s", seen);
	if (txt->rcode != MD_NXDOMAIN)
		wish_first_record(c);
}

/* ---- several records ---- */

struct merged {
	struct md_arena *mem;
	const char **terms;
	size_t n;
	char all; /* the qualifier that refuses least, but never "+"; 0 for none */
	bool possible;
	bool refuses; /* a term other than "all" does not let pass: its place among others
	                 counts */
};

static void
merge_term(struct merged *m, const struct md_spf_term *term)
{
	if (term->fault != MD_SPF_SOUND || term->kind == MD_SPF_REDIRECT ||
	    term->kind == MD_SPF_EXP) {
		m->possible = false;
	} else if (term->kind == MD_SPF_ALL) {
		m->all = term->qualifier == '-' && m->all != '~' ? '-' : '~';
	} else {
		m->refuses = m->refuses || term->qualifier != '+';
		for (size_t i = 0; i < m->n; i++)
			if (md_str_eq_nocase(term->text, m->terms[i]))
				return;
		MD_PUSH(m->mem, m->terms, m->n, md_show(m->mem, term->text));
	}
}

static void
wish_merged(struct md_ctx *c, const struct md_dns *txt, const struct merged *m)
{
	struct md_buf out = { .mem = m->mem };

	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < m->n; i++)
		md_buf_printf(&out, " %s", m->terms[i]);
	md_buf_printf(&out, " %call", m->all != '\0' ? m->all : '~');
	md_spf_wish_one(c, txt, md_buf_str(&out));
}

void
md_spf_judge_several(struct md_ctx *c, const struct md_dns *txt)
{
	struct merged m = { .mem = md_mem(c), .possible = true };
	struct md_buf seen = { .mem = md_mem(c) };
	unsigned n = 0;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;
		const struct md_spf *spf;

		if (!md_spf_is_record(text))
			continue;
		n++;
		md_buf_item(&seen, " and ", "%s", md_quote(md_mem(c), text));
		md_note(c, "record", "%s", md_show(md_mem(c), text));
		spf = md_spf_parse(md_mem(c), text);
		for (size_t j = 0; j < spf->n; j++)
			merge_term(&m, &spf->terms[j]);
	}
	md_found(c, SPF_MULTIPLE, md_domain(c), "%u records: %s%s", n, md_buf_str(&seen),
	         m.refuses ? "; one refuses senders that another may let send: only you know "
	                     "which is right"
	                   : "");
	if (m.possible && !m.refuses)
		wish_merged(c, txt, &m);
}
