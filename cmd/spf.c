/* maildiag spf [DOMAIN]: may these addresses send, why, and what does the record cost? */
#include <string.h>

#include "base/addr.h"
#include "base/name.h"
#include "base/reverse_path.h"
#include "bulk/examine.h"
#include "commands.h"
#include "kit/call.h"
#include "kit/checking.h"
#include "kit/say.h"
#include "report/report.h"
#include "spf/view.h"

enum { MOST_ADDRESSES = 1000 }; /* in one report */

struct settings {
	struct cli_wishes wishes;
	const char *spf;
	bool flatten;
	unsigned max_lookups, max_voids, max_mx, max_ptr;
};

static const struct cli_opt opts[] = {
	CLI_OPT_SET_BUT(cli_sender_options, struct settings, wishes.sender, "selector"),
	CLI_OPT_GROUP("The record"),
	{ .name = "spf",
	  .value = "RECORD",
	  CLI_TEXT(struct settings, spf),
	  .summary = "judge this record, not the one published" },
	{ .name = "flatten",
	  CLI_FLAG(struct settings, flatten),
	  .summary = "print the same as ip4 and ip6 terms alone" },
	{ .name = "max-lookups",
	  .value = "N",
	  CLI_NUMBER(struct settings, max_lookups),
	  .summary = "terms that may query the DNS (10)" },
	{ .name = "max-voids",
	  .value = "N",
	  CLI_NUMBER(struct settings, max_voids),
	  .summary = "terms whose lookups may find nothing (2)" },
	{ .name = "max-mx",
	  .value = "N",
	  CLI_NUMBER(struct settings, max_mx),
	  .summary = "hosts that an mx may have (10)" },
	{ .name = "max-ptr",
	  .value = "N",
	  CLI_NUMBER(struct settings, max_ptr),
	  .summary = "names of the client that ptr looks at (10)" },
	CLI_OPT_SET_BUT(cli_choice_options, struct settings, wishes.choice, "only", "skip"),
	CLI_OPT_SET(cli_source_options, struct settings, wishes.sources),
	CLI_OPT_SET(cli_patience_options, struct settings, wishes.patience),
	CLI_OPT_SET(cli_report_options, struct settings, wishes.reporting),
	CLI_OPT_SET(cli_display_options, struct settings, wishes.reporting.display),
	CLI_OPT_END,
};

/* One call: the domain, and the addresses that are asked about. */
struct asking {
	struct cli_checking c;
	struct settings *set;
	const char *domain;
};

/* ---- the command line ---- */

/* The domain that the sender names: that of MAIL FROM, else HELO (RFC 7208 2.4). */
static const char *
sender_domain(struct md_arena *mem, const struct cli_sender *sender)
{
	const char *given = sender->mail_from != NULL ? sender->mail_from : "";
	const struct md_reverse_path path = md_reverse_path_read(mem, given);
	const struct md_str bare = md_str_trim(md_str(given), "<> ");

	if (!path.given || path.null)
		return sender->helo;
	return md_reverse_path_read(mem, md_strndup(mem, bare.p, bare.len)).domain;
}

static bool
find_domain(struct asking *a, const struct cli_strings *operands)
{
	const char *why;

	if (operands->n > 1) {
		cli_say("one domain at a time");
		return false;
	}
	if (operands->n == 1) {
		a->domain = md_name_from_user(a->c.mem, operands->p[0], &why);
		if (a->domain == NULL)
			cli_say("%s", why);
		return a->domain != NULL;
	}
	a->domain = sender_domain(a->c.mem, &a->set->wishes.sender);
	if (a->domain == NULL)
		cli_say("which domain? Name it, or the sender: --mail-from or --helo "
		        "(maildiag spf --help)");
	return a->domain != NULL;
}

/* Takes "-" out of the addresses. */
static bool
find_addresses(struct asking *a)
{
	struct cli_strings *ips = &a->set->wishes.sender.ip;
	struct md_addr addr;
	size_t n = 0;

	for (size_t i = 0; i < ips->n; i++) {
		if (strcmp(ips->p[i], "-") == 0) {
			a->c.subjects.from_stdin = true;
			continue;
		}
		if (!md_addr_parse(md_str(ips->p[i]), &addr)) {
			cli_say("--ip: \"%s\" is no IP address", ips->p[i]);
			return false;
		}
		ips->p[n++] = ips->p[i];
	}
	ips->n = n;
	if (ips->p != NULL)
		ips->p[n] = NULL;
	return true;
}

static bool
good_flatten(struct settings *set)
{
	struct cli_wishes *wishes = &set->wishes;

	if (!set->flatten)
		return true;
	if (wishes->reporting.format != NULL || wishes->sender.ip.n > 0) {
		cli_say("--flatten prints zone-file lines: it goes with neither --format nor --ip");
		return false;
	}
	wishes->reporting.format = "zone";
	return true;
}

