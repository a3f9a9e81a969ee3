/* Requirements about the host that hands the mail over, and about names that must resolve. */
#include <string.h>

#include "base/name.h"
#include "profile/key.h"

#define MET(...) ((struct md_answer){ MD_MET, __VA_ARGS__ })
#define NOT_MET(...) ((struct md_answer){ MD_NOT_MET, __VA_ARGS__ })
#define NOT_KNOWN(...) ((struct md_answer){ MD_NOT_KNOWN, __VA_ARGS__ })

/* Has the name an address?  An unknown is recorded, but nothing else hangs on it. */
static struct md_answer
answer_address(struct md_ctx *c, const char *name)
{
	const struct md_dns *a = md_dns(c, MD_A, name), *aaaa = md_dns(c, MD_AAAA, name);

	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT)
		return MET(md_printf(md_mem(c), "%s has an address", name));
	if (!md_known_aside(c, &a->fact) || !md_known_aside(c, &aaaa->fact))
		return NOT_KNOWN(md_printf(md_mem(c), "the address of %s is not known", name));
	return NOT_MET(md_printf(md_mem(c), "%s has no address", name));
}

struct md_answer
md_profile_helo_fqdn(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const char *helo = f->envelope->helo;
	const char *name = md_name_normal(md_mem(c), md_str(helo));

	(void)argument;
	if (helo[0] == '\0')
		return NOT_KNOWN("the HELO name is not known");
	if (!md_name_is_hostname(name) || md_name_labels(name) < 2)
		return NOT_MET(md_printf(md_mem(c), "HELO %s is no full domain name",
		                         md_show(md_mem(c), md_str(helo))));
	return answer_address(c, name);
}

static bool
is_under(const char *domain, struct md_str ancestor)
{
	const struct md_str all = md_str(domain);
	struct md_str end;

	if (ancestor.len == 0 || all.len < ancestor.len)
		return false;
	end = md_str_skip(all, all.len - ancestor.len);
	for (size_t i = 0; i < end.len; i++)
		if (md_lower(end.p[i]) != md_lower(ancestor.p[i]))
			return false;
	return all.len == ancestor.len || end.p[-1] == '.';
}

/* Is a domain one of these, set apart by commas, or below one? */
static bool
is_listed(const char *domain, struct md_str list)
{
	struct md_str ancestor;

	while (md_str_cut(&list, ',', &ancestor))
		if (is_under(domain, md_str_trim(ancestor, " ")))
			return true;
	return false;
}

/*
 * Mail that came without TLS does not show that the sender cannot do TLS, unless the receiver
 * is known to offer it always.
 */
struct md_answer
md_profile_tls(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const struct md_received *edge = f->envelope->edge;
	const char *by;

	if (edge == NULL)
		return NOT_KNOWN("no Received field tells how it was handed over");
	by = md_show(md_mem(c), md_str(edge->by[0] != '\0' ? edge->by : "the receiver"));
	if (md_received_by_tls(edge))
		return MET(md_printf(md_mem(c), "%s took it with TLS", by));
	if (is_listed(edge->by, argument))
		return NOT_MET(md_printf(md_mem(c), "%s took it without TLS", by));
	return NOT_KNOWN(md_printf(md_mem(c), "%s took it without TLS, or does not tell", by));
}

/* RFC 7505: a null MX says that the name takes no mail. */
static bool
is_null_mx(const struct md_dns *mx)
{
	return mx->n == 1 && mx->rr[0].type == MD_MX && strcmp(mx->rr[0].mx.exchange, ".") == 0;
}

static struct md_answer
answer_mail_domain(struct md_ctx *c, const char *domain)
{
	const struct md_dns *mx = md_dns(c, MD_MX, domain);

	if (mx->fact.state == MD_PRESENT && is_null_mx(mx))
		return NOT_MET(md_printf(md_mem(c), "%s has a null MX", domain));
	if (mx->fact.state == MD_PRESENT)
		return MET(md_printf(md_mem(c), "%s has MX records", domain));
	if (!md_known_aside(c, &mx->fact))
		return NOT_KNOWN(md_printf(md_mem(c), "the MX of %s is not known", domain));
	return answer_address(c, domain);
}

struct md_answer
md_profile_from_resolves(struct md_ctx *c, const struct md_profile_facts *f,
                         struct md_str argument)
{
	(void)argument;
	if (f->dmarc->author == NULL)
		return NOT_KNOWN(f->dmarc->why);
	return answer_mail_domain(c, f->dmarc->author);
}

struct md_answer
md_profile_mail_from_resolves(struct md_ctx *c, const struct md_profile_facts *f,
                              struct md_str argument)
{
	const struct md_reverse_path *path = &f->envelope->mail_from;

	(void)argument;
	if (path->null)
		return MET("the reverse-path is null");
	if (!path->given)
		return NOT_KNOWN("the reverse-path is not known");
	if (path->domain[0] == '\0')
		return NOT_KNOWN("the reverse-path names no domain");
	return answer_mail_domain(c, md_name_normal(md_mem(c), md_str(path->domain)));
}
