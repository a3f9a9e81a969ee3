/* maildiag message FILE...: what became of a saved mail, and why. */
#include "mail/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/hostport.h"
#include "canonical.h"
#include "checking.h"
#include "cmd.h"
#include "crew.h"
#include "mail/folder.h"
#include "profiles.h"
#include "select.h"

/* The call, and the file that is read just now. */
struct reading {
	struct md_checking c; /* first: what the examination knows of us */
	size_t operand;       /* the next one */
	struct md_folder *folder;
	struct md_arena *folder_mem;
};

static bool
good_filters(const struct md_settings *set, struct md_arena *mem, const char **why)
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
good_options(struct md_call *call)
{
	const struct md_settings *set = &call->set;
	const char *why;

	if (set->operands.n == 0)
		md_say("which message? Name a file, a folder, or - (maildiag message --help)");
	else if (set->ip.n > 1)
		md_say("--ip: a message was handed over from one address");
	else if (!good_filters(set, call->mem, &why))
		md_say("%s", why);
	else
		return md_good_addresses(&set->ip) && md_profiles_choose(call) &&
		       md_good_resolvers(&set->resolver);
	return false;
}

/* Opens the next operand; false at the end of them. */
static bool
open_next(struct reading *r)
{
	const struct md_words *operands = &r->c.call->set.operands;
	const char *why;

	md_arena_free(r->folder_mem);
	r->folder_mem = NULL;
	r->folder = NULL;
	while (r->operand < operands->n && r->folder == NULL) {
		r->folder_mem = r->folder_mem != NULL ? r->folder_mem : md_arena_new();
		r->folder = md_folder_open(r->folder_mem, operands->p[r->operand++], &why);
		if (r->folder == NULL) {
			md_say("%s", why);
			r->c.subjects.bad = true;
		}
	}
	return r->folder != NULL;
}

static bool
good_for_many(const struct md_checking *c)
{
	if (md_outputs_have(&c->outputs, "json"))
		md_say("json is one object for one message; for several use jsonl");
	else if (c->call->set.record != NULL)
		md_say("--record keeps the facts of one message: name one at a time");
	else if (c->call->set.canonical != NULL)
		md_say("--canonical writes the signatures of one message: name one at a time");
	else
		return true;
	return false;
}

/* CLEAN when there is something to examine. */
static enum md_exit
understand(struct reading *r)
{
	struct md_checking *c = &r->c;
	struct md_call *call = c->call;

	if (!good_options(call) || !md_outputs_plan(call, &c->outputs))
		return MD_EXIT_USAGE;
	c->many = call->set.operands.n > 1;
	if (!c->many && !open_next(r))
		return MD_EXIT_TROUBLE;
	c->many = c->many || md_folder_is_many(r->folder);
	if (c->many && !good_for_many(c))
		return MD_EXIT_USAGE;
	if (c->many)
		md_outputs_tabulate(&c->outputs);
	c->checks = md_select(call, c->many);
	return c->checks != NULL ? MD_EXIT_CLEAN : MD_EXIT_USAGE;
}

static void
aim(const struct md_checking *c, struct md_arena *mem, const struct md_saved *saved,
    struct md_run_options *options)
{
	const struct md_settings *set = &c->call->set;
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

static enum md_next
next(struct md_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	struct reading *r = (struct reading *)c;
	struct md_saved saved;
	const char *why;

	while (r->folder != NULL || open_next(r)) {
		switch (md_folder_next(r->folder, mem, &saved, &why)) {
		case MD_FOLDER_MESSAGE:
			aim(c, mem, &saved, options);
			if (c->call->set.canonical != NULL &&
			    !md_canonical_write(c->call, saved.octets))
				c->subjects.bad = true;
			return MD_NEXT_DOMAIN;
		case MD_FOLDER_BAD:
			md_say("%s", why);
			c->subjects.bad = true;
			break;
		case MD_FOLDER_END:
			r->folder = NULL;
			break;
		}
	}
	return MD_NEXT_END;
}

static enum md_exit
message(struct md_call *call)
{
	struct reading r = { .c = { .call = call, .next = next, .judge = md_status_of } };
	enum md_exit status = understand(&r);

	if (status == MD_EXIT_CLEAN)
		status = md_carry_out(&r.c, md_crew_examine);
	md_arena_free(r.folder_mem);
	return status;
}

const struct md_cmd md_cmd_message = {
	.name = "message",
	.args = "[OPTIONS] FILE...",
	.summary = "Examine saved mail: what broke, where, why",
	.bit = MD_FOR_MESSAGE,
	.files = true,
	.checks = md_checks_message,
	.run = message,
};
