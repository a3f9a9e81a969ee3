/* What the engines of spam filters share: the way to the server, and the conclusion. */
#ifndef FILTER_H
#define FILTER_H

#include "base/hostport.h"
#include "replies.h"
#include "witness.h"

enum {
	FILTER_SECONDS = 30, /* for all: connecting, sending, waiting for the reply */
	FILTER_LONGEST_REPLY = 1024 * 1024, /* octets */
};

/* The addresses of a server, as numbers; refuses when there are none. */
struct addrinfo *filter_addresses(struct witness *, const struct md_hostport *);

/* The opinion: result "spam" or "ham", detail "SCORE THRESHOLD ACTION", a part "POINTS NAME
 * TEXT" for each rule. */
_Noreturn void filter_opine(struct witness *, const struct filter_reply *);

#endif
