/* Collects what is wrong with a record. */
#include "record/faults.h"

#include "base/arena.h"

void
md_faults_add(struct md_faults *faults, struct md_str text, struct md_str where,
              const char *why)
{
	if (faults->n < MD_FAULTS_MOST)
		faults->list[faults->n++] = (struct md_fault){ .at = (size_t)(where.p - text.p),
			                                       .len = where.len,
			                                       .why = why };
}

const char *
md_faults_line(struct md_arena *mem, const struct md_faults *faults)
{
	struct md_buf line = { .mem = mem };

	for (size_t i = 0; i < faults->n; i++)
		md_buf_item(&line, "; ", "%s", faults->list[i].why);
	return md_buf_str(&line);
}
