/* Finding one's way in what was seen. */
#ifndef MD_GATE_WATCHED_H
#define MD_GATE_WATCHED_H

#include "gate/look.h"

/* How TXT records of the kind begin; "" for others. */
const char *md_watched_beginning(enum md_watched_kind);

/* The first of a kind, or NULL. */
const struct md_watched *md_watched_of(const struct md_zone_seen *, enum md_watched_kind);

#endif