static bool
understand(struct asking *a, const struct cli_strings *operands)
{
	const struct cli_wishes *wishes = &a->set->wishes;
	struct cli_checking *c = &a->c;

	if (!good_flatten(a->set) || !find_domain(a, operands) || !find_addresses(a) ||
	    !cli_good_resolvers(&wishes->sources) ||
	    !cli_outputs_plan(c->mem, &wishes->reporting, wishes->sources.record, &c->outputs))
		return false;
	c->many = c->subjects.from_stdin || wishes->sender.ip.n > 1;
	if (c->many && cli_outputs_have(&c->outputs, "json")) {
		cli_say("json is one object for one address; for several use jsonl");
		return false;
	}
	if (c->many && wishes->sources.record != NULL &&
	    cli_outputs_have(&c->outputs, "jsonl")) {
		cli_say("--record keeps the facts of one report: with jsonl name one address");
		return false;
	}
	return true;
}

/* ---- carrying it out ---- */

/* What all runs of this call have in common. */
static void
aim_at_domain(const struct asking *a, struct md_run_options *options)
{
	options->domain = a->domain;
	options->any_sender = true;
	options->spf_record = a->set->spf;
	options->spf_limits = (struct md_spf_limits){
		.terms = a->set->max_lookups,
		.voids = a->set->max_voids,
		.mx_names = a->set->max_mx,
		.ptr_names = a->set->max_ptr,
	};
}

static enum cli_next
all_at_once(struct cli_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	const struct cli_strings *ips = &c->wishes->sender.ip;
	const char *domain;

	aim_at_domain(cli_container(c, struct asking, c), options);
	options->ips = ips->n > 0 ? ips->p : NULL;
	return cli_subjects_next(&c->subjects, mem, &domain);
}

static enum cli_next
one_by_one(struct cli_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	const char **ips = md_alloc(mem, 2 * sizeof(*ips));

	aim_at_domain(cli_container(c, struct asking, c), options);
	options->ips = ips;
	return cli_subjects_next(&c->subjects, mem, &ips[0]);
}

/* A record that cannot be flattened is no fault of the domain: it is told on stderr. */
static enum cli_exit
judge_flattening(const struct md_report *report)
{
	const struct md_spf_view *view = md_report_part(report, &md_part_spf);
	const struct md_spf_flat *flat = view->flat;

	if (flat == NULL)
		cli_say("cannot flatten: %s has not exactly one SPF record that could be read",
		        report->subject->domain);
	else if (flat->refused[0] != '\0')
		cli_say("cannot flatten: %s", flat->refused);
	else
		return CLI_EXIT_CLEAN;
	if (flat == NULL)
		return report->complete ? CLI_EXIT_FINDINGS : CLI_EXIT_TROUBLE;
	return flat->unknown ? CLI_EXIT_TROUBLE : CLI_EXIT_FINDINGS;
}

/* All addresses of standard input, for one report. */
static bool
read_addresses(struct asking *a)
{
	struct cli_strings *ips = &a->set->wishes.sender.ip;
	struct cli_subjects *s = &a->c.subjects;
	struct md_arena *mem = a->c.mem;
	const char *address;
	enum cli_next next = CLI_NEXT_LATER;

	while (s->from_stdin && next != CLI_NEXT_END && ips->n <= MOST_ADDRESSES) {
		next = cli_subjects_next(s, mem, &address);
		if (next == CLI_NEXT_SUBJECT)
			MD_PUSH(mem, ips->p, ips->n, address);
		else if (next == CLI_NEXT_LATER)
			cli_subjects_read(s);
	}
	MD_PUSH(mem, ips->p, ips->n, NULL);
	ips->n--;
	if (ips->n > MOST_ADDRESSES)
		cli_say("more than %d addresses are too many for one report: use --format jsonl",
		        MOST_ADDRESSES);
	return ips->n <= MOST_ADDRESSES;
}

/* A report for each address. */
static enum cli_exit
tell_one_by_one(struct asking *a)
{
	a->c.next = one_by_one;
	a->c.shared = a->c.ordered = true;
	a->c.subjects.operands = a->set->wishes.sender.ip.p;
	return cli_carry_out(&a->c, cli_examine);
}

/* One report for all addresses: the one subject is the domain. */
static enum cli_exit
tell_all_at_once(struct asking *a)
{
	const char *domains[] = { a->domain, NULL };

	if (!read_addresses(a))
		return CLI_EXIT_USAGE;
	if (a->set->wishes.sender.ip.n == 0 && a->c.subjects.bad)
		return CLI_EXIT_TROUBLE;
	a->c.many = a->c.subjects.from_stdin = false;
	a->c.next = all_at_once;
	a->c.subjects.operands = domains;
	return cli_carry_out(&a->c, cli_examine);
}

static enum cli_exit
spf(struct cli_call *call)
{
	struct settings *set = call->settings;
	struct asking a = {
		.c = {
			.mem = call->mem,
			.wishes = &set->wishes,
			.checks = md_checks_spf(),
			.judge = set->flatten ? judge_flattening : NULL,
			.subjects.addresses = true,
		},
		.set = set,
	};

	if (!understand(&a, &call->operands))
		return CLI_EXIT_USAGE;
	if (a.c.many && cli_outputs_have(&a.c.outputs, "jsonl"))
		return tell_one_by_one(&a);
	return tell_all_at_once(&a);
}

const struct cli_cmd cli_cmd_spf = {
	.name = "spf",
	.args = "[OPTIONS] [DOMAIN]",
	.summary = "Say who may send by SPF, why, at what cost",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){
	                "maildiag spf example.com",
	                "maildiag spf --ip 192.0.2.25 --mail-from news@example.com", NULL },
	.run = spf,
};
