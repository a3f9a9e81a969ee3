/* Notices as GitLab Code Quality: the widget of a merge request. */
#include "base/arena.h"
#include "rows/render.h"
#include "json/write.h"

static const char *
severity(const struct md_notice *row)
{
	if (row->fails)
		return "critical";
	return row->severity == MD_FAIL ? "major" : row->severity >= MD_WARN ? "minor" : "info";
}

/* A path and a line must be there: of what has none, the report's subject and 1. */
static void
put_location(struct md_json *j, const struct md_notice *row)
{
	md_json_open(j, "location", '{');
	md_json_text(j, "path", row->file[0] != '\0' ? row->file : row->subject);
	md_json_open(j, "lines", '{');
	md_json_count(j, "begin", row->line > 0 ? row->line : 1);
	md_json_close(j, '}');
	md_json_close(j, '}');
}

static void
put_entry(struct md_json *j, const struct md_notice *row)
{
	struct md_arena *mem = j->text.mem;

	md_json_open(j, NULL, '{');
	md_json_text(j, "description",
	             md_printf(mem, "%s: %s", row->subject, md_notice_text(mem, row)));
	md_json_text(j, "check_name", md_notice_rule(row));
	md_json_clean(j, "fingerprint", md_notice_fingerprint(mem, row));
	md_json_clean(j, "severity", severity(row));
	put_location(j, row);
	md_json_close(j, '}');
}

void
md_render_gitlab(const struct md_notices *o, FILE *out)
{
	struct md_json j = { .text.mem = o->mem, .indented = true };
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, true, &n);

	md_json_open(&j, NULL, '[');
	for (size_t i = 0; i < n; i++)
		put_entry(&j, told[i]);
	md_json_close(&j, ']');
	md_buf_addc(&j.text, '\n');
	fputs(md_buf_str(&j.text), out);
}
