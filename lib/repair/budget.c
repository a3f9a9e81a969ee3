/* Counts what a search computes, and ends it. */
#include "repair/budget.h"

#include <stddef.h>

/* About a millisecond. */
enum { LOOK_EVERY = 1 << 20 };

struct md_budget
md_budget_make(uint64_t steps, bool (*stop)(const void *), const void *arg)
{
	return (struct md_budget){
		.left = steps, .next_look = steps, .stop = stop, .arg = arg
	};
}

void
md_budget_keep(struct md_budget *b, uint64_t kept)
{
	b->kept = kept < b->left ? kept : b->left;
	b->over = b->stopped;
}

uint64_t
md_budget_open(const struct md_budget *b)
{
	return b->stopped || b->left <= b->kept ? 0 : b->left - b->kept;
}

/* Has somebody said stop? */
static void
look(struct md_budget *b)
{
	if (b->stop == NULL || b->left > b->next_look)
		return;
	b->next_look = b->left > LOOK_EVERY ? b->left - LOOK_EVERY : 0;
	b->stopped = b->stopped || b->stop(b->arg);
}

bool
md_budget_spend(struct md_budget *b, uint64_t steps)
{
	look(b);
	/* what is over stays over: a cheaper step after it would only look like a result */
	if (b->over || steps > md_budget_open(b)) {
		b->over = true;
		return false;
	}
	b->left -= steps;
	return true;
}
