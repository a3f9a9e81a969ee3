/* What is wrong with the proposal's files, and what was passed over in them, as rows. */
#include <string.h>

#include "gate.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "gate/zone_rules.h"

const char *
cli_gate_fault_key(struct md_arena *mem, const char *name, uint16_t type)
{
	return md_printf(mem, "%u %s", type, name);
}

static const char *
fault_key(struct md_arena *mem, const struct md_input_fault *fault)
{
	return md_printf(mem, "%s\n%s\n%s", fault->rule, fault->name, fault->evidence);
}

/* The faults that are in the base already. */
static struct md_index
faults_before(const struct cli_gate *gate)
{
	struct md_index known = { .mem = gate->mem };

	for (size_t i = 0; gate->before != NULL && i < gate->before->nfaults; i++)
		md_index_add(&known, md_str(fault_key(gate->mem, &gate->before->faults[i])));
	return known;
}

void
cli_gate_add_faults(struct cli_gate *gate)
{
	const struct md_index known = faults_before(gate);
	const struct md_gate_sides sides = cli_gate_sides_of(gate);

	for (size_t i = 0; i < gate->proposal->nfaults; i++) {
		const struct md_input_fault *fault = &gate->proposal->faults[i];
		const struct md_rule *rule = md_zone_rule_find(fault->rule);
		struct md_notice row;
		const char *key;

		if (rule == NULL)
			continue;
		row = md_gate_row(rule, fault->name);
		if (rule->severity == MD_UNSURE)
			row.kind = MD_NOTICE_GAP;
		key = cli_gate_fault_key(gate->mem, fault->name, fault->type);
		if (md_index_has(&gate->unchanged, md_str(key)) ||
		    md_index_has(&known, md_str(fault_key(gate->mem, fault))))
			row.novelty = MD_UNCHANGED;
		row.evidence = fault->evidence;
		md_gate_set_place(gate->mem, &row, fault->place);
		if (row.novelty == MD_NEW || sides.all)
			md_gate_add(&sides, gate->rows, row);
	}
}

static const char *
passed_key(struct md_arena *mem, const struct md_not_judged *what)
{
	return md_printf(mem, "%s\n%s", what->what, what->why);
}

void
cli_gate_add_not_judged(struct cli_gate *gate)
{
	const struct md_gate_sides sides = cli_gate_sides_of(gate);
	struct md_index known = { .mem = gate->mem };

	for (size_t i = 0; gate->before != NULL && i < gate->before->nnot_judged; i++)
		md_index_add(&known,
		             md_str(passed_key(gate->mem, &gate->before->not_judged[i])));
	for (size_t i = 0; i < gate->proposal->nnot_judged; i++) {
		const struct md_not_judged *what = &gate->proposal->not_judged[i];
		const char *subject =
		        gate->domains.n > 0 ? gate->domains.p[0] : what->place.file;
		const bool old = what->harmless ||
		                 md_index_has(&known, md_str(passed_key(gate->mem, what)));

		if (!old || sides.all)
			md_gate_not_judged(&sides, gate->rows, subject, what,
			                   old ? MD_UNCHANGED : MD_NEW);
	}
}

void
cli_gate_note_faulty(struct cli_gate *gate)
{
	gate->faulty = gate->unchanged = (struct md_index){ .mem = gate->mem };
	for (size_t i = 0; i < gate->proposal->nfaults; i++) {
		const struct md_input_fault *fault = &gate->proposal->faults[i];

		if (strncmp(fault->rule, "zone.txt-", 9) == 0 ||
		    strcmp(fault->rule, "zone.name-doubled") == 0)
			md_index_add(&gate->faulty,
			             md_str(cli_gate_fault_key(gate->mem, fault->name,
			                                       fault->type)));
	}
}
