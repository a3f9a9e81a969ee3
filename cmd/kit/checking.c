/* What the commands that examine have in common: engine and files, opened and put away. */
#include "checking.h"

#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "interrupt.h"
#include "net/server.h"
#include "report/report.h"

enum cli_exit
cli_strongest(const bool seen[CLI_EXIT_INCONCLUSIVE + 1])
{
	static const enum cli_exit order[] = { CLI_EXIT_TROUBLE, CLI_EXIT_FINDINGS,
		                               CLI_EXIT_INCONCLUSIVE };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (seen[order[i]])
			return order[i];
	return CLI_EXIT_CLEAN;
}

static bool
at_or_above(const struct md_report *report, const char *fail_on)
{
	static const struct {
		const char *word;
		enum md_verdict least;
	} levels[] = { { "fail", MD_FAIL }, { "warn", MD_WARN }, { "info", MD_INFO } };

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (md_report_findings(report, levels[i].least) > 0)
			return strcmp(fail_on, "never") != 0;
		if (strcmp(fail_on, levels[i].word) == 0)
			return false;
	}
	return false;
}

const char *
cli_fail_on(const struct cli_settings *set)
{
	if (set->fail_on != NULL)
		return set->fail_on;
	return set->from_stdin ? "never" : "fail";
}

enum cli_exit
cli_status_of(const struct cli_settings *set, const struct md_report *report)
{
	if (at_or_above(report, cli_fail_on(set)))
		return CLI_EXIT_FINDINGS;
	return report->complete ? CLI_EXIT_CLEAN : CLI_EXIT_INCONCLUSIVE;
}

enum cli_exit
cli_status_of_list(const struct cli_settings *set, const struct md_report *report)
{
	return set->fail_on != NULL ? cli_status_of(set, report) : CLI_EXIT_CLEAN;
}

struct md_run_options
cli_common_options(const struct cli_checking *c)
{
	const struct cli_settings *set = &c->call->set;

	return (struct md_run_options){
		.mail_from = set->mail_from,
		.helo = set->helo,
		.selectors = set->selector.p,
		.ignore = set->ignore.p,
		.timeout = set->timeout,
	};
}

bool
cli_good_addresses(const struct cli_strings *ips)
{
	struct md_addr addr;

	for (size_t i = 0; i < ips->n; i++) {
		if (!md_addr_parse(md_str(ips->p[i]), &addr)) {
			cli_say("--ip: \"%s\" is no IP address", ips->p[i]);
			return false;
		}
	}
	return true;
}

bool
cli_good_resolvers(const struct cli_strings *resolvers)
{
	struct md_endpoint endpoint;

	for (size_t i = 0; i < resolvers->n; i++) {
		if (!md_endpoint_parse(resolvers->p[i], &endpoint)) {
			cli_say("--resolver: \"%s\" is no ADDRESS, ADDRESS:PORT or [V6]:PORT",
			        resolvers->p[i]);
			return false;
		}
	}
	return true;
}

struct md_engine_options
cli_engine_wishes(const struct cli_settings *set)
{
	return (struct md_engine_options){
		.resolvers = set->resolver.p,
		.replay = set->replay,
		.offline = set->offline,
		.query_timeout = set->query_timeout,
		.tries = set->tries,
		.rate = set->rate,
		.data_dir = set->data,
		.witness = set->no_second_opinion ? "" : NULL,
	};
}

struct md_engine *
cli_engine_of(const struct md_engine_options *options)
{
	char *why = NULL;
	struct md_engine *engine = md_engine_new(options, &why);

	if (engine != NULL)
		return engine;
	cli_say("%s", why);
	free(why);
	return NULL;
}

struct md_engine *
cli_open_engine(const struct cli_checking *c)
{
	struct md_engine_options options = cli_engine_wishes(&c->call->set);

	options.zones = c->call->set.zone.p;
	if (c->bulk)
		options.patience = CLI_BULK_PATIENCE;
	return cli_engine_of(&options);
}

/* Zone files may be readable and yet not say what their author thinks. */
void
cli_pass_on_warnings(const struct md_engine *engine)
{
	const char *const *warnings;

	for (size_t zone = 0; (warnings = md_engine_warnings(engine, zone)) != NULL; zone++)
		for (; *warnings != NULL; warnings++)
			cli_say("%s", *warnings);
}

enum cli_exit
cli_carry_out(struct cli_checking *c, enum cli_exit (*examine)(struct cli_checking *))
{
	enum cli_exit status = CLI_EXIT_TROUBLE;

	/* Before anything is staged that would stay behind; a long list is ended in peace. */
	cli_catch_interrupts(c->bulk ? 2 : 1);
	if ((c->prepare == NULL || c->prepare(c)) && cli_outputs_open(c->call, &c->outputs)) {
		status = examine(c);
		if (!(c->failed ? cli_outputs_keep : cli_outputs_finish)(&c->outputs))
			status = CLI_EXIT_TROUBLE;
	}
	cli_outputs_drop(&c->outputs);
	return status;
}
