/* $GENERATE of BIND: one line that stands for a series of records. */
#ifndef MD_ZONE_GENERATE_H
#define MD_ZONE_GENERATE_H

#include "zone/entry.h"

/*
 * Begins a series: of the words behind the directive, "START-STOP[/STEP] OWNER … RDATA".  False
 * and r->why when they are none.
 */
bool md_zone_series_begin(struct md_zone_reader *, const struct md_zone_entry *,
                          struct md_str words);

/* The next line of the series under way; false at its end, or on an error with r->why. */
bool md_zone_series_next(struct md_zone_reader *, struct md_zone_entry *);

#endif
