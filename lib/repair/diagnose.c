/* The diagnosis of all failing signatures of a message, once in a run. */
#include "base/arena.h"
#include "dkim/crypto.h"
#include "repair/mend.h"
#include "repair/repair.h"

/* In bulk a failing signature may cost little more than a passing one. */
enum { BULK_OCTETS = 2 << 20 };

static bool
worth_it(const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;

	return v->result != MD_DKIM_PASS && key != NULL && key->noctets > 0 &&
	       (v->cause == MD_DKIM_BODY_HASH || v->cause == MD_DKIM_BODY_SHORTER ||
	        v->cause == MD_DKIM_HEADER_HASH);
}

static const void *
diagnose(struct md_ctx *c, const char *unused)
{
	const struct md_dkim_verdicts *verdicts = md_dkim_verify_aside(c);
	struct md_dkim_diagnoses *all = md_alloc(md_mem(c), sizeof(*all));
	struct md_dkim_diagnosis *one = md_alloc(md_mem(c), verdicts->n * sizeof(*one));
	const uint64_t octets = md_eager(c) ? MD_MEND_OCTETS : BULK_OCTETS;

	(void)unused;
	for (size_t i = 0; i < verdicts->n; i++) {
		const struct md_dkim_verdict *v = &verdicts->all[i];

		if (worth_it(v) && !md_waiting(c))
			one[i] = *md_dkim_repair(md_mem(c), md_keyring(c),
			                         md_subject(c)->message, v, octets);
		else
			one[i] = (struct md_dkim_diagnosis){ .verdict = v, .sure = "" };
	}
	*all = (struct md_dkim_diagnoses){ verdicts->n, one };
	return all;
}

const struct md_dkim_diagnoses *
md_dkim_diagnose(struct md_ctx *c)
{
	return md_derive_aside(c, diagnose, "");
}
