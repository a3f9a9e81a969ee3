/* Notices as TAP version 13, the Test Anything Protocol: prove and its kin. */
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "rows/render.h"

/* A hash begins a directive, and a backslash escapes it; their case does not matter. */
static void
put(struct md_arena *mem, FILE *out, const char *text)
{
	for (const char *p = md_escape(mem, md_str(text), true); *p != '\0'; p++) {
		if (*p == '#' || *p == '\\')
			putc('\\', out);
		putc(*p, out);
	}
}

static void
put_directive(struct md_arena *mem, FILE *out, const char *word, const char *why)
{
	fprintf(out, " # %s ", word);
	put(mem, out, why);
}

/* A double-quoted scalar of YAML. */
static void
put_member(struct md_arena *mem, FILE *out, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	fprintf(out, "  %s: \"", key);
	for (const char *p = md_escape(mem, md_str(value), true); *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			putc('\\', out);
		putc(*p, out);
	}
	fputs("\"\n", out);
}

static void
put_diagnostics(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	fputs("  ---\n", out);
	put_member(mem, out, "message", row->evidence);
	put_member(mem, out, "severity", md_verdict_name(row->severity));
	put_member(mem, out, "rule", row->rule);
	put_member(mem, out, "about", row->about);
	put_member(mem, out, "fix", row->fix);
	put_member(mem, out, "file", row->file);
	if (row->line > 0)
		fprintf(out, "  line: %u\n", row->line);
	fputs("  ...\n", out);
}

static void
put_row(struct md_arena *mem, FILE *out, const struct md_notice *row, size_t number)
{
	const bool trouble = row->fails || row->kind == MD_NOTICE_GAP;
	const char *what = row->kind == MD_NOTICE_PASS || row->kind == MD_NOTICE_SKIPPED
	                           ? row->check_title
	                           : md_notice_text(mem, row);

	fprintf(out, "%s %zu - ", trouble ? "not ok" : "ok", number);
	put(mem, out,
	    md_printf(mem, "%s: %s%s%s", row->subject, row->rule,
	              row->rule[0] != '\0' ? ": " : "", what));
	if (row->kind == MD_NOTICE_SKIPPED)
		put_directive(mem, out, "SKIP", row->evidence);
	else if (row->waived[0] != '\0')
		put_directive(mem, out, "SKIP", row->waived);
	else if (row->kind == MD_NOTICE_GAP && !row->fails)
		put_directive(mem, out, "todo", "unknown, neither right nor wrong");
	putc('\n', out);
	if (row->kind == MD_NOTICE_FINDING || row->kind == MD_NOTICE_GAP)
		put_diagnostics(mem, out, row);
}

void
md_render_tap(const struct md_notices *o, FILE *out)
{
	fprintf(out, "TAP version 13\n1..%zu%s\n", o->n,
	        o->n == 0 ? " # SKIP nothing was examined" : "");
	for (size_t i = 0; i < o->n; i++)
		put_row(o->mem, out, &o->all[i], i + 1);
}
