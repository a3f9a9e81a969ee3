/* What the engines of spam filters share: the way to the server, and the conclusion. */
#ifndef FILTER_H
#define FILTER_H

#include <time.h>

#include "base/hostport.h"
#include "replies.h"
#include "witness.h"

enum {
	FILTER_SECONDS = 30, /* for all: connecting, sending, waiting for the reply */
	FILTER_LONGEST_REPLY = 1024 * 1024, /* octets */
};

/* A conversation with a server: w->socket. */
struct conversation {
	struct witness *w;
	struct md_hostport server;
	time_t end; /* the time for all, by the monotonic clock */
};

/* Begins it: connects to one of the server's addresses, or refuses. */
void filter_connect(struct conversation *);

/* Until the socket is ready (POLLIN, POLLOUT); refuses when the time is over. */
void filter_wait(const struct conversation *, short events);

/* Seconds that are left of the time for all; 0 when it is over. */
time_t filter_seconds_left(const struct conversation *);

_Noreturn void filter_give_up(const struct conversation *, const char *doing, int error);

/* The opinion: result "spam" or "ham", detail "SCORE THRESHOLD ACTION", a part "POINTS NAME
 * TEXT" for each rule. */
_Noreturn void filter_opine(struct witness *, const struct filter_reply *);

#endif
