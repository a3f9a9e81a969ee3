/* What is the same for all domains of a call. */
#include <time.h>

#include "gate.h"

struct md_gate_sides
cli_gate_sides_of(const struct cli_gate *gate)
{
	const struct cli_gate_settings *set = gate->set;
	const struct md_gate_config *config = gate->config;
	const char *fail_on = set->wishes.reporting.fail_on;
	bool passes = false;

	for (size_t i = 0; i < gate->checking.outputs.n; i++)
		passes = passes || gate->checking.outputs.p[i].notices != NULL;
	if (fail_on == NULL && config->fail_on[0] != '\0')
		fail_on = config->fail_on;
	return (struct md_gate_sides){
		.mem = gate->mem,
		.proposal = gate->proposal,
		.config = config,
		.ignore = set->wishes.choice.ignore.p,
		.fail_on = cli_fail_on(fail_on, false),
		.fail_on_unknown = set->fail_on_unknown || config->fail_on_unknown,
		.now = time(NULL),
		.all = set->all,
		.passes = passes,
	};
}
