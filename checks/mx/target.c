/* The exchange of an MX record: is it a host that mail can be brought to? */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "domain/registered.h"
#include "rules.h"

/* "192.0.2.1, 2001:db8::1", or why not. */
static const char *
addresses_text(struct md_ctx *c, const struct md_dns *a, const struct md_dns *aaaa)
{
	const struct md_dns *both[] = { a, aaaa };
	struct md_buf text = { .mem = md_mem(c) };

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < both[i]->n; j++)
			md_buf_item(&text, ", ", "%s",
			            md_addr_print(md_mem(c), both[i]->rr[j].addr));
	if (text.len > 0)
		return md_buf_str(&text);
	if (a->fact.state == MD_UNKNOWN || aaaa->fact.state == MD_UNKNOWN)
		return "address not known";
	return "no address";
}

/*
 * What was meant when the exchange is "<host>.<zone>", made of a host name without its final
 * dot: the host lies in the zone itself ("mx.example.com.example.com"), or is another's host
 * that does have an address.  NULL when that is not the fault.
 */
static const char *
without_zone(struct md_ctx *c, const char *exchange, const char *zone)
{
	const char *host;

	if (!md_name_under(exchange, zone) || strcmp(exchange, zone) == 0)
		return NULL;
	host = md_strndup(md_mem(c), exchange, strlen(exchange) - strlen(zone) - 1);
	if (md_name_under(host, zone))
		return host;
	if (md_psl_is_suffix(host) || strcmp(md_psl_organisational(host), host) == 0)
		return NULL;
	if (md_dns(c, MD_A, host)->fact.state == MD_PRESENT)
		return host;
	return NULL;
}

/* The zone is not known: any name from the domain up to where registries begin can be it. */
static const char *
meant_instead(struct md_ctx *c, const char *exchange)
{
	for (const char *zone = md_domain(c); !md_psl_is_suffix(zone);
	     zone = md_name_parent(zone)) {
		const char *host = without_zone(c, exchange, zone);

		if (host != NULL)
			return host;
	}
	return NULL;
}

static bool
lacks_address(struct md_ctx *c, const char *host)
{
	const struct md_dns *a = md_dns(c, MD_A, host), *aaaa = md_dns(c, MD_AAAA, host);

	return a->fact.state == MD_ABSENT && aaaa->fact.state == MD_ABSENT;
}

/* "mail.": a host of the domain was meant, if there is one of that name. */
static void
report_single_label(struct md_ctx *c, const struct md_rr *mx, const char *rcode)
{
	const char *host = md_printf(md_mem(c), "%s.%s", mx->mx.exchange, md_domain(c));

	md_found(c, MX_TARGET_SINGLE_LABEL, mx->mx.exchange, "MX %u %s. %s", mx->mx.preference,
	         mx->mx.exchange, rcode);
	if (md_name_fits(host) && (md_dns(c, MD_A, host)->fact.state == MD_PRESENT ||
	                           md_dns(c, MD_AAAA, host)->fact.state == MD_PRESENT))
		md_wish_replace(c, mx, "%u %s.", mx->mx.preference, host);
}

/* "192.0.2.1.example.com": the address that was meant has got the zone's name for want of a
 * dot.
 */
static bool
is_address_in_zone(struct md_ctx *c, const char *exchange)
{
	enum { LABELS = 4 };
	struct md_str rest = md_str(exchange), address = rest;
	struct md_addr addr;

	if (!md_name_under(exchange, md_subject(c)->organisation))
		return false;
	for (unsigned i = 0; i < LABELS && rest.len > 0; i++) {
		rest = md_str_skip(rest, md_str_find(rest, '.'));
		address.len = (size_t)(rest.p - address.p);
		rest = md_str_skip(rest, 1);
	}
	return md_addr_parse(address, &addr);
}

