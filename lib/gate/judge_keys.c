/* DKIM keys that nobody has named, and the base side has found by trying. */
#include <string.h>

#include "base/arena.h"
#include "gate/differs.h"
#include "gate/judge_changes.h"
#include "gate/keys.h"
#include "gate/look.h"
#include "gate/touched.h"
#include "kind/dns.h"
#include "record/dkim_key.h"

struct asked {
	const struct md_gate_sides *sides;
	const struct md_gate_watch *watch;
	struct md_notices *rows;
};

/* Is it a key that signatures can be verified with? */
static bool
is_key(struct md_arena *mem, const struct md_dns *txt)
{
	return txt->fact.state == MD_PRESENT && txt->n == 1 &&
	       md_key_is_usable(md_dkim_key_parse(mem, txt->rr[0].txt.joined));
}

/* What the proposed side has there: as it was asked, or as the proposal says. */
static const struct md_dns *
key_after(const struct md_gate_sides *sides, struct md_arena *mem, const struct md_question *q)
{
	const struct md_fact *asked = md_gate_fact(sides->proposed, &md_dns_kind, q);
	struct md_dns *said = md_alloc(mem, sizeof(*said));

	if (asked != NULL)
		return (const struct md_dns *)asked;
	if (!md_proposal_covers(sides->proposal, q->name, q->type))
		return NULL;
	said->fact.why = said->origin = "";
	md_proposal_find(sides->proposal, mem, q, said);
	return said->fact.state == MD_ABSENT ? said : NULL;
}

static void
judge_key(const struct asked *p, const struct md_dns *txt, const char *selector)
{
	const struct md_dns *now = key_after(p->sides, p->sides->mem, &txt->question);
	const struct md_watched was = { .kind = MD_WATCHED_DKIM,
		                        .about = selector,
		                        .fact = txt,
		                        .n = 1,
		                        .record = txt->rr[0].txt.joined };
	struct md_watched is = { .kind = MD_WATCHED_DKIM, .about = selector, .fact = now };

	if (now == NULL)
		return;
	if (now->n > 0 && now->fact.state == MD_PRESENT) {
		is.n = now->n;
		is.record = now->rr[0].txt.joined;
	}
	md_gate_change(p->sides, p->watch, &was, &is, p->rows);
}

/*
 * Selectors that were only tried, and found on the base side: mail may be signed by them.  A
 * wildcard gives the same key to all that are tried: one is enough.
 */
void
md_gate_keys(const struct md_gate_sides *sides, const struct md_gate_watch *watch,
             struct md_notices *rows)
{
	const struct asked p = { sides, watch, rows };
	struct md_arena *mem = sides->mem;
	const struct md_report *base = sides->base;
	struct md_index known = { .mem = mem };

	for (size_t i = 0; i < watch->nselectors; i++)
		md_index_add(&known, md_str(md_str_lower(mem, md_str(watch->selectors[i]))));
	for (size_t i = 0; i < base->nfacts; i++) {
		const struct md_dns *txt = (const struct md_dns *)base->facts[i];
		const char *selector, *domain;

		if (base->facts[i]->kind != &md_dns_kind || txt->question.type != MD_TXT ||
		    !md_found_selector(mem, txt->question.name, &selector, &domain) ||
		    strcmp(domain, base->subject->domain) != 0 ||
		    !md_index_add(&known, md_str(selector)) || !is_key(mem, txt) ||
		    !md_index_add(&known, txt->rr[0].txt.joined))
			continue;
		judge_key(&p, txt, selector);
	}
}
