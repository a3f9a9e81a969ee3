/* Rows of the gate's report: made, waived, told once. */
#include "gate/rows.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "gate/waive.h"
#include "gate/zone_rules.h"
#include "rows/render.h"

/* Of a gap that no rule explains. */
static const struct md_rule unexplained = {
	.id = "",
	.severity = MD_UNSURE,
	.title = "",
	.fix = "",
	.reference = "",
};

struct md_notice
md_gate_row(const struct md_rule *rule, const char *domain)
{
	if (rule == NULL)
		rule = &unexplained;
	return (struct md_notice){
		.kind = MD_NOTICE_FINDING,
		.novelty = MD_NEW,
		.subject = domain,
		.check = "zone",
		.check_title = "Change",
		.rule = rule->id,
		.title = rule->title,
		.fix = rule->fix,
		.reference = rule->reference,
		.severity = rule->severity,
		.about = domain,
		.evidence = "",
		.record = "",
		.file = "",
		.waived = "",
	};
}

/* Several domains may share a host or a zone: once is enough. */
static bool
is_told(const struct md_gate_sides *sides, struct md_notices *rows, const struct md_notice *row)
{
	const char *key;

	if (strcmp(row->check, "zone") != 0)
		return false;
	key = md_printf(sides->mem, "row\n%s\n%s\n%s", row->rule, row->about, row->evidence);
	return !md_index_add(&rows->told, md_str(key));
}

/*
 * What is not known of a fact, and counts, is told once however many checks and domains need
 * it.
 */
static const char *
gap_key(struct md_arena *mem, const char *about)
{
	return md_printf(mem, "gap\n%s", about);
}

void
md_gate_add(const struct md_gate_sides *sides, struct md_notices *rows, struct md_notice row)
{
	md_gate_waive(sides, &row);
	if ((row.kind == MD_NOTICE_FINDING && row.severity == MD_PASS) ||
	    is_told(sides, rows, &row))
		return;
	row.fails =
	        row.novelty == MD_NEW && row.waived[0] == '\0' &&
	        (row.kind == MD_NOTICE_GAP ? sides->fail_on_unknown
	                                   : md_notice_counts(row.severity, sides->fail_on));
	if (row.kind == MD_NOTICE_GAP && row.novelty == MD_NEW)
		row.again = !md_index_add(&rows->told, md_str(gap_key(sides->mem, row.about)));
	md_notices_add(rows, &row);
}

void
md_gate_unknown(const struct md_gate_sides *sides, struct md_notices *rows, const char *what,
                const char *why)
{
	struct md_notice row = md_gate_row(NULL, md_subject_title(sides->proposed->subject));

	if (md_index_has(&rows->told, md_str(gap_key(sides->mem, what))))
		return;
	row.kind = MD_NOTICE_GAP;
	row.about = what;
	row.evidence = why;
	md_gate_add(sides, rows, row);
}

void
md_gate_not_judged(const struct md_gate_sides *sides, struct md_notices *rows,
                   const char *subject, const struct md_not_judged *what,
                   enum md_novelty novelty)
{
	struct md_notice row = md_gate_row(md_zone_rule(MD_ZONE_NOT_JUDGED), subject);

	row.kind = MD_NOTICE_GAP;
	row.novelty = novelty;
	row.about = what->what;
	row.file = what->place.file;
	row.line = what->place.line;
	if (what->place.line > 0)
		row.evidence = md_printf(sides->mem, "not judged (%s:%u): %s", what->place.file,
		                         what->place.line, what->why);
	else if (what->place.file[0] != '\0')
		row.evidence = md_printf(sides->mem, "not judged (%s): %s", what->place.file,
		                         what->why);
	else
		row.evidence = md_printf(sides->mem, "not judged: %s", what->why);
	md_gate_add(sides, rows, row);
}
