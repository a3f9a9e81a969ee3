/* Validates ARC chains: first the structure, then what the newest forwarders signed. */
#include "arc/arc.h"

#include "arc/seal.h"
#include "base/arena.h"

const char *
md_arc_result_name(enum md_arc_result result)
{
	switch (result) {
	case MD_ARC_PASS:
		return "pass";
	case MD_ARC_FAIL:
		return "fail";
	case MD_ARC_TEMPERROR:
		return "temperror";
	case MD_ARC_NONE:
		break;
	}
	return "none";
}

/* The order of a set (RFC 8617 5.1.1). */
enum part { RESULTS, MESSAGE, SEAL, PARTS };

static const char *const part_names[PARTS] = { "ARC-Authentication-Results",
	                                       "ARC-Message-Signature", "ARC-Seal" };

/* The fields of an instance: the first of each, and how many there are. */
struct slot {
	const struct md_field *field[PARTS];
	size_t n[PARTS];
	const struct md_authres *results;
	const struct md_dkim_signature *seal;
};

struct chain {
	struct md_ctx *c;
	struct md_arena *mem;
	struct md_arc *out;
	struct slot slots[MD_ARC_MOST + 1]; /* by instance; 0 is not used */
	unsigned newest;                    /* the highest instance; N of RFC 8617 5.2 */
};

/* The first break is what counts: it is told once. */
static void
fails(struct chain *chain, unsigned instance, const char *part, const char *why)
{
	if (chain->out->result == MD_ARC_FAIL)
		return;
	chain->out->result = MD_ARC_FAIL;
	chain->out->failing_instance = instance;
	chain->out->failing_part = part;
	chain->out->why = why;
}

static const char *
nobody(const char *domain)
{
	return domain[0] != '\0' ? domain : "nobody";
}

/* ---- step 1: the sets ---- */

/* Its instance, and what it says; 0 where i= is not readable, and then *why. */
static unsigned
read_instance(struct chain *chain, const struct md_field *f, enum part part, struct slot *read)
{
	const struct md_dkim_signature *s;

	if (part == RESULTS) {
		read->results = md_authres_parse(chain->mem, f, true);
		return read->results->instance;
	}
	s = md_dkim_signature_parse(chain->mem, f->value,
	                            part == SEAL ? MD_ARC_SEAL : MD_ARC_MESSAGE_SIGNATURE);
	read->seal = s;
	return s->instance;
}

static void
collect(struct chain *chain, const struct md_field *f, enum part part)
{
	struct slot read = { .results = NULL };
	const unsigned instance = read_instance(chain, f, part, &read);
	struct slot *slot = &chain->slots[instance];

	if (instance == 0) {
		fails(chain, 0, part_names[part],
		      md_printf(chain->mem, "%s in line %zu has no instance i= from 1 to %d",
		                part_names[part], f->line, MD_ARC_MOST));
		return;
	}
	if (slot->n[part]++ > 0)
		return;
	slot->field[part] = f;
	if (part == RESULTS)
		slot->results = read.results;
	if (part == SEAL)
		slot->seal = read.seal;
	if (instance > chain->newest)
		chain->newest = instance;
}

/* False when there is no field of ARC at all. */
static bool
collect_all(struct chain *chain)
{
	const struct md_message *m = md_subject(chain->c)->message;
	bool any = false;

	for (enum part part = 0; part < PARTS; part++)
		for (const struct md_field *f = md_message_field(m, part_names[part], NULL);
		     f != NULL; f = md_message_field(m, part_names[part], f)) {
			collect(chain, f, part);
			any = true;
		}
	return any;
}

/* ---- steps 2 and 3: the structure ---- */

static void
judge_parts(struct chain *chain, unsigned instance)
{
	for (enum part part = 0; part < PARTS; part++) {
		const size_t n = chain->slots[instance].n[part];

		if (n == 0)
			fails(chain, instance, part_names[part],
			      md_printf(chain->mem, "instance %u has no %s", instance,
			                part_names[part]));
		else if (n > 1)
			fails(chain, instance, part_names[part],
			      md_printf(chain->mem, "instance %u has %zu fields %s", instance,
			                n, part_names[part]));
	}
}

static void
judge_cv(struct chain *chain, unsigned instance)
{
	const struct md_dkim_signature *seal = chain->slots[instance].seal;
	const char *right = instance == 1 ? "none" : "pass";

	if (seal == NULL || md_str_eq(seal->cv, right))
		return;
	fails(chain, instance, part_names[SEAL],
	      md_printf(chain->mem,
	                "the seal of instance %u says cv=%s, where only cv=%s is right",
	                instance, md_show(chain->mem, seal->cv), right));
}

static void
judge_structure(struct chain *chain)
{
	const struct md_dkim_signature *newest = chain->slots[chain->newest].seal;

	if (newest != NULL && md_str_eq(newest->cv, "fail"))
		fails(chain, chain->newest, part_names[SEAL],
		      md_printf(
		              chain->mem,
		              "the sealer of instance %u, %s, found the chain broken (cv=fail)",
		              chain->newest, newest->domain));
	for (unsigned i = 1; i <= chain->newest; i++)
		judge_parts(chain, i);
	for (unsigned i = 1; i <= chain->newest; i++)
		judge_cv(chain, i);
}

