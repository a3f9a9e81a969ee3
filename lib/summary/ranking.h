/* How many domains have each of many things: rules, providers, top-level names, reasons. */
#ifndef MD_RANKING_H
#define MD_RANKING_H

#include <stddef.h>
#include <stdint.h>

#include "report/report.h"

struct md_arena;

enum { MD_VERDICTS = MD_FAIL + 1 };

/* One row.  Members that a ranking of its kind does not use are 0 or NULL. */
struct md_row {
	const char *name;               /* as it was written when it was first met */
	const char *title;              /* of a rule */
	uint64_t domains;               /* that have it */
	uint64_t verdicts[MD_VERDICTS]; /* of these domains */
	uint64_t counted;               /* the number of the domain that was counted last */
	uint64_t *providers, *tlds;     /* of a rule: by row of these rankings */
};

/*
 * A ranking has a fixed number of rows.  What finds no row any more is counted in row 0, which
 * has no name.  Rows never move.
 */
struct md_ranking {
	struct md_arena *mem;
	struct md_row *rows;
	size_t n, most;
	size_t first;    /* rows before it are not for md_ranking_sorted */
	uint32_t *slots; /* by hash: a row, or 0 */
	size_t nslots;
};

void md_ranking_init(struct md_ranking *, struct md_arena *, size_t most);

/* The row of this name, a new one where there is room, else row 0. */
struct md_row *md_ranking_row(struct md_ranking *, const char *name);

/* The domains of this name; 0 when there is no such row. */
uint64_t md_ranking_domains(const struct md_ranking *, const char *name);

/* The rows from `first` on, NULL-terminated: those of most domains first, then by name. */
const struct md_row **md_ranking_sorted(struct md_arena *, const struct md_ranking *);

#endif
