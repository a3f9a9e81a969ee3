/* maildiag message FILE...: what became of a saved mail, and why. */
#include "mail/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/hostport.h"
#include "bulk/threads.h"
#include "canonical.h"
#include "kit/call.h"
#include "kit/checking.h"
#include "kit/select.h"
#include "mail/folder.h"
#include "profiles.h"

/* The call, and the file that is read just now. */
struct reading {
	struct cli_checking c; /* first: what the examination knows of us */
	size_t operand;        /* the next one */
	struct md_folder *folder;
	struct md_arena *folder_mem;
};

static bool
good_filters(const struct cli_settings *set, struct md_arena *mem, const char **why)
{
	struct md_hostport server;
	struct md_str path;

	if (set->spamd != NULL &&
	    !md_hostport_read(mem, md_str(set->spamd), "783", &server, why)) {
		*why = md_printf(mem, "--spamd: %s", *why);
		return false;
	}
	if (set->rspamd != NULL &&
	    !md_hostport_of_url(mem, md_str(set->rspamd), &server, &path, why)) {
		*why = md_printf(mem, "--rspamd: %s", *why);
		return false;
	}
	return true;
}

static bool
good_options(struct cli_call *call)
{
	const struct cli_settings *set = &call->set;
	const char *why;

	if (set->operands.n == 0)
		cli_say("which message? Name a file, a folder, or - (maildiag message --help)");
	else if (set->ip.n > 1)
		cli_say("--ip: a message was handed over from one address");
	else if (!good_filters(set, call->mem, &why))
		cli_say("%s", why);
	else
		return cli_good_addresses(&set->ip) && cli_profiles_choose(call) &&
		       cli_good_resolvers(&set->resolver);
	return false;
}

/* Opens the next operand; false at the end of them. */
static bool
open_next(struct reading *r)
{
	const struct cli_strings *operands = &r->c.call->set.operands;
	const char *why;

	md_arena_free(r->folder_mem);
	r->folder_mem = NULL;
	r->folder = NULL;
	while (r->operand < operands->n && r->folder == NULL) {
		r->folder_mem = r->folder_mem != NULL ? r->folder_mem : md_arena_new();
		r->folder = md_folder_open(r->folder_mem, operands->p[r->operand++], &why);
		if (r->folder == NULL) {
			cli_say("%s", why);
			r->c.subjects.bad = true;
		}
	}
	return r->folder != NULL;
}

static bool
good_for_many(const struct cli_checking *c)
{
	if (cli_outputs_have(&c->outputs, "json"))
		cli_say("json is one object for one message; for several use jsonl");
	else if (c->call->set.record != NULL)
		cli_say("--record keeps the facts of one message: name one at a time");
	else if (c->call->set.canonical != NULL)
		cli_say("--canonical writes the signatures of one message: name one at a time");
	else
		return true;
	return false;
}

/* CLEAN when there is something to examine. */
static enum cli_exit
understand(struct reading *r)
{
	struct cli_checking *c = &r->c;
	struct cli_call *call = c->call;

	if (!good_options(call) || !cli_outputs_plan(call, &c->outputs))
		return CLI_EXIT_USAGE;
	c->many = call->set.operands.n > 1;
	if (!c->many && !open_next(r))
		return CLI_EXIT_TROUBLE;
	c->many = c->many || md_folder_is_many(r->folder);
	if (c->many && !good_for_many(c))
		return CLI_EXIT_USAGE;
	if (c->many)
		cli_outputs_tabulate(&c->outputs);
	c->checks = cli_select(call, c->many);
	return c->checks != NULL ? CLI_EXIT_CLEAN : CLI_EXIT_USAGE;
}

static void
aim(const struct cli_checking *c, struct md_arena *mem, const struct md_saved *saved,
    struct md_run_options *options)
{
	const struct cli_settings *set = &c->call->set;
	struct md_message_source *source = md_alloc(mem, sizeof(*source));

	*source = (struct md_message_source){
		.name = saved->name,
		.octets = saved->octets.p,
		.len = saved->octets.len,
		.trusted_hops = set->trusted_hops,
		.profiles = set->profile.p,
		.spamd = set->spamd,
		.rspamd = set->rspamd,
	};
	options->message = source;
	options->ips = set->ip.p;
	options->now = set->now;
	options->any_sender = true;
	options->bulk = c->many;
}

static enum cli_next
next(struct cli_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	struct reading *r = (struct reading *)c;
	struct md_saved saved;
	const char *why;

	while (r->folder != NULL || open_next(r)) {
		switch (md_folder_next(r->folder, mem, &saved, &why)) {
		case MD_FOLDER_MESSAGE:
			aim(c, mem, &saved, options);
			if (c->call->set.canonical != NULL &&
			    !cli_canonical_write(c->call, saved.octets))
				c->subjects.bad = true;
			return CLI_NEXT_DOMAIN;
		case MD_FOLDER_BAD:
			cli_say("%s", why);
			c->subjects.bad = true;
			break;
		case MD_FOLDER_END:
			r->folder = NULL;
			break;
		}
	}
	return CLI_NEXT_END;
}

static enum cli_exit
message(struct cli_call *call)
{
	struct reading r = { .c = { .call = call, .next = next, .judge = cli_status_of } };
	enum cli_exit status = understand(&r);

	if (status == CLI_EXIT_CLEAN)
		status = cli_carry_out(&r.c, cli_threads_examine);
	md_arena_free(r.folder_mem);
	return status;
}

const struct cli_cmd cli_cmd_message = {
	.name = "message",
	.args = "[OPTIONS] FILE...",
	.summary = "Examine saved mail: what broke, where, why",
	.bit = CLI_FOR_MESSAGE,
	.files = true,
	.checks = md_checks_message,
	.run = message,
};
