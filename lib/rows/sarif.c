/* Notices as SARIF 2.1.0 (OASIS): GitHub code scanning, Azure DevOps, editors. */
#include <string.h>

#include "base/arena.h"
#include "rows/render.h"
#include "json/tree.h"

/* GitHub takes no file with more results in a run, and shows 5,000 of them. */
enum { MOST_RESULTS = 25000 };

/*
 * 3.11.5: braces, which hold placeholders, are literal when doubled.  3.11.6: [text](target)
 * is a link, and must not become one by what a record says.
 */
static json_t *
message(struct md_arena *mem, const char *text)
{
	struct md_buf out = { .mem = mem };
	json_t *o = json_object();

	for (const char *p = text; *p != '\0'; p++) {
		md_buf_addc(&out, *p);
		if (*p == '{' || *p == '}')
			md_buf_addc(&out, *p);
		else if (p[0] == ']' && p[1] == '(')
			md_buf_addc(&out, ' ');
	}
	md_json_put_text(mem, o, "text", md_buf_str(&out));
	return o;
}

static const char *
level(const struct md_notice *row)
{
	if (row->fails || row->severity == MD_FAIL)
		return "error";
	return row->severity >= MD_WARN ? "warning" : "note";
}

/* ---- the rules ---- */

/* A reportingDescriptor (3.49) with all that GitHub wants of one. */
static json_t *
descriptor(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *configuration = json_object();
	const char *title = md_notice_title(row);

	md_json_put_text(mem, o, "id", md_notice_rule(row));
	md_json_put(o, "shortDescription", message(mem, title));
	md_json_put(o, "fullDescription",
	            message(mem, row->reference[0] != '\0'
	                                 ? md_printf(mem, "%s (%s)", title, row->reference)
	                                 : title));
	md_json_put(o, "help", message(mem, row->fix[0] != '\0' ? row->fix : title));
	md_json_put(configuration, "level", json_string(level(row)));
	md_json_put(o, "defaultConfiguration", configuration);
	return o;
}

/* The descriptors met so far, and their places in the array. */
struct known {
	json_t *array;
	const char **ids;
	size_t n;
};

static size_t
index_of(struct md_arena *mem, struct known *known, const struct md_notice *row)
{
	const char *id = md_notice_rule(row);

	for (size_t i = 0; i < known->n; i++)
		if (strcmp(known->ids[i], id) == 0)
			return i;
	MD_PUSH(mem, known->ids, known->n, id);
	json_array_append_new(known->array, descriptor(mem, row));
	return known->n - 1;
}

/* ---- where ---- */

/*
 * 3.29.  GitHub refuses the whole file when one result has no physical location with a line:
 * where no file is to blame it is what was examined.
 */
static json_t *
physical(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *artifact = json_object(), *region = json_object();
	const char *path = row->file[0] != '\0' ? row->file : row->subject;

	md_json_put_text(mem, artifact, "uri", md_uri_path(mem, path));
	md_json_put(o, "artifactLocation", artifact);
	md_json_put_count(region, "startLine", row->line > 0 ? row->line : 1);
	md_json_put(o, "region", region);
	return o;
}

static json_t *
location(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *logical = json_object();

	md_json_put(o, "physicalLocation", physical(mem, row));
	md_json_put_text(mem, logical, "name",
	                 row->about[0] != '\0' ? row->about : row->subject);
	md_json_put_text(mem, logical, "fullyQualifiedName", row->subject);
	md_json_put(o, "logicalLocations", json_pack("[o]", logical));
	return o;
}

/* ---- what ---- */

static json_t *
text_of(struct md_arena *mem, const struct md_notice *row)
{
	return message(mem, md_printf(mem, "%s: %s", row->subject, md_notice_text(mem, row)));
}

static json_t *
result(struct md_arena *mem, const struct md_notice *row, size_t index)
{
	json_t *o = json_object(), *prints = json_object();

	md_json_put_text(mem, o, "ruleId", md_notice_rule(row));
	md_json_put_count(o, "ruleIndex", index);
	md_json_put(o, "level", json_string(level(row)));
	md_json_put(o, "message", text_of(mem, row));
	md_json_put(o, "locations", json_pack("[o]", location(mem, row)));
	md_json_put(prints, "maildiag/v1", json_string(md_notice_fingerprint(mem, row)));
	/* Of a file GitHub's action computes its own, and warns of another. */
	if (row->file[0] == '\0')
		md_json_put(prints, "primaryLocationLineHash",
		            json_string(md_notice_fingerprint(mem, row)));
	md_json_put(o, "partialFingerprints", prints);
	if (row->novelty != MD_NOVELTY_NONE)
		md_json_put(o, "baselineState",
		            json_string(row->novelty == MD_NEW ? "new" : "unchanged"));
	return o;
}

/* 3.58: a condition of the run; no alert is raised by a name server that does not answer. */
static json_t *
notification(struct md_arena *mem, const struct md_notice *row, size_t index)
{
	json_t *o = json_object(), *which = json_object();

	md_json_put_text(mem, which, "id", md_notice_rule(row));
	md_json_put_count(which, "index", index);
	md_json_put(o, "descriptor", which);
	md_json_put(o, "level", json_string(row->fails ? "error" : "warning"));
	md_json_put(o, "message", text_of(mem, row));
	md_json_put(o, "locations", json_pack("[o]", location(mem, row)));
	return o;
}

/* ---- the whole ---- */

struct run {
	struct known rules, notifications;
	json_t *results, *notes;
};

/* Neither what is fixed nor what is waived: GitHub would show both as open alerts. */
static void
gather(const struct md_notices *o, struct run *run)
{
	size_t n, results = 0;
	const struct md_notice *const *told = md_notices_told(o, true, &n);

	for (size_t i = 0; i < n; i++) {
		const struct md_notice *row = told[i];

		if (row->kind == MD_NOTICE_GAP)
			json_array_append_new(
			        run->notes,
			        notification(o->mem, row,
			                     index_of(o->mem, &run->notifications, row)));
		else if (results++ < MOST_RESULTS)
			json_array_append_new(
			        run->results,
			        result(o->mem, row, index_of(o->mem, &run->rules, row)));
	}
}

void
md_render_sarif(const struct md_notices *o, FILE *out)
{
	struct run run = {
		.rules.array = json_array(),
		.notifications.array = json_array(),
		.results = json_array(),
		.notes = json_array(),
	};
	json_t *driver = json_object(), *invocation = json_object(), *document;

	gather(o, &run);
	md_json_put(driver, "name", json_string("maildiag"));
	md_json_put(driver, "version", json_string(md_version()));
	md_json_put(driver, "rules", run.rules.array);
	md_json_put(driver, "notifications", run.notifications.array);
	md_json_put_bool(invocation, "executionSuccessful", true);
	md_json_put(invocation, "toolExecutionNotifications", run.notes);
	document = json_pack("{ss ss s[{s{so} s[o] so}]}", "$schema",
	                     "https://json.schemastore.org/sarif-2.1.0.json", "version",
	                     "2.1.0", "runs", "tool", "driver", driver, "invocations",
	                     invocation, "results", run.results);
	json_dumpf(document, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(document);
}
