/* maildiag check DOMAIN...: reads the command line and chooses domains; bulk/ examines them. */
#include <string.h>
#include <unistd.h>

#include "base/name.h"
#include "bulk/examine.h"
#include "bulk/name_set.h"
#include "bulk/resume.h"
#include "commands.h"
#include "kit/call.h"
#include "kit/checking.h"
#include "kit/say.h"

struct settings {
	struct cli_wishes wishes;
	bool from_stdin;
	const char *shard;
	struct cli_strings resume;
};

static const struct cli_opt opts[] = {
	CLI_OPT_SET(cli_sender_options, struct settings, wishes.sender),
	CLI_OPT_SET(cli_choice_options, struct settings, wishes.choice),
	{ .name = "stdin",
	  CLI_FLAG(struct settings, from_stdin),
	  .summary = "read domains from standard input, one a line" },
	{ .name = "shard",
	  .value = "I/N",
	  CLI_TEXT(struct settings, shard),
	  .summary = "part I of N of the list, by SHA-256" },
	{ .name = "resume",
	  .value = "FILE",
	  CLI_FILES(struct settings, resume),
	  .summary = "pass over domains in earlier output; repeatable" },
	CLI_OPT_SET(cli_source_options, struct settings, wishes.sources),
	CLI_OPT_SET_BUT(cli_patience_options, struct settings, wishes.patience, "jobs"),
	{ .name = "jobs",
	  .value = "N",
	  CLI_NUMBER(struct settings, wishes.patience.jobs),
	  .summary = "examine so many at a time (64; 4000 with --stdin)" },
	CLI_OPT_GROUP("The report"),
	{ .name = "format",
	  .value = "FORMAT",
	  CLI_WORD(struct settings, wishes.reporting.format, cli_formats),
	  .summary = "how to write the report" },
	CLI_OPT_SET_BUT(cli_report_options, struct settings, wishes.reporting, "format"),
	CLI_OPT_SET(cli_display_options, struct settings, wishes.reporting.display),
	CLI_OPT_END,
};

/* Domains, perhaps a long list of them. */
struct listing {
	struct cli_checking c;
	const struct settings *set;
	struct cli_shard shard;
	struct cli_name_set *done; /* domains that earlier output has; or NULL */
};

/* False after a message that says what a first word probably meant, if not a domain. */
static bool
looks_like_a_domain(struct cli_call *call, const char *word)
{
	if (cli_cmd_find(call->commands, word) != NULL)
		cli_say("the command comes first: maildiag %s ...", word);
	else if (access(word, F_OK) == 0)
		cli_say("%s is a file, not a domain (a message: maildiag message %s; a zone: "
		        "--zone %s; a domain of that name: maildiag check %s)",
		        word, word, word, word);
	else if (strchr(word, '.') == NULL && strchr(word, ':') == NULL &&
	         strchr(word, '@') == NULL && strchr(word, '/') == NULL)
		cli_say("no command \"%s\"%s (maildiag --help lists them; for a domain of "
		        "that name: maildiag check %s)",
		        word,
		        cli_did_you_mean(call->mem, word,
		                         cli_cmd_names(call->mem, call->commands)),
		        word);
	else
		return true;
	return false;
}

/* Puts the names of domains in place of what was typed; false after a message. */
static bool
read_operands(struct cli_call *call)
{
	const struct settings *set = call->settings;
	struct cli_strings *words = &call->operands;
	const char *why;

	if (words->n == 0 && !set->from_stdin) {
		cli_say("which domain? (maildiag --help)");
		return false;
	}
	if (call->guessed && words->n > 0 && !looks_like_a_domain(call, words->p[0]))
		return false;
	for (size_t i = 0; i < words->n; i++) {
		words->p[i] = md_name_from_user(call->mem, words->p[i], &why);
		if (words->p[i] == NULL) {
			cli_say("%s", why);
			return false;
		}
	}
	return true;
}

