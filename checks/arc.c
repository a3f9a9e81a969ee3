/* ARC: does the chain of those who forwarded the message hold, and what did they see? */
#include "arc/arc.h"

#include "ask/check.h"
#include "dmarc/message.h"

enum { CHAIN_INVALID, HISTORIC };

static const struct md_rule rules[] = {
	[CHAIN_INVALID] = {
		.id = "arc.chain-invalid",
		.severity = MD_WARN,
		.title = "ARC chain does not validate",
		.fix = "Have the intermediaries from this instance on leave ARC fields as they "
		       "are, seal after their last change to the message, and keep their keys "
		       "published; until then receivers treat the message as one without ARC.",
		.reference = "RFC 8617 5.2",
	},
	[HISTORIC] = {
		.id = "arc.historic",
		.severity = MD_INFO,
		.title = "Only ARC speaks for this message",
		.fix = "Do not count on it: few receivers look at ARC, only where they trust "
		       "the sealers, and it is being retired.  A list that leaves signed parts "
		       "as they are, or writes its own address into From, needs no ARC.",
		.reference = "RFC 8617 7.2.1; draft-ietf-dmarc-arc-to-historic",
	},
};

/* "spf=pass, dkim=pass, dmarc=fail": what the sealer saw when it received the message. */
static const char *
testimony(struct md_arena *mem, const struct md_authres *results)
{
	struct md_buf out = { .mem = mem };

	if (results == NULL)
		return "no results";
	for (size_t i = 0; i < results->n; i++)
		md_buf_item(&out, ", ", "%s=%s",
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
	return md_printf(mem, md_dkim_is_open(v) ? "is not known: %s" : "fails: %s", v->reason);
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

/* The first set whose sealer saw DMARC pass; NULL for none. */
static const struct md_arc_set *
witness(const struct md_arc *arc)
{
	for (size_t i = 0; i < arc->n; i++)
		for (size_t j = 0; j < arc->sets[i].results->n; j++) {
			const struct md_authres_result *r = &arc->sets[i].results->results[j];

			if (md_eq_nocase(r->method, "dmarc") && md_eq_nocase(r->result, "pass"))
				return &arc->sets[i];
		}
	return NULL;
}

static const void *
dmarc(struct md_ctx *c, const char *arg)
{
	(void)arg;
	return md_dmarc_message(c);
}

/* Does it pass by what a sealer saw alone, where all that can be verified now fails? */
static void
judge_reliance(struct md_ctx *c, const struct md_arc *arc)
{
	const struct md_dmarc_message *m = md_derive_aside(c, dmarc, "");
	const struct md_arc_set *set = witness(arc);

	if (md_waiting(c) || set == NULL || m->result != MD_DMARC_RESULT_FAIL)
		return;
	md_found(c, HISTORIC, m->author,
	         "DMARC fails; that %s saw it pass (instance %u) counts only where %s",
	         set->sealer, set->instance,
	         arc->n == 1 ? "its sealer is trusted"
	                     : md_printf(md_mem(c), "all %zu sealers are trusted", arc->n));
}

static void
run(struct md_ctx *c)
{
	const struct md_arc *arc = md_arc_validate(c);

	if (md_waiting(c))
		return;
	md_show_part(c, &md_part_arc, arc);
	for (size_t i = 0; i < arc->n; i++)
		note_set(c, &arc->sets[i]);
	if (arc->oldest_pass > 1)
		md_note(c, "changed",
		        "between instances %u and %u: older message signatures fail",
		        arc->oldest_pass - 1, arc->oldest_pass);
	if (arc->result == MD_ARC_PASS)
		judge_reliance(c, arc);
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
