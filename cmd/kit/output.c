/* Where reports go: standard output, and files that appear whole or not at all. */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "interrupt.h"
#include "say.h"
#include "status.h"

const char *const cli_formats[] = { "text",  "json",  "jsonl",  "csv", "markdown", "github",
	                            "junit", "sarif", "gitlab", "tap", "zone",     NULL };

static const char *const report_formats[] = { "text",  "json",  "jsonl",  "markdown", "github",
	                                      "junit", "sarif", "gitlab", "tap",      NULL };
static const char *const severities[] = { "fail", "warn", "info", "never", NULL };

const struct cli_opt cli_report_options[] = {
	CLI_OPT_GROUP("The report"),
	{ .name = "format",
	  .value = "FORMAT",
	  CLI_WORD(struct cli_reporting, format, report_formats),
	  .summary = "how to write the report" },
	{ .name = "output",
	  .value = "[FORMAT=]FILE",
	  CLI_FILES(struct cli_reporting, output),
	  .summary = "write it here, whole or not at all; repeatable" },
	{ .name = "fail-on",
	  .value = "SEVERITY",
	  CLI_WORD(struct cli_reporting, fail_on, severities),
	  .summary = "what is enough to exit with 1" },
	CLI_OPT_END,
};

static bool
is_stdout(const struct cli_output *out)
{
	return strcmp(out->path, "-") == 0;
}

static bool
is_format(const char *word)
{
	for (const char *const *f = cli_formats; *f != NULL; f++)
		if (strcmp(word, *f) == 0)
			return true;
	return false;
}

/* Outputs as they are planned. */
struct plan {
	struct md_arena *mem;
	const struct cli_reporting *reporting;
	struct cli_outputs *outs;
};

static void
add(const struct plan *plan, const char *format, const char *path)
{
	struct cli_outputs *outs = plan->outs;
	struct cli_output out = { .format = format, .path = path };

	out.style = cli_style_of(&plan->reporting->display, is_stdout(&out));
	out.style.brief = outs->bulk && !out.style.verbose; /* facts are half a line */
	out.lines = strcmp(format, "jsonl") == 0 || strcmp(format, "csv") == 0;
	out.fail_on = cli_fail_on(plan->reporting->fail_on, outs->bulk);
	if (strcmp(format, "csv") == 0)
		out.style.table = MD_TABLE_FIRST;
	for (const char *const *f = md_notices_formats; *f != NULL; f++)
		if (strcmp(format, *f) == 0)
			out.notices = md_notices_new(plan->mem);
	MD_PUSH(plan->mem, outs->p, outs->n, out);
}

/* Is it FORMAT=FILE?  A slash before the equals sign makes it a path with a strange name. */
static bool
names_format(const char *given)
{
	const char *equals = strchr(given, '=');

	return equals != NULL && memchr(given, '/', (size_t)(equals - given)) == NULL;
}

static const char *
main_format(const struct plan *plan)
{
	return plan->reporting->format != NULL ? plan->reporting->format : "text";
}

/* "FORMAT=FILE" is one more report; "FILE" is where the report goes instead of stdout. */
static bool
plan_one(const struct plan *plan, const char *given)
{
	const char *format = main_format(plan), *path = given;

	if (names_format(given)) {
		path = strchr(given, '=') + 1;
		format = md_strndup(plan->mem, given, (size_t)(path - given) - 1);
	}
	if (!is_format(format)) {
		cli_say("--output: no format \"%s\"%s (a file of that name: ./%s)", format,
		        cli_did_you_mean(plan->mem, format, cli_formats), given);
		return false;
	}
	if (strcmp(format, "zone") == 0 && !plan->outs->tabled) {
		cli_say("zone is what to publish for a domain: maildiag check");
		return false;
	}
	if (strcmp(format, "csv") == 0 && !plan->outs->tabled) {
		cli_say("csv has a line for each domain: maildiag check");
		return false;
	}
	if (path[0] == '\0') {
		cli_say("--output needs a file: --output [FORMAT=]FILE");
		return false;
	}
	add(plan, format, path);
	return true;
}

/* Is standard output still free for the report? */
static bool
keeps_stdout(const struct cli_strings *given)
{
	for (size_t i = 0; i < given->n; i++) {
		const char *path = strchr(given->p[i], '=');

		if (!names_format(given->p[i]) || strcmp(path + 1, "-") == 0)
			return false;
	}
	return true;
}

bool
cli_outputs_plan(struct md_arena *mem, const struct cli_reporting *reporting,
                 const char *record, struct cli_outputs *outs)
{
	const struct plan plan = { mem, reporting, outs };
	const struct cli_strings *given = &reporting->output;

	for (size_t i = 0; i < given->n; i++)
		if (!plan_one(&plan, given->p[i]))
			return false;
	if (keeps_stdout(given))
		add(&plan, main_format(&plan), "-");
	outs->record.path = record;
	return true;
}

