/* What the commands that examine have in common: their options, and files opened and put away.
 */
#include "checking.h"

#include "base/addr.h"
#include "dkim/sign.h"
#include "interrupt.h"
#include "say.h"

const struct cli_opt cli_sender_options[] = {
	CLI_OPT_GROUP("How mail is sent"),
	{ .name = "ip",
	  .value = "ADDRESS",
	  CLI_TEXTS(struct cli_sender, ip),
	  .summary = "an address that sends mail; repeatable" },
	{ .name = "mail-from",
	  .value = "ADDRESS",
	  CLI_TEXT(struct cli_sender, mail_from),
	  .summary = "the reverse-path (envelope sender)" },
	{ .name = "helo",
	  .value = "NAME",
	  CLI_TEXT(struct cli_sender, helo),
	  .summary = "what the sending server says in HELO" },
	{ .name = "selector",
	  .value = "NAME",
	  CLI_TEXTS(struct cli_sender, selector),
	  .summary = "a DKIM selector in use; repeatable" },
	CLI_OPT_END,
};

struct md_run_options
cli_common_options(const struct cli_wishes *wishes)
{
	return (struct md_run_options){
		.mail_from = wishes->sender.mail_from,
		.helo = wishes->sender.helo,
		.selectors = wishes->sender.selector.p,
		.ignore = wishes->choice.ignore.p,
		.timeout = wishes->patience.timeout,
	};
}

bool
cli_good_sender(const struct cli_sender *sender)
{
	const struct cli_strings *ips = &sender->ip, *selectors = &sender->selector;
	struct md_addr addr;

	for (size_t i = 0; i < ips->n; i++) {
		if (!md_addr_parse(md_str(ips->p[i]), &addr)) {
			cli_say("--ip: \"%s\" is no IP address", ips->p[i]);
			return false;
		}
	}
	for (size_t i = 0; i < selectors->n; i++) {
		if (!md_dkim_is_selector(selectors->p[i])) {
			cli_say("--selector: \"%s\" is no selector: letters, digits and hyphens",
			        selectors->p[i]);
			return false;
		}
	}
	return true;
}

enum cli_exit
cli_judge(const struct cli_checking *c, const struct md_report *report)
{
	const char *fail_on = c->wishes->reporting.fail_on;

	if (c->judge != NULL)
		return c->judge(report);
	if (c->bulk && fail_on == NULL)
		return CLI_EXIT_CLEAN;
	return cli_status_of(cli_fail_on(fail_on, c->bulk), report);
}

struct md_engine *
cli_open_engine(const struct cli_checking *c)
{
	const struct cli_wishes *wishes = c->wishes;
	struct md_engine_options options =
	        cli_engine_options(&wishes->sources, &wishes->patience);

	options.zones = wishes->sources.zone.p;
	if (c->bulk)
		options.patience = CLI_BULK_PATIENCE;
	return cli_engine_new(&options);
}

enum cli_exit
cli_carry_out(struct cli_checking *c, enum cli_exit (*examine)(struct cli_checking *))
{
	enum cli_exit status = CLI_EXIT_TROUBLE;

	/* The first interrupt of a long list lets the runs under way finish, for a second. */
	cli_catch_interrupts(c->bulk ? 2 : 1);
	if ((c->prepare == NULL || c->prepare(c)) && cli_outputs_open(c->mem, &c->outputs)) {
		status = examine(c);
		if (!(c->failed ? cli_outputs_keep : cli_outputs_finish)(&c->outputs))
			status = CLI_EXIT_TROUBLE;
	}
	cli_outputs_drop(&c->outputs);
	return status;
}
