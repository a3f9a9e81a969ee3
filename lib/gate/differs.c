/* Holds the facts of both sides against each other. */
#include "gate/differs.h"

#include "ask/check.h"
#include "fact/kind.h"

const struct md_fact *
md_gate_fact(const struct md_report *report, const struct md_fact_kind *kind,
             const void *question)
{
	for (size_t i = 0; i < report->nfacts; i++)
		if (report->facts[i]->kind == kind &&
		    kind->same(kind->question(report->facts[i]), question))
			return report->facts[i];
	return NULL;
}

/* The same fact before the change; NULL when the other side did not ask for it. */
static const struct md_fact *
before(const struct md_gate_sides *sides, const struct md_fact *after)
{
	return md_gate_fact(sides->base, after->kind, after->kind->question(after));
}

static bool
differ(const struct md_gate_sides *sides, const struct md_bits *reads)
{
	for (size_t i = 0; i < sides->proposed->nfacts; i++) {
		const struct md_fact *after = sides->proposed->facts[i], *fact;

		if (reads != NULL && !md_bits_has(reads, i))
			continue;
		fact = before(sides, after);
		if (fact != NULL && !after->kind->alike(fact, after))
			return true;
	}
	return false;
}

bool
md_gate_differs(const struct md_gate_sides *sides, const struct md_result *r)
{
	return differ(sides, r != NULL ? &r->reads.all : NULL);
}

bool
md_gate_hides_more(const struct md_gate_sides *sides, const struct md_result *r)
{
	return !r->check->facts_apart && differ(sides, &r->reads.deciding);
}

bool
md_gate_is_first_seen(const struct md_gate_sides *sides, const struct md_result *r)
{
	for (size_t i = 0; i < sides->proposed->nfacts; i++) {
		const struct md_fact *after = sides->proposed->facts[i], *fact;

		if (after->state == MD_UNKNOWN || !md_bits_has(&r->reads.all, i))
			continue;
		fact = before(sides, after);
		if (fact != NULL && fact->state == MD_UNKNOWN)
			return true;
	}
	return false;
}
