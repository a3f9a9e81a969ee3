/* What the commands that examine have in common: engine and files, opened and put away. */
#include "checking.h"

#include <stdlib.h>

#include "net/server.h"

bool
md_good_resolvers(const struct md_words *resolvers)
{
	struct md_endpoint endpoint;

	for (size_t i = 0; i < resolvers->n; i++) {
		if (!md_endpoint_parse(resolvers->p[i], &endpoint)) {
			md_say("--resolver: \"%s\" is no ADDRESS, ADDRESS:PORT or [V6]:PORT",
			       resolvers->p[i]);
			return false;
		}
	}
	return true;
}

static bool
open_engine(struct md_checking *c)
{
	const struct md_settings *set = &c->call->set;
	const struct md_engine_options options = {
		.resolvers = set->resolver.p,
		.zones = set->zone.p,
		.replay = set->replay,
		.offline = set->offline,
		.query_timeout = set->query_timeout,
		.tries = set->tries,
		.data_dir = set->data,
		.witness = set->no_second_opinion ? "" : NULL,
	};
	char *why = NULL;

	c->engine = md_engine_new(&options, &why);
	if (c->engine != NULL)
		return true;
	md_say("%s", why);
	free(why);
	return false;
}

/* Zone files may be readable and yet not say what their author thinks. */
static void
pass_on_warnings(const struct md_engine *engine)
{
	const char *const *warnings;

	for (size_t zone = 0; (warnings = md_engine_warnings(engine, zone)) != NULL; zone++)
		for (; *warnings != NULL; warnings++)
			md_say("%s", *warnings);
}

static bool
open_files(struct md_checking *c)
{
	const char *record = c->call->set.record;

	if (record != NULL) {
		c->record.path = record;
		if (!md_output_open(c->call->mem, &c->record))
			return false;
	}
	return md_outputs_open(c->call, &c->outputs);
}

static bool
finish_files(struct md_checking *c)
{
	return md_outputs_finish(&c->outputs) && md_output_finish(&c->record);
}

enum md_exit
md_carry_out(struct md_checking *c)
{
	enum md_exit status = MD_EXIT_TROUBLE;

	if (!open_engine(c))
		return MD_EXIT_TROUBLE;
	pass_on_warnings(c->engine);
	if (open_files(c)) {
		status = md_examine(c);
		if (!c->failed && !finish_files(c))
			status = MD_EXIT_TROUBLE;
	}
	md_outputs_drop(&c->outputs);
	md_output_drop(&c->record);
	md_engine_free(c->engine);
	return status;
}
