/* The diagnosis of all failing signatures of a message, once in a run. */
#include "base/arena.h"
#include "dkim/crypto.h"
#include "repair/budget.h"
#include "repair/repair.h"

/* Something does not match, whatever the cause named is: that may be told besides. */
static bool
worth_it(const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;

	if (v->result == MD_DKIM_PASS || v->rebuilt != NULL ||
	    v->cause == MD_DKIM_BODY_ABSENT || !v->body_known)
		return false;
	return !v->body_sound || v->cause == MD_DKIM_BODY_SHORTER ||
	       (!v->header_sound && key != NULL && key->noctets > 0 && key->faults.n == 0 &&
	        (key->type == MD_KEY_ED25519) ==
	                (v->signature->algorithm == MD_ED25519_SHA256));
}

/* How many of the verdicts from number i on. */
static size_t
count_worth_it(const struct md_dkim_verdicts *verdicts, size_t i)
{
	size_t n = 0;

	for (; i < verdicts->n; i++)
		n += worth_it(&verdicts->all[i]);
	return n;
}

static bool
stopped(const void *c)
{
	return md_stopped(c);
}

static const void *
diagnose(struct md_ctx *c, const char *unused)
{
	const struct md_dkim_verdicts *verdicts = md_dkim_verify_aside(c);
	struct md_dkim_diagnoses *all = md_alloc(md_mem(c), sizeof(*all));
	struct md_dkim_diagnosis *one = md_alloc(md_mem(c), verdicts->n * sizeof(*one));
	struct md_budget budget =
	        md_budget_make(md_eager(c) ? MD_BUDGET_WHOLE : MD_BUDGET_BULK, stopped, c);

	(void)unused;
	for (size_t i = 0; i < verdicts->n; i++) {
		const struct md_dkim_verdict *v = &verdicts->all[i];
		const size_t later = count_worth_it(verdicts, i + 1);

		one[i] = (struct md_dkim_diagnosis){ .verdict = v, .sure = "", .rewriter = "" };
		if (!worth_it(v) || md_waiting(c))
			continue;
		/* each has its share of what is left, and leaves what it does not need */
		md_budget_keep(&budget, budget.left / (later + 1) * later);
		one[i] = *md_dkim_repair(md_mem(c), md_keyring(c), md_subject(c)->message, v,
		                         &budget);
		one[i].stopped = budget.stopped;
	}
	*all = (struct md_dkim_diagnoses){ verdicts->n, one };
	return all;
}

const struct md_dkim_diagnoses *
md_dkim_diagnose(struct md_ctx *c)
{
	return md_derive_aside(c, diagnose, "");
}
