/* maildiag gate: would this change of the DNS break mail? */
#include "gate.h"

#include <string.h>

#include "gate/render.h"
#include "select.h"

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct md_gate *gate)
{
	struct md_call *call = gate->checking.call;
	const struct md_settings *set = &call->set;

	if (set->zone.n + set->set.n + set->unset.n == 0) {
		md_say("what is proposed? (--zone FILE, or --set 'NAME TYPE DATA')");
		return false;
	}
	if (!md_good_addresses(&set->ip) || !md_good_resolvers(&set->resolver) ||
	    !md_outputs_plan(call, &gate->checking.outputs))
		return false;
	gate->checking.checks = md_select(call, true);
	return gate->checking.checks != NULL;
}

static bool
write_all(struct md_gate *gate)
{
	bool all = true;

	for (size_t i = 0; i < gate->checking.outputs.n; i++) {
		struct md_output *out = &gate->checking.outputs.p[i];
		struct md_sheet sheet;

		if (out->notices != NULL) {
			md_notices_join(out->notices, gate->rows);
			out->notices->headline = gate->rows->headline;
			continue;
		}
		md_sheet_begin(&sheet);
		if (strcmp(out->format, "text") == 0)
			md_gate_text(gate->rows, &out->style, sheet.file);
		else
			md_gate_json(gate->rows, strcmp(out->format, "jsonl") == 0, sheet.file);
		all = md_sheet_put(&sheet, out) && all;
	}
	return all;
}

static enum md_exit
status_of(const struct md_notices *rows)
{
	if (md_gate_stops(rows))
		return MD_EXIT_FINDINGS;
	return md_gate_is_unknown(rows) ? MD_EXIT_INCONCLUSIVE : MD_EXIT_CLEAN;
}

static enum md_exit
examine(struct md_checking *c)
{
	struct md_gate *gate = (struct md_gate *)c;
	enum md_exit status = md_gate_read(gate);

	if (status == MD_EXIT_CLEAN && !md_gate_judge(gate))
		status = MD_EXIT_TROUBLE;
	c->failed = status != MD_EXIT_CLEAN && gate->rows->n == 0;
	if (c->failed)
		return status;
	md_gate_conclude(gate->rows);
	if (status != MD_EXIT_CLEAN)
		gate->rows->headline = "STOP: the proposed change cannot be read";
	if (!write_all(gate)) {
		c->failed = true;
		return MD_EXIT_TROUBLE;
	}
	return status == MD_EXIT_CLEAN ? status_of(gate->rows) : status;
}

static enum md_exit
run(struct md_call *call)
{
	struct md_gate gate = { .checking = { .call = call } };

	gate.rows = md_notices_new(call->mem);
	gate.found.mem = call->mem;
	if (!understand(&gate))
		return MD_EXIT_USAGE;
	return md_carry_out(&gate.checking, examine);
}

const struct md_cmd md_cmd_gate = {
	.name = "gate",
	.args = "[OPTIONS] [DOMAIN...]",
	.summary = "Judge a change of the DNS before it is made",
	.bit = MD_FOR_GATE,
	.checks = md_checks_gate,
	.run = run,
};
