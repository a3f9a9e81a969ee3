/* ARC: does the chain of those who forwarded the message hold, and what did they see? */
#include "auth/arc.h"

#include "check.h"
#include "report/shown.h"

enum { CHAIN_INVALID };

static const struct md_rule rules[] = {
	[CHAIN_INVALID] = { "arc.chain-invalid", MD_WARN, "ARC chain does not validate",
	                    "Have the intermediaries from this instance on leave ARC fields as "
	                    "they are, seal after their last change to the message, and keep "
	                    "their keys published; until then receivers treat the message as "
	                    "one without ARC.",
	                    "RFC 8617 5.2" },
};

/* "spf=pass, dkim=pass, dmarc=fail": what the sealer saw when it received the message. */
static const char *
testimony(struct md_arena *mem, const struct md_authres *results)
{
	struct md_buf out = { .mem = mem };

	if (results == NULL)
		return "no results";
	for (size_t i = 0; i < results->n; i++)
		md_buf_printf(&out, "%s%s=%s", i > 0 ? ", " : "",
		              md_show(mem, md_str(results->results[i].method)),
		              md_show(mem, md_str(results->results[i].result)));
	return out.len > 0 ? md_buf_str(&out) : "no results";
}

/* "passes", "fails: the body hash ..." */
static const char *
verdict(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	if (v == NULL)
		return "is missing";
	if (v->result == MD_DKIM_PASS)
		return "passes";
	return md_printf(mem, v->result == MD_DKIM_TEMPERROR ? "is not known: %s" : "fails: %s",
	                 v->reason);
}

static void
note_set(struct md_ctx *c, const struct md_arc_set *set)
{
	struct md_arena *mem = md_mem(c);
	const struct md_dkim_verdict *seal = set->seal;

	md_note(c, "chain", "%u by %s: cv=%s, seal %s; message signature %s; it saw %s",
	        set->instance, set->sealer[0] != '\0' ? set->sealer : "nobody",
	        seal != NULL ? md_show(mem, seal->signature->cv) : "", verdict(mem, seal),
	        verdict(mem, set->message), testimony(mem, set->results));
}

static void
run(struct md_ctx *c)
{
	const struct md_arc *arc = md_arc_validate(c);

	if (md_waiting(c))
		return;
	md_shown(c)->arc = arc;
	for (size_t i = 0; i < arc->n; i++)
		note_set(c, &arc->sets[i]);
	if (arc->oldest_pass > 1)
		md_note(c, "changed",
		        "between instances %u and %u: older message signatures fail",
		        arc->oldest_pass - 1, arc->oldest_pass);
	if (arc->result == MD_ARC_FAIL)
		md_found(c, CHAIN_INVALID,
		         arc->failing_instance > 0
		                 ? md_printf(md_mem(c), "instance %u", arc->failing_instance)
		                 : arc->failing_part,
		         "%s", arc->why);
}

const struct md_check md_check_arc = {
	.name = "arc",
	.title = "ARC",
	.question = "Does the chain of those who forwarded it hold?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
