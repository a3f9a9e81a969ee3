/* SPF evaluated, and its tree, on hostile answers: bounded in questions, records and text. */
#include <assert.h>
#include <stdlib.h>

#include "ask/check.h"
#include "base/arena.h"
#include "made_zone.h"
#include "maildiag.h"
#include "report/report.h"
#include "spf/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* More would be what the bounds of lib/spf do not let pass: the tree's 600, two evaluations. */
enum { MOST_FACTS = 800, MOST_NODES = 200 };

static void
look(struct md_ctx *c)
{
	const struct md_spf_tree *tree = md_spf_tree(c, md_domain(c));

	if (md_waiting(c))
		return;
	assert(tree->nnodes >= 1 && tree->nnodes <= MOST_NODES);
	for (size_t i = 0; i < tree->nnodes; i++) {
		const struct md_spf_node *node = tree->nodes[i];

		assert((node->parent == NULL) == (i == 0));
		assert(node->voids[0] <= tree->voids[0] && node->voids[1] <= tree->voids[1]);
		for (size_t j = 0; j < node->n; j++)
			assert(node->visits[j].number <= tree->terms &&
			       node->visits[j].after <= tree->terms);
	}
}

static const struct md_check looks = { .name = "spf", .title = "SPF", .run = look };

static void
examine(struct md_engine *e, const struct md_check *const *checks, bool bulk)
{
	static const char *const ips[] = { "192.0.2.1", "2001:db8::1", NULL };
	const struct md_run_options options = { .domain = "example.com",
		                                .ips = ips,
		                                .mail_from = "a.b-c@example.com",
		                                .helo = "mx.example.com",
		                                .bulk = bulk,
		                                .now = 1794650000 };
	char *why = NULL;
	struct md_run *run = md_run_new(e, checks, &options, &why);

	assert(run != NULL);
	while (!md_run_done(run))
		md_engine_step(e, 0);
	assert(md_run_report(run)->nfacts < MOST_FACTS);
	md_run_free(run);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_check *const tree[] = { &looks, NULL };
	struct md_arena *mem = md_arena_new();
	const struct md_proposal *zone = made_zone(mem, data, size);
	char *why = NULL;
	struct md_engine *e;

	if (zone != NULL) {
		e = md_engine_new(&(struct md_engine_options){ .offline = true,
		                                               .given = zone,
		                                               .witness = "" },
		                  &why);
		assert(e != NULL);
		examine(e, md_checks_spf(), false);
		examine(e, tree, true);
		md_engine_free(e);
	}
	md_arena_free(mem);
	return 0;
}
