/* Which domains the gate judges: those named, and all that the change can touch. */
#include "../kit/say.h"
#include "base/name.h"
#include "gate.h"

static bool
take(struct cli_gate *gate, struct md_index *taken, const char *name)
{
	if (md_index_add(taken, md_str(name)))
		MD_PUSH(gate->mem, gate->domains.p, gate->domains.n, name);
	return true;
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

enum cli_exit
cli_gate_find_domains(struct cli_gate *gate)
{
	const struct md_gate_config *config = gate->config;
	struct md_index taken = { .mem = gate->mem };

	md_found_in(&gate->found, gate->proposal);
	if (gate->before != NULL)
		md_found_before(&gate->found, gate->before, gate->proposal);
	if (!take_operands(gate, &taken))
		return CLI_EXIT_USAGE;
	for (size_t i = 0; gate->operands->n == 0 && i < config->ndomains; i++)
		take(gate, &taken, config->domains[i]);
	for (size_t i = 0; gate->operands->n == 0 && i < gate->found.ndomains; i++)
		take(gate, &taken, gate->found.domains[i]);
	if (gate->domains.n > 0)
		return CLI_EXIT_CLEAN;
	cli_say("no domain is to be seen in what is proposed: name one");
	return CLI_EXIT_USAGE;
}
