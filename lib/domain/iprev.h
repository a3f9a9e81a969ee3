/* The name of an address, and whether it leads back: RFC 8601's "iprev". */
#ifndef MD_IPREV_H
#define MD_IPREV_H

#include "ask/ask.h"

/* RFC 8601 2.7.3, with the states of facts that are not there (yet) as unknown. */
enum md_iprev_result {
	MD_IPREV_PASS,      /* a PTR name has this address */
	MD_IPREV_FAIL,      /* there are names, and none has */
	MD_IPREV_PERMERROR, /* no PTR record */
	MD_IPREV_UNKNOWN,   /* temperror, or wanted: `missing` is the fact that decides */
};

struct md_iprev {
	enum md_iprev_result result;
	const struct md_dns *ptr;     /* never NULL */
	const char *name;             /* the first name that leads back; NULL for none */
	const struct md_dns *missing; /* NULL unless unknown */
};

/* Looks at ten names at most (RFC 7208 5.5 does too).  Records no gap. */
struct md_iprev md_iprev(struct md_ctx *, struct md_addr);

/* The name itself, or the one it is an alias of, when it has this address; NULL when not, or
 * when that is not known. */
const char *md_iprev_host(struct md_ctx *, const char *name, struct md_addr);

#endif
