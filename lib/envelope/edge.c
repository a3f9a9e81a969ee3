/*
 * Where a message entered the organisation that received it.
 *
 * Whoever sends a message may write any trace field below the one that the receiver adds
 * (RFC 5321 4.4, 7.6).  So the search goes down from the newest field, and stops at the first
 * hop that is not surely the receiver's own: what is below is a stranger's word.
 */
#include "envelope/edge.h"

#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "mail/received_spf.h"

struct search {
	struct md_arena *mem;
	const struct md_message *message;
	const struct md_route *route;
	const char *organisation; /* that receives; "" while no field names it */
	size_t stop;              /* the first hop not looked past */
	struct md_edge edge;
};

/* ---- whose host it is ---- */

static const char microsofts[] = "outlook.com"; /* stands for all names of Microsoft's */

/* The organisational domain of a host; "" for what is no name of the Internet. */
static const char *
organisation_of(struct md_arena *mem, const char *host)
{
	static const char *const names[] = { "outlook.com", "office365.com", "exchangelabs.com",
		                             "microsoft.com" };
	const char *name = md_name_normal(mem, md_str(host));

	if (!md_name_is_hostname(name) || md_name_labels(name) < 2)
		return "";
	name = md_psl_organisational(name);
	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (strcmp(name, names[i]) == 0)
			return microsofts;
	return md_psl_is_suffix(name) ? "" : name;
}

/* Microsoft's hosts inside its mail service, and what it publishes as their way out. */
static bool
is_microsofts(struct md_addr addr)
{
	static const struct {
		struct md_addr net;
		unsigned bits;
	} nets[] = {
		{ { 6, { 0x26, 0x03, 0x10 } }, 24 }, /* hosts inside */
		{ { 6, { 0x2a, 0x01, 0x01, 0x11, 0xf4, 0x00 } }, 48 },
		{ { 6, { 0x2a, 0x01, 0x01, 0x11, 0xf4, 0x03 } }, 48 },
		{ { 4, { 40, 92 } }, 15 },
		{ { 4, { 40, 107 } }, 16 },
		{ { 4, { 52, 100 } }, 15 },
		{ { 4, { 52, 102 } }, 16 },
		{ { 4, { 52, 103 } }, 17 },
		{ { 4, { 104, 47 } }, 17 },
	};

	for (size_t i = 0; i < MD_COUNT(nets); i++)
		if (md_addr_in(addr, nets[i].net, nets[i].bits))
			return true;
	return false;
}

/*
 * The hosts that hand over what Microsoft's customers send bear names of their own: from one of
 * these to another customer is a handover, though both are Microsoft's.
 */
static bool
is_way_out(struct md_arena *mem, const struct md_received *hop)
{
	return md_name_under(md_name_normal(mem, md_str(hop->helo)),
	                     "outbound.protection.outlook.com");
}

/* Are client and server so near each other that one organisation must have both? */
static bool
neighbours(const struct md_received *hop)
{
	if (!hop->has_by_ip) /* Microsoft's last hop, into the mailbox, does not tell it */
		return is_microsofts(hop->ip);
	return (is_microsofts(hop->ip) && is_microsofts(hop->by_ip)) ||
	       md_addr_in(hop->ip, hop->by_ip, hop->ip.family == 6 ? 48 : 24);
}

/*
 * Microsoft moves mail from host to host, and at last into the mailbox, "with HTTPS": nobody
 * outside speaks that to its hosts.  The client may then be told as "::1".
 */
static bool
is_moved_by_microsoft(const struct search *s, const struct md_received *hop)
{
	return md_str_starts_nocase(md_str(hop->with), "HTTP") &&
	       strcmp(s->organisation, microsofts) == 0 &&
	       strcmp(organisation_of(s->mem, hop->by), microsofts) == 0 &&
	       strcmp(organisation_of(s->mem, hop->from), microsofts) == 0;
}

/*
 * Is the client a host of the receiving organisation?  A confirmed name in the DNS proves that.
 * The name in HELO alone does not: anybody may say any name.
 */
static bool
is_own(const struct search *s, const struct md_received *hop)
{
	if (s->organisation[0] == '\0')
		return false;
	if (is_moved_by_microsoft(s, hop))
		return true;
	if (is_way_out(s->mem, hop))
		return false;
	return (hop->rdns_confirmed &&
	        strcmp(organisation_of(s->mem, hop->rdns), s->organisation) == 0) ||
	       (strcmp(organisation_of(s->mem, hop->helo), s->organisation) == 0 &&
	        neighbours(hop));
}

/* ---- what kind of hop it is ---- */

/*
 * Was the message fetched from a mailbox of another organisation, as fetchmail and getmail do?
 */
static bool
is_fetched(const struct md_received *hop)
{
	const struct md_str with = md_str(hop->with);

	return md_str_starts_nocase(with, "POP3") || md_str_starts_nocase(with, "IMAP");
}

