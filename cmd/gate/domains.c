/* Which domains the gate judges: those named, and all that the change can touch. */
#include "../kit/say.h"
#include "base/name.h"
#include "gate.h"
#include "gate/gone.h"
#include "gate/rows.h"

static void
take(struct cli_gate *gate, struct md_index *taken, const char *name)
{
	if (md_index_add(taken, md_str(name)))
		MD_PUSH(gate->mem, gate->domains.p, gate->domains.n, name);
}

static bool
take_operands(struct cli_gate *gate, struct md_index *taken)
{
	const char *why = "";

	for (size_t i = 0; i < gate->operands->n; i++) {
		const char *name = md_name_from_user(gate->mem, gate->operands->p[i], &why);

		if (name == NULL) {
			cli_say("%s", why);
			return false;
		}
		take(gate, taken, name);
	}
	return true;
}

/* Those of the settings, and all that were found; the latter are once each already. */
static void
take_found(struct cli_gate *gate, struct md_index *taken)
{
	for (size_t i = 0; i < gate->config->ndomains; i++)
		take(gate, taken, gate->config->domains[i]);
	for (size_t i = 0; i < gate->found.ndomains; i++)
		if (!md_index_has(taken, md_str(gate->found.domains[i])))
			MD_PUSH(gate->mem, gate->domains.p, gate->domains.n,
			        gate->found.domains[i]);
}

enum cli_exit
cli_gate_find_domains(struct cli_gate *gate)
{
	struct md_index taken = { .mem = gate->mem };

	md_found_in(&gate->found, gate->proposal);
	if (gate->before != NULL)
		md_found_before(&gate->found, gate->before, gate->proposal);
	if (!take_operands(gate, &taken))
		return CLI_EXIT_USAGE;
	if (gate->operands->n == 0)
		take_found(gate, &taken);
	if (gate->domains.n > 0)
		return CLI_EXIT_CLEAN;
	if (gate->proposal->nzones + gate->proposal->nchanges == 0)
		return CLI_EXIT_CLEAN; /* a plan that has nothing to do with the DNS */
	cli_say("no domain is to be seen in what is proposed: name one");
	return CLI_EXIT_USAGE;
}

/* Those that change, and were not named: "a, b and 3 more". */
static void
tell_unnamed(const struct cli_gate *gate, const struct md_gate_sides *sides)
{
	enum { SHOWN = 5 };
	struct md_index changed = { .mem = gate->mem }, named = { .mem = gate->mem };
	struct md_buf names = { .mem = gate->mem };
	size_t n = 0;

	for (size_t i = 0; i < gate->domains.n; i++)
		md_index_add(&named, md_str(gate->domains.p[i]));
	md_gate_changed(gate->mem, gate->before, gate->proposal, &changed);
	for (size_t i = 0; i < gate->found.ndomains; i++) {
		const char *name = gate->found.domains[i];

		if (!md_index_has(&changed, md_str(name)) || md_index_has(&named, md_str(name)))
			continue;
		if (n++ < SHOWN)
			md_buf_item(&names, ", ", "%s", name);
	}
	if (n > SHOWN)
		md_buf_printf(&names, " and %zu more", n - SHOWN);
	if (n > 0)
		md_gate_not_judged(
		        sides, gate->rows, md_buf_str(&names),
		        &(struct md_not_judged){
		                .what = md_buf_str(&names),
		                .why = "the change touches it, and only what was named is judged",
		                .place = { "", 0, NULL } },
		        MD_NEW);
}

void
cli_gate_add_others(struct cli_gate *gate)
{
	const struct md_gate_sides sides = cli_gate_sides_of(gate);

	cli_gate_add_faults(gate);
	cli_gate_add_not_judged(gate);
	cli_gate_add_other_settings(gate);
	md_gate_gone(&sides, gate->before, gate->rows);
	if (gate->operands->n > 0)
		tell_unnamed(gate, &sides);
}
