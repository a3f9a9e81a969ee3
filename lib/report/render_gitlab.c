/* Notices as GitLab Code Quality: the widget of a merge request. */
#include "base/arena.h"
#include "report/json_kit.h"
#include "report/notices_render.h"

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

void
md_render_gitlab(const struct md_notices *o, FILE *out)
{
	json_t *document = json_array();

	for (size_t i = 0; i < o->n; i++) {
		const struct md_notice *row = &o->all[i];
		json_t *entry;

		if ((row->kind != MD_NOTICE_FINDING && row->kind != MD_NOTICE_GAP) ||
		    row->novelty == MD_FIXED || row->waived[0] != '\0')
			continue;
		entry = json_object();
		md_json_put_text(
		        o->mem, entry, "description",
		        md_printf(o->mem, "%s: %s", row->subject, md_notice_text(o->mem, row)));
		md_json_put_text(o->mem, entry, "check_name",
		                 row->rule[0] != '\0' ? row->rule : "maildiag.unknown");
		md_json_put(entry, "fingerprint",
		            json_string(md_notice_fingerprint(o->mem, row)));
		md_json_put(entry, "severity", json_string(severity(row)));
		md_json_put(entry, "location", location(o->mem, row));
		json_array_append_new(document, entry);
	}
	json_dumpf(document, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(document);
}
