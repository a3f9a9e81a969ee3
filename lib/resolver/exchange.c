/* A query's way through attempts: what a reply means, what follows, when to give up. */
#include "resolver/exchange.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "resolver/outage.h"
#include "resolver/resolver.h"
#include "resolver/tcp.h"
#include "resolver/udp.h"

enum { NOTIMP = 4 };

/* ---- ends ---- */

/* Off the air, out of all lists, for now. */
static void
park(struct md_resolver *r, struct md_query *q)
{
	if (q->udp != NULL)
		md_udp_forget(q);
	if (q->tcp != NULL)
		md_tcp_forget(q);
	if (q->window != NULL)
		md_window_leave(q, &r->due);
	md_query_move(q, NULL);
}

void
md_exchange_abandon(struct md_resolver *r, struct md_query *q)
{
	park(r, q);
	if (q->findable)
		LIST_REMOVE(q, in_bucket);
	q->findable = false;
}

static void
finish(struct md_resolver *r, struct md_query *q)
{
	md_exchange_abandon(r, q);
	md_query_move(q, &r->done);
}

void
md_exchange_refuse(struct md_resolver *r, struct md_query *q, const char *why)
{
	q->why = why;
	finish(r, q);
}

/* Is there a server left that may have the answer? */
static bool
hopeless(const struct md_resolver *r, const struct md_query *q)
{
	if (q->only != NULL)
		return q->faults[q->only->index] >= MD_ENOUGH_FAULTS;
	for (unsigned i = 0; i < r->nservers; i++)
		if (q->faults[i] < MD_ENOUGH_FAULTS)
			return false;
	return true;
}

bool
md_exchange_held(struct md_resolver *r, struct md_query *q)
{
	switch (md_outage_says(r, q)) {
	case MD_OUTAGE_HOLD:
		park(r, q);
		md_query_move(q, &r->outage.held);
		return true;
	case MD_OUTAGE_REFUSE:
		md_exchange_refuse(r, q, md_outage_why(r, q));
		return true;
	default:
		return false;
	}
}

void
md_exchange_refuse_held(struct md_resolver *r)
{
	struct md_query *held;

	while (md_outage_refuses(r) && (held = md_query_first(&r->outage.held)) != NULL)
		md_exchange_held(r, held);
}

/* A query that is not on the air: its next attempt, or the end. */
static void
go_on(struct md_resolver *r, struct md_query *q)
{
	if (md_exchange_held(r, q))
		return;
	if (!q->again && (q->tries >= r->tries || hopeless(r, q))) {
		md_exchange_refuse(
		        r, q,
		        md_outcome_explain(q->mem, q->outcomes, q->noutcomes, r->seconds));
		return;
	}
	park(r, q);
	md_query_move(q, &r->due);
}

/* The attempt failed; `faults` count against its server for this question. */
static void
failed(struct md_resolver *r, struct md_query *q, struct md_outcome outcome, unsigned faults)
{
	uint8_t *of_server = &q->faults[q->server->index];

	md_query_ended(q, outcome, r->now, r->seconds);
	*of_server = (uint8_t)(*of_server + faults);
	go_on(r, q);
}

/* The same server shall be asked once more, in another way. */
static void
ask_again(struct md_resolver *r, struct md_query *q, const char *what)
{
	const struct md_outcome o = { .kind = MD_OUTCOME_NOTED, .what = what };

	md_query_ended(q, o, r->now, r->seconds);
	q->again = true;
	go_on(r, q);
}

/* ---- what comes back ---- */

static const char *
tcp_error(const struct md_query *q, int error)
{
	if (error == ECONNREFUSED)
		return "was refused";
	if (error == ECONNRESET || error == EPIPE)
		return "ended before the reply";
	if (error == EBADMSG)
		return "brought a reply to something else";
	return md_printf(q->mem, "failed (%s)", strerror(error));
}

void
md_exchange_failed(struct md_resolver *r, struct md_query *q, int error)
{
	struct md_outcome o = { .kind = MD_OUTCOME_UNREACHABLE };

	o.what = q->over_tcp ? tcp_error(q, error) : md_strdup(q->mem, strerror(error));
	if (q->over_tcp)
		o.kind = MD_OUTCOME_TCP;
	else if (!md_server_blameless(error))
		md_outage_silence(r, q, true);
	failed(r, q, o, MD_ENOUGH_FAULTS);
}

void
md_exchange_expire(struct md_resolver *r)
{
	struct md_query *q;

	for (unsigned i = 0; i < r->nservers; i++)
		md_window_find_late(r->server[i]->window, r->now, &r->due);
	md_window_find_late(&r->named_window, r->now, &r->due);
	while ((q = md_query_first(&r->on_air)) != NULL && q->deadline <= r->now) {
		struct md_outcome o = { .kind = MD_OUTCOME_SILENCE };

		if (q->over_tcp) {
			o.kind = MD_OUTCOME_TCP;
			o.what = md_printf(q->mem, "gave no answer within %g s", r->seconds);
		} else {
			md_window_lost(q, r->now);
			md_outage_silence(r, q, false);
		}
		failed(r, q, o, q->over_tcp ? 1 : 0);
	}
}

