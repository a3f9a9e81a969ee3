/* What the commands that examine have in common: engine and files, opened and put away. */
#include "checking.h"

#include <signal.h>
#include <stdlib.h>

#include "base/addr.h"
#include "net/server.h"

static volatile sig_atomic_t interrupted;

static void
interrupt(int signal)
{
	interrupted = signal;
}

/* From now on an interrupt only sets a flag. */
static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

bool
md_interrupted(void)
{
	return interrupted != 0;
}

enum md_exit
md_strongest(const bool seen[MD_EXIT_INCONCLUSIVE + 1])
{
	static const enum md_exit order[] = { MD_EXIT_TROUBLE, MD_EXIT_FINDINGS,
		                              MD_EXIT_INCONCLUSIVE };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (seen[order[i]])
			return order[i];
	return MD_EXIT_CLEAN;
}

struct md_run_options
md_common_options(const struct md_checking *c)
{
	const struct md_settings *set = &c->call->set;

	return (struct md_run_options){
		.mail_from = set->mail_from,
		.helo = set->helo,
		.selectors = set->selector.p,
		.ignore = set->ignore.p,
		.timeout = set->timeout,
	};
}

bool
md_good_addresses(const struct md_words *ips)
{
	struct md_addr addr;

	for (size_t i = 0; i < ips->n; i++) {
		if (!md_addr_parse(md_str(ips->p[i]), &addr)) {
			md_say("--ip: \"%s\" is no IP address", ips->p[i]);
			return false;
		}
	}
	return true;
}

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

struct md_engine_options
md_engine_wishes(const struct md_settings *set)
{
	return (struct md_engine_options){
		.resolvers = set->resolver.p,
		.replay = set->replay,
		.offline = set->offline,
		.query_timeout = set->query_timeout,
		.tries = set->tries,
		.data_dir = set->data,
		.witness = set->no_second_opinion ? "" : NULL,
	};
}

struct md_engine *
md_engine_of(const struct md_engine_options *options)
{
	char *why = NULL;
	struct md_engine *engine = md_engine_new(options, &why);

	if (engine != NULL)
		return engine;
	md_say("%s", why);
	free(why);
	return NULL;
}

struct md_engine *
md_open_engine(const struct md_checking *c)
{
	struct md_engine_options options = md_engine_wishes(&c->call->set);

	options.zones = c->call->set.zone.p;
	return md_engine_of(&options);
}

/* Zone files may be readable and yet not say what their author thinks. */
void
md_pass_on_warnings(const struct md_engine *engine)
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
md_carry_out(struct md_checking *c, enum md_exit (*examine)(struct md_checking *))
{
	enum md_exit status = MD_EXIT_TROUBLE;

	catch_signals(); /* before anything is staged that would stay behind */
	if (open_files(c)) {
		status = examine(c);
		if (!c->failed && !finish_files(c))
			status = MD_EXIT_TROUBLE;
	}
	md_outputs_drop(&c->outputs);
	md_output_drop(&c->record);
	return status;
}
