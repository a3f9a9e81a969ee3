/* Notices as JUnit XML: what Jenkins, GitLab, Azure and CircleCI show as tests. */
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "rows/render.h"

/* XML 1.0 2.2 has no control characters: md_escape has made them printable already. */
static void
put(struct md_arena *mem, FILE *out, const char *text)
{
	for (const char *p = md_escape(mem, md_str(text), true); *p != '\0'; p++) {
		switch (*p) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		default:
			putc(*p, out);
		}
	}
}

static void
put_attribute(struct md_arena *mem, FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	put(mem, out, value);
	putc('"', out);
}

/* An element with a message and the evidence as text. */
static void
put_trouble(struct md_arena *mem, FILE *out, const char *element, const struct md_notice *row)
{
	struct md_str rest = md_str(row->record), line;

	fprintf(out, "\n      <%s", element);
	put_attribute(mem, out, "message", md_notice_text(mem, row));
	put_attribute(mem, out, "type", row->rule[0] != '\0' ? row->rule : "unknown");
	fputs(">", out);
	if (row->file[0] != '\0' && row->line > 0)
		put(mem, out, md_printf(mem, "%s:%u: ", row->file, row->line));
	put(mem, out, row->fix);
	while (md_str_cut(&rest, '\n', &line)) {
		fputs("\n", out);
		put(mem, out, md_printf(mem, "%.*s", MD_FMT(line)));
	}
	fprintf(out, "</%s>\n    ", element);
}

/* Services tell tests of a job apart by class and name alone. */
static const char *
name_of(struct md_arena *mem, const struct md_notice *row)
{
	const char *name = row->check_title;

	if (row->rule[0] != '\0')
		name = md_printf(mem, "%s %s", row->rule, row->about);
	else if (row->about[0] != '\0')
		name = row->about;
	return row->nth > 0 ? md_printf(mem, "%s (%u)", name, row->nth + 1) : name;
}

static void
put_case(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	const bool found = row->kind == MD_NOTICE_FINDING;

	fputs("    <testcase", out);
	put_attribute(mem, out, "classname", md_printf(mem, "%s.%s", row->subject, row->check));
	put_attribute(mem, out, "name", name_of(mem, row));
	put_attribute(mem, out, "time", "0");
	if (row->file[0] != '\0')
		put_attribute(mem, out, "file", row->file);
	putc('>', out);
	if (row->kind == MD_NOTICE_GAP)
		put_trouble(mem, out, "error", row);
	else if (row->fails)
		put_trouble(mem, out, "failure", row);
	else if (row->kind == MD_NOTICE_SKIPPED || row->waived[0] != '\0') {
		fputs("<skipped", out);
		put_attribute(mem, out, "message",
		              row->waived[0] != '\0' ? row->waived : row->evidence);
		fputs("/>", out);
	} else if (found) {
		fputs("<system-out>", out);
		put(mem, out,
		    md_printf(mem, "%s: %s", md_verdict_name(row->severity),
		              md_notice_text(mem, row)));
		fputs("</system-out>", out);
	}
	fputs("</testcase>\n", out);
}

/* The rows of one report, from `first` on; or all. */
struct suite {
	const struct md_notices *o;
	size_t first, n, failures, errors, skipped;
};

static void
count(struct suite *s, const struct md_notice *row)
{
	s->n++;
	if (row->kind == MD_NOTICE_GAP)
		s->errors++;
	else if (row->fails)
		s->failures++;
	else if (row->kind == MD_NOTICE_SKIPPED || row->waived[0] != '\0')
		s->skipped++;
}

static struct suite
suite_from(const struct md_notices *o, size_t first)
{
	struct suite s = { .o = o, .first = first };

	while (first + s.n < o->n &&
	       strcmp(o->all[first + s.n].subject, o->all[first].subject) == 0)
		count(&s, &o->all[first + s.n]);
	return s;
}

static void
put_counts(const struct suite *s, FILE *out)
{
	fprintf(out,
	        " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n",
	        s->n, s->failures, s->errors, s->skipped);
}

static void
put_suite(const struct suite *s, FILE *out)
{
	fputs("  <testsuite", out);
	put_attribute(s->o->mem, out, "name", s->o->all[s->first].subject);
	put_counts(s, out);
	for (size_t i = 0; i < s->n; i++)
		put_case(s->o->mem, out, &s->o->all[s->first + i]);
	fputs("  </testsuite>\n", out);
}

void
md_render_junit(const struct md_notices *o, FILE *out)
{
	struct suite suite, all = { .o = o };

	for (size_t i = 0; i < o->n; i++)
		count(&all, &o->all[i]);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"maildiag\"", out);
	put_counts(&all, out);
	for (size_t i = 0; i < o->n; i += suite.n) {
		suite = suite_from(o, i);
		put_suite(&suite, out);
	}
	fputs("</testsuites>\n", out);
}
