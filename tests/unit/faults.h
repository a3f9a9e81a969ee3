/* Faults as text, for tables: "OFFSET+LENGTH why", one a line. */
#ifndef UNIT_FAULTS_H
#define UNIT_FAULTS_H

#include "record/faults.h"

static inline const char *
faults_text(struct md_arena *mem, const struct md_faults *faults)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < faults->n; i++)
		md_buf_printf(&out, "%zu+%zu %s\n", faults->list[i].at, faults->list[i].len,
		              faults->list[i].why);
	return md_buf_str(&out);
}

#endif
