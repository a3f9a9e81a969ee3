/* maildiag gate: would this change of the DNS break mail? */
#include "gate.h"

#include <string.h>

#include "../kit/select.h"
#include "gate/render.h"

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct cli_gate *gate)
{
	struct cli_call *call = gate->checking.call;
	const struct cli_settings *set = &call->set;

	if (set->zone.n + set->set.n + set->unset.n == 0) {
		cli_say("what is proposed? (--zone FILE, or --set 'NAME TYPE DATA')");
		return false;
	}
	if (!cli_good_addresses(&set->ip) || !cli_good_resolvers(&set->resolver) ||
	    !cli_outputs_plan(call, &gate->checking.outputs))
		return false;
	gate->checking.checks = cli_select(call, true);
	return gate->checking.checks != NULL;
}

static bool
write_all(struct cli_gate *gate)
{
	bool all = true;

	for (size_t i = 0; i < gate->checking.outputs.n; i++) {
		struct cli_output *out = &gate->checking.outputs.p[i];
		struct cli_sheet sheet;

		if (out->notices != NULL) {
			md_notices_join(out->notices, gate->rows);
			out->notices->headline = gate->rows->headline;
			continue;
		}
		cli_sheet_begin(&sheet);
		if (strcmp(out->format, "text") == 0)
			md_gate_text(gate->rows, &out->style, sheet.file);
		else
			md_gate_json(gate->rows, strcmp(out->format, "jsonl") == 0, sheet.file);
		all = cli_sheet_put(&sheet, out) && all;
	}
	return all;
}

static enum cli_exit
status_of(const struct md_notices *rows)
{
	if (md_gate_stops(rows))
		return CLI_EXIT_FINDINGS;
	return md_gate_is_unknown(rows) ? CLI_EXIT_INCONCLUSIVE : CLI_EXIT_CLEAN;
}

static enum cli_exit
examine(struct cli_checking *c)
{
	struct cli_gate *gate = (struct cli_gate *)c;
	enum cli_exit status = cli_gate_read(gate);

	if (status == CLI_EXIT_CLEAN && !cli_gate_judge(gate))
		status = CLI_EXIT_TROUBLE;
	c->failed = status != CLI_EXIT_CLEAN && gate->rows->n == 0;
	if (c->failed)
		return status;
	md_gate_conclude(gate->rows);
	if (status != CLI_EXIT_CLEAN)
		gate->rows->headline = "STOP: the proposed change cannot be read";
	if (!write_all(gate)) {
		c->failed = true;
		return CLI_EXIT_TROUBLE;
	}
	return status == CLI_EXIT_CLEAN ? status_of(gate->rows) : status;
}

static enum cli_exit
run(struct cli_call *call)
{
	struct cli_gate gate = { .checking = { .call = call } };

	gate.rows = md_notices_new(call->mem);
	gate.found.mem = call->mem;
	if (!understand(&gate))
		return CLI_EXIT_USAGE;
	return cli_carry_out(&gate.checking, examine);
}

const struct cli_cmd cli_cmd_gate = {
	.name = "gate",
	.args = "[OPTIONS] [DOMAIN...]",
	.summary = "Judge a change of the DNS before it is made",
	.bit = CLI_FOR_GATE,
	.checks = md_checks_gate,
	.run = run,
};
