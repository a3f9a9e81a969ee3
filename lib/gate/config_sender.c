/* An expected sender of .maildiag.yaml. */
#include "gate/config_value.h"

#include <string.h>

enum { MOST_ADDRESSES = 100 };

/* A sender while it is read. */
struct sender {
	struct md_expected_sender made;
	struct md_addr *ips;
};

static bool
read_name(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_text(r, node, &((struct sender *)into)->made.name);
}

static bool
read_domain(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_domain(r, node, &((struct sender *)into)->made.domain);
}

static bool
read_ip(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	struct sender *s = into;
	struct md_addr ip = { 0 };

	if (!md_config_address(r, node, &ip))
		return false;
	for (size_t i = 0; i < s->made.nips; i++)
		if (md_addr_eq(s->ips[i], ip))
			return true;
	if (s->made.nips == MOST_ADDRESSES)
		return md_config_refuse(r, node, "more than %d addresses of one sender",
		                        MOST_ADDRESSES);
	MD_PUSH(r->mem, s->ips, s->made.nips, ip);
	return true;
}

static bool
read_ips(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, read_ip, into);
}

static bool
read_provider(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_provider(r, node, &((struct sender *)into)->made.provider);
}

static bool
read_mail_from(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_mail_from(r, node, &((struct sender *)into)->made.mail_from);
}

static bool
read_helo(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_text(r, node, &((struct sender *)into)->made.helo);
}

static bool
read_dkim_domain(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_domain(r, node, &((struct sender *)into)->made.dkim_domain);
}

static bool
read_selector(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_selector(r, node, &((struct sender *)into)->made.selector);
}

static bool
read_dkim(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	static const struct md_config_key keys[] = {
		{ "domain", read_dkim_domain, false },
		{ "selector", read_selector, true },
		{ NULL, NULL, false },
	};

	return md_config_map(r, node, "a signature", keys, into);
}

/* Something to call it by, and something to follow it by. */
static bool
complete(struct md_config_reader *r, const struct md_yaml *node, struct sender *s)
{
	struct md_expected_sender *made = &s->made;

	if (made->nips == 0 && made->provider[0] == '\0' && made->selector[0] == '\0')
		return md_config_refuse(r, node,
		                        "a sender needs one of \"ip\", \"provider\" and "
		                        "\"dkim\", to be followed by");
	if (made->name[0] != '\0')
		return true;
	if (made->provider[0] != '\0')
		made->name = made->provider;
	else if (made->nips > 0)
		made->name = md_addr_print(r->mem, s->ips[0]);
	else
		made->name = md_printf(r->mem, "selector %s", made->selector);
	return true;
}

bool
md_config_sender(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	static const struct md_config_key keys[] = {
		{ "name", read_name, false },
		{ "domain", read_domain, false },
		{ "ip", read_ips, false },
		{ "ips", read_ips, false },
		{ "provider", read_provider, false },
		{ "mail-from", read_mail_from, false },
		{ "helo", read_helo, false },
		{ "dkim", read_dkim, false },
		{ NULL, NULL, false },
	};
	struct sender s = { .made = { .name = "",
		                      .domain = "",
		                      .provider = "",
		                      .mail_from = md_reverse_path_read(r->mem, ""),
		                      .helo = "",
		                      .dkim_domain = "",
		                      .selector = "",
		                      .place = md_config_place(r, node) } };
	struct md_config_senders *all = into;

	if (!md_config_map(r, node, "a sender", keys, &s) || !complete(r, node, &s))
		return false;
	s.made.ips = s.ips;
	MD_PUSH(r->mem, all->p, all->n, s.made);
	return true;
}
