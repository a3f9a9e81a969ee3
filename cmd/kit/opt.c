/* Reads a command line by the options of its command. */
#include "opt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ask/check.h"
#include "call.h"
#include "maildiag.h"
#include "say.h"

const char *const *
cli_check_names(struct md_arena *mem, const struct md_check *const *table)
{
	const char **names = NULL;
	size_t n = 0;

	for (const struct md_check *const *c = table; *c != NULL; c++)
		MD_PUSH(mem, names, n, (*c)->name);
	MD_PUSH(mem, names, n, NULL);
	return names;
}

const char *const *
cli_rule_ids(struct md_arena *mem)
{
	const char **ids = NULL;
	size_t n = 0;

	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++)
		for (size_t i = 0; i < (*c)->nrules; i++)
			MD_PUSH(mem, ids, n, (*c)->rules[i].id);
	MD_PUSH(mem, ids, n, NULL);
	return ids;
}

static bool
in_list(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* ---- the options of a command ---- */

static const struct cli_opt of_every_command[] = {
	CLI_OPT_GROUP("Else"),
	{ .name = "help", .letter = 'h', .kind = CLI_OPT_HELP, .summary = "print this" },
	{ .name = "version",
	  .kind = CLI_OPT_VERSION,
	  .summary = "print the version, and what is built in" },
	CLI_OPT_END,
};

struct list {
	struct md_arena *mem;
	struct cli_opt *p;
	size_t n;
	const char *group; /* the heading seen last */
};

/* The options of a table whose settings are at that offset, but for some; or those of NULL. */
static void
add(struct list *l, const struct cli_opt *row, size_t at, const char *const *but)
{
	for (; row->name != NULL || row->group != NULL || row->set != NULL; row++) {
		struct cli_opt opt = *row;

		if (row->group != NULL)
			l->group = row->group;
		if (row->set != NULL)
			add(l, row->set, at + row->at, row->but);
		if (row->name == NULL || (but != NULL && in_list(row->name, but)))
			continue;
		opt.at += at;
		opt.group = l->group;
		MD_PUSH(l->mem, l->p, l->n, opt);
	}
}

const struct cli_opt *
cli_opt_list(struct md_arena *mem, const struct cli_cmd *cmd)
{
	const struct cli_opt end = CLI_OPT_END;
	struct list l = { .mem = mem };

	if (cmd->options != NULL)
		add(&l, cmd->options, 0, NULL);
	add(&l, of_every_command, 0, NULL);
	MD_PUSH(mem, l.p, l.n, end);
	return l.p;
}

/* ---- values ---- */

static void
push(struct md_arena *mem, struct cli_strings *words, const char *word)
{
	MD_PUSH(mem, words->p, words->n, word);
	words->p = md_grow(mem, words->p, words->n, sizeof(*words->p));
	words->p[words->n] = NULL;
}

static bool
take_word(struct cli_call *call, const struct cli_opt *opt, void *member, const char *value)
{
	if (!in_list(value, opt->words)) {
		cli_say("--%s: no %s \"%s\"%s (%s)", opt->name,
		        strcmp(opt->name, "format") == 0 ? "format" : "value", value,
		        cli_did_you_mean(call->mem, value, opt->words),
		        cli_joined(call->mem, opt->words));
		return false;
	}
	*(const char **)member = value;
	return true;
}

static bool
take_checks(struct cli_call *call, const struct cli_opt *opt, void *member, const char *value)
{
	struct md_str rest = md_str(value), name;
	const char *const *known = cli_check_names(call->mem, call->cmd->checks());

	while (md_str_cut(&rest, ',', &name)) {
		const char *word = md_strndup(call->mem, name.p, name.len);

		if (!in_list(word, known)) {
			cli_say("--%s: no check \"%s\"%s (maildiag list names them all)",
			        opt->name, word, cli_did_you_mean(call->mem, word, known));
			return false;
		}
		push(call->mem, member, word);
	}
	if (value[0] == '\0')
		cli_say("--%s needs the name of a check (maildiag list)", opt->name);
	return value[0] != '\0';
}

static bool
take_rule(struct cli_call *call, const struct cli_opt *opt, void *member, const char *value)
{
	const char *const *known = cli_rule_ids(call->mem);
	const struct md_str given = md_str(value);
	const size_t at = md_str_find(given, '@');
	const char *id = md_strndup(call->mem, value, at);

	if (!in_list(id, known)) {
		cli_say("--%s: no rule \"%s\"%s (maildiag list names them all)", opt->name, id,
		        cli_did_you_mean(call->mem, id, known));
		return false;
	}
	if (at + 1 == given.len) {
		cli_say("--%s: \"%s\": of which name? Nothing stands behind the @", opt->name,
		        value);
		return false;
	}
	push(call->mem, member, value);
	return true;
}

static bool
take_file(struct cli_call *call, const struct cli_opt *opt, void *member, const char *value)
{
	if (value[0] == '\0') {
		cli_say("--%s needs a file: --%s %s", opt->name, opt->name, opt->value);
		return false;
	}
	if (opt->kind == CLI_OPT_FILES)
		push(call->mem, member, value);
	else
		*(const char **)member = value;
	return true;
}

static bool
take_seconds(const struct cli_opt *opt, double *member, const char *value)
{
	char *end;
	const double seconds = strtod(value, &end);

	if (end == value || *end != '\0' || !isfinite(seconds) || seconds <= 0 ||
	    seconds > 86400) {
		cli_say("--%s: \"%s\" is no number of seconds between 0 and 86400", opt->name,
		        value);
		return false;
	}
	*member = seconds;
	return true;
}

static bool
take_number(const struct cli_opt *opt, unsigned *member, const char *value)
{
	unsigned long number;

	if (!md_str_number(md_str(value), 1000000, &number) || number == 0) {
		cli_say("--%s: \"%s\" is no whole number from 1 to 1000000", opt->name, value);
		return false;
	}
	*member = (unsigned)number;
	return true;
}

static bool
take_time(const struct cli_opt *opt, int64_t *member, const char *value)
{
	struct tm tm = { 0 };
	unsigned long seconds;
	const char *end;

	if (md_str_number(md_str(value), 253402300799, &seconds) && seconds > 0) {
		*member = (int64_t)seconds;
		return true;
	}
	end = strptime(value, "%Y-%m-%dT%H:%M:%SZ", &tm);
	if (end == NULL || *end != '\0' || timegm(&tm) <= 0) {
		cli_say("--%s: \"%s\" is neither 2026-11-21T07:00:00Z nor seconds since 1970",
		        opt->name, value);
		return false;
	}
	*member = timegm(&tm);
	return true;
}

static void *
member_of(struct cli_call *call, const struct cli_opt *opt)
{
	return (char *)call->settings + opt->at;
}

static void
set_flag(struct cli_call *call, const struct cli_opt *opt)
{
	if (opt->kind == CLI_OPT_HELP)
		call->help = true;
	else if (opt->kind == CLI_OPT_VERSION)
		call->version = true;
	else
		*(bool *)member_of(call, opt) = true;
}

static bool
take(struct cli_call *call, const struct cli_opt *opt, const char *value)
{
	void *member = member_of(call, opt);

	switch (opt->kind) {
	case CLI_OPT_WORD:
		return take_word(call, opt, member, value);
	case CLI_OPT_CHECKS:
		return take_checks(call, opt, member, value);
	case CLI_OPT_RULES:
		return take_rule(call, opt, member, value);
	case CLI_OPT_SECONDS:
		return take_seconds(opt, member, value);
	case CLI_OPT_NUMBER:
		return take_number(opt, member, value);
	case CLI_OPT_TIME:
		return take_time(opt, member, value);
	case CLI_OPT_FILE:
	case CLI_OPT_FILES:
		return take_file(call, opt, member, value);
	case CLI_OPT_TEXTS:
		push(call->mem, member, value);
		return true;
	default:
		*(const char **)member = value;
		return true;
	}
}

/* ---- the command line ---- */

/* The command line as it is read. */
struct reading {
	struct cli_call *call;
	const struct cli_opt *options;
	char **next, **end;
};

static const struct cli_opt *
find_long(const struct reading *r, struct md_str name)
{
	for (const struct cli_opt *opt = r->options; opt->name != NULL; opt++)
		if (md_str_eq(name, opt->name))
			return opt;
	return NULL;
}

static const struct cli_opt *
find_letter(const struct reading *r, char letter)
{
	for (const struct cli_opt *opt = r->options; opt->name != NULL; opt++)
		if (opt->letter == letter)
			return opt;
	return NULL;
}

static bool
unknown(const struct reading *r, const char *name)
{
	struct md_arena *mem = r->call->mem;
	const char **names = NULL, *nearest;
	size_t n = 0;

	for (const struct cli_opt *opt = r->options; opt->name != NULL; opt++)
		MD_PUSH(mem, names, n, opt->name);
	MD_PUSH(mem, names, n, NULL);
	nearest = md_nearest(md_str(name), names);
	if (nearest != NULL)
		cli_say("no option --%s, did you mean --%s?", name, nearest);
	else
		cli_say("no option --%s (maildiag %s --help lists them)", name,
		        r->call->cmd->name);
	return false;
}

/* "--name", "--name=value" or "--name value"; takes the value off the arguments. */
static bool
read_long(struct reading *r, const char *arg)
{
	const struct md_str whole = md_str(arg + 2);
	const size_t end = md_str_find(whole, '=');
	const struct cli_opt *opt = find_long(r, (struct md_str){ whole.p, end });
	const char *value = end < whole.len ? whole.p + end + 1 : NULL;

	if (opt == NULL)
		return unknown(r, md_strndup(r->call->mem, whole.p, end));
	if (opt->value == NULL && value != NULL) {
		cli_say("--%s takes no value", opt->name);
		return false;
	}
	if (opt->value == NULL) {
		set_flag(r->call, opt);
		return true;
	}
	if (value == NULL && r->next == r->end) {
		cli_say("--%s needs a value: --%s %s", opt->name, opt->name, opt->value);
		return false;
	}
	return take(r->call, opt, value != NULL ? value : *r->next++);
}

/* "-v", "-qv": letters stand for options without a value only. */
static bool
read_letters(struct reading *r, const char *letters)
{
	for (; *letters != '\0'; letters++) {
		const struct cli_opt *opt = find_letter(r, *letters);

		if (opt == NULL) {
			cli_say("no option -%c (maildiag %s --help lists them)", *letters,
			        r->call->cmd->name);
			return false;
		}
		set_flag(r->call, opt);
	}
	return true;
}

bool
cli_opt_parse(struct cli_call *call, int argc, char **argv)
{
	struct reading r = { call, cli_opt_list(call->mem, call->cmd), argv, argv + argc };
	bool options = true;

	call->settings = md_alloc(call->mem, call->cmd->settings + 1);
	while (r.next < r.end) {
		const char *arg = *r.next++;

		if (options && strcmp(arg, "--") == 0)
			options = false;
		else if (options && strncmp(arg, "--", 2) == 0) {
			if (!read_long(&r, arg))
				return false;
		} else if (options && arg[0] == '-' && arg[1] != '\0') {
			if (!read_letters(&r, arg + 1))
				return false;
		} else if (arg[0] == '\0') {
			cli_say("\"\" is an empty name: is a variable not set?");
			return false;
		} else {
			push(call->mem, &call->operands, arg);
		}
	}
	return true;
}
