/* maildiag gate: would this change of the DNS break mail? */
#include "gate.h"

#include <string.h>

#include "../kit/say.h"
#include "base/name.h"
#include "gate/render.h"

static const struct cli_opt opts[] = {
	CLI_OPT_GROUP("What is proposed"),
	{ .name = "zone",
	  .value = "FILE[=ORIGIN]",
	  CLI_FILES(struct cli_gate_settings, zone),
	  .summary = "a zone, or changes of one; repeatable" },
	{ .name = "zone-format",
	  .value = "FORMAT",
	  CLI_WORD(struct cli_gate_settings, zone_format, md_zone_format_names),
	  .summary = "what the zone is written in, if not seen" },
	{ .name = "origin",
	  .value = "NAME",
	  CLI_TEXT(struct cli_gate_settings, origin),
	  .summary = "names are relative to it where the file does not say" },
	{ .name = "root",
	  .value = "FOLDER",
	  CLI_FILE(struct cli_gate_settings, root),
	  .summary =
	          "read nothing outside it (the git repository, or the folder of the file)" },
	{ .name = "set",
	  .value = "'NAME TYPE DATA'",
	  CLI_TEXTS(struct cli_gate_settings, set),
	  .summary = "a record; of one name and type they are a set; repeatable" },
	{ .name = "unset",
	  .value = "'NAME TYPE'",
	  CLI_TEXTS(struct cli_gate_settings, unset),
	  .summary = "these records go; repeatable" },
	CLI_OPT_GROUP("What it is held against"),
	{ .name = "base",
	  .value = "FILE[=ORIGIN]",
	  CLI_FILES(struct cli_gate_settings, base),
	  .summary = "as --zone, what is there; or facts of check --record; repeatable" },
	{ .name = "config",
	  .value = "FILE",
	  CLI_FILE(struct cli_gate_settings, config),
	  .summary = "domains, senders, waivers (.maildiag.yaml)" },
	{ .name = "fail-on-unknown",
	  CLI_FLAG(struct cli_gate_settings, fail_on_unknown),
	  .summary = "stop also for what could not be known" },
	CLI_OPT_SET(cli_sender_options, struct cli_gate_settings, wishes.sender),
	CLI_OPT_SET(cli_choice_options, struct cli_gate_settings, wishes.choice),
	CLI_OPT_SET_BUT(cli_source_options, struct cli_gate_settings, wishes.sources, "zone",
	                "record", "no-second-opinion"),
	CLI_OPT_SET(cli_patience_options, struct cli_gate_settings, wishes.patience),
	CLI_OPT_SET(cli_report_options, struct cli_gate_settings, wishes.reporting),
	{ .name = "all",
	  CLI_FLAG(struct cli_gate_settings, all),
	  .summary = "also what the change does not alter" },
	CLI_OPT_SET(cli_display_options, struct cli_gate_settings, wishes.reporting.display),
	CLI_OPT_END,
};

static bool
good_origins(const struct cli_gate *gate)
{
	const struct cli_gate_settings *set = gate->set;
	const char *why;

	for (size_t i = 0; i < set->zone.n; i++) {
		const char *origin = cli_gate_file(gate, set->zone.p[i]).origin;

		if (origin != NULL && strcmp(origin, ".") != 0 &&
		    md_name_from_user(gate->mem, origin, &why) == NULL) {
			cli_say("--zone %s: its origin: %s", set->zone.p[i], why);
			return false;
		}
	}
	return true;
}

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct cli_gate *gate)
{
	const struct cli_gate_settings *set = gate->set;
	const struct cli_wishes *wishes = &set->wishes;

	if (set->zone.n + set->set.n + set->unset.n == 0) {
		cli_say("what is proposed? (--zone FILE, or --set 'NAME TYPE DATA')");
		return false;
	}
	if (!good_origins(gate) || !cli_good_sender(&wishes->sender) ||
	    !cli_good_resolvers(&wishes->sources) ||
	    !cli_outputs_plan(gate->mem, &wishes->reporting, NULL, &gate->checking.outputs))
		return false;
	gate->checking.checks = cli_select(gate->mem, md_checks_gate(), &wishes->choice, true);
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
	struct cli_gate *gate = cli_container(c, struct cli_gate, checking);
	enum cli_exit status = cli_gate_read(gate);
	const bool unreadable = status != CLI_EXIT_CLEAN && gate->rows->n > 0;

	if (status == CLI_EXIT_CLEAN)
		status = cli_gate_find_domains(gate);
	if (status == CLI_EXIT_CLEAN && !cli_gate_judge(gate))
		status = CLI_EXIT_TROUBLE;
	c->failed = status != CLI_EXIT_CLEAN && !unreadable; /* no judgement by halves */
	if (c->failed)
		return status;
	md_gate_conclude(gate->rows);
	if (gate->domains.n == 0 && !md_gate_stops(gate->rows))
		gate->rows->headline =
		        gate->rows->complete ? "go ahead: no DNS record changes"
		                             : "unknown: what is not judged may change the DNS";
	if (unreadable)
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
	const struct cli_gate_settings *set = call->settings;
	struct cli_gate gate = {
		.checking = { .mem = call->mem, .wishes = &set->wishes },
		.mem = call->mem,
		.set = set,
		.operands = &call->operands,
	};

	gate.rows = md_notices_new(call->mem);
	md_found_init(&gate.found, call->mem);
	if (!understand(&gate))
		return CLI_EXIT_USAGE;
	return cli_carry_out(&gate.checking, examine);
}

const struct cli_cmd cli_cmd_gate = {
	.name = "gate",
	.args = "[OPTIONS] [DOMAIN...]",
	.summary = "Judge a change of the DNS before it is made",
	.options = opts,
	.settings = sizeof(struct cli_gate_settings),
	.examples =
	        (const char *const[]){
	                "maildiag gate --zone example.com.zone",
	                "maildiag gate --base main/zones --zone zones",
	                "maildiag gate example.com --set '_dmarc.example.com TXT \"v=DMARC1; p=none\"'",
	                NULL },
	.checks = md_checks_gate,
	.run = run,
};
