/* Gathers sending addresses from options, SPF and MX. */
#include <string.h>

#include "base/name.h"
#include "domain/senders.h"
#include "record/spf/spf.h"

/* No domain has this many single senders that matter; a hostile one could have thousands. */
enum { MOST_SENDERS = 64 };

struct list {
	size_t n;
	struct md_sender *all;
};

static struct md_sender *
find(const struct list *list, struct md_addr addr)
{
	for (size_t i = 0; i < list->n; i++)
		if (md_addr_eq(list->all[i].addr, addr))
			return &list->all[i];
	return NULL;
}

static void
add(struct md_ctx *c, struct list *list, struct md_sender sender)
{
	if (find(list, sender.addr) == NULL && list->n < MOST_SENDERS)
		MD_PUSH(md_mem(c), list->all, list->n, sender);
}

/* The addresses of a mail host; known ones learn its name. */
static void
add_host(struct md_ctx *c, struct list *list, struct md_sender sender)
{
	const char *host = sender.host;
	const struct md_dns *both[] = { md_dns(c, MD_A, host), md_dns(c, MD_AAAA, host) };

	md_known_host(c, both[0], both[1]);
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < both[i]->n; j++) {
			struct md_sender *known = find(list, both[i]->rr[j].addr);

			sender.addr = both[i]->rr[j].addr;
			sender.host = both[i]->canonical;
			if (known != NULL && known->host[0] == '\0')
				known->host = sender.host;
			else if (md_addr_special(sender.addr) == NULL)
				add(c, list, sender);
		}
	}
}

static bool
is_single(const struct md_spf_term *t)
{
	return (t->kind == MD_SPF_IP4 && t->prefix4 == 32) ||
	       (t->kind == MD_SPF_IP6 && t->prefix6 == 128);
}

/* "a:HOST" without macros; a bare "a" has no domain. */
static bool
is_host(const struct md_spf_term *t)
{
	return t->kind == MD_SPF_A && t->prefix4 == 32 && t->prefix6 == 128 &&
	       t->domain.len > 0 && md_str_find(t->domain, '%') == t->domain.len;
}

/* The senders that one term lets pass.  Is it "mx"? */
static bool
add_term(struct md_ctx *c, struct list *list, const struct md_spf_term *t)
{
	struct md_sender sender = { .addr = t->network, .origin = MD_SENDER_SPF, .host = "" };

	if (t->qualifier != '+' || t->fault != MD_SPF_SOUND)
		return false;
	sender.origin_text = md_printf(md_mem(c), "SPF %s", md_show(md_mem(c), t->text));
	if (is_single(t) && md_addr_special(t->network) == NULL) {
		add(c, list, sender);
	} else if (is_host(t)) {
		sender.host = md_name_normal(md_mem(c), t->domain);
		add_host(c, list, sender);
	}
	return t->kind == MD_SPF_MX && t->domain.len == 0;
}

/* Does SPF let the MX hosts pass? */
static bool
add_spf(struct md_ctx *c, struct list *list)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, md_domain(c));
	bool mx = false;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_spf *spf;

		if (!md_spf_is_record(txt->rr[i].txt.joined))
			continue;
		spf = md_spf_parse(md_mem(c), txt->rr[i].txt.joined);
		for (size_t j = 0; j < spf->n; j++)
			mx = add_term(c, list, &spf->terms[j]) || mx;
	}
	return mx;
}

/* Those of the origin that is asked for: "mx" in SPF speaks for hosts of the organisation. */
static void
add_mx(struct md_ctx *c, struct list *list, bool permits_mx, enum md_sender_origin wanted)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));

	md_known(c, &mx->fact);
	for (size_t i = 0; i < mx->n && i < MOST_SENDERS; i++) {
		const char *host = mx->rr[i].mx.exchange;
		const bool permitted =
		        permits_mx && md_name_under(host, md_subject(c)->organisation);
		const struct md_sender sender = {
			.origin = permitted ? MD_SENDER_SPF : MD_SENDER_MX,
			.origin_text = md_printf(md_mem(c), "%s %s",
			                         permitted ? "SPF mx," : "MX", host),
			.host = host,
		};

		if (strcmp(host, ".") != 0 && sender.origin == wanted)
			add_host(c, list, sender);
	}
}

static size_t
count_sending(const struct list *list)
{
	size_t n = 0;

	while (n < list->n && list->all[n].origin != MD_SENDER_MX)
		n++;
	return n;
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	struct md_senders *senders = md_alloc(md_mem(c), sizeof(*senders));
	const struct md_subject *subject = md_subject(c);
	struct list list = { 0 };
	bool permits_mx;

	(void)arg;
	for (size_t i = 0; i < subject->nips; i++)
		add(c, &list,
		    (struct md_sender){ subject->ips[i], MD_SENDER_GIVEN, "--ip", "" });
	permits_mx = add_spf(c, &list);
	add_mx(c, &list, permits_mx, MD_SENDER_SPF);
	add_mx(c, &list, permits_mx, MD_SENDER_MX);
	senders->nsending = count_sending(&list);
	senders->n = list.n;
	senders->all = list.all;
	return senders;
}

const struct md_senders *
md_senders(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
