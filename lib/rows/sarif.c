/* Notices as SARIF 2.1.0 (OASIS): GitHub code scanning, Azure DevOps, editors. */
#include <string.h>

#include "base/arena.h"
#include "rows/render.h"
#include "json/write.h"

/* GitHub takes no file with more results in a run, and shows 5,000 of them. */
enum { MOST_RESULTS = 25000 };

/*
 * 3.11.5: braces, which hold placeholders, are literal when doubled.  3.11.6: [text](target)
 * is a link, and must not become one by what a record says.
 */
static void
put_message(struct md_json *j, const char *key, const char *text)
{
	struct md_buf out = { .mem = j->text.mem };

	for (const char *p = text; *p != '\0'; p++) {
		md_buf_addc(&out, *p);
		if (*p == '{' || *p == '}')
			md_buf_addc(&out, *p);
		else if (p[0] == ']' && p[1] == '(')
			md_buf_addc(&out, ' ');
	}
	md_json_open(j, key, '{');
	md_json_text(j, "text", md_buf_str(&out));
	md_json_close(j, '}');
}

static const char *
level(const struct md_notice *row)
{
	if (row->fails || row->severity == MD_FAIL)
		return "error";
	return row->severity >= MD_WARN ? "warning" : "note";
}

/* ---- the rules ---- */

/* A row of each rule that was met, in the order of the array of descriptors. */
struct known {
	const struct md_notice **rows;
	size_t n;
};

static size_t
index_of(struct md_arena *mem, struct known *known, const struct md_notice *row)
{
	const char *id = md_notice_rule(row);

	for (size_t i = 0; i < known->n; i++)
		if (strcmp(md_notice_rule(known->rows[i]), id) == 0)
			return i;
	MD_PUSH(mem, known->rows, known->n, row);
	return known->n - 1;
}

/* A reportingDescriptor (3.49) with all that GitHub wants of one. */
static void
put_descriptor(struct md_json *j, const struct md_notice *row)
{
	const char *title = md_notice_title(row);

	md_json_open(j, NULL, '{');
	md_json_text(j, "id", md_notice_rule(row));
	put_message(j, "shortDescription", title);
	put_message(j, "fullDescription",
	            row->reference[0] != '\0'
	                    ? md_printf(j->text.mem, "%s (%s)", title, row->reference)
	                    : title);
	put_message(j, "help", row->fix[0] != '\0' ? row->fix : title);
	md_json_open(j, "defaultConfiguration", '{');
	md_json_clean(j, "level", level(row));
	md_json_close(j, '}');
	md_json_close(j, '}');
}

static void
put_descriptors(struct md_json *j, const char *key, const struct known *known)
{
	md_json_open(j, key, '[');
	for (size_t i = 0; i < known->n; i++)
		put_descriptor(j, known->rows[i]);
	md_json_close(j, ']');
}

/* ---- where ---- */

/*
 * 3.29.  GitHub refuses the whole file when one result has no physical location with a line:
 * where no file is to blame it is what was examined.
 */
static void
put_physical(struct md_json *j, const struct md_notice *row)
{
	const char *path = row->file[0] != '\0' ? row->file : row->subject;

	md_json_open(j, "physicalLocation", '{');
	md_json_open(j, "artifactLocation", '{');
	md_json_text(j, "uri", md_uri_path(j->text.mem, path));
	md_json_close(j, '}');
	md_json_open(j, "region", '{');
	md_json_count(j, "startLine", row->line > 0 ? row->line : 1);
	md_json_close(j, '}');
	md_json_close(j, '}');
}

static void
put_locations(struct md_json *j, const struct md_notice *row)
{
	md_json_open(j, "locations", '[');
	md_json_open(j, NULL, '{');
	put_physical(j, row);
	md_json_open(j, "logicalLocations", '[');
	md_json_open(j, NULL, '{');
	md_json_text(j, "name", row->about[0] != '\0' ? row->about : row->subject);
	md_json_text(j, "fullyQualifiedName", row->subject);
	md_json_close(j, '}');
	md_json_close(j, ']');
	md_json_close(j, '}');
	md_json_close(j, ']');
}

/* ---- what ---- */