/* False after a message when an option needs a list and there is none, or is malformed. */
static bool
good_list(struct listing *l)
{
	const struct settings *set = l->set;

	if (set->from_stdin && set->shard != NULL && !cli_shard_parse(set->shard, &l->shard))
		cli_say("--shard: \"%s\" is no part of a whole: I/N, from 1/N to N/N",
		        set->shard);
	else if (!set->from_stdin && (set->shard != NULL || set->resume.n > 0))
		cli_say("--%s goes with --stdin", set->shard != NULL ? "shard" : "resume");
	else
		return true;
	return false;
}

static bool
good_for_many(const struct cli_checking *c)
{
	if (cli_outputs_have(&c->outputs, "json"))
		cli_say("json is one object for one domain; for several use jsonl");
	else if (cli_outputs_have(&c->outputs, "zone"))
		cli_say("zone is what to publish for one domain: name one at a time");
	else if (c->wishes->sources.record != NULL)
		cli_say("--record keeps the facts of one domain: name one at a time");
	else
		return true;
	return false;
}

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct cli_call *call, struct listing *l)
{
	const struct cli_wishes *wishes = &l->set->wishes;
	struct cli_checking *c = &l->c;

	if (!read_operands(call) || !cli_good_sender(&wishes->sender) ||
	    !cli_good_resolvers(&wishes->sources) || !good_list(l))
		return false;
	c->bulk = c->outputs.bulk = l->set->from_stdin;
	c->many = c->bulk || call->operands.n > 1;
	c->outputs.tabled = true;
	if (!cli_outputs_plan(call->mem, &wishes->reporting, wishes->sources.record,
	                      &c->outputs) ||
	    (c->many && !good_for_many(c)))
		return false;
	c->ordered = !cli_outputs_are_lines(&c->outputs);
	c->checks = cli_select(call->mem, md_checks(), &wishes->choice, c->many);
	return c->checks != NULL;
}

static bool
read_earlier(struct cli_checking *c)
{
	struct listing *l = cli_container(c, struct listing, c);

	if (l->set->resume.n == 0)
		return true;
	l->done = cli_name_set_new();
	return cli_resume(&l->set->resume, &c->outputs, l->done);
}

static bool
is_wished(const struct listing *l, const char *domain)
{
	struct cli_name_hash hash;

	if (l->shard.of == 0 && l->done == NULL)
		return true;
	hash = cli_name_hash_of(md_str(domain));
	return cli_shard_has(&l->shard, &hash) &&
	       (l->done == NULL || !cli_name_set_has(l->done, &hash));
}

static enum cli_next
next(struct cli_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	const enum cli_next next = cli_subjects_next(&c->subjects, mem, &options->domain);

	options->ips = c->wishes->sender.ip.p;
	options->bulk = c->many;
	if (next == CLI_NEXT_SUBJECT &&
	    !is_wished(cli_container(c, struct listing, c), options->domain))
		return CLI_NEXT_PASSED;
	return next;
}

static enum cli_exit
check(struct cli_call *call)
{
	const struct settings *set = call->settings;
	struct listing l = {
		.c = {
			.mem = call->mem,
			.wishes = &set->wishes,
			.prepare = read_earlier,
			.next = next,
		},
		.set = set,
	};
	enum cli_exit status = CLI_EXIT_USAGE;

	l.c.subjects.operands = call->operands.p;
	l.c.subjects.from_stdin = set->from_stdin;
	if (understand(call, &l))
		status = cli_carry_out(&l.c, cli_examine);
	cli_name_set_free(l.done);
	return status;
}

const struct cli_cmd cli_cmd_check = {
	.name = "check",
	.args = "[OPTIONS] DOMAIN...",
	.summary = "Examine domains: will their mail arrive",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){
	                "maildiag example.com",
	                "maildiag example.com --ip 192.0.2.25 --selector s1",
	                "maildiag check --only spf,dmarc --format json example.com",
	                "maildiag check --stdin --format jsonl <domains.txt >reports.jsonl",
	                NULL },
	.checks = md_checks,
	.run = check,
};
