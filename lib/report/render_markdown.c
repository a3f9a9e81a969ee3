/* Notices for job summaries and pull-request comments: GitHub and GitLab Markdown. */
#include <string.h>

#include "base/arena.h"
#include "report/escape.h"
#include "report/notices_render.h"

/* Comments hold 65,536 characters, job summaries a megabyte; people read less. */
enum { MOST_ROWS = 200 };

/* Nothing in somebody's record becomes markup, a link, a mention or another cell. */
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
		case '@': /* mentions somebody */
			fputs("&#64;", out);
			break;
		case '#': /* refers to an issue */
			fputs("&#35;", out);
			break;
		default:
			if (strchr("|*_`[]\\~", *p) != NULL)
				putc('\\', out);
			putc(*p, out);
		}
	}
}

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
put_row(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	fprintf(out, "| %s | ", mark(row));
	put(mem, out, row->subject);
	fputs(" | ", out);
	put(mem, out, md_notice_text(mem, row));
	if (row->waived[0] != '\0') {
		fputs(" *(waived: ", out);
		put(mem, out, row->waived);
		fputs(")*", out);
	}
	fputs(" | ", out);
	if (row->file[0] != '\0') {
		put(mem, out, row->file);
		if (row->line > 0)
			fprintf(out, ":%u", row->line);
	}
	fputs(" | ", out);
	put(mem, out, row->rule);
	fputs(" |\n", out);
}

/* A fence longer than any in the text. */
static void
put_record(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	struct md_str rest = md_str(row->record), line;

	fputs("\n~~~~~~~~\n", out);
	while (md_str_cut(&rest, '\n', &line))
		fprintf(out, "%s\n", md_escape(mem, line, true));
	fputs("~~~~~~~~\n", out);
}

static void
put_fix(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	fputs("\n**", out);
	put(mem, out, row->title);
	fputs("** (", out);
	put(mem, out, row->subject);
	fputs("): ", out);
	put(mem, out, row->fix);
	putc('\n', out);
	if (row->record[0] != '\0')
		put_record(mem, out, row);
}

static bool
is_told(const struct md_notice *row)
{
	return row->kind == MD_NOTICE_FINDING || row->kind == MD_NOTICE_GAP;
}

static bool
is_mended(const struct md_notice *row)
{
	return is_told(row) && row->novelty != MD_FIXED && row->fix[0] != '\0' &&
	       row->severity >= MD_WARN && row->waived[0] == '\0';
}

/* Rows that are told, from the worst; returns how many were put. */
static size_t
put_rows(const struct md_notices *o, FILE *out)
{
	static const enum md_verdict order[] = { MD_FAIL, MD_UNSURE, MD_WARN, MD_INFO };
	size_t n = 0;

	for (size_t s = 0; s < sizeof(order) / sizeof(*order); s++)
		for (size_t i = 0; i < o->n; i++)
			if (is_told(&o->all[i]) && o->all[i].severity == order[s] &&
			    n++ < MOST_ROWS)
				put_row(o->mem, out, &o->all[i]);
	return n;
}

void
md_render_markdown(const struct md_notices *o, FILE *out)
{
	size_t told = 0, mended = 0, put_so_far;

	for (size_t i = 0; i < o->n; i++) {
		told += is_told(&o->all[i]);
		mended += is_mended(&o->all[i]);
	}
	fprintf(out, "### maildiag: %s\n\n", md_verdict_name(o->verdict));
	put(o->mem, out, md_notices_headline(o));
	fputs("\n", out);
	if (told == 0)
		return;
	fputs("\n| | Subject | What | Where | Rule |\n|---|---|---|---|---|\n", out);
	put_so_far = put_rows(o, out);
	if (put_so_far > MOST_ROWS)
		fprintf(out, "\n%zu more are in the other formats.\n", put_so_far - MOST_ROWS);
	if (mended == 0)
		return;
	fputs("\n<details><summary>How to mend it</summary>\n", out);
	for (size_t i = 0, n = 0; i < o->n && n < MOST_ROWS; i++)
		if (is_mended(&o->all[i]) && n++ < MOST_ROWS)
			put_fix(o->mem, out, &o->all[i]);
	fputs("\n</details>\n", out);
}
