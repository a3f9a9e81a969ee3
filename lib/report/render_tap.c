/* Notices as TAP version 13, the Test Anything Protocol: prove and its kin. */
#include <string.h>

#include "base/arena.h"
#include "report/escape.h"
#include "report/notices_render.h"

/* A hash begins a directive, and a backslash escapes it. */
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
	else if (row->kind == MD_NOTICE_GAP)
		put_directive(mem, out, "TODO", "unknown, neither right nor wrong");
	putc('\n', out);
}

void
md_render_tap(const struct md_notices *o, FILE *out)
{
	fprintf(out, "TAP version 13\n1..%zu\n", o->n);
	for (size_t i = 0; i < o->n; i++)
		put_row(o->mem, out, &o->all[i], i + 1);
}