/* ---- steps 4 to 6: the signatures ---- */

/* RFC 8617 4.1.2: ARC-Seal MUST NOT be covered; see arc.h on the other two. */
static const struct md_dkim_verdict *
without_seal(struct chain *chain, const struct md_dkim_verdict *v)
{
	struct md_dkim_verdict *refused;

	for (size_t i = 0; i < v->signature->nh; i++) {
		if (!md_str_eq_nocase(v->signature->h[i], part_names[SEAL]))
			continue;
		refused = md_alloc(chain->mem, sizeof(*refused));
		*refused = *v;
		refused->result = MD_DKIM_PERMERROR;
		refused->cause = MD_DKIM_SYNTAX;
		refused->reason = "h= names ARC-Seal, which it must not cover";
		return refused;
	}
	return v;
}

/* Of both kinds of signature: does the chain end here? */
static void
judge_signature(struct chain *chain, unsigned instance, enum part part,
                const struct md_dkim_verdict *v)
{
	const char *why;

	if (v == NULL || v->result == MD_DKIM_PASS)
		return;
	why = md_printf(chain->mem, "%s of instance %u, by %s: %s", part_names[part], instance,
	                nobody(v->signature->domain), v->reason);
	if (!md_dkim_is_open(v)) {
		fails(chain, instance, part_names[part], why);
	} else if (chain->out->result == MD_ARC_PASS) {
		chain->out->result = MD_ARC_TEMPERROR;
		chain->out->why = why;
	}
}

/*
 * RFC 8617 5.2 goes down from the newest seal; the outcome is the same upwards, and the lowest
 * seal that fails is the one whose set was changed: all above it fail with it.
 */
static void
judge_signatures(struct chain *chain)
{
	const struct md_arc_set *all = chain->out->sets;
	const size_t n = chain->out->n;

	for (size_t i = n;
	     i > 0 && all[i - 1].message != NULL && all[i - 1].message->result == MD_DKIM_PASS;
	     i--)
		chain->out->oldest_pass = all[i - 1].instance;
	if (n > 0)
		judge_signature(chain, all[n - 1].instance, MESSAGE, all[n - 1].message);
	for (size_t i = 0; i < n; i++)
		judge_signature(chain, all[i].instance, SEAL, all[i].seal);
}

/* ---- all of it ---- */

/* So that all keys are asked for side by side. */
static void
ask_ahead(struct chain *chain)
{
	for (unsigned i = 1; i <= chain->newest; i++) {
		const struct md_field *ams = chain->slots[i].field[MESSAGE];

		if (ams != NULL)
			md_dkim_key_for(chain->c,
			                md_dkim_signature_parse(chain->mem, ams->value,
			                                        MD_ARC_MESSAGE_SIGNATURE));
		if (chain->slots[i].seal != NULL)
			md_dkim_key_for(chain->c, chain->slots[i].seal);
	}
}

static const struct md_dkim_verdict *
verify_message(struct chain *chain, const struct md_field *f)
{
	if (f == NULL)
		return NULL;
	return without_seal(chain, md_dkim_verify_one(chain->c, md_subject(chain->c)->message,
	                                              f, MD_ARC_MESSAGE_SIGNATURE));
}

static void
verify(struct chain *chain)
{
	struct md_arc_fields fields[MD_ARC_MOST];
	const struct md_dkim_verdict *seals;
	struct md_arc_set *sets = md_alloc(chain->mem, (chain->newest + 1) * sizeof(*sets));

	for (unsigned i = 1; i <= chain->newest; i++)
		fields[i - 1] = (struct md_arc_fields){ chain->slots[i].field[RESULTS],
			                                chain->slots[i].field[MESSAGE],
			                                chain->slots[i].field[SEAL] };
	seals = md_arc_seals(chain->c, fields, chain->newest);
	for (unsigned i = 1; i <= chain->newest; i++) {
		const struct slot *slot = &chain->slots[i];

		if (slot->n[RESULTS] + slot->n[MESSAGE] + slot->n[SEAL] == 0)
			continue;
		sets[chain->out->n++] = (struct md_arc_set){
			.instance = i,
			.results = slot->results,
			.message = verify_message(chain, slot->field[MESSAGE]),
			.seal = slot->seal != NULL ? &seals[i - 1] : NULL,
			.sealer = slot->seal != NULL ? slot->seal->domain : "",
		};
	}
	chain->out->sets = sets;
}

static const void *
validate(struct md_ctx *c, const char *arg)
{
	struct chain *chain = md_alloc(md_mem(c), sizeof(*chain));

	(void)arg;
	chain->c = c;
	chain->mem = md_mem(c);
	chain->out = md_alloc(chain->mem, sizeof(*chain->out));
	chain->out->why = chain->out->failing_part = "";
	if (!collect_all(chain))
		return chain->out;
	if (chain->out->result != MD_ARC_FAIL)
		chain->out->result = MD_ARC_PASS;
	judge_structure(chain);
	ask_ahead(chain);
	if (md_waiting(c))
		return chain->out;
	verify(chain);
	judge_signatures(chain);
	return chain->out;
}

const struct md_arc *
md_arc_validate(struct md_ctx *c)
{
	return md_derive(c, validate, "");
}
