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
	MX_TARGET_SINGLE_LABEL,
	MX_TARGET_TAKEOVER,
	MX_TARGET_ZONE_DOUBLED,
	MX_TARGET_BAD_HOSTNAME,
	MX_TARGET_PRIVATE,
	MX_TOO_MANY,
};

/* target.c: judges the exchange of one MX record that is no null MX, and notes it. */
void md_mx_target(struct md_ctx *, const struct md_rr *mx);

#endif
