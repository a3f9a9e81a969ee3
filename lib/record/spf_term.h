/* One term of an SPF record, for spf.c and spf_meant.c. */
#ifndef MD_SPF_TERM_H
#define MD_SPF_TERM_H

#include "record/spf.h"

/* Reads term->text, which has at least one octet and no space, and fills in the rest. */
void md_spf_term_parse(struct md_arena *mem, struct md_spf_term *term);

/*
 * The sound term that a faulty one was probably meant to be, in mem; NULL when it is a riddle.
 */
const char *md_spf_term_meant(struct md_arena *mem, const struct md_spf_term *);

#endif