static void
report_no_address(struct md_ctx *c, const struct md_rr *mx, const struct md_dns *a)
{
	const char *exchange = mx->mx.exchange, *target = a->canonical, *meant, *domain;
	const char *rcode = a->rcode == MD_NXDOMAIN ? "does not exist (NXDOMAIN)"
	                                            : "has neither A nor AAAA record";
	const char *via = strcmp(target, exchange) == 0
	                          ? ""
	                          : md_printf(md_mem(c), "is an alias of %s, which ", target);

	if (strchr(exchange, '.') == NULL) {
		report_single_label(c, mx, rcode);
		return;
	}
	if (is_address_in_zone(c, exchange)) {
		md_found(c, MX_TARGET_IP, exchange,
		         "MX %u %s %s; the zone's name was added to an address",
		         mx->mx.preference, exchange, rcode);
		return;
	}
	meant = meant_instead(c, exchange);
	domain = meant == NULL && a->rcode == MD_NXDOMAIN ? md_unregistered(c, target) : NULL;
	if (meant != NULL) {
		md_found(c, MX_TARGET_ZONE_DOUBLED, exchange, "MX %u %s %s%s",
		         mx->mx.preference, exchange, via, rcode);
		if (!lacks_address(c, meant))
			md_wish_replace(c, mx, "%u %s.", mx->mx.preference, meant);
	} else if (domain != NULL) {
		md_found(c, MX_TARGET_TAKEOVER, exchange, "MX %u %s %s%s, nor does %s",
		         mx->mx.preference, exchange, via, rcode, domain);
	} else {
		md_found(c, MX_TARGET_NXDOMAIN, exchange, "MX %u %s %s%s", mx->mx.preference,
		         exchange, via, rcode);
	}
}

/* RFC 2181 10.3: the exchange "must not be an alias". */
static void
judge_alias(struct md_ctx *c, const struct md_rr *mx, const struct md_dns *addresses)
{
	if (addresses->fact.state != MD_PRESENT || addresses->naliases == 0)
		return;
	md_found(c, MX_TARGET_CNAME, mx->mx.exchange, "%s CNAME %s", mx->mx.exchange,
	         addresses->aliases[0].name);
	md_wish_replace(c, mx, "%u %s.", mx->mx.preference, addresses->canonical);
}

/* "10.0.0.5 is a private address (RFC 1918)", and so on; "" when all are reachable. */
static const char *
unreachable(struct md_ctx *c, const struct md_dns *a, const struct md_dns *aaaa)
{
	const struct md_dns *both[] = { a, aaaa };
	struct md_buf text = { .mem = md_mem(c) };

	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < both[i]->n; j++) {
			const struct md_addr addr = both[i]->rr[j].addr;
			const char *special = md_addr_special(addr);

			if (special != NULL)
				md_buf_item(&text, ", ", "%s is %s",
				            md_addr_print(md_mem(c), addr), special);
		}
	}
	return md_buf_str(&text);
}

void
md_mx_target(struct md_ctx *c, const struct md_rr *mx)
{
	const char *exchange = mx->mx.exchange, *private;
	const struct md_dns *a, *aaaa;
	struct md_addr literal;
	bool known;

	md_at(c, mx);
	if (md_addr_parse(md_str(exchange), &literal)) {
		md_note(c, "MX", "%u %s", mx->mx.preference, exchange);
		md_found(c, MX_TARGET_IP, exchange, "MX %u %s", mx->mx.preference, exchange);
		return;
	}
	if (!md_name_is_hostname(exchange))
		md_found(c, MX_TARGET_BAD_HOSTNAME, exchange, "MX %u %s", mx->mx.preference,
		         exchange);
	a = md_dns(c, MD_A, exchange);
	aaaa = md_dns(c, MD_AAAA, exchange);
	md_note(c, "MX", "%u %s: %s", mx->mx.preference, exchange, addresses_text(c, a, aaaa));
	known = md_known_host(c, a, aaaa);
	if (known && a->fact.state == MD_ABSENT && aaaa->fact.state == MD_ABSENT)
		report_no_address(c, mx, a);
	judge_alias(c, mx, a->fact.state == MD_PRESENT ? a : aaaa);
	private = unreachable(c, a, aaaa);
	if (private[0] != '\0')
		md_found(c, MX_TARGET_PRIVATE, exchange, "%s", private);
}
