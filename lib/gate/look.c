/* Asks for the records that a change may take away, on one side of it. */
#include "gate/look.h"

#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "dmarc/dmarc.h"
#include "gate/differs.h"
#include "gate/sender_seen.h"
#include "gate/watched.h"
#include "kind/dns.h"
#include "record/spf/spf.h"
#include "record/txt.h"

/* What is being gathered. */
struct look {
	struct md_ctx *c;
	struct md_watched *all;
	size_t n;
};

const char *
md_watched_beginning(enum md_watched_kind kind)
{
	switch (kind) {
	case MD_WATCHED_SPF:
		return "v=spf1";
	case MD_WATCHED_DMARC:
		return "v=DMARC1";
	case MD_WATCHED_MTA_STS:
		return "v=STSv1";
	case MD_WATCHED_TLS_RPT:
		return "v=TLSRPTv1";
	default:
		return "";
	}
}

/* RFC 7208 12: "v=spf1" in any case (RFC 5234 2.3); the others exactly. */
static size_t
count_texts(enum md_watched_kind kind, const struct md_dns *txt, struct md_str *first)
{
	size_t n = 0;

	if (kind != MD_WATCHED_SPF)
		return md_txt_starting(txt, md_watched_beginning(kind), first);
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].type == MD_TXT && md_spf_is_record(txt->rr[i].txt.joined) &&
		    n++ == 0)
			*first = txt->rr[i].txt.joined;
	return n;
}

static const struct md_dns *
look_at(struct look *l, enum md_watched_kind kind, const char *about, uint16_t type,
        const char *name)
{
	const struct md_dns *fact = md_dns(l->c, type, name);
	struct md_watched w = { .kind = kind, .about = about, .fact = fact };

	if (fact->fact.state == MD_PRESENT)
		w.n = type == MD_TXT ? count_texts(kind, fact, &w.record) : fact->n;
	MD_PUSH(md_mem(l->c), l->all, l->n, w);
	return fact;
}

static void
look_at_hosts(struct look *l, const struct md_dns *mx)
{
	for (size_t i = 0; mx->fact.state == MD_PRESENT && i < mx->n; i++) {
		const char *host = mx->rr[i].mx.exchange;

		if (strcmp(host, ".") == 0)
			continue;
		look_at(l, MD_WATCHED_ADDRESS, host, MD_A, host);
		look_at(l, MD_WATCHED_ADDRESS, host, MD_AAAA, host);
		look_at(l, MD_WATCHED_TLSA, host, MD_TLSA,
		        md_printf(md_mem(l->c), "_25._tcp.%s", host));
	}
}

static void
look_at_senders(struct md_ctx *c, const struct md_gate_watch *watch, struct md_zone_seen *seen)
{
	struct md_sender_seen *all = NULL;

	for (size_t i = 0; i < watch->nsenders; i++) {
		const struct md_expected_sender *s = &watch->senders[i];

		if (!md_eq_nocase(s->domain, md_domain(c)))
			continue;
		for (size_t j = 0; j < s->nips; j++)
			MD_PUSH(md_mem(c), all, seen->nsenders,
			        md_sender_look(c, s, &s->ips[j]));
		if (s->nips == 0)
			MD_PUSH(md_mem(c), all, seen->nsenders, md_sender_look(c, s, NULL));
	}
	seen->senders = all;
}

/* The walk may need a registry's record that nobody has at hand; older receivers need none. */
static enum md_dmarc_request
policy_of(struct md_ctx *c, const char *domain)
{
	const struct md_dmarc_discovery *found = md_dmarc_discover_aside(c, domain);

	return found->known ? found->policy : md_dmarc_discover_7489_aside(c, domain)->policy;
}

void
md_gate_look(struct md_ctx *c)
{
	static const struct md_gate_watch nothing = { .apex = "" };
	const struct md_gate_watch *watch =
	        md_subject(c)->watch != NULL ? md_subject(c)->watch : &nothing;
	struct md_zone_seen *seen = md_alloc(md_mem(c), sizeof(*seen));
	struct look l = { .c = c };
	const char *domain = md_domain(c);
	struct md_arena *mem = md_mem(c);

	look_at_hosts(&l, look_at(&l, MD_WATCHED_MX, domain, MD_MX, domain));
	look_at(&l, MD_WATCHED_SPF, domain, MD_TXT, domain);
	look_at(&l, MD_WATCHED_DMARC, domain, MD_TXT, md_printf(mem, "_dmarc.%s", domain));
	look_at(&l, MD_WATCHED_MTA_STS, domain, MD_TXT, md_printf(mem, "_mta-sts.%s", domain));
	look_at(&l, MD_WATCHED_TLS_RPT, domain, MD_TXT,
	        md_printf(mem, "_smtp._tls.%s", domain));
	for (size_t i = 0; i < watch->nselectors; i++)
		look_at(&l, MD_WATCHED_DKIM, watch->selectors[i], MD_TXT,
		        md_printf(mem, "%s._domainkey.%s", watch->selectors[i], domain));
	if (watch->apex[0] != '\0')
		look_at(&l, MD_WATCHED_SOA, watch->apex, MD_SOA, watch->apex);
	look_at_senders(c, watch, seen);
	seen->policy = policy_of(c, domain);
	seen->all = l.all;
	seen->n = l.n;
	md_show_part(c, &md_part_zone, seen);
}

static bool
is_like(const struct md_watched *a, const struct md_watched *b)
{
	return a->kind == b->kind && a->fact->question.type == b->fact->question.type &&
	       strcmp(a->fact->question.name, b->fact->question.name) == 0;
}

const struct md_watched *
md_watched_find(const struct md_zone_seen *seen, const struct md_watched *like, size_t *next)
{
	for (size_t i = 0; i < seen->n; i++) {
		const size_t at = (*next + i) % seen->n;

		if (is_like(&seen->all[at], like)) {
			*next = at + 1;
			return &seen->all[at];
		}
	}
	return NULL;
}

const struct md_watched *
md_watched_of(const struct md_zone_seen *seen, enum md_watched_kind kind)
{
	for (size_t i = 0; i < seen->n; i++)
		if (seen->all[i].kind == kind)
			return &seen->all[i];
	return NULL;
}

const struct md_report_part md_part_zone = { .name = "zone" };

const struct md_zone_seen *
md_gate_seen(const struct md_report *side)
{
	return md_report_part(side, &md_part_zone);
}
