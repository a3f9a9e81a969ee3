/* The report of a domain made from the input, its plan with it, in every format. */
#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "made_zone.h"
#include "maildiag.h"
#include "rendered.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const selectors[] = { "s", NULL };
	const struct md_run_options options = {
		.domain = "example.com", .selectors = selectors, .bulk = true, .now = 1794650000
	};
	struct md_arena *mem = md_arena_new();
	const struct md_proposal *zone = made_zone(mem, data, size);
	struct md_engine *e = NULL;
	struct md_run *run = NULL;
	char *why = NULL;

	if (zone != NULL) {
		e = md_engine_new(&(struct md_engine_options){ .offline = true,
		                                               .given = zone,
		                                               .witness = "" },
		                  &why);
		run = md_run_new(e, md_checks(), &options, &why);
		assert(run != NULL);
		while (!md_run_done(run))
			md_engine_step(e, 0);
		if (size % 4 == 0) /* it costs more than all else */
			md_run_plan(run);
		must_render(md_run_report(run), 2000000 + 50 * size);
	}
	md_run_free(run);
	md_engine_free(e);
	md_arena_free(mem);
	return 0;
}