/*
 * NOERROR without any record, not authoritative, from a server that does not recurse: it
 * only points to other servers, and has not said that there is no such record.
 */
static bool
is_referral(const struct md_query *q, const struct md_reply *reply, const uint8_t *wire)
{
	const bool aa = (wire[2] & 0x04) != 0, ra = (wire[3] & 0x80) != 0;
	const bool recursed = ra && (q->question.flags & MD_NO_RD) == 0;

	return reply->rcode == MD_NOERROR && reply->n == 0 && !aa && !recursed;
}

/* RFC 6891 7: a server that does not know EDNS may say so like this. */
static bool
blames_edns(const struct md_query *q, int rcode)
{
	return (rcode == MD_FORMERR || rcode == NOTIMP) && !q->plain && !q->server->no_edns;
}

static void
answered(struct md_resolver *r, struct md_query *q, const struct md_outcome *o)
{
	md_query_ended(q, *o, r->now, r->seconds);
	if (q->plain)
		q->server->no_edns = true;
	finish(r, q);
}

static bool
is_name_char(char c)
{
	return md_is_alnum(c) || c == '.' || c == '-' || c == '_';
}

/* Servers quote names in the random case that we gave them: words with a dot inside. */
static const char *
in_lower_case(struct md_arena *mem, const char *text)
{
	char *copy = md_strdup(mem, text);

	for (char *s = copy; *s != '\0'; s++) {
		char *word = s;
		bool dotted = false;

		for (; is_name_char(*s); s++)
			dotted = dotted || (*s == '.' && is_name_char(s[1]));
		for (; dotted && word < s; word++)
			*word = md_lower(*word);
		if (*s == '\0')
			break;
	}
	return copy;
}

/* A whole, well-formed reply to our question: an answer, or a failure of the server? */
static void
judge(struct md_resolver *r, struct md_query *q, const uint8_t *wire)
{
	const int rcode = q->reply->rcode;
	const bool usable = rcode == MD_NOERROR || rcode == MD_NXDOMAIN;
	struct md_outcome o = { .kind = usable ? MD_OUTCOME_NOTED : MD_OUTCOME_RCODE,
		                .what = md_rcode_name(q->mem, rcode),
		                .more = in_lower_case(q->mem, q->reply->ede) };

	if (is_referral(q, q->reply, wire)) {
		o = (struct md_outcome){ .kind = MD_OUTCOME_REFERRAL };
		failed(r, q, o, MD_ENOUGH_FAULTS);
	} else if (usable) {
		answered(r, q, &o);
	} else {
		/* SERVFAIL may pass, REFUSED and the like will not. */
		failed(r, q, o, rcode == MD_SERVFAIL ? 1 : MD_ENOUGH_FAULTS);
	}
}

static void
parse(struct md_resolver *r, struct md_query *q, const uint8_t *wire, size_t len)
{
	struct md_outcome o = { .kind = MD_OUTCOME_MALFORMED };

	q->reply = md_alloc(q->mem, sizeof(*q->reply));
	if (q->truncated)
		o.what = "truncated, although it came over TCP";
	else if (md_reply_parse(q->mem, wire, len, q->reply, &o.what))
		o.what = NULL;
	if (o.what != NULL)
		failed(r, q, o, 1);
	else
		judge(r, q, wire);
}

/* The outage is over. */
static void
release_held(struct md_resolver *r)
{
	struct md_query *held;

	while ((held = md_outage_release(&r->outage)) != NULL)
		go_on(r, held);
}

void
md_exchange_received(struct md_resolver *r, struct md_query *q, enum md_match match,
                     const uint8_t *wire, size_t len)
{
	const bool edns_to_blame = blames_edns(q, wire[3] & 0x0f);

	if (match == MD_MATCH_NO_QUESTION && !edns_to_blame) {
		q->strays[MD_STRAY_GARBAGE]++;
		return;
	}
	if (md_outage_reply(r, q))
		release_held(r);
	if (!q->over_tcp)
		md_window_answered(q, r->now);
	q->bytes = len;
	q->truncated = (wire[2] & 0x02) != 0;
	if (match == MD_MATCH_OTHER_CASE && !q->lower && !q->server->garbles_case) {
		q->server->garbles_case = q->lower = true;
		ask_again(r, q, "letters changed their case: asked again in lower case");
	} else if (edns_to_blame) {
		q->plain = true;
		ask_again(r, q, "no EDNS there (FORMERR or NOTIMP): asked again without");
	} else if (q->truncated && !q->over_tcp) {
		ask_again(r, q, "truncated: asked again over TCP");
		q->over_tcp = true;
	} else {
		parse(r, q, wire, len);
	}
}
