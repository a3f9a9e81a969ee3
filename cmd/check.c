/* maildiag check DOMAIN...: what was asked for, and what it needs; the report is examine.c's.
 */
#include <string.h>
#include <unistd.h>

#include "base/name.h"
#include "checking.h"
#include "cmd.h"
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

/* Everything that can be wrong with the command line, before anything is opened. */
static bool
understand(struct md_checking *c)
{
	struct md_call *call = c->call;

	if (!good_operands(call) || !md_good_addresses(&call->set.ip) ||
	    !md_good_resolvers(&call->set.resolver))
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

static enum md_next
next(struct md_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	options->ips = c->call->set.ip.p;
	options->bulk = c->many;
	return md_subjects_next(&c->subjects, mem, &options->domain);
}

static enum md_exit
check(struct md_call *call)
{
	struct md_checking c = { .call = call, .next = next, .judge = md_status_of };

	if (!understand(&c))
		return MD_EXIT_USAGE;
	c.subjects.operands = call->set.operands.p;
	c.subjects.from_stdin = call->set.from_stdin;
	return md_carry_out(&c, md_examine);
}

const struct md_cmd md_cmd_check = {
	.name = "check",
	.args = "[OPTIONS] DOMAIN...",
	.summary = "Examine domains: will their mail arrive",
	.bit = MD_FOR_CHECK,
	.checks = md_checks,
	.run = check,
};
