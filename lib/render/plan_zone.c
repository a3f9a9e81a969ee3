/* A plan as zone-file lines: what comes, and what goes as comments. */
#include "render/render.h"

#include "base/arena.h"
#include "base/escape.h"
#include "render/tell.h"
#include "report/plan.h"
#include "spf/view.h"

static void
put_comment(struct md_arena *mem, const char *text, FILE *out)
{
	fprintf(out, "; %s\n", md_escape(mem, md_str(text), true));
}

static void
put_change(struct md_arena *mem, const struct md_plan_change *c, FILE *out)
{
	for (size_t i = 0; i < c->nremove; i++)
		put_comment(mem,
		            md_printf(mem, "remove: %s. IN %s %s", c->owner, c->type_name,
		                      c->remove[i]),
		            out);
	for (size_t i = 0; i < c->nadd; i++)
		fprintf(out, "%s. IN %s %s\n", c->owner, c->type_name, c->add[i]);
}

static void
put_plan(struct md_arena *mem, const struct md_report *report, FILE *out)
{
	const struct md_plan *plan = report->plan;

	if (plan == NULL || plan->n == 0) {
		fputs("; Nothing to publish that could be proved to be right.\n", out);
		return;
	}
	put_comment(mem,
	            md_printf(mem, "What to publish for %s.  %s", report->subject->domain,
	                      md_plan_gain(mem, plan)),
	            out);
	for (size_t i = 0; i < plan->nremarks; i++)
		put_comment(mem, plan->remarks[i], out);
	for (size_t i = 0; i < plan->n; i++)
		put_change(mem, &plan->changes[i], out);
}

void
md_render_zone(const struct md_report *report, const struct md_style *style, FILE *out)
{
	struct md_arena *mem = md_arena_new();

	if (md_report_part(report, &md_part_spf) != NULL)
		md_spf_flat_zone(report, style, out);
	else
		put_plan(mem, report, out);
	md_arena_free(mem);
}
