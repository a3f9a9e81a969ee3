/* One Received field (RFC 5321 4.4, RFC 3848), as real servers write it. */
#ifndef MD_RECEIVED_H
#define MD_RECEIVED_H

#include "base/addr.h"
#include "mail/date.h"
#include "mail/message.h"

struct md_received {
	const struct md_field *field;
	const char *from; /* the name after "from": mostly what was said in HELO; "" for none */
	const char *helo; /* what the client said, where the field tells it apart ("helo=x",
	                     "HELO x"), else the same as from */
	const char *rdns; /* the name in its comment; "" for none, "unknown" included */
	bool has_ip;
	struct md_addr ip;     /* the client's */
	const char *by;        /* the host that wrote it; "" for none */
	const char *with;      /* "ESMTPS"; "" for none */
	const char *tls;       /* "TLS1.3", "TLS" when only a cipher is told; "" when not */
	const char *id, *rcpt; /* "id" and "for"; "" for none */
	const char
	        *envelope_from; /* where a comment tells it; NULL for none; "" the null path */
	struct md_date date;
};

/* Never NULL; what could not be found is empty.  Bounded in any case. */
const struct md_received *md_received_parse(struct md_arena *, const struct md_field *);

/* Was it over TLS, by `with` (RFC 3848, RFC 8314) or by what is said of the cipher? */
bool md_received_by_tls(const struct md_received *);

#endif
