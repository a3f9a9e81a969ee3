/* Notices for job summaries and pull-request comments: GitHub and GitLab Markdown. */
#include <string.h>

#include "base/arena.h"
#include "rows/render.h"
#include "json/escape.h"

/* A comment holds 65,536 characters, a job summary a megabyte; people read less. */
enum { MOST_ROWS = 100, MOST_FIXES = 40, LONGEST = 300 };

/* ---- text ---- */

static size_t
longest_run(const char *text, char c)
{
	size_t longest = 0, n = 0;

	for (; *text != '\0'; text++) {
		n = *text == c ? n + 1 : 0;
		longest = n > longest ? n : longest;
	}
	return longest;
}

static void
put_times(FILE *out, char c, size_t n)
{
	while (n-- > 0)
		putc(c, out);
}

/*
 * In a code span nothing has a meaning, mentions and links neither; but a cell ends at each
 * pipe without a backslash, and renderers do not agree on two of them.
 */
static void
put_code(FILE *out, const char *text)
{
	const size_t fence = longest_run(text, '`') + 1;
	const bool padded = fence > 1 || text[0] == ' ';

	put_times(out, '`', fence);
	put_times(out, ' ', padded);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '|')
			fputs(p > text && p[-1] == '\\' ? " \\" : "\\", out);
		putc(*p, out);
	}
	put_times(out, ' ', padded);
	put_times(out, '`', fence);
}

static void
put_escaped(FILE *out, struct md_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.p[i];

		if (c == '<' || c == '>' || c == '&')
			fputs(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;", out);
		else
			fprintf(out, "%s%c", strchr("|*_`[]\\~#!$", c) != NULL ? "\\" : "", c);
	}
}

/* Words of our own, as they stand; addresses are not for writing to. */
static void
put(struct md_arena *mem, FILE *out, const char *text)
{
	struct md_str rest = md_str(text), word;

	while (md_str_cut(&rest, ' ', &word)) {
		if (md_str_find(word, '@') < word.len)
			put_code(out, md_strndup(mem, word.p, word.len));
		else
			put_escaped(out, word);
		if (rest.len > 0)
			putc(' ', out);
	}
}

static size_t
hex_run(const char *text)
{
	size_t n = 0;

	while (md_is_hex(text[n]))
		n++;
	return n;
}

/* Would a renderer make something of what begins here: a link, an emoji, a reference? */
static bool
is_special(const char *p)
{
	const bool letter_before_digit =
	        p[0] >= 'A' && p[0] <= 'Z' && p[1] == '-' && md_is_digit(p[2]); /* GH-1 */

	if ((unsigned char)*p < 0x80 && !md_is_alnum(*p) &&
	    strchr(" .,;'\"()/-=+?:_<>", *p) == NULL)
		return true;
	if (*p == ':')
		return p[1] != ' ' && p[1] != '\0';
	return letter_before_digit || md_str_starts_nocase(md_str(p), "www.") ||
	       hex_run(p) >= 7; /* commits are linked by it */
}

static bool
is_prose(const char *text)
{
	for (; *text != '\0'; text++)
		if (is_special(text))
			return false;
	return true;
}

static const char *
shortened(struct md_arena *mem, const char *text)
{
	const struct md_str whole = md_str(text);
	size_t n = 0;

	while (n < whole.len && n < LONGEST)
		n += md_escape_step(md_str_skip(whole, n));
	return n < whole.len ? md_printf(mem, "%.*s...", (int)n, text) : text;
}

/* Nothing in somebody's record becomes markup, a link, a mention or another cell. */
static void
put_foreign(struct md_arena *mem, FILE *out, const char *text)
{
	const char *shown = shortened(mem, md_escape(mem, md_str(text), true));

	if (is_prose(shown))
		put_escaped(out, md_str(shown));
	else
		put_code(out, shown);
}

/* ---- the table ---- */

static const char *
mark(const struct md_notice *row)
{
	if (row->novelty == MD_FIXED)
		return "✅ fixed";
	if (row->kind == MD_NOTICE_GAP)
		return "❔ unknown";
	switch (row->severity) {
	case MD_FAIL:
		return "❌ fail";
	case MD_WARN:
		return "⚠️ warn";
	default:
		return "ℹ️ info";
	}
}

static void
put_what(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	put(mem, out, md_notice_title(row));
	fputs(": ", out);
	if (strstr(row->evidence, row->about) == NULL) {
		put_foreign(mem, out, row->about);
		fputs(": ", out);
	}
	put_foreign(mem, out, row->evidence);
	if (row->waived[0] != '\0') {
		fputs(" (does not count: ", out);
		put_foreign(mem, out, row->waived);
		putc(')', out);
	}
}

