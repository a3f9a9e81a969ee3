/* Holds the facts of both sides against each other. */
#include "gate/differs.h"

#include <stdlib.h>

#include "ask/check.h"
#include "base/arena.h"
#include "base/name.h"
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

struct place {
	size_t hash;
	const struct md_fact *fact;
};

struct md_gate_facts {
	size_t n;
	struct place *places; /* by hash */
};

static int
by_hash(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return (a->hash > b->hash) - (a->hash < b->hash);
}

struct md_gate_facts *
md_gate_facts_of(struct md_arena *mem, const struct md_report *report)
{
	struct md_gate_facts *facts = md_alloc(mem, sizeof(*facts));

	facts->n = report->nfacts;
	facts->places = md_alloc(mem, (facts->n + 1) * sizeof(*facts->places));
	for (size_t i = 0; i < facts->n; i++) {
		const struct md_fact *fact = report->facts[i];

		facts->places[i].hash = fact->kind->hash(fact->kind->question(fact));
		facts->places[i].fact = fact;
	}
	if (facts->n > 0)
		qsort(facts->places, facts->n, sizeof(*facts->places), by_hash);
	return facts;
}

static size_t
first_of(const struct md_gate_facts *facts, size_t hash)
{
	size_t low = 0, high = facts->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (facts->places[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct md_fact *
md_gate_fact_before(const struct md_gate_sides *sides, const struct md_fact_kind *kind,
                    const void *question)
{
	const struct md_gate_facts *facts = sides->facts_before;
	const size_t hash = kind->hash(question);

	if (facts == NULL)
		return md_gate_fact(sides->base, kind, question);
	for (size_t i = first_of(facts, hash); i < facts->n && facts->places[i].hash == hash;
	     i++) {
		const struct md_fact *fact = facts->places[i].fact;

		if (fact->kind == kind && kind->same(kind->question(fact), question))
			return fact;
	}
	return NULL;
}

/* The same fact before the change; NULL when the other side did not ask for it. */
static const struct md_fact *
before(const struct md_gate_sides *sides, const struct md_fact *after)
{
	return md_gate_fact_before(sides, after->kind, after->kind->question(after));
}

bool
md_gate_is_same(const struct md_gate_sides *sides, const struct md_fact *after)
{
	const struct md_fact *fact = before(sides, after);

	return fact != NULL && fact->state == MD_PRESENT && after->kind->alike(fact, after);
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
md_gate_is_known(const struct md_fact *fact)
{
	return fact->state == MD_PRESENT || fact->state == MD_ABSENT;
}

bool
md_gate_zone_differs(const struct md_gate_sides *sides, const char *apex)
{
	for (size_t i = 0; i < sides->proposed->nfacts; i++) {
		const struct md_fact *after = sides->proposed->facts[i], *fact;
		const char *name;
		uint16_t type;

		if (after->kind->name_in_dns == NULL || !md_gate_is_known(after))
			continue;
		name = after->kind->name_in_dns(after->kind->question(after), &type);
		if (type == MD_SOA || !md_name_under(name, apex))
			continue;
		fact = before(sides, after);
		if (fact != NULL && md_gate_is_known(fact) && !after->kind->alike(fact, after))
			return true;
	}
	return false;
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
