/* The SPF records of a name, before and after: is a sender lost, or "all" made stricter? */
#include <string.h>

#include "base/arena.h"
#include "dns/wire.h"
#include "plan/proof.h"
#include "plan/watch.h"
#include "record/txt_meant.h"

/* The strings with the blanks between them that their author saw in his editor. */
static struct md_str
parted(struct md_arena *mem, const struct md_rr *rr)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < rr->txt.n; i++)
		md_buf_item(&out, " ", "%.*s", MD_FMT(rr->txt.strings[i]));
	return md_buf_view(&out);
}

/* Somebody's SPF record as it was meant; NULL for other texts, and for riddles. */
static const struct md_spf *
meant(struct md_arena *mem, const char *rdata)
{
	struct md_rr rr = { .owner = ".", .type = MD_TXT };
	const struct md_spf *spf;
	const char *mended, *why;

	if (!md_rr_parse(mem, rdata, &rr, &why))
		return NULL;
	if (md_spf_bad_joint(mem, rr.txt.strings, rr.txt.n) > 0)
		spf = md_spf_meant(mem, parted(mem, &rr));
	else
		spf = md_spf_meant(mem, rr.txt.joined);
	mended = spf != NULL ? md_spf_mended(mem, spf) : NULL;
	return mended != NULL ? md_spf_parse(mem, md_str(mended)) : spf;
}

/* The records that count as meant: the one in force, else all that were tried. */
struct asked {
	size_t n;
	const struct md_spf **spf;
	bool in_force;
};

static struct asked
asked_of(const struct md_proof_set *set)
{
	struct md_arena *mem = set->proof->mem;
	struct asked asked = { 0, NULL, false };
	size_t records = 0;

	for (size_t i = 0; i < set->was->n; i++)
		records += md_spf_is_record(md_rdata_text(mem, set->was->p[i]));
	asked.in_force = records == 1;
	for (size_t i = 0; i < set->was->n; i++) {
		const struct md_str text = md_rdata_text(mem, set->was->p[i]);
		const struct md_spf *spf = meant(mem, set->was->p[i]);

		if (spf != NULL && (!asked.in_force || md_spf_is_record(text)))
			MD_PUSH(mem, asked.spf, asked.n, spf);
	}
	/* one that moves here from a wrong name */
	for (size_t i = 0; asked.n == 0 && i < set->gone->n; i++) {
		const struct md_spf *spf = meant(mem, set->gone->p[i]);

		if (spf != NULL)
			MD_PUSH(mem, asked.spf, asked.n, spf);
	}
	return asked;
}

/* ---- terms ---- */

static bool
is_in(const struct md_spf *spf, struct md_str text)
{
	for (size_t i = 0; i < spf->n; i++)
		if (md_str_same_nocase(spf->terms[i].text, text))
			return true;
	return false;
}

/* The term leads to nothing that could let anybody pass, and that is known. */
static bool
is_dead(const struct md_plan_watch *w, const struct md_spf_term *term)
{
	const struct md_spf_node *root = w->tree != NULL ? w->tree->root : NULL;

	for (size_t i = 0; root != NULL && i < root->n; i++) {
		const struct md_spf_visit *visit = &root->visits[i];

		if (!md_str_same_nocase(visit->term->text, term->text))
			continue;
		if (visit->child != NULL)
			return visit->child->state == MD_SPF_NODE_NONE ||
			       visit->child->state == MD_SPF_NODE_IMPOSSIBLE ||
			       visit->child->state == MD_SPF_NODE_LOOP;
		return visit->is_void[0] && visit->is_void[1] && visit->naddresses == 0;
	}
	return false;
}

