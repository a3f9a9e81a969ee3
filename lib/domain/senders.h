/* The addresses that mail of the domain comes from, as far as they are known one by one. */
#ifndef MD_SENDERS_H
#define MD_SENDERS_H

#include "ask/ask.h"

enum md_sender_origin {
	MD_SENDER_GIVEN, /* --ip */
	/*
	 * the domain's own SPF record lets it pass as a single address, as a host ("a:HOST")
	 * or, with "mx", as an MX host of its organisation; not by a bare "a", which is often
	 * there for no reason but habit
	 */
	MD_SENDER_SPF,
	/*
	 * an MX host's: it receives.  Whether it sends is not known, not even where SPF has
	 * "mx" and the host is another organisation's: many write that from habit
	 */
	MD_SENDER_MX,
};

struct md_sender {
	struct md_addr addr;
	enum md_sender_origin origin;
	const char *origin_text; /* "--ip", "SPF ip4:192.0.2.1", "MX mx1.example.com" */
	/* the canonical name of a mail host with this address; "" for none known */
	const char *host;
};

struct md_senders {
	size_t n;
	const struct md_sender *all; /* given ones first, then SPF's, then the MX hosts' */
	size_t nsending;             /* those that are no mere MX hosts */
};

/*
 * Derived.  Addresses are there once, at the most telling origin; those that the Internet
 * cannot reach (md_addr_special) are there only when given.  At most 64.
 */
const struct md_senders *md_senders(struct md_ctx *);

#endif
