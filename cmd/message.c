/* maildiag message FILE...: what became of a saved mail, and why. */
#include "mail/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/hostport.h"
#include "bulk/threads.h"
#include "canonical.h"
#include "commands.h"
#include "kit/call.h"
#include "kit/checking.h"
#include "kit/say.h"
#include "mail/folder.h"
#include "profiles.h"

struct settings {
	struct cli_wishes wishes;
	unsigned trusted_hops;
	int64_t now;
	struct cli_strings profile;
	const char *canonical, *spamd, *rspamd;
};

static const struct cli_opt opts[] = {
	CLI_OPT_GROUP("How it was received"),
	{ .name = "ip",
	  .value = "ADDRESS",
	  CLI_TEXTS(struct settings, wishes.sender.ip),
	  .summary = "who handed it over, if not as its header says" },
	{ .name = "mail-from",
	  .value = "ADDRESS",
	  CLI_TEXT(struct settings, wishes.sender.mail_from),
	  .summary = "the reverse-path (envelope sender)" },
	{ .name = "helo",
	  .value = "NAME",
	  CLI_TEXT(struct settings, wishes.sender.helo),
	  .summary = "what that server said in HELO" },
	{ .name = "trusted-hops",
	  .value = "N",
	  CLI_NUMBER(struct settings, trusted_hops),
	  .summary = "newest Received fields that are the receiver's" },
	{ .name = "now",
	  .value = "TIME",
	  CLI_TIME(struct settings, now),
	  .summary = "judge at this time, not that of receipt" },
	CLI_OPT_GROUP("What else is told"),
	{ .name = "profile",
	  .value = "PROVIDERS",
	  CLI_TEXTS(struct settings, profile),
	  .summary = "hold it against these providers' rules, with commas" },
	{ .name = "canonical",
	  .value = "DIR",
	  CLI_FILE(struct settings, canonical),
	  .summary = "write here what each signature was made over" },
	{ .name = "spamd",
	  .value = "HOST[:PORT]",
	  CLI_TEXT(struct settings, spamd),
	  .summary = "ask SpamAssassin for its score" },
	{ .name = "rspamd",
	  .value = "URL",
	  CLI_TEXT(struct settings, rspamd),
	  .summary = "ask rspamd for its score" },
	CLI_OPT_SET(cli_choice_options, struct settings, wishes.choice),
	CLI_OPT_SET(cli_source_options, struct settings, wishes.sources),
	CLI_OPT_SET_BUT(cli_patience_options, struct settings, wishes.patience, "rate"),
	CLI_OPT_SET(cli_report_options, struct settings, wishes.reporting),
	CLI_OPT_SET(cli_display_options, struct settings, wishes.reporting.display),
	CLI_OPT_END,
};

/* The call, and the file that is read just now. */
struct reading {
	struct cli_checking c;
	const struct settings *set;
	const struct cli_strings *operands;
	size_t operand; /* the next one */
	struct md_folder *folder;
	struct md_arena *folder_mem;
};

static bool
good_filters(const struct settings *set, struct md_arena *mem, const char **why)
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
	struct settings *set = call->settings;
	const struct cli_wishes *wishes = &set->wishes;
	const char *why;

	if (call->operands.n == 0)
		cli_say("which message? Name a file, a folder, or - (maildiag message --help)");
	else if (wishes->sender.ip.n > 1)
		cli_say("--ip: a message was handed over from one address");
	else if (!good_filters(set, call->mem, &why))
		cli_say("%s", why);
	else
		return cli_good_sender(&wishes->sender) &&
		       cli_profiles_choose(call->mem, wishes->sources.data, &set->profile) &&
		       cli_good_resolvers(&wishes->sources);
	return false;
}

/* Opens the next operand; false at the end of them. */
static bool
open_next(struct reading *r)
{
	const struct cli_strings *operands = r->operands;
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
good_for_many(const struct reading *r)
{
	const struct cli_checking *c = &r->c;

	if (cli_outputs_have(&c->outputs, "json"))
		cli_say("json is one object for one message; for several use jsonl");
	else if (c->wishes->sources.record != NULL)
		cli_say("--record keeps the facts of one message: name one at a time");
	else if (r->set->canonical != NULL)
		cli_say("--canonical writes the signatures of one message: name one at a time");
	else
		return true;
	return false;
}

/* CLEAN when there is something to examine. */
static enum cli_exit
understand(struct cli_call *call, struct reading *r)
{
	const struct cli_wishes *wishes = &r->set->wishes;
	struct cli_checking *c = &r->c;

	if (!good_options(call) || !cli_outputs_plan(call->mem, &wishes->reporting,
	                                             wishes->sources.record, &c->outputs))
		return CLI_EXIT_USAGE;
	c->many = call->operands.n > 1;
	if (!c->many && !open_next(r))
		return CLI_EXIT_TROUBLE;
	c->many = c->many || md_folder_is_many(r->folder);
	if (c->many && !good_for_many(r))
		return CLI_EXIT_USAGE;
	if (c->many)
		cli_outputs_tabulate(&c->outputs);
	c->checks = cli_select(call->mem, md_checks_message(), &wishes->choice, c->many);
	return c->checks != NULL ? CLI_EXIT_CLEAN : CLI_EXIT_USAGE;
}

static void
aim(const struct reading *r, struct md_arena *mem, const struct md_saved *saved,
    struct md_run_options *options)
{
	const struct settings *set = r->set;
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
	options->ips = set->wishes.sender.ip.p;
	options->now = set->now;
	options->any_sender = true;
	options->bulk = r->c.many;
}

static enum cli_next
next(struct cli_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	struct reading *r = cli_container(c, struct reading, c);
	struct md_saved saved;
	const char *why;

	while (r->folder != NULL || open_next(r)) {
		switch (md_folder_next(r->folder, mem, &saved, &why)) {
		case MD_FOLDER_MESSAGE:
			aim(r, mem, &saved, options);
			if (r->set->canonical != NULL &&
			    !cli_canonical_write(c->mem, r->set->canonical, saved.octets))
				c->subjects.bad = true;
			return CLI_NEXT_SUBJECT;
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
	const struct settings *set = call->settings;
	struct reading r = {
		.c = { .mem = call->mem, .wishes = &set->wishes, .next = next },
		.set = set,
		.operands = &call->operands,
	};
	enum cli_exit status = understand(call, &r);

	if (status == CLI_EXIT_CLEAN)
		status = cli_carry_out(&r.c, cli_threads_examine);
	md_arena_free(r.folder_mem);
	return status;
}

const struct cli_cmd cli_cmd_message = {
	.name = "message",
	.args = "[OPTIONS] FILE...",
	.summary = "Examine saved mail: what broke, where, why",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){ "maildiag message saved.eml",
	                               "maildiag message --profile gmail,microsoft saved.eml",
	                               "maildiag message --format jsonl Maildir/", NULL },
	.files = true,
	.checks = md_checks_message,
	.run = message,
};
