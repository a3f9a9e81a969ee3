/* Names that providers make up for whole address blocks, told from names of mail hosts. */
#ifndef MD_GENERIC_NAME_H
#define MD_GENERIC_NAME_H

#include "base/addr.h"

struct md_arena;

/*
 * Why a reverse name looks made from the address, as receivers guess it: "has the address in
 * it", or "has \"dhcp\" and a number of the address in it".  NULL when it does not, and when a
 * label calls the host a mail host.  A guess: no standard says what a name may look like, so
 * this rather misses some than suspects a name that somebody chose.
 */
const char *md_generic_name(struct md_arena *, const char *name, struct md_addr);

#endif
