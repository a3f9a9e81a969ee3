/* One Received field (RFC 5321 4.4, RFC 3848), as real servers write it. */
#ifndef MD_RECEIVED_H
#define MD_RECEIVED_H

#include "base/addr.h"
#include "mail/date.h"
#include "mail/message.h"

struct md_received {
	const struct md_field *field;
	const char *from; /* the name after "from": mostly what was said in HELO; "" for none */
	/*
	 * what the client said, where the field tells it apart ("helo=x", "HELO x"), else the
	 * same as from; "" when that is the address
	 */
	const char *helo;
	/*
	 * the client's name in the DNS, in its comment mostly; "" for none, "unknown" and "may
	 * be forged" included
	 */
	const char *rdns;
	bool rdns_confirmed; /* by a server that makes sure that the name leads back */
	bool has_ip;
	struct md_addr ip; /* the client's */
	const char *by;    /* the host that wrote it; "" for none */
	bool has_by_ip;
	struct md_addr by_ip;  /* its address, which few servers tell */
	const char *with;      /* "ESMTPS", "Microsoft SMTP Server"; "" for none */
	const char *tls;       /* "TLS1.3", "TLS" when only a cipher is told; "" when not */
	const char *id, *rcpt; /* "id" and "for"; "" for none */
	/* where a comment tells it; NULL for none; "" the null path */
	const char *envelope_from;
	bool submitted; /* by somebody who logged in (RFC 3848 ESMTPA, or a comment) */
	struct md_date date;
};

/* What is read of one field; of a longer one the rest is not looked at. */
enum { MD_RECEIVED_MOST = 16 << 10 };

/* Never NULL; what could not be found is empty.  Bounded in any case. */
const struct md_received *md_received_parse(struct md_arena *, const struct md_field *);

/* Was it over TLS, by `with` (RFC 3848, RFC 8314) or by what is said of the cipher? */
bool md_received_by_tls(const struct md_received *);

#endif
