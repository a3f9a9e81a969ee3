/* Which answers a change alters, and which checks live on them. */
#ifndef MD_GATE_DIFFERS_H
#define MD_GATE_DIFFERS_H

#include "gate/compare.h"

/* Are the answers the same, TTLs aside? */
bool md_gate_same_answer(const struct md_dns *, const struct md_dns *);

/*
 * Does the check live on an answer that is known after the change, but could not be had before?
 */
bool md_gate_is_first_seen(const struct md_gate_sides *, const char *check);

/* Was this asked on both sides, and are there records, and the same? */
bool md_gate_same_at(const struct md_gate_sides *, const char *name, uint16_t type);

#endif
