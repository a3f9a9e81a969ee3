/* Gaps: what an attempt, or a result that checks share, could not know. */
#include "ask/ctx.h"

#include <assert.h>
#include <string.h>

const struct md_rule *
md_rule_of(const struct md_ctx *c, unsigned rule)
{
	if (rule == MD_NO_RULE)
		return NULL;
	assert(rule < c->task->check->nrules);
	return &c->task->check->rules[rule];
}

void
md_gap_add(struct md_ctx *c, const struct md_gap *gap)
{
	struct md_gap *copy;

	for (struct md_gap *g = c->gaps->first; g != NULL; g = g->next)
		if (strcmp(g->fact, gap->fact) == 0 && strcmp(g->why, gap->why) == 0) {
			if (g->kind == MD_LIMIT)
				g->kind = gap->kind;
			return;
		}
	copy = md_alloc(c->mem, sizeof(*copy));
	*copy = *gap;
	copy->next = NULL;
	*c->gaps->last = copy;
	c->gaps->last = &copy->next;
}