static bool
keeps_term(const struct md_proof_set *set, const struct md_spf *is,
           const struct md_spf_term *term)
{
	const char *network, *mechanism;

	if (term->fault != MD_SPF_SOUND || term->kind == MD_SPF_ALL || is_in(is, term->text))
		return true;
	mechanism = md_spf_mechanism_meant(set->proof->mem, term);
	if (term->kind == MD_SPF_UNKNOWN_MODIFIER)
		return mechanism == NULL || is_in(is, md_str(mechanism));
	network = md_spf_clear_host_bits(set->proof->mem, term);
	if (network != NULL && is_in(is, md_str(network)))
		return true;
	return md_spf_is_private(term) || md_spf_is_everybody(term) ||
	       is_dead(md_plan_watched(set->proof->from), term);
}

/* ---- all ---- */

static int
strictness(char qualifier)
{
	switch (qualifier) {
	case '+':
		return 0;
	case '?':
		return 1;
	case '~':
		return 2;
	default:
		return 3;
	}
}

/* "all" is one of those that were asked for; ~all where there was none, or an open one. */
static bool
keeps_all(const struct md_proof_set *set, const struct asked *asked, const struct md_spf *is)
{
	const struct md_plan_watch *w = md_plan_watched(set->proof->from);
	const char *domain = set->proof->from->subject->domain;
	bool open = asked->n == 0;

	if (is->all ==
	    NULL) { /* redirect: to where it was meant to go, or it never was there */
		for (size_t i = 0; i < asked->n; i++)
			if (asked->spf[i]->all != NULL && is->redirect == NULL)
				return false;
		return true;
	}
	for (size_t i = 0; i < asked->n; i++) {
		const struct md_spf_term *all = asked->spf[i]->all;

		if (all != NULL && all->qualifier == is->all->qualifier)
			return true;
		open = open || all == NULL || strictness(all->qualifier) == 0;
	}
	if (open && is->all->qualifier == '~')
		return true;
	if (is->all->qualifier != '-')
		return false;
	/* "-all": of a domain that sends nothing, or of a host's name that had no record */
	return strcmp(set->owner, domain) != 0 ? asked->n == 0
	                                       : set->proof->parked && !w->said_to_send;
}

/*
 * Records that differ are joined, and one of them refuses a sender by name: which of them is
 * right of that sender, or in which order they were meant, cannot be known.
 */
static bool
contradict(const struct md_proof_set *set, const struct md_spf *is)
{
	const struct md_spf *first = NULL;
	bool differ = false, refuses = false;

	for (size_t i = 0; i < set->was->n; i++) {
		const struct md_spf *spf = meant(set->proof->mem, set->was->p[i]);

		first = first != NULL ? first : spf;
		differ = differ || (spf != NULL && !md_str_same_nocase(spf->text, first->text));
	}
	for (size_t i = 0; i < is->n; i++)
		refuses = refuses ||
		          (is->terms[i].kind < MD_SPF_REDIRECT &&
		           is->terms[i].kind != MD_SPF_ALL && is->terms[i].qualifier != '+');
	return differ && refuses;
}

/* ---- the records of a name ---- */

static const struct md_spf *
record_after(const struct md_proof_set *set, size_t *n)
{
	struct md_arena *mem = set->proof->mem;
	const struct md_spf *is = NULL;

	for (size_t i = 0; i < set->is->n; i++) {
		const struct md_str text = md_rdata_text(mem, set->is->p[i]);

		if (!md_spf_is_record(text))
			continue;
		is = md_spf_parse(mem, text);
		(*n)++;
	}
	return is;
}

bool
md_proof_keeps_spf(const struct md_proof_set *set)
{
	const struct asked asked = asked_of(set);
	size_t n = 0;
	const struct md_spf *is = record_after(set, &n);

	if (n == 0) /* nothing of SPF is touched; or it is gone, perhaps to where it counts */
		return asked.n == 0 || md_changes_hold(set->proof->after, set->was);
	if (n > 1 || contradict(set, is))
		return false;
	for (size_t i = 0; i < asked.n; i++)
		for (size_t j = 0; j < asked.spf[i]->n; j++)
			if (!keeps_term(set, is, &asked.spf[i]->terms[j]))
				return false;
	return keeps_all(set, &asked, is);
}
