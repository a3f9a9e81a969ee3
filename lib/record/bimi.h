/* BIMI assertion records (draft-brand-indicators-for-message-identification-14 section 4.3). */
#ifndef MD_BIMI_H
#define MD_BIMI_H

#include "record/faults.h"

struct md_bimi {
	struct md_str logo, evidence; /* l= and a=: https URIs as written, or empty */
	bool declined;                /* l= and a= are both empty: no logo is wished */
	struct md_faults faults;
};

/* Reads the joined text of a TXT record. */
struct md_bimi md_bimi_parse(struct md_arena *, struct md_str text);

/* Does it begin with v=BIMI1, blanks around "=" allowed?  Others are not looked at. */
bool md_bimi_starts(struct md_str text);

#endif
