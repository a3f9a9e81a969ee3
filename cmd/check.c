/* maildiag check DOMAIN...: what was asked for, and what it needs; the report is examine.c's.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/name.h"
#include "checking.h"
#include "cmd.h"
#include "net/server.h"
#include "select.h"

/* What was probably meant by a first word that is no domain name. */
static bool
looks_like_a_domain(struct md_call *call, const char *word)
{
	if (md_cmd_find(word) != NULL)
		md_say("the command comes first: maildiag %s ...", word);
	else if (access(word, F_OK) == 0)
		md_say("%s is a file, not a domain; facts are read with --replay and zones "
		       "with --zone (for a domain of that name: maildiag check %s)",
		       word, word);
	else if (strchr(word, '.') == NULL && strchr(word, ':') == NULL &&
	         strchr(word, '@') == NULL && strchr(word, '/') == NULL)
		md_say("no command \"%s\"%s (maildiag --help lists them; for a domain of "
		       "that name: maildiag check %s)",
		       word, md_did_you_mean(call->mem, word, md_cmd_names(call->mem)), word);
	else
		return true;
	return false;
}

static bool
good_operands(struct md_call *call)
{
	const struct md_words *words = &call->set.operands;
	const char *why;

	if (words->n == 0 && !call->set.from_stdin) {
		md_say("which domain? (maildiag --help)");
		return false;
	}
	if (call->guessed && words->n > 0 && !looks_like_a_domain(call, words->p[0]))
		return false;
	for (size_t i = 0; i < words->n; i++) {
		if (md_name_from_user(call->mem, words->p[i], &why) == NULL) {
			md_say("%s", why);
			return false;
		}
	}
	return true;
}

static bool
good_addresses(const struct md_words *ips)
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

static bool
good_resolvers(const struct md_words *resolvers)
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

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct md_checking *c)
{
	struct md_call *call = c->call;

	if (!good_operands(call) || !good_addresses(&call->set.ip) ||
	    !good_resolvers(&call->set.resolver))
		return false;
	c->many = call->set.from_stdin || call->set.operands.n > 1;
	if (!md_outputs_plan(call, &c->outputs))
		return false;
	if (c->many && md_outputs_have(&c->outputs, "json")) {
		md_say("json is one object for one domain; for several use jsonl");
		return false;
	}
	if (c->many && call->set.record != NULL) {
		md_say("--record keeps the facts of one domain: name one at a time");
		return false;
	}
	c->ordered = md_outputs_have(&c->outputs, "text");
	c->checks = md_select(call, c->many);
	return c->checks != NULL;
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

static enum md_exit
carry_out(struct md_checking *c)
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

static enum md_exit
check(struct md_call *call)
{
	struct md_checking c = { .call = call };

	if (!understand(&c))
		return MD_EXIT_USAGE;
	c.subjects.operands = call->set.operands.p;
	c.subjects.from_stdin = call->set.from_stdin;
	return carry_out(&c);
}

const struct md_cmd md_cmd_check = {
	.name = "check",
	.args = "[OPTIONS] DOMAIN...",
	.summary = "Examine domains: will their mail arrive",
	.bit = MD_FOR_CHECK,
	.run = check,
};
