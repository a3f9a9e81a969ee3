/* maildiag spf [DOMAIN]: may these addresses send, why, and what does the record cost? */
#include <string.h>

#include "base/addr.h"
#include "base/name.h"
#include "checking.h"
#include "cmd.h"
#include "report/report.h"
#include "spf/view.h"

enum { MOST_ADDRESSES = 1000 }; /* in one report */

/* ---- the command line --------------------------------------------------------- */

/* The domain that the sender names: that of MAIL FROM, else HELO (RFC 7208 2.4). */
static const char *
sender_domain(struct md_call *call)
{
	const char *mail_from = call->set.mail_from, *at;
	struct md_str path;

	if (mail_from == NULL || md_eq_nocase(mail_from, "<>") || mail_from[0] == '\0')
		return call->set.helo;
	path = md_str_trim(md_str(mail_from), "<> ");
	mail_from = md_strndup(call->mem, path.p, path.len);
	at = strrchr(mail_from, '@');
	return at != NULL ? at + 1 : mail_from;
}

/* Leaves the domain as the one operand. */
static bool
find_domain(struct md_call *call)
{
	struct md_words *words = &call->set.operands;
	const char *why;

	if (words->n > 1) {
		md_say("one domain at a time");
		return false;
	}
	if (words->n == 1) {
		if (md_name_from_user(call->mem, words->p[0], &why) != NULL)
			return true;
		md_say("%s", why);
		return false;
	}
	words->p = md_alloc(call->mem, 2 * sizeof(*words->p));
	words->p[0] = sender_domain(call);
	words->n = 1;
	if (words->p[0] == NULL)
		md_say("which domain? Name it, or the sender: --mail-from or --helo "
		       "(maildiag spf --help)");
	return words->p[0] != NULL;
}

/* Takes "-" out of the addresses. */
static bool
find_addresses(struct md_checking *c)
{
	struct md_words *ips = &c->call->set.ip;
	struct md_addr addr;
	size_t n = 0;

	for (size_t i = 0; i < ips->n; i++) {
		if (strcmp(ips->p[i], "-") == 0) {
			c->subjects.from_stdin = true;
			continue;
		}
		if (!md_addr_parse(md_str(ips->p[i]), &addr)) {
			md_say("--ip: \"%s\" is no IP address", ips->p[i]);
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
good_flatten(struct md_call *call)
{
	const struct md_settings *set = &call->set;

	if (!set->flatten)
		return true;
	if (set->format != NULL || set->ip.n > 0) {
		md_say("--flatten prints zone-file lines: it goes with neither --format nor --ip");
		return false;
	}
	call->set.format = "zone";
	return true;
}

static bool
understand(struct md_checking *c)
{
	struct md_call *call = c->call;

	if (!good_flatten(call) || !find_domain(call) || !find_addresses(c) ||
	    !md_good_resolvers(&call->set.resolver) || !md_outputs_plan(call, &c->outputs))
		return false;
	c->many = c->subjects.from_stdin || call->set.ip.n > 1;
	if (c->many && md_outputs_have(&c->outputs, "json")) {
		md_say("json is one object for one address; for several use jsonl");
		return false;
	}
	if (c->many && call->set.record != NULL && md_outputs_have(&c->outputs, "jsonl")) {
		md_say("--record keeps the facts of one report: with jsonl name one address");
		return false;
	}
	return true;
}

/* ---- carrying it out ------------------------------------------------------------ */

/* What all runs of this call have in common. */
static void
aim_at_domain(const struct md_checking *c, struct md_run_options *options)
{
	const struct md_settings *set = &c->call->set;

	options->domain = set->operands.p[0];
	options->any_sender = true;
	options->spf_record = set->spf;
	options->spf_limits = (struct md_spf_limits){
		.terms = set->max_lookups,
		.voids = set->max_voids,
		.mx_names = set->max_mx,
		.ptr_names = set->max_ptr,
	};
}

static enum md_next
all_at_once(struct md_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	const char *domain;

	aim_at_domain(c, options);
	options->ips = c->call->set.ip.n > 0 ? c->call->set.ip.p : NULL;
	return md_subjects_next(&c->subjects, mem, &domain);
}

static enum md_next
one_by_one(struct md_checking *c, struct md_arena *mem, struct md_run_options *options)
{
	const char **ips = md_alloc(mem, 2 * sizeof(*ips));

	aim_at_domain(c, options);
	options->ips = ips;
	return md_subjects_next(&c->subjects, mem, &ips[0]);
}

/* A record that cannot be flattened is no fault of the domain: it is told on stderr. */
static enum md_exit
judge_flattening(const struct md_settings *set, const struct md_report *report)
{
	const struct md_spf_view *view = md_report_part(report, &md_part_spf);
	const struct md_spf_flat *flat = view->flat;

	(void)set;
	if (flat == NULL)
		md_say("cannot flatten: %s has not exactly one SPF record that could be read",
		       report->subject->domain);
	else if (flat->refused[0] != '\0')
		md_say("cannot flatten: %s", flat->refused);
	else
		return MD_EXIT_CLEAN;
	if (flat == NULL)
		return report->complete ? MD_EXIT_FINDINGS : MD_EXIT_TROUBLE;
	return flat->unknown ? MD_EXIT_TROUBLE : MD_EXIT_FINDINGS;
}

/* All addresses of standard input, for one report. */
static bool
read_addresses(struct md_checking *c)
{
	struct md_words *ips = &c->call->set.ip;
	struct md_subjects *s = &c->subjects;
	const char *address;
	enum md_next next = MD_NEXT_LATER;

	while (s->from_stdin && next != MD_NEXT_END && ips->n <= MOST_ADDRESSES) {
		next = md_subjects_next(s, c->call->mem, &address);
		if (next == MD_NEXT_DOMAIN)
			MD_PUSH(c->call->mem, ips->p, ips->n, address);
		else if (next == MD_NEXT_LATER)
			md_subjects_read(s);
	}
	MD_PUSH(c->call->mem, ips->p, ips->n, NULL);
	ips->n--;
	if (ips->n > MOST_ADDRESSES)
		md_say("more than %d addresses are too many for one report: use --format jsonl",
		       MOST_ADDRESSES);
	return ips->n <= MOST_ADDRESSES;
}

static enum md_exit
spf(struct md_call *call)
{
	struct md_checking c = {
		.call = call,
		.checks = md_checks_spf(),
		.judge = call->set.flatten ? judge_flattening : md_status_of,
		.subjects.addresses = true,
	};

	if (!understand(&c))
		return MD_EXIT_USAGE;
	if (c.many && md_outputs_have(&c.outputs, "jsonl")) {
		c.next = one_by_one;
		c.shared = c.ordered = true;
		c.subjects.operands = call->set.ip.p;
		return md_carry_out(&c, md_examine);
	}
	if (!read_addresses(&c))
		return MD_EXIT_USAGE;
	if (call->set.ip.n == 0 && c.subjects.bad)
		return MD_EXIT_TROUBLE;
	c.many = c.subjects.from_stdin = false;
	c.next = all_at_once;
	c.subjects.operands = call->set.operands.p;
	return md_carry_out(&c, md_examine);
}

const struct md_cmd md_cmd_spf = {
	.name = "spf",
	.args = "[OPTIONS] [DOMAIN]",
	.summary = "Say who may send by SPF, why, at what cost",
	.bit = MD_FOR_SPF,
	.run = spf,
};
