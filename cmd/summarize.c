/* maildiag summarize: how many of many domains have a finding, and which domains have it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask/check.h"
#include "commands.h"
#include "kit/call.h"
#include "kit/display.h"
#include "kit/opt.h"
#include "kit/say.h"
#include "maildiag.h"
#include "summary/feed.h"
#include "summary/summary.h"

/* No report is nearly as long as the first; the second bounds messages about bad lines. */
enum { LONGEST_LINE = 16 << 20, MOST_COMPLAINTS = 20 };

struct settings {
	const char *domains, *format;
	struct cli_display display;
};

static const char *const formats[] = { "text", "json", NULL };

static const struct cli_opt opts[] = {
	CLI_OPT_GROUP("The summary"),
	{ .name = "domains",
	  .value = "WHICH",
	  CLI_TEXT(struct settings, domains),
	  .summary = "name those with this rule or verdict, or incomplete" },
	{ .name = "format",
	  .value = "FORMAT",
	  CLI_WORD(struct settings, format, formats),
	  .summary = "how to write the counts" },
	{ .name = "color",
	  .value = "WHEN",
	  CLI_WORD(struct settings, display.color, cli_color_words),
	  .summary = "whether to use colours" },
	{ .name = "verbose",
	  .letter = 'v',
	  CLI_FLAG(struct settings, display.verbose),
	  .summary = "all, not the commonest alone; each by provider and TLD" },
	CLI_OPT_END,
};

struct summarizing {
	const struct settings *set;
	struct md_summary summary;
	uint64_t complaints;
	const char *path; /* of the file that is being read */
	bool failed;      /* a file could not be read */
	int write_error;  /* errno of a name that could not be written */
};

/* ---- which domains to name ---- */

static const char *const others[] = { "fail", "unknown",    "warn", "info",
	                              "pass", "incomplete", NULL };

static bool
is_listed(const char *word, const char *const *list)
{
	while (*list != NULL && strcmp(*list, word) != 0)
		list++;
	return *list != NULL;
}

static bool
good_which(struct cli_call *call)
{
	const struct settings *set = call->settings;
	const char *which = set->domains, *const *rules = cli_rule_ids(call->mem);

	if (which == NULL || is_listed(which, others) || is_listed(which, rules))
		return true;
	cli_say("--domains: no rule \"%s\"%s (or a verdict, or incomplete)", which,
	        cli_did_you_mean(call->mem, which,
	                         strchr(which, '.') != NULL ? rules : others));
	return false;
}

static bool
is_wanted(const char *which, const struct md_reported *line)
{
	if (line->message)
		return false;
	if (strcmp(which, "incomplete") == 0)
		return !line->complete;
	if (strcmp(which, md_verdict_name(line->verdict)) == 0)
		return true;
	for (size_t i = 0; i < line->nrules; i++)
		if (strcmp(which, line->rules[i].rule) == 0)
			return true;
	return false;
}

/* ---- lines ---- */

static void
complain(struct summarizing *s, const struct md_feed *lines, const char *why)
{
	s->summary.bad++;
	if (s->complaints++ < MOST_COMPLAINTS)
		cli_say("%s:%ju: %s", s->path, (uintmax_t)lines->number, why);
}

static void
take(struct summarizing *s, const struct md_feed *lines, struct md_str text)
{
	const char *which = s->set->domains, *why;
	struct md_arena *mem;
	struct md_reported line;

	if (md_str_trim(text, " \t\r").len == 0)
		return;
	mem = md_arena_new();
	if (!md_reported_read(mem, text, &line, &why))
		complain(s, lines, why);
	else if (which == NULL || line.message)
		md_summary_add(&s->summary, &line);
	else if (is_wanted(which, &line) && puts(line.domain) == EOF)
		s->write_error = errno;
	md_arena_free(mem);
}

static bool
read_more(struct summarizing *s, struct md_feed *lines, int fd)
{
	size_t room;
	char *into = md_feed_room(lines, &room);
	ssize_t got;

	do
		got = read(fd, into, room);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		cli_say("cannot read %s: %s", s->path, strerror(errno));
		s->failed = true;
		return false;
	}
	md_feed_came(lines, (size_t)got);
	return true;
}

static void
read_lines(struct summarizing *s, int fd)
{
	struct md_feed lines = { .most = LONGEST_LINE };
	struct md_str line;
	bool going = true;

	while (going && s->write_error == 0) {
		switch (md_feed_next(&lines, &line)) {
		case MD_FEED_LINE:
			take(s, &lines, line);
			break;
		case MD_FEED_TOO_LONG:
			complain(s, &lines, "longer than 16 MiB: passed over");
			break;
		case MD_FEED_MORE:
			going = read_more(s, &lines, fd);
			break;
		case MD_FEED_END:
			going = false;
			break;
		}
	}
	md_feed_free(&lines);
}

static void
read_file(struct summarizing *s, const char *path)
{
	int fd;

	if (strcmp(path, "-") == 0) {
		s->path = "standard input";
		read_lines(s, STDIN_FILENO);
		return;
	}
	s->path = path;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		cli_say("cannot read %s: %s", path, strerror(errno));
		s->failed = true;
		return;
	}
	read_lines(s, fd);
	close(fd);
}

/* ---- the whole ---- */

/* Says what was not counted; the exit status is 3 then. */
static void
tell_passed_over(const struct summarizing *s)
{
	if (s->complaints > MOST_COMPLAINTS)
		cli_say("%ju lines are no reports, and are not counted",
		        (uintmax_t)s->complaints);
	if (s->summary.messages > 0)
		cli_say("%ju %s not counted: summarize is about domains",
		        (uintmax_t)s->summary.messages,
		        s->summary.messages == 1 ? "report of a message is"
		                                 : "reports of messages are");
}

static void
write_summary(const struct summarizing *s)
{
	const struct settings *set = s->set;
	const struct md_style style = cli_style_of(&set->display, true);

	if (set->domains != NULL)
		return;
	if (set->format != NULL && strcmp(set->format, "json") == 0)
		md_summary_json(&s->summary, stdout);
	else
		md_summary_text(&s->summary, &style, stdout);
}

static enum cli_exit
summarize(struct cli_call *call)
{
	const struct cli_strings *files = &call->operands;
	struct summarizing s = { .set = call->settings };
	enum cli_exit status;

	if (!good_which(call))
		return CLI_EXIT_USAGE;
	if (files->n == 0 && isatty(STDIN_FILENO)) {
		cli_say("which file? (maildiag check --stdin --format jsonl writes one)");
		return CLI_EXIT_USAGE;
	}
	md_summary_init(&s.summary, call->mem);
	for (size_t i = 0; i < files->n; i++)
		read_file(&s, files->p[i]);
	if (files->n == 0)
		read_file(&s, "-");
	write_summary(&s);
	if (s.write_error != 0)
		errno = s.write_error;
	status = cli_finish_stdout();
	tell_passed_over(&s);
	if (s.failed || s.complaints > 0 || s.summary.messages > 0)
		return CLI_EXIT_TROUBLE;
	return status;
}

const struct cli_cmd cli_cmd_summarize = {
	.name = "summarize",
	.args = "[OPTIONS] [FILE...]",
	.summary = "Count findings in reports of many domains",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){
	                "maildiag summarize reports.jsonl",
	                "maildiag summarize --domains spf.plus-all reports.jsonl", NULL },
	.files = true,
	.run = summarize,
};
