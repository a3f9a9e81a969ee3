/* Verifies ARC-Seal fields (RFC 8617 4.1.3, 5.1.1); for arc.c. */
#ifndef MD_ARC_SEAL_H
#define MD_ARC_SEAL_H

#include "dkim/dkim.h"

/* The three fields of one instance, NULL where missing. */
struct md_arc_fields {
	const struct md_field *results, *message, *seal;
};

/*
 * Verifies the seals of instances 1 to n, which are complete: all[0] is instance 1.  A seal
 * with cv=fail covers its own set alone (5.1.2).  An array of n in memory of the context, with
 * field, signature, result, cause, reason and published.
 */
const struct md_dkim_verdict *md_arc_seals(struct md_ctx *, const struct md_arc_fields *all,
                                           size_t n);

#endif
