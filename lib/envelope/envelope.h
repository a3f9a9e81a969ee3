/* The envelope of a saved message: who handed it over, as whom, when; and SPF of that. */
#ifndef MD_ENVELOPE_H
#define MD_ENVELOPE_H

#include "base/reverse_path.h"
#include "mail/received.h"
#include "spf/check_host.h"
#include "spf/opinion.h"

/* The way a message came: all its Received fields, newest first. */
struct md_route {
	size_t n; /* at most MD_HOPS_MOST */
	const struct md_received *const *hops;
	size_t nomitted;
};
enum { MD_HOPS_MOST = 100 };

/*
 * Seconds between the hop that wrote the i-th field and the one before it on the way (i + 1):
 * its delay, negative where their clocks differ; MD_NO_DELAY when either date is not known.
 */
#define MD_NO_DELAY INT64_MIN
int64_t md_hop_delay(const struct md_route *, size_t i);

/* What is known of the handover to the receiver; each part with where it is from. */
struct md_envelope {
	const struct md_received *edge; /* the Received of the trusted edge; NULL for none */
	const char *edge_why;           /* how it was found, or why there is none: one line */
	bool has_ip;
	struct md_addr ip;
	const char *ip_from; /* "--ip", "Received of mx.example.org (line 3)", …; "" */
	const char *helo;    /* "" when not known */
	const char *helo_from;
	struct md_reverse_path mail_from;
	const char *mail_from_from; /* "--mail-from", "Return-Path (line 1)", … */
	int64_t received_at;        /* seconds since 1970; -1 when not known */
	/* a null reverse-path, and the form of a bounce or another automatic answer */
	bool bounce;
};

/* Both derived, from the message and the options alone: no question is asked. */
const struct md_route *md_route(struct md_ctx *);
const struct md_envelope *md_envelope(struct md_ctx *);

/*
 * The time at which x= and the like are judged: --now, else the receipt, else now.  *from says
 * which ("--now", "the time of receipt", "now").
 */
int64_t md_receipt(struct md_ctx *, const char **from);

/*
 * "; by the records of today, 12 days after receipt" where they may have changed since; else
 * "".
 */
const char *md_envelope_age(struct md_ctx *, const struct md_envelope *);

struct md_forwarding;

/* SPF of the envelope (RFC 7208), with the second opinion. */
struct md_envelope_spf {
	const struct md_spf_verdict *verdict; /* NULL when it cannot be evaluated: why */
	const struct md_spf_opinion *opinion; /* or NULL */
	const struct md_forwarding
	        *forwarding; /* on its way before (forward.h); NULL: not told */
	const char *why;
};

/* Derived.  Asks the DNS; a temperror has recorded its gap. */
const struct md_envelope_spf *md_envelope_spf(struct md_ctx *);

/* The same without the gaps: for a check that has a rule of its own for them. */
const struct md_envelope_spf *md_envelope_spf_aside(struct md_ctx *);

/*
 * Who has made the message anew, so that its octets are not those that were received: "Proton
 * Mail"; NULL: nobody that is known (rebuilt.c).
 */
const char *md_rebuilt_by(struct md_ctx *);

/* The parts of a report that have these. */
struct md_report_part;
extern const struct md_report_part md_part_envelope, md_part_envelope_spf, md_part_route;

#endif
