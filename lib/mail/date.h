/* Dates of header fields (RFC 5322 3.3 and 4.3). */
#ifndef MD_DATE_H
#define MD_DATE_H

#include <stdint.h>

#include "base/str.h"

struct md_date {
	bool valid;       /* readable at all, obsolete forms included */
	bool obsolete;    /* two-digit year, zone by name, comments inside */
	int64_t seconds;  /* since 1970 */
	int zone_minutes; /* east of UTC; 0 for "-0000" */
	const char *why;  /* what is wrong, a clause; "" for nothing */
};

struct md_date md_date_parse(struct md_str value);

/* Of a trace field: "2025-11-01 12:26:39.859 +0000 UTC", as programs in Go write, is read, too.
 */
struct md_date md_date_parse_trace(struct md_str value);

/* "Sat, 21 Nov 2026 07:00:00 +0000" */
const char *md_date_print(struct md_arena *, int64_t seconds);

#endif
