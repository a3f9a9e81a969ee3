/* Notices as GitHub workflow commands: annotations beside the line of the zone file. */
#include <string.h>

#include "base/arena.h"
#include "report/escape.h"
#include "report/notices_render.h"

/* Data escapes percent and line ends; properties also what ends them. */
static void
put(struct md_arena *mem, FILE *out, const char *text, bool property)
{
	for (const char *p = md_escape(mem, md_str(text), true); *p != '\0'; p++) {
		const bool special =
		        strchr("%\r\n", *p) != NULL || (property && strchr(":,", *p) != NULL);

		if (special)
			fprintf(out, "%%%02X", (unsigned)(unsigned char)*p);
		else
			putc(*p, out);
	}
}

static const char *
level(const struct md_notice *row)
{
	if (row->fails)
		return "error";
	return row->severity >= MD_WARN ? "warning" : "notice";
}

static void
put_command(struct md_arena *mem, FILE *out, const struct md_notice *row)
{
	fprintf(out, "::%s ", level(row));
	if (row->file[0] != '\0') {
		fputs("file=", out);
		put(mem, out, row->file, true);
		if (row->line > 0)
			fprintf(out, ",line=%u", row->line);
		putc(',', out);
	}
	fputs("title=", out);
	put(mem, out, row->title[0] != '\0' ? row->title : "Not known", true);
	fputs("::", out);
	put(mem, out,
	    md_printf(mem, "%s: %s%s%s%s", row->subject, md_notice_text(mem, row),
	              row->rule[0] != '\0' ? " [" : "", row->rule,
	              row->rule[0] != '\0' ? "]" : ""),
	    false);
	putc('\n', out);
}

void
md_render_github(const struct md_notices *o, FILE *out)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct md_notice *row = &o->all[i];

		if ((row->kind == MD_NOTICE_FINDING || row->kind == MD_NOTICE_GAP) &&
		    row->novelty != MD_FIXED && row->waived[0] == '\0')
			put_command(o->mem, out, row);
	}
}
