/* Authentication-Results, and ARC-Authentication-Results (RFC 8601 2.2, RFC 8617 4.1.1). */
#ifndef MD_AUTHRES_H
#define MD_AUTHRES_H

#include "mail/message.h"

/* Type and name in lower case; type "" where there is none, as in Microsoft's action=none. */
struct md_authres_property {
	const char *type, *name, *value; /* "smtp", "mailfrom", "a@example.com" */
};

struct md_authres_result {
	const char *method, *result; /* in lower case: "dkim", "pass" */
	const char *reason;          /* reason=, or the comment after the result; "" for none */
	size_t n;
	const struct md_authres_property *properties;
};

struct md_authres {
	const struct md_field *field;
	/*
	 * i= of ARC-Authentication-Results, 1 to 50; 0 when it is not there as RFC 8617 4.1.1
	 * has it, and for the other field
	 */
	unsigned instance;
	const char *authserv_id; /* who says so; "" when it is missing */
	size_t n;
	const struct md_authres_result *results; /* none for "none" */
	const char *fault;                       /* a clause; "" when it obeys the grammar */
};

/*
 * Never NULL; what was readable beside a fault is there.  `arc`: it must begin with i=.  All
 * text is as octets were, octets 0 left out: md_show it.  Values that would need quotes and
 * have none (256/256, 2001:db8::1) are no fault: most receivers write them so.
 */
const struct md_authres *md_authres_parse(struct md_arena *, const struct md_field *, bool arc);

/* The value of a property ("header", "d"), or NULL. */
const char *md_authres_value(const struct md_authres_result *, const char *type,
                             const char *name);

#endif
