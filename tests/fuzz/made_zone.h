/* A small DNS made from the octets of an input: hostile answers that are well-formed. */
#ifndef MADE_ZONE_H
#define MADE_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "proposal/proposal.h"

/*
 * Each line of the input is a record of example.com's: its first octet says which name (those
 * of made_zone.c), its second which type, and the rest is the text of TXT, "v=spf1" in front of
 * it for a type in upper case, or the host that the other types lead to.  NULL when that is no
 * zone.
 */
const struct md_proposal *made_zone(struct md_arena *, const uint8_t *data, size_t size);

#endif