static void
put_where(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	const char *file = md_escape(mem, md_str(row->file), true);

	if (file[0] != '\0')
		put_code(out, row->line > 0 ? md_printf(mem, "%s:%u", file, row->line) : file);
}

/* What columns there are: one that would be the same or empty in each row is left out. */
struct table {
	struct md_arena *mem;
	FILE *out;
	bool subjects, places;
};

static void
put_row(const struct table *t, const struct md_notice *row)
{
	fprintf(t->out, "| %s%s | ", mark(row),
	        row->novelty == MD_UNCHANGED ? ", as before" : "");
	if (t->subjects) {
		put_foreign(t->mem, t->out, row->subject);
		fputs(" | ", t->out);
	}
	put_what(t->mem, t->out, row);
	fputs(" | ", t->out);
	if (t->places) {
		put_where(t->mem, t->out, row);
		fputs(" | ", t->out);
	}
	put(t->mem, t->out, row->rule);
	fputs(" |\n", t->out);
}

static void
put_table(const struct table *t, const struct md_notice *const *told, size_t n)
{
	fprintf(t->out, "\n| | %sWhat | %sRule |\n|---|---|---|%s%s\n",
	        t->subjects ? "Subject | " : "", t->places ? "Where | " : "",
	        t->subjects ? "---|" : "", t->places ? "---|" : "");
	for (size_t i = 0; i < n && i < MOST_ROWS; i++)
		put_row(t, told[i]);
	if (n > MOST_ROWS)
		fprintf(t->out, "\n%zu more are in the other formats.\n", n - MOST_ROWS);
}

/* ---- how to mend it ---- */

static bool
is_mended(const struct md_notice *row)
{
	return row->fix[0] != '\0' && row->severity >= MD_WARN && row->novelty != MD_FIXED &&
	       row->waived[0] == '\0';
}

/* A fence longer than any in the text. */
static void
put_record(struct md_arena *mem, FILE *out, const char *record)
{
	struct md_str rest = md_str(record), line;
	size_t fence = longest_run(record, '~') + 1;

	fence = fence < 3 ? 3 : fence;
	putc('\n', out);
	put_times(out, '~', fence);
	putc('\n', out);
	while (md_str_cut(&rest, '\n', &line))
		fprintf(out, "%s\n", md_escape(mem, line, true));
	put_times(out, '~', fence);
	putc('\n', out);
}

/* A rule's advice once, with the records for all whom it concerns. */
static void
put_fix(struct md_arena *mem, FILE *out, const struct md_notice *const *told, size_t n)
{
	fputs("\n**", out);
	put(mem, out, md_notice_title(told[0]));
	fputs("**: ", out);
	put(mem, out, told[0]->fix);
	putc('\n', out);
	for (size_t i = 0; i < n; i++)
		if (is_mended(told[i]) && strcmp(told[i]->rule, told[0]->rule) == 0 &&
		    told[i]->record[0] != '\0')
			put_record(mem, out, told[i]->record);
}

static bool
was_told(const struct md_notice *const *told, size_t i)
{
	for (size_t before = 0; before < i; before++)
		if (is_mended(told[before]) && strcmp(told[before]->rule, told[i]->rule) == 0)
			return true;
	return false;
}

static void
put_fixes(struct md_arena *mem, FILE *out, const struct md_notice *const *told, size_t n)
{
	size_t fixes = 0;

	for (size_t i = 0; i < n && fixes < MOST_FIXES; i++) {
		if (!is_mended(told[i]) || was_told(told, i))
			continue;
		if (fixes++ == 0)
			fputs("\n<details><summary>How to mend it</summary>\n", out);
		put_fix(mem, out, told + i, n - i);
	}
	if (fixes > 0)
		fputs("\n</details>\n", out);
}

/* ---- the whole ---- */

static bool
is_one_subject(const struct md_notices *o)
{
	for (size_t i = 1; i < o->n; i++)
		if (strcmp(o->all[i].subject, o->all[0].subject) != 0)
			return false;
	return o->n > 0;
}

void
md_render_markdown(const struct md_notices *o, FILE *out)
{
	struct table table = { .mem = o->mem, .out = out, .subjects = !is_one_subject(o) };
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, false, &n);

	fputs("### maildiag: ", out);
	if (!table.subjects) {
		put_foreign(o->mem, out, o->all[0].subject);
		fputs(": ", out);
	}
	fprintf(out, "%s\n\n", md_verdict_name(o->verdict));
	put_foreign(o->mem, out, md_notices_headline(o));
	putc('\n', out);
	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		table.places = table.places || told[i]->file[0] != '\0';
	put_table(&table, told, n);
	put_fixes(o->mem, out, told, n < MOST_ROWS ? n : MOST_ROWS);
}
