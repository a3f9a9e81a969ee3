/* Can a domain receive mail, as far as the DNS tells? */
#ifndef MD_RECEIVES_H
#define MD_RECEIVES_H

#include "ask/ask.h"

struct md_receives {
	bool known;
	bool can;        /* MX that is not the null MX, or an address (RFC 5321 5.1) */
	bool has_mx;     /* by an MX record of its own */
	const char *why; /* when it cannot: "null MX", "the domain does not exist (NXDOMAIN)" */
};

/* RFC 5321 section 5.1, RFC 7505 section 3.  Derived; records its gaps. */
const struct md_receives *md_receives(struct md_ctx *, const char *domain);

#endif
