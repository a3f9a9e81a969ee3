/* Notices as GitHub workflow commands: annotations beside the line of the zone file. */
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "rows/render.h"

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
	put(mem, out, md_printf(mem, "maildiag: %s", md_notice_rule(row)), true);
	fputs("::", out);
	put(mem, out, md_printf(mem, "%s: %s", row->subject, md_notice_text(mem, row)), false);
	if (row->fix[0] != '\0') {
		fputs("%0A", out);
		put(mem, out, row->fix, false);
	}
	putc('\n', out);
}

/* Ten errors and ten warnings of a step are shown: the worst come first. */
void
md_render_github(const struct md_notices *o, FILE *out)
{
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, true, &n);

	for (size_t i = 0; i < n; i++)
		put_command(o->mem, out, told[i]);
}
