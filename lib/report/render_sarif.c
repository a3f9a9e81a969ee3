/* Notices as SARIF 2.1.0 (OASIS): GitHub code scanning, Azure DevOps, editors. */
#include <string.h>

#include "base/arena.h"
#include "report/json_kit.h"
#include "report/notices_render.h"

static json_t *
text_object(struct md_arena *mem, const char *text)
{
	json_t *o = json_object();

	md_json_put_text(mem, o, "text", text);
	return o;
}

static const char *
level(enum md_verdict severity)
{
	return severity == MD_FAIL ? "error" : severity >= MD_WARN ? "warning" : "note";
}

static json_t *
rule(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *configuration = json_object();

	md_json_put_text(mem, o, "id", row->rule);
	md_json_put(o, "shortDescription", text_object(mem, row->title));
	if (row->fix[0] != '\0')
		md_json_put(o, "help", text_object(mem, row->fix));
	if (row->reference[0] != '\0')
		md_json_put(o, "fullDescription",
		            text_object(mem,
		                        md_printf(mem, "%s (%s)", row->title, row->reference)));
	md_json_put(configuration, "level", json_string(level(row->severity)));
	md_json_put(o, "defaultConfiguration", configuration);
	return o;
}

/* 3.28: a place in a file where there is one, and always whose report it is. */
static json_t *
location(struct md_arena *mem, const struct md_notice *row)
{
	json_t *o = json_object(), *logical = json_object(), *physical, *artifact, *region;

	if (row->file[0] != '\0') {
		physical = json_object();
		artifact = json_object();
		md_json_put_text(mem, artifact, "uri", md_uri_path(mem, row->file));
		md_json_put(physical, "artifactLocation", artifact);
		if (row->line > 0) {
			region = json_object();
			md_json_put_count(region, "startLine", row->line);
			md_json_put(physical, "region", region);
		}
		md_json_put(o, "physicalLocation", physical);
	}
	md_json_put_text(mem, logical, "name",
	                 row->about[0] != '\0' ? row->about : row->subject);
	md_json_put_text(mem, logical, "fullyQualifiedName", row->subject);
	md_json_put(o, "logicalLocations", json_pack("[o]", logical));
	return o;
}

static void
set_novelty(json_t *o, enum md_novelty novelty)
{
	static const char *const states[] = {
		[MD_NEW] = "new", [MD_FIXED] = "absent", [MD_UNCHANGED] = "unchanged"
	};

	if (novelty != MD_NOVELTY_NONE)
		md_json_put(o, "baselineState", json_string(states[novelty]));
}

static json_t *
result(struct md_arena *mem, const struct md_notice *row, size_t index)
{
	json_t *o = json_object(), *prints = json_object(), *suppression;

	md_json_put_text(mem, o, "ruleId", row->rule);
	md_json_put_count(o, "ruleIndex", index);
	md_json_put(o, "level", json_string(row->fails ? "error" : level(row->severity)));
	md_json_put(o, "message",
	            text_object(mem, md_printf(mem, "%s: %s", row->subject,
	                                       md_notice_text(mem, row))));
	md_json_put(o, "locations", json_pack("[o]", location(mem, row)));
	md_json_put(prints, "maildiag/v1", json_string(md_notice_fingerprint(mem, row)));
	md_json_put(o, "partialFingerprints", prints);
	set_novelty(o, row->novelty);
	if (row->waived[0] != '\0') {
		suppression = json_object();
		md_json_put(suppression, "kind", json_string("external"));
		md_json_put_text(mem, suppression, "justification", row->waived);
		md_json_put(o, "suppressions", json_pack("[o]", suppression));
	}
	return o;
}

/* The rules met so far, and their places in the array. */
struct rules {
	json_t *array;
	const char **ids;
	size_t n;
};

static size_t
index_of(struct md_arena *mem, struct rules *rules, const struct md_notice *row)
{
	for (size_t i = 0; i < rules->n; i++)
		if (strcmp(rules->ids[i], row->rule) == 0)
			return i;
	MD_PUSH(mem, rules->ids, rules->n, row->rule);
	json_array_append_new(rules->array, rule(mem, row));
	return rules->n - 1;
}

/* Gaps without a rule of their own are results of this one. */
static struct md_notice
named(const struct md_notice *row)
{
	struct md_notice copy = *row;

	if (copy.rule[0] == '\0')
		copy.rule = "maildiag.unknown";
	if (copy.title[0] == '\0')
		copy.title = "Something could not be known";
	return copy;
}

void
md_render_sarif(const struct md_notices *o, FILE *out)
{
	json_t *results = json_array(), *driver = json_object(), *document;
	struct rules rules = { .array = json_array() };

	for (size_t i = 0; i < o->n; i++) {
		const struct md_notice row = named(&o->all[i]);

		if (row.kind == MD_NOTICE_FINDING || row.kind == MD_NOTICE_GAP)
			json_array_append_new(
			        results, result(o->mem, &row, index_of(o->mem, &rules, &row)));
	}
	md_json_put(driver, "name", json_string("maildiag"));
	md_json_put(driver, "version", json_string(md_version()));
	md_json_put(driver, "rules", rules.array);
	document = json_pack("{ss ss s[{s{so} so}]}", "$schema",
	                     "https://json.schemastore.org/sarif-2.1.0.json", "version",
	                     "2.1.0", "runs", "tool", "driver", driver, "results", results);
	json_dumpf(document, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(document);
}