static void
put_text(struct md_json *j, const struct md_notice *row)
{
	struct md_arena *mem = j->text.mem;

	put_message(j, "message",
	            md_printf(mem, "%s: %s", row->subject, md_notice_text(mem, row)));
}

static void
put_fingerprints(struct md_json *j, const struct md_notice *row)
{
	const char *print = md_notice_fingerprint(j->text.mem, row);

	md_json_open(j, "partialFingerprints", '{');
	md_json_clean(j, "maildiag/v1", print);
	/* Of a file GitHub's action computes its own, and warns of another. */
	if (row->file[0] == '\0')
		md_json_clean(j, "primaryLocationLineHash", print);
	md_json_close(j, '}');
}

static void
put_result(struct md_json *j, const struct md_notice *row, size_t index)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "ruleId", md_notice_rule(row));
	md_json_count(j, "ruleIndex", index);
	md_json_clean(j, "level", level(row));
	put_text(j, row);
	put_locations(j, row);
	put_fingerprints(j, row);
	if (row->novelty != MD_NOVELTY_NONE)
		md_json_clean(j, "baselineState", row->novelty == MD_NEW ? "new" : "unchanged");
	md_json_close(j, '}');
}

/* 3.58: a condition of the run; no alert is raised by a name server that does not answer. */
static void
put_notification(struct md_json *j, const struct md_notice *row, size_t index)
{
	md_json_open(j, NULL, '{');
	md_json_open(j, "descriptor", '{');
	md_json_text(j, "id", md_notice_rule(row));
	md_json_count(j, "index", index);
	md_json_close(j, '}');
	md_json_clean(j, "level", row->fails ? "error" : "warning");
	put_text(j, row);
	put_locations(j, row);
	md_json_close(j, '}');
}

/* ---- the whole ---- */

struct run {
	struct md_arena *mem;
	struct known rules, notifications;
	size_t nresults, nnotes;
	const struct md_notice **results, **notes;
};

/* Neither what is fixed nor what is waived: GitHub would show both as open alerts. */
static void
gather(const struct md_notices *o, struct run *run)
{
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, true, &n);

	for (size_t i = 0; i < n; i++) {
		const struct md_notice *row = told[i];

		if (row->kind == MD_NOTICE_GAP) {
			index_of(run->mem, &run->notifications, row);
			MD_PUSH(run->mem, run->notes, run->nnotes, row);
		} else if (run->nresults < MOST_RESULTS) {
			index_of(run->mem, &run->rules, row);
			MD_PUSH(run->mem, run->results, run->nresults, row);
		}
	}
}

static void
put_tool(struct md_json *j, const struct run *run)
{
	md_json_open(j, "tool", '{');
	md_json_open(j, "driver", '{');
	md_json_clean(j, "name", "maildiag");
	md_json_clean(j, "version", md_version());
	put_descriptors(j, "rules", &run->rules);
	put_descriptors(j, "notifications", &run->notifications);
	md_json_close(j, '}');
	md_json_close(j, '}');
}

static void
put_run(struct md_json *j, struct run *run)
{
	md_json_open(j, NULL, '{');
	put_tool(j, run);
	md_json_open(j, "invocations", '[');
	md_json_open(j, NULL, '{');
	md_json_bool(j, "executionSuccessful", true);
	md_json_open(j, "toolExecutionNotifications", '[');
	for (size_t i = 0; i < run->nnotes; i++)
		put_notification(j, run->notes[i],
		                 index_of(run->mem, &run->notifications, run->notes[i]));
	md_json_close(j, ']');
	md_json_close(j, '}');
	md_json_close(j, ']');
	md_json_open(j, "results", '[');
	for (size_t i = 0; i < run->nresults; i++)
		put_result(j, run->results[i],
		           index_of(run->mem, &run->rules, run->results[i]));
	md_json_close(j, ']');
	md_json_close(j, '}');
}

void
md_render_sarif(const struct md_notices *o, FILE *out)
{
	struct md_json j = { .text.mem = o->mem, .indented = true };
	struct run run = { .mem = o->mem };

	gather(o, &run);
	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	md_json_clean(&j, "version", "2.1.0");
	md_json_open(&j, "runs", '[');
	put_run(&j, &run);
	md_json_close(&j, ']');
	md_json_close(&j, '}');
	md_buf_addc(&j.text, '\n');
	fputs(md_buf_str(&j.text), out);
}
