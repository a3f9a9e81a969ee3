/* One term of an SPF record, for spf.c. */
#ifndef MD_SPF_TERM_H
#define MD_SPF_TERM_H

#include "record/spf/spf.h"

/* Reads term->text, which has at least one octet and no space, and fills in the rest. */
void md_spf_term_parse(struct md_arena *mem, struct md_spf_term *term);

#endif