bool
cli_outputs_have(const struct cli_outputs *outs, const char *format)
{
	for (size_t i = 0; i < outs->n; i++)
		if (strcmp(outs->p[i].format, format) == 0)
			return true;
	return false;
}

bool
cli_outputs_are_lines(const struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!outs->p[i].lines)
			return false;
	return true;
}

static bool
failed(const char *doing, const char *path)
{
	cli_say("cannot %s %s: %s", doing, path, strerror(errno));
	return false;
}

/* Opens the file to write behind its lines. */
static bool
append(struct cli_output *out)
{
	if (out->file == NULL)
		out->file = fopen(out->path, "ae");
	return out->file != NULL || failed("write", out->path);
}

/*
 * The permissions that the file has, or that a new one would get: so, too, in the place of
 * somebody else's, who may have left it open to all.
 */
static mode_t
mode_for(const struct stat *old)
{
	mode_t mask;

	if (old != NULL && old->st_uid == geteuid())
		return old->st_mode & 0777u;
	mask = umask(0);
	umask(mask);
	return 0666u & ~mask;
}

/* A regular file is written beside its place (that of the file, where `path` is a link). */
static bool
stage(struct md_arena *mem, struct cli_output *out, const struct stat *old)
{
	char *real = old != NULL ? realpath(out->path, NULL) : NULL;
	char *staged;
	int fd;

	if (real != NULL)
		out->path = md_strdup(mem, real);
	free(real);
	staged = md_printf(mem, "%s.XXXXXX", out->path);
	fd = cli_unfinished_new(staged);
	if (fd < 0)
		return failed("write", out->path);
	out->staged = staged;
	if (fchmod(fd, mode_for(old)) == 0)
		out->file = fdopen(fd, "w");
	if (out->file != NULL)
		return true;
	close(fd);
	return failed("write", out->path);
}

bool
cli_output_open(struct md_arena *mem, struct cli_output *out)
{
	struct stat old;
	const bool exists = stat(out->path, &old) == 0;

	if (is_stdout(out)) {
		out->file = stdout;
		return true;
	}
	if (exists && S_ISDIR(old.st_mode)) {
		errno = EISDIR;
		return failed("write", out->path);
	}
	if (out->goes_on)
		return append(out);
	if (!exists || S_ISREG(old.st_mode))
		return stage(mem, out, exists ? &old : NULL);
	out->file = fopen(out->path, "w");
	return out->file != NULL || failed("write", out->path);
}

void
cli_output_drop(struct cli_output *out)
{
	if (out->file != NULL && !is_stdout(out))
		fclose(out->file);
	out->file = NULL;
	if (out->staged != NULL) {
		unlink(out->staged);
		cli_unfinished_done(out->staged);
	}
	out->staged = NULL;
}

/* Is the staged file empty?  JSON and facts must not be: it would replace a good file. */
static bool
is_nothing(const struct cli_output *out)
{
	return out->staged != NULL && ftello(out->file) == 0 &&
	       (out->format == NULL || strcmp(out->format, "json") == 0);
}

/* The one document for all reports. */
static bool
put_notices(struct cli_output *out)
{
	struct cli_sheet sheet;

	cli_sheet_begin(&sheet);
	md_notices_render(out->format, out->notices, sheet.file);
	return cli_sheet_put(&sheet, out);
}

bool
cli_output_finish(struct cli_output *out)
{
	FILE *file = out->file;
	bool whole;

	if (file != NULL && is_nothing(out)) {
		cli_output_drop(out);
		return true;
	}
	if (file != NULL && out->notices != NULL && !put_notices(out))
		return false;
	if (file == NULL || is_stdout(out))
		return true;
	out->file = NULL;
	whole = out->closed || (!ferror(file) && fflush(file) == 0);
	whole = (fclose(file) == 0 || out->closed) && whole;
	if (!whole)
		return failed("write", out->path);
	if (out->staged != NULL && rename(out->staged, out->path) != 0)
		return failed("put in place", out->path);
	cli_unfinished_done(out->staged);
	out->staged = NULL;
	return true;
}

bool
cli_outputs_open(struct md_arena *mem, struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!cli_output_open(mem, &outs->p[i]))
			return false;
	return outs->record.path == NULL || cli_output_open(mem, &outs->record);
}

bool
cli_outputs_finish(struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!cli_output_finish(&outs->p[i]))
			return false;
	return cli_output_finish(&outs->record);
}

bool
cli_outputs_keep(struct cli_outputs *outs)
{
	bool all = true;

	for (size_t i = 0; i < outs->n; i++)
		if (outs->p[i].lines && outs->p[i].begun && outs->bulk)
			all = cli_output_finish(&outs->p[i]) && all;
	return all;
}

void
cli_outputs_drop(struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		cli_output_drop(&outs->p[i]);
	cli_output_drop(&outs->record);
}

void
cli_outputs_tabulate(struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!outs->p[i].style.verbose)
			outs->p[i].style.table = MD_TABLE_FIRST;
}
