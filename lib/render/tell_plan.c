/* What to publish: the records that go and come, and what the report is with them. */
#include "render/tell.h"

#include "base/arena.h"
#include "report/plan.h"

static void
tell_lines(struct md_doc *d, const char *label, const struct md_plan *plan, bool removed)
{
	struct md_buf lines = { .mem = d->mem };

	for (size_t i = 0; i < plan->n; i++) {
		const struct md_plan_change *c = &plan->changes[i];
		const char *const *list = removed ? c->remove : c->add;
		const size_t n = removed ? c->nremove : c->nadd;

		for (size_t j = 0; j < n; j++)
			md_buf_item(&lines, "\n", "%s. IN %s %s", c->owner, c->type_name,
			            list[j]);
	}
	if (lines.len == 0)
		return;
	md_doc_lead(d, md_doc_line(d, MD_WHOLE), MD_PLAIN, label);
	md_doc_record(d, md_buf_str(&lines));
}

static void
add_count(struct md_arena *mem, struct md_buf *out, size_t before, size_t after,
          const char *const names[2])
{
	if (before > 0 || after > 0)
		md_buf_item(out, ", ", "%s -> %zu", md_plural(mem, before, names[0], names[1]),
		            after);
}

const char *
md_plan_gain(struct md_arena *mem, const struct md_plan *plan)
{
	static const char *const fail[] = { "failure", "failures" };
	static const char *const warn[] = { "warning", "warnings" };
	static const char *const info[] = { "remark", "remarks" };
	struct md_buf out = { .mem = mem };

	add_count(mem, &out, plan->before.fail, plan->after.fail, fail);
	add_count(mem, &out, plan->before.warn, plan->after.warn, warn);
	if (out.len == 0)
		add_count(mem, &out, plan->before.info, plan->after.info, info);
	return md_printf(mem, "With this: %s.", md_buf_str(&out));
}

void
md_tell_plan(struct md_doc *d, const struct md_report *report)
{
	const struct md_plan *plan = report->plan;

	if (plan == NULL || plan->n == 0)
		return;
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_lead(d, md_doc_line(d, MD_WHOLE), MD_STRONG, "What to publish");
	md_doc_open(d, MD_DOC_BODY);
	tell_lines(d, "Remove:", plan, true);
	tell_lines(d, "Publish:", plan, false);
	md_doc_say(d, MD_FLUSH, md_plan_gain(d->mem, plan));
	for (size_t i = 0; i < plan->nremarks; i++) {
		struct md_doc_text *line = md_doc_line(d, MD_HANGING);

		md_doc_add(d, line, MD_FOREIGN, plan->remarks[i]);
	}
	md_doc_close(d);
	md_doc_close(d);
}
