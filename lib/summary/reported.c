/* What a summary counts of a report: one line of `maildiag check --format jsonl`. */
#include "summary/reported.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "summary/reason.h"
#include "json/scan.h"

/* A line that is being read; what it must have is NULL or false until it is met. */
struct reader {
	struct md_scan scan;
	struct md_arena *mem;
	struct md_reported *line;
	const char *schema, *kind;
	bool verdict, complete, checks;
	size_t listed; /* findings, gaps, names of providers */
};

/* No report has nearly as many, and each takes memory. */
enum { MOST_LISTED = 10000 };

/* Is there room for one more?  If not, that is a fault. */
static bool
one_more(struct reader *r)
{
	if (r->listed++ == MOST_LISTED)
		md_scan_fault(&r->scan, "too long a list");
	return r->scan.fault == NULL;
}

static const char *
read_text(struct reader *r)
{
	struct md_str text;

	if (!md_scan_text(&r->scan, &text))
		return "";
	return md_scan_meant(r->mem, text);
}

/* A word of ours; false for another, which a later version may have. */
static bool
read_verdict(struct reader *r, enum md_verdict *verdict)
{
	struct md_str word;

	if (!md_scan_text(&r->scan, &word))
		return false;
	for (enum md_verdict v = MD_PASS; v <= MD_FAIL; v++) {
		*verdict = v;
		if (md_str_eq(word, md_verdict_name(v)))
			return true;
	}
	return false;
}

/* ---- subject and summary ---- */

/* A list of texts, or null; false for null. */
static bool
read_names(struct reader *r, const char ***names, size_t *n)
{
	if (md_scan_null(&r->scan))
		return false;
	md_scan_array(&r->scan);
	while (md_scan_element(&r->scan) && one_more(r)) {
		const char *name = read_text(r);

		MD_PUSH(r->mem, *names, *n, name);
	}
	return true;
}

static void
read_providers(struct reader *r)
{
	bool mx = false, spf = false;
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "mx"))
			mx = read_names(r, &r->line->mx, &r->line->nmx);
		else if (md_str_eq(key, "spf"))
			spf = read_names(r, &r->line->spf, &r->line->nspf);
		else
			md_scan_skip(&r->scan);
	}
	r->line->providers_known = mx && spf;
}

static void
read_subject(struct reader *r)
{
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "kind"))
			r->kind = read_text(r);
		else if (md_str_eq(key, "name"))
			r->line->domain = read_text(r);
		else if (md_str_eq(key, "providers"))
			read_providers(r);
		else
			md_scan_skip(&r->scan);
	}
}

static void
read_summary(struct reader *r)
{
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "verdict"))
			r->verdict = read_verdict(r, &r->line->verdict);
		else if (md_str_eq(key, "complete"))
			r->complete = md_scan_bool(&r->scan, &r->line->complete);
		else
			md_scan_skip(&r->scan);
	}
}

/* ---- checks ---- */

static void
add_rule(struct reader *r, const struct md_reported_rule *rule)
{
	MD_PUSH(r->mem, r->line->rules, r->line->nrules, *rule);
}

static void
read_finding(struct reader *r)
{
	struct md_reported_rule found = { .rule = "", .title = "" };
	bool ignored = false, severity = false;
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "rule"))
			found.rule = read_text(r);
		else if (md_str_eq(key, "title"))
			found.title = read_text(r);
		else if (md_str_eq(key, "severity"))
			severity = read_verdict(r, &found.severity);
		else if (md_str_eq(key, "ignored"))
			md_scan_bool(&r->scan, &ignored);
		else
			md_scan_skip(&r->scan);
	}
	if (!ignored && severity && found.rule[0] != '\0')
		add_rule(r, &found);
}

static void
read_gap(struct reader *r)
{
	struct md_reported_rule rule = { .rule = "", .title = "", .severity = MD_UNSURE };
	struct md_reported_gap gap = { .reason = "" };
	const char *why = "", *kind = "";
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "why"))
			why = read_text(r);
		else if (md_str_eq(key, "kind"))
			kind = read_text(r);
		else if (md_str_eq(key, "rule"))
			rule.rule = read_text(r);
		else if (md_str_eq(key, "title"))
			rule.title = read_text(r);
		else
			md_scan_skip(&r->scan);
	}
	gap.limit = strcmp(kind, "limit") == 0;
	gap.reason = md_reason(r->mem, why);
	MD_PUSH(r->mem, r->line->gaps, r->line->ngaps, gap);
	if (rule.rule[0] != '\0')
		add_rule(r, &rule);
}

static void
read_check(struct reader *r)
{
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		void (*const read)(struct reader *) = md_str_eq(key, "findings") ? read_finding
		                                      : md_str_eq(key, "gaps")   ? read_gap
		                                                                 : NULL;

		if (read == NULL) {
			md_scan_skip(&r->scan);
			continue;
		}
		md_scan_array(&r->scan);
		while (md_scan_element(&r->scan) && one_more(r))
			read(r);
	}
}

static void
read_checks(struct reader *r)
{
	r->checks = md_scan_array(&r->scan);
	while (md_scan_element(&r->scan))
		read_check(r);
}

/* ---- the whole ---- */

static void
read_report(struct reader *r)
{
	struct md_str key;

	md_scan_object(&r->scan);
	while (md_scan_member(&r->scan, &key)) {
		if (md_str_eq(key, "schema"))
			r->schema = read_text(r);
		else if (md_str_eq(key, "subject"))
			read_subject(r);
		else if (md_str_eq(key, "summary"))
			read_summary(r);
		else if (md_str_eq(key, "checks"))
			read_checks(r);
		else
			md_scan_skip(&r->scan);
	}
}

/* What can be asked for as it is, and be printed. */
static bool
is_domain(const char *name)
{
	for (const char *p = name; *p != '\0'; p++)
		if (!md_is_alnum(*p) && strchr("-_.", *p) == NULL)
			return false;
	return strcmp(name, ".") != 0 && md_name_fits(name);
}

static const char *
what_is_wrong(struct reader *r)
{
	if (r->listed > MOST_LISTED)
		return md_printf(r->mem, "no report: it lists more than %d things",
		                 MOST_LISTED);
	if (!md_scan_end(&r->scan) && r->scan.p == r->scan.end)
		return "torn: it ends within a report";
	if (!md_scan_end(&r->scan))
		return md_printf(r->mem, "no JSON report: it goes wrong at octet %zu",
		                 md_scan_offset(&r->scan) + 1);
	if (r->schema == NULL || strcmp(r->schema, "maildiag-report/1") != 0)
		return "no report: its \"schema\" is not \"maildiag-report/1\"";
	if (strcmp(r->kind, "domain") == 0 && !is_domain(r->line->domain))
		return "no report of a domain: \"name\" is no domain name";
	if (!r->verdict || !r->complete || !r->checks)
		return "no whole report: it lacks its verdict or its checks";
	return NULL;
}

bool
md_reported_read(struct md_arena *mem, struct md_str text, struct md_reported *line,
                 const char **why)
{
	struct reader r = { .scan = md_scan(text), .mem = mem, .line = line, .kind = "" };

	*line = (struct md_reported){ .mem = mem, .domain = "" };
	read_report(&r);
	*why = md_str_starts(text, "domain,verdict,")
	               ? "csv: it is JSON lines that can be summarized (--format jsonl)"
	               : what_is_wrong(&r);
	line->message = strcmp(r.kind, "domain") != 0;
	return *why == NULL;
}
