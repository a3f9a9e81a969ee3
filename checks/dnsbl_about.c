/* Whom the dnsbl check asks about: sending addresses and domains. */
#include <string.h>

#include "base/name.h"
#include "dnsbl.h"
#include "domain/psl.h"
#include "domain/senders.h"

enum { MOST_ADDRESSES = 8 };

/* MX hosts stand in when no sender is known, and are told as what they are. */
static void
add_addresses(struct md_ctx *c, struct md_dnsbl_abouts *s)
{
	const struct md_senders *senders = md_senders(c);
	const size_t n = senders->nsending > 0 ? senders->nsending : senders->n;

	for (size_t i = 0; i < n && i < MOST_ADDRESSES; i++) {
		const struct md_sender *sender = &senders->all[i];
		struct md_dnsbl_about about;

		if (md_addr_special(sender->addr) != NULL)
			continue;
		about = (struct md_dnsbl_about){
			.kind = sender->addr.family == 4 ? MD_DNSBL_IP4 : MD_DNSBL_IP6,
			.addr = sender->addr,
			.text = md_addr_print(md_mem(c), sender->addr),
			.sends = sender->origin != MD_SENDER_MX,
		};
		about.remark = md_printf(md_mem(c), "%s%s", sender->origin_text,
		                         about.sends ? "" : ", not known to send");
		MD_PUSH(md_mem(c), s->all, s->n, about);
	}
	if (n > MOST_ADDRESSES)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "addresses",
		       "only the first %d of %zu asked about", MOST_ADDRESSES, n);
}

/* Lists of domains hold registered names: what stands before them counts for nothing. */
static void
add_domain(struct md_ctx *c, struct md_dnsbl_abouts *s, const char *name, const char *remark)
{
	const char *domain = md_psl_organisational(md_name_normal(md_mem(c), md_str(name)));
	struct md_dnsbl_about about;

	if (!md_name_is_hostname(domain) || md_psl_is_suffix(domain))
		return;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->all[i].text, domain) == 0)
			return;
	about = (struct md_dnsbl_about){ .kind = MD_DNSBL_DOMAIN,
		                         .text = domain,
		                         .remark = remark };
	MD_PUSH(md_mem(c), s->all, s->n, about);
}

struct md_dnsbl_abouts
md_dnsbl_abouts(struct md_ctx *c)
{
	const struct md_subject *subject = md_subject(c);
	struct md_buf text = { .mem = md_mem(c) };
	struct md_dnsbl_abouts s = { 0 };

	add_addresses(c, &s);
	add_domain(c, &s, subject->domain, "the domain");
	add_domain(c, &s, subject->mail_from.domain, "MAIL FROM");
	add_domain(c, &s, subject->helo, "HELO");
	for (size_t i = 0; i < s.n; i++)
		md_buf_item(&text, ", ", "%s (%s)", s.all[i].text, s.all[i].remark);
	if (s.n > 0)
		md_note(c, "block lists", "asked about %s", md_buf_str(&text));
	return s;
}

const struct md_dns *
md_dnsbl_ask(struct md_ctx *c, const char *zone, const struct md_dnsbl_about *about,
             uint16_t type)
{
	if (about->kind == MD_DNSBL_DOMAIN)
		return md_dns_at(c, type, "%s.%s", about->text, zone);
	return md_dns(c, type, md_addr_reverse(md_mem(c), about->addr, zone));
}
