/* The zone's name servers, asked one by one: are there two, and do they say the same? */
#include <string.h>

#include "domain/apex.h"
#include "rules.h"

enum { MOST_SERVERS = 8 };

struct server {
	const char *name, *address;
	const struct md_dns *soa;
};

struct servers {
	const char *apex;
	size_t n;
	struct server all[MOST_SERVERS];
	bool complete; /* every address of every name server is known and among them */
};

static const struct md_dns *
ask(struct md_ctx *c, const struct server *s, uint16_t type, const char *name)
{
	return md_dns_ask(c, &(struct md_question){ .name = name,
	                                            .type = type,
	                                            .flags = MD_NO_RD,
	                                            .server = s->address });
}

static bool
has_server(const struct servers *s, const char *address)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->all[i].address, address) == 0)
			return true;
	return false;
}

static void
add_addresses(struct md_ctx *c, struct servers *s, const char *name, uint16_t type)
{
	const struct md_dns *d = md_dns(c, type, name);

	if (d->fact.state != MD_PRESENT && d->fact.state != MD_ABSENT)
		s->complete = false;
	for (size_t i = 0; i < d->n; i++) {
		const char *address = md_addr_print(md_mem(c), d->rr[i].addr);

		if (has_server(s, address))
			continue;
		if (s->n == MOST_SERVERS) {
			s->complete = false;
			return;
		}
		s->all[s->n++] = (struct server){ .name = name, .address = address };
	}
}

static void
judge_count(struct md_ctx *c, const struct servers *s, const struct md_dns *ns)
{
	md_at_name(c, MD_NS, s->apex);
	if (ns->n == 1)
		md_found(c, DNS_NS_SINGLE, s->apex, "only %s", ns->rr[0].name);
	else if (s->complete && s->n == 1)
		md_found(c, DNS_NS_SINGLE, s->apex, "%zu names, but one address: %s", ns->n,
		         s->all[0].address);
	md_at(c, NULL);
}

static const char *
server_text(struct md_ctx *c, const struct server *s)
{
	return md_printf(md_mem(c), "%s (%s, serial %u)", s->name, s->address,
	                 s->soa->rr[0].soa.serial);
}

static bool
answered(const struct md_dns *d)
{
	return d->fact.state == MD_PRESENT || d->fact.state == MD_ABSENT;
}

/* Only a server that has the zone's SOA serves the zone: others answer with referrals. */
static void
drop_silent(struct md_ctx *c, struct servers *s)
{
	struct md_buf silent = { .mem = md_mem(c) };
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct server *x = &s->all[i];

		if (x->soa->fact.state == MD_PRESENT)
			s->all[kept++] = *x;
		else if (!x->soa->fact.by_choice)
			md_buf_item(&silent, "; ", "%s (%s): %s", x->name, x->address,
			            answered(x->soa) ? "it does not serve the zone"
			                             : x->soa->fact.why);
	}
	s->n = kept;
	if (silent.len > 0)
		md_gap(c, MD_LIMIT, MD_NO_RULE,
		       md_printf(md_mem(c), "name servers of %s", s->apex), "%s",
		       md_buf_str(&silent));
}

static const char *
answer_text(struct md_ctx *c, const struct md_dns *d)
{
	struct md_buf text = { .mem = md_mem(c) };

	if (d->naliases > 0)
		return md_printf(md_mem(c), "CNAME %s", d->aliases[0].name);
	for (size_t i = 0; i < d->n; i++)
		md_buf_item(&text, ", ", "%s", md_rr_text(md_mem(c), &d->rr[i]));
	if (d->n > 0)
		return md_buf_str(&text);
	return d->rcode == MD_NXDOMAIN ? "no such name (NXDOMAIN)" : "no such record";
}

/* A name with NS of its own below the apex is delegated: these servers only refer to it. */
static bool
is_delegated(struct md_ctx *c, const struct servers *s, const char *name)
{
	return strcmp(name, s->apex) != 0 && md_dns(c, MD_NS, name)->fact.state != MD_ABSENT;
}

static void
compare(struct md_ctx *c, const struct servers *s, uint16_t type, const char *name)
{
	const struct server *first = NULL;
	const char *said = "";

	for (size_t i = 0; i < s->n; i++) {
		const struct md_dns *d = ask(c, &s->all[i], type, name);
		const char *says = answer_text(c, d);

		if (!answered(d))
			continue;
		if (first == NULL) {
			first = &s->all[i];
			said = says;
		} else if (strcmp(says, said) != 0 && !is_delegated(c, s, name)) {
			md_found(c, DNS_NS_DISAGREE,
			         md_printf(md_mem(c), "%s %s", md_type_name(md_mem(c), type),
			                   name),
			         "%s: %s; but %s: %s", server_text(c, first), said,
			         server_text(c, &s->all[i]), says);
			return;
		}
	}
}

static void
note(struct md_ctx *c, const struct servers *s)
{
	for (size_t i = 0; i < s->n; i++)
		md_note(c, "name servers", "%s", server_text(c, &s->all[i]));
}

void
md_dns_servers(struct md_ctx *c)
{
	struct servers s = { .apex = md_apex(c), .complete = true };
	const char *dmarc = md_printf(md_mem(c), "_dmarc.%s", md_domain(c));
	const struct md_dns *ns;

	if (s.apex == NULL)
		return;
	ns = md_dns(c, MD_NS, s.apex);
	for (size_t i = 0; md_eager(c) && i < ns->n; i++) {
		add_addresses(c, &s, ns->rr[i].name, MD_A);
		add_addresses(c, &s, ns->rr[i].name, MD_AAAA);
	}
	judge_count(c, &s, ns);
	for (size_t i = 0; i < s.n; i++) {
		s.all[i].soa = ask(c, &s.all[i], MD_SOA, s.apex);
		ask(c, &s.all[i], MD_MX, md_domain(c));
		ask(c, &s.all[i], MD_TXT, md_domain(c));
		ask(c, &s.all[i], MD_TXT, dmarc);
	}
	drop_silent(c, &s);
	note(c, &s);
	compare(c, &s, MD_MX, md_domain(c));
	compare(c, &s, MD_TXT, md_domain(c));
	compare(c, &s, MD_TXT, dmarc);
}
