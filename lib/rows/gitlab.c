/* Notices as GitLab Code Quality: the widget of a merge request. */
#include "base/arena.h"
#include "rows/render.h"
#include "json/tree.h"

static const char *
severity(const struct md_notice *row)
{
	if (row->fails)
		return "critical";
	return row->severity == MD_FAIL ? "major" : row->severity >= MD_WARN ? "minor" : "info";
}

/* A path and a line must be there: of what has none, the report's subject and 1. */
static json_t *
location(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *lines = json_object();

	md_json_put_text(mem, o, "path", row->file[0] != '\0' ? row->file : row->subject);
	md_json_put_count(lines, "begin", row->line > 0 ? row->line : 1);
	md_json_put(o, "lines", lines);
	return o;
}

static json_t *
entry(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object();

	md_json_put_text(mem, o, "description",
	                 md_printf(mem, "%s: %s", row->subject, md_notice_text(mem, row)));
	md_json_put_text(mem, o, "check_name", md_notice_rule(row));
	md_json_put(o, "fingerprint", json_string(md_notice_fingerprint(mem, row)));
	md_json_put(o, "severity", json_string(severity(row)));
	md_json_put(o, "location", location(mem, row));
	return o;
}

void
md_render_gitlab(const struct md_notices *o, FILE *out)
{
	json_t *document = json_array();
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, true, &n);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(document, entry(o->mem, told[i]));
	json_dumpf(document, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(document);
}
