/* All records that mail rests on, each taken from one side of a change to the other. */
#include "gate/judge_changes.h"
#include "gate/look.h"
#include "gate/watched.h"

void
md_gate_changes(const struct md_gate_sides *sides, const struct md_gate_watch *watch,
                struct md_notices *rows)
{
	const struct md_zone_seen *was = md_gate_seen(sides->base);
	const struct md_zone_seen *is = md_gate_seen(sides->proposed);
	size_t next = 0;

	for (size_t i = 0; was != NULL && is != NULL && i < was->n; i++) {
		const struct md_watched *now = md_watched_find(is, &was->all[i], &next);

		if (now != NULL)
			md_gate_change(sides, watch, &was->all[i], now, rows);
	}
	if (was != NULL && is != NULL)
		md_gate_keys(sides, watch, rows);
}
