/* The engine as the command line wants it: where answers come from, and how long to wait. */
#include "engine.h"

#include <stdlib.h>

#include "interrupt.h"
#include "resolver/server.h"
#include "say.h"

const struct cli_opt cli_source_options[] = {
	CLI_OPT_GROUP("Where answers come from"),
	{ .name = "resolver",
	  .value = "ADDRESS[:PORT]",
	  CLI_TEXTS(struct cli_sources, resolver),
	  .summary = "name server to ask; repeatable" },
	{ .name = "zone",
	  .value = "FILE",
	  CLI_FILES(struct cli_sources, zone),
	  .summary = "zone file laid over the DNS; repeatable" },
	{ .name = "replay",
	  .value = "FILE",
	  CLI_FILE(struct cli_sources, replay),
	  .summary = "answer from recorded facts first" },
	{ .name = "record",
	  .value = "FILE",
	  CLI_FILE(struct cli_sources, record),
	  .summary = "write every fact that was seen" },
	{ .name = "offline",
	  CLI_FLAG(struct cli_sources, offline),
	  .summary = "never ask the network" },
	{ .name = "no-second-opinion",
	  CLI_FLAG(struct cli_sources, no_second_opinion),
	  .summary = "ask no other verifier" },
	{ .name = "data",
	  .value = "DIR",
	  CLI_FILE(struct cli_sources, data),
	  .summary = "files here replace the built-in ones" },
	CLI_OPT_END,
};

const struct cli_opt cli_patience_options[] = {
	CLI_OPT_GROUP("Patience"),
	{ .name = "timeout",
	  .value = "SECONDS",
	  CLI_SECONDS(struct cli_patience, timeout),
	  .summary = "for the whole report (60)" },
	{ .name = "query-timeout",
	  .value = "SECONDS",
	  CLI_SECONDS(struct cli_patience, query_timeout),
	  .summary = "for one attempt of a question (2)" },
	{ .name = "tries",
	  .value = "N",
	  CLI_NUMBER(struct cli_patience, tries),
	  .summary = "attempts per question (4)" },
	{ .name = "rate",
	  .value = "N",
	  CLI_NUMBER(struct cli_patience, rate),
	  .summary = "ask at most N questions a second" },
	{ .name = "jobs",
	  .value = "N",
	  CLI_NUMBER(struct cli_patience, jobs),
	  .summary = "examine so many at a time (64)" },
	CLI_OPT_END,
};

bool
cli_good_resolvers(const struct cli_sources *sources)
{
	const struct cli_strings *given = &sources->resolver;
	struct md_endpoint endpoint;

	for (size_t i = 0; i < given->n; i++) {
		if (!md_endpoint_parse(given->p[i], &endpoint)) {
			cli_say("--resolver: \"%s\" is no ADDRESS, ADDRESS:PORT or [V6]:PORT",
			        given->p[i]);
			return false;
		}
	}
	return true;
}

struct md_engine_options
cli_engine_options(const struct cli_sources *sources, const struct cli_patience *patience)
{
	return (struct md_engine_options){
		.resolvers = sources->resolver.p,
		.replay = sources->replay,
		.offline = sources->offline,
		.query_timeout = patience->query_timeout,
		.tries = patience->tries,
		.rate = patience->rate,
		.data_dir = sources->data,
		.interrupted = cli_interrupts,
		.witness = sources->no_second_opinion ? "" : NULL,
	};
}

struct md_engine *
cli_engine_new(const struct md_engine_options *options)
{
	char *why = NULL;
	struct md_engine *engine = md_engine_new(options, &why);

	if (engine != NULL)
		return engine;
	cli_say("%s", why);
	free(why);
	return NULL;
}

/* Zone files may be readable and yet not say what their author thinks. */
void
cli_engine_tell_warnings(const struct md_engine *engine)
{
	const char *const *warnings;

	for (size_t zone = 0; (warnings = md_engine_warnings(engine, zone)) != NULL; zone++)
		for (; *warnings != NULL; warnings++)
			cli_say("%s", *warnings);
}
