/* Route: which way did the message come, how long did that take, and was it encrypted? */
#include <inttypes.h>

#include "ask/check.h"
#include "envelope/envelope.h"

enum { RECEIVED_CHAIN, WITHOUT_TLS };

static const struct md_rule rules[] = {
	[RECEIVED_CHAIN] = {
		.id = "msg.received-chain",
		.severity = MD_INFO,
		.title = "The message was slow on its way, or clocks differ",
		.fix = "Look into the log of the host that kept it; set the clocks of mail "
		       "servers by NTP.",
		.reference = "RFC 5321 section 4.4; RFC 3848",
	},
	[WITHOUT_TLS] = {
		.id = "msg.sent-without-tls",
		.severity = MD_WARN,
		.title = "The message was handed over without TLS",
		.fix = "Use TLS where the receiver offers it (Postfix: smtp_tls_security_level "
		       "= may, or dane). Gmail marks such mail, and refuses it "
		       "from bulk senders.",
		.reference = "RFC 3848 section 1; RFC 3207 section 4",
	},
};

enum { SLOW = 5 * 60, SKEW = 10, AN_HOUR = 60 * 60, A_DAY = 24 * 60 * 60 }; /* seconds */

/* "45 s", "12 min", "3 h 5 min" or "2 days 3 h". */
static const char *
duration(struct md_arena *mem, int64_t s)
{
	if (s < 120)
		return md_printf(mem, "%" PRId64 " s", s);
	if (s / AN_HOUR < 2)
		return md_printf(mem, "%" PRId64 " min", s / 60);
	if (s / A_DAY < 2)
		return md_printf(mem, "%" PRId64 " h %" PRId64 " min", s / AN_HOUR,
		                 s / 60 % 60);
	return md_printf(mem, "%" PRId64 " days %" PRId64 " h", s / A_DAY, s / AN_HOUR % 24);
}

/* "mx.example.org (line 5)" */
static const char *
host_of(struct md_ctx *c, const struct md_received *hop)
{
	return md_printf(md_mem(c), "%s (line %zu)",
	                 hop->by[0] != '\0' ? md_show(md_mem(c), md_str(hop->by)) : "a host",
	                 hop->field->line);
}

/* The hop with the most and the least delay; route->n when no delay is known. */
static void
find_extremes(const struct md_route *route, size_t *slowest, size_t *backwards)
{
	*slowest = *backwards = route->n;
	for (size_t i = 0; i < route->n; i++) {
		const int64_t delay = md_hop_delay(route, i);

		if (delay == MD_NO_DELAY)
			continue;
		if (*slowest == route->n || delay > md_hop_delay(route, *slowest))
			*slowest = i;
		if (*backwards == route->n || delay < md_hop_delay(route, *backwards))
			*backwards = i;
	}
}

/* From the first date on the way to the last, as the clocks there tell. */
static void
note_length(struct md_ctx *c, const struct md_route *route)
{
	const struct md_received *newest = NULL, *oldest = NULL;

	for (size_t i = 0; i < route->n; i++) {
		if (!route->hops[i]->date.valid)
			continue;
		newest = newest != NULL ? newest : route->hops[i];
		oldest = route->hops[i];
	}
	if (newest == oldest || newest->date.seconds < oldest->date.seconds)
		md_note(c, "route", "%zu hop%s", route->n, route->n == 1 ? "" : "s");
	else
		md_note(c, "route", "%zu hops in %s", route->n,
		        duration(md_mem(c), newest->date.seconds - oldest->date.seconds));
}

static void
judge_delays(struct md_ctx *c, const struct md_route *route)
{
	size_t slow, back;

	find_extremes(route, &slow, &back);
	if (slow < route->n && md_hop_delay(route, slow) >= SLOW)
		md_found(c, RECEIVED_CHAIN, host_of(c, route->hops[slow]),
		         "%s from %s to %s: it waited there, or their clocks differ",
		         duration(md_mem(c), md_hop_delay(route, slow)),
		         host_of(c, route->hops[slow + 1]), host_of(c, route->hops[slow]));
	if (back < route->n && md_hop_delay(route, back) <= -SKEW)
		md_found(c, RECEIVED_CHAIN, host_of(c, route->hops[back]),
		         "%s had it %s before %s passed it on: a clock is wrong",
		         host_of(c, route->hops[back]),
		         duration(md_mem(c), -md_hop_delay(route, back)),
		         host_of(c, route->hops[back + 1]));
}

/*
 * Would this server tell if it was over TLS?  One that says ESMTP knows ESMTPS (RFC 3848), and
 * Exchange adds the version.  "SMTP" is said by some that never tell.
 */
static bool
tells_tls(const struct md_received *hop)
{
	return md_eq_nocase(hop->with, "ESMTP") || md_eq_nocase(hop->with, "UTF8SMTP") ||
	       md_eq_nocase(hop->with, "Microsoft SMTP Server");
}

/* Only the handover to the receiver counts. */
static void
judge_tls(struct md_ctx *c, const struct md_received *edge)
{
	if (edge == NULL || md_received_by_tls(edge) || !tells_tls(edge))
		return;
	md_found(c, WITHOUT_TLS, host_of(c, edge), "%s had it from %s with %s",
	         host_of(c, edge),
	         edge->has_ip ? md_addr_print(md_mem(c), edge->ip)
	                      : md_show(md_mem(c), md_str(edge->from)),
	         md_show(md_mem(c), md_str(edge->with)));
}

static void
run(struct md_ctx *c)
{
	const struct md_route *route = md_route(c);

	md_show_part(c, &md_part_route, route);
	if (route->nomitted > 0)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "Received fields",
		       "only the newest %d of %zu looked at", MD_HOPS_MOST,
		       route->n + route->nomitted);
	note_length(c, route);
	judge_delays(c, route);
	judge_tls(c, md_envelope(c)->edge);
}

const struct md_check md_check_route = {
	.name = "route",
	.title = "Route",
	.question = "Did it come swiftly and over TLS?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
