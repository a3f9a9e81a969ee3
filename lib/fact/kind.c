/* What holds for facts of every kind. */
#include "fact/kind.h"

#include "base/arena.h"
#include "base/str.h"

void
md_fetch_cancel(struct md_fetch *fetch)
{
	if (fetch != NULL)
		fetch->cancel(fetch);
}

struct md_fact *
md_fact_unknown(const struct md_fact_kind *kind, const void *question, bool by_choice,
                const char *why)
{
	struct md_arena *mem = md_arena_new();
	struct md_fact *fact = kind->blank(mem, question), *packed;

	fact->state = MD_UNKNOWN;
	fact->by_choice = by_choice;
	fact->why = kind->lacking != NULL ? md_printf(mem, "%s%s", kind->lacking, why) : why;
	packed = kind->pack(fact);
	md_arena_free(mem);
	return packed;
}
