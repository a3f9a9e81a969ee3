/* The rules of the mx check, for the files that it is made of. */
#ifndef MD_CHECKS_MX_H
#define MD_CHECKS_MX_H

#include <stdbool.h>

#include "ask/check.h"

enum {
	MX_NONE,
	MX_IMPLICIT,
	MX_NULL_OK,
	MX_NULL_MIXED,
	MX_NULL_PREFERENCE,
	MX_NULL_BUT_SENDS,
	MX_RETURN_PATH_UNDELIVERABLE,
	MX_TARGET_CNAME,
	MX_TARGET_IP,
	MX_TARGET_NXDOMAIN,
	MX_TARGET_TAKEOVER,
	MX_TARGET_ZONE_DOUBLED,
	MX_TARGET_BAD_HOSTNAME,
	MX_TARGET_PRIVATE,
	MX_TOO_MANY,
};

/* target.c: judges the exchange of one MX record that is no null MX, and notes it. */
void md_mx_target(struct md_ctx *, const struct md_rr *mx);

/* main.c: the main facts: the hosts, and how many there are. */
void md_mx_tell_hosts(struct md_ctx *, const struct md_dns *mx);

/* RFC 7505 3: the exchange "." says that there is no mail host. */
bool md_mx_is_null(const struct md_rr *mx);

/* Judges a null MX that stands alone. */
void md_mx_null(struct md_ctx *, const struct md_rr *mx);

/* Judges the domain of --mail-from, when it is another than the one examined. */
void md_mx_return_path(struct md_ctx *);

#endif