/* RFC 2033: LMTP is for delivery inside a house; MAPI is Exchange's own. */
static bool
is_local(const struct md_received *hop)
{
	static const char *const words[] = { "LMTP",     "LMTPA",     "LMTPS",     "LMTPSA",
		                             "UTF8LMTP", "UTF8LMTPA", "UTF8LMTPS", "UTF8LMTPSA",
		                             "mapi",     "local" };

	for (size_t i = 0; i < MD_COUNT(words); i++)
		if (md_eq_nocase(hop->with, words[i]))
			return true;
	return !hop->has_ip || md_addr_special(hop->ip) != NULL;
}

/*
 * Did the author hand the message to the sender's own server?  That is no handover between
 * organisations.
 */
static bool
is_submission(const struct search *s, const struct md_received *hop)
{
	return hop->submitted || (md_str_starts_nocase(md_str(hop->with), "HTTP") &&
	                          !is_moved_by_microsoft(s, hop));
}

static void
walk(struct search *s)
{
	for (s->stop = 0; s->stop < s->route->n; s->stop++) {
		const struct md_received *hop = s->route->hops[s->stop];

		if (is_fetched(hop)) {
			s->organisation = "";
			continue;
		}
		if (s->organisation[0] == '\0')
			s->organisation = organisation_of(s->mem, hop->by);
		if (is_submission(s, hop))
			return;
		if (!is_local(hop) && !is_own(s, hop)) {
			s->edge.hop = hop;
			return;
		}
	}
}

/* ---- the receiver's own word ---- */

/*
 * The hop that a Received-SPF field is about.  The field mostly stands above its hop, but
 * Gmail's stands right below it.  A field above the edge may name any hop; one below it only a
 * hop that the search has reached.
 */
static const struct md_received *
hop_of(const struct search *s, const struct md_received_spf *spf)
{
	const bool trusted = spf->field < s->edge.limit;

	for (size_t i = 0; i < s->route->n && (trusted || i <= s->stop); i++) {
		const struct md_received *hop = s->route->hops[i];
		const bool above = spf->field < hop->field;
		const bool right_below = !above && (i + 1 == s->route->n ||
		                                    spf->field < s->route->hops[i + 1]->field);

		if (hop->has_ip && ((trusted && above) || right_below) &&
		    md_addr_eq(hop->ip, spf->ip))
			return hop;
	}
	return NULL;
}

static bool
told_by_spf(struct search *s)
{
	const struct md_field *field = NULL;

	while ((field = md_message_field(s->message, "Received-SPF", field)) != NULL) {
		const struct md_received_spf *spf = md_received_spf_parse(s->mem, field);
		const struct md_received *hop = spf->has_ip ? hop_of(s, spf) : NULL;

		if (hop == NULL)
			continue;
		s->edge.hop = hop;
		s->edge.limit = hop->field;
		s->edge.why = md_printf(s->mem,
		                        "the Received field in line %zu, whose client the "
		                        "receiver's Received-SPF in line %zu names",
		                        hop->field->line, field->line);
		return true;
	}
	return false;
}

static const char *
why_found(const struct search *s)
{
	const size_t line = s->edge.hop->field->line;

	if (s->organisation[0] == '\0')
		return md_printf(s->mem,
		                 "the newest Received field with a client on the Internet "
		                 "(line %zu)",
		                 line);
	return md_printf(s->mem,
	                 "the newest Received field with a client on the Internet outside %s "
	                 "(line %zu)",
	                 s->organisation, line);
}

static const char *
why_not(const struct search *s)
{
	if (s->stop < s->route->n)
		return md_printf(
		        s->mem,
		        "in line %zu its author handed the message to the server that keeps "
		        "it, and no other organisation did after that",
		        s->route->hops[s->stop]->field->line);
	return s->organisation[0] == '\0'
	               ? "no Received field names a client on the Internet"
	               : md_printf(s->mem,
	                           "no Received field names a client on the Internet "
	                           "outside %s",
	                           s->organisation);
}

static struct md_edge
search_edge(struct search *s)
{
	const size_t last = s->route->n - 1;

	walk(s);
	s->edge.limit = s->route->hops[s->stop < s->route->n ? s->stop : last]->field;
	if (!told_by_spf(s))
		s->edge.why = s->edge.hop != NULL ? why_found(s) : why_not(s);
	return s->edge;
}

/* The edge is the N-th newest hop, as the user says. */
static struct md_edge
trusted_edge(struct md_arena *mem, const struct md_route *route, unsigned hops)
{
	struct md_edge edge = { .why = "" };

	if (hops > route->n) {
		edge.why = md_printf(mem, "--trusted-hops %u of %zu Received field%s", hops,
		                     route->n, route->n == 1 ? "" : "s");
		return edge;
	}
	edge.hop = route->hops[hops - 1];
	edge.limit = edge.hop->field;
	edge.why = md_printf(mem, "--trusted-hops %u (line %zu)", hops, edge.limit->line);
	return edge;
}

struct md_edge
md_edge_find(struct md_ctx *c, const struct md_route *route)
{
	struct search s = { .mem = md_mem(c),
		            .message = md_subject(c)->message,
		            .route = route,
		            .organisation = "" };

	if (route->n == 0)
		return (struct md_edge){ .why = "the message has no Received field, so no "
			                        "server has passed it on" };
	if (md_subject(c)->trusted_hops > 0)
		return trusted_edge(md_mem(c), route, md_subject(c)->trusted_hops);
	return search_edge(&s);
}
