/* Why does b= not verify?  Undoes likely changes of the signed fields until it does. */
#include "base/arena.h"
#include "repair/header_search.h"

/* More names in h= than this are an attack, or not worth the search. */
enum {
	ENTRIES_MOST = 200,
	PAIRED_FIRST = 120,
	TRIPLED_MOST = 30,
	LISTED_MOST = 12, /* fields of a list whose subsets are all tried: 4096 at most */
	BESIDE_LIST = 60, /* changes tried beside all fields of a list */
};

/* ---- what the header holds ---- */

/* Is h=[i] the first of its name? */
static bool
is_first(const struct md_dkim_signature *sig, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (md_str_same_nocase(sig->h[k], sig->h[i]))
			return false;
	return true;
}

static struct md_mend_group
group_of(struct md_search *s, struct md_str name, const struct md_field *const *selected)
{
	const struct md_message *message = s->m->message;
	const struct md_dkim_signature *sig = s->m->signature;
	struct md_mend_group g = { .name = name };
	struct md_arena *mem = s->m->mem;
	size_t nfrom = 0;

	for (size_t i = 0; i < sig->nh; i++) {
		if (!md_str_same_nocase(sig->h[i], name))
			continue;
		MD_PUSH(mem, g.from, nfrom, selected[i]);
		MD_PUSH(mem, g.entries, g.nentries, i);
	}
	for (size_t i = message->n; i > 0; i--)
		if (&message->fields[i - 1] != s->m->field &&
		    md_str_same_nocase(message->fields[i - 1].name, name))
			MD_PUSH(mem, g.instances, g.ninstances, &message->fields[i - 1]);
	return g;
}

static void
own_group(struct md_search *s)
{
	struct md_mend_group own = { .name = s->m->field->name, .nentries = 1 };

	own.entries = md_alloc(s->m->mem, sizeof(*own.entries));
	own.from = md_alloc(s->m->mem, sizeof(*own.from));
	own.entries[0] = s->nentries - 1;
	own.from[0] = s->m->field;
	MD_PUSH(s->m->mem, s->groups, s->ngroups, own);
}

/* What the header holds now. */
static bool
set_out(struct md_search *s)
{
	struct md_mend *m = s->m;
	const struct md_dkim_signature *sig = m->signature;
	const struct md_field *const *selected;

	/* every name of h= is looked for among all fields */
	if (sig->nh > ENTRIES_MOST ||
	    !md_budget_spend(m->budget, (sig->nh + 8) * m->message->n * 8))
		return false;
	selected = md_signed_fields(m->mem, m->message, sig, m->field);
	s->nentries = sig->nh + 1;
	s->base = md_alloc(m->mem, s->nentries * sizeof(*s->base));
	s->now = md_alloc(m->mem, s->nentries * sizeof(*s->now));
	for (size_t i = 0; i < sig->nh; i++) {
		s->base[i] = selected[i] != NULL ? md_search_canonical(m, selected[i]->whole)
		                                 : md_str("");
		if (is_first(sig, i))
			MD_PUSH(m->mem, s->groups, s->ngroups,
			        group_of(s, sig->h[i], selected));
	}
	s->base[sig->nh] = md_search_own(m, m->field->whole, sig->b);
	own_group(s);
	return true;
}

/* False when it is too costly. */
static bool
hash_prefixes(struct md_search *s)
{
	s->rest = md_alloc(s->m->mem, (s->nentries + 1) * sizeof(*s->rest));
	for (size_t i = s->nentries; i > 0; i--)
		s->rest[i - 1] = s->rest[i] + s->base[i - 1].len;
	if (!md_budget_spend(s->m->budget,
	                     2 * s->rest[0] + s->nentries * (uint64_t)MD_COST_TRIAL))
		return false;
	s->prefix = md_alloc(s->m->mem, s->nentries * sizeof(*s->prefix));
	md_hashing_begin(&s->prefix[0], s->m->ring, s->m->hash);
	for (size_t i = 1; i < s->nentries; i++) {
		md_hashing_copy(&s->prefix[i], &s->prefix[i - 1]);
		md_hashing_add(&s->prefix[i], s->base[i - 1].p, s->base[i - 1].len);
	}
	return true;
}

static void
release(struct md_search *s)
{
	unsigned char unused[MD_HASH_MOST];

	for (size_t i = 0; i < s->nentries; i++)
		md_hashing_end(&s->prefix[i], unused);
}

/* ---- combinations ---- */

/* All that z= tells at once (RFC 6376 3.5: copied header fields, for diagnosis). */
static bool
copies(struct md_search *s)
{
	const struct md_variant **taken = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->nvariants; i++)
		if (s->variants[i].copied &&
		    (n == 0 || taken[n - 1]->group != s->variants[i].group))
			MD_PUSH(s->m->mem, taken, n, &s->variants[i]);
	return n > 1 && md_search_attempt(s, taken, n);
}

/* Pairs of which the later is in [from, to). */
static bool
pairs(struct md_search *s, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < s->nvariants && !s->m->budget->over; i++)
		for (size_t k = 0; k < i; k++) {
			const struct md_variant *taken[] = { &s->variants[k], &s->variants[i] };

			if (taken[0]->group != taken[1]->group &&
			    md_search_attempt(s, taken, 2))
				return true;
		}
	return false;
}

static bool
triples(struct md_search *s)
{
	const size_t n = s->nvariants < TRIPLED_MOST ? s->nvariants : TRIPLED_MOST;
	const struct md_variant *v = s->variants;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			for (size_t k = 0; k < j; k++) {
				const struct md_variant *taken[] = { &v[i], &v[j], &v[k] };

				if (v[i].group != v[j].group && v[j].group != v[k].group &&
				    v[i].group != v[k].group && md_search_attempt(s, taken, 3))
					return true;
			}
	return false;
}

static bool
singles(struct md_search *s, size_t most)
{
	for (size_t i = 0; i < s->nvariants && i < most; i++) {
		const struct md_variant *taken[] = { &s->variants[i] };

		if (md_search_attempt(s, taken, 1))
			return true;
	}
	return false;
}

/* ---- what mailing lists add ---- */

static bool
of_lists(struct md_str name)
{
	static const char *const names[] = { "Sender",     "Reply-To",     "Precedence",
		                             "Errors-To",  "Mailing-List", "X-BeenThere",
		                             "Resent-From" };

	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_str_eq_nocase(name, names[i]))
			return true;
	return md_str_starts_nocase(name, "List-");
}

/* For each field that lists add and that the signature covers: that it was not there. */
static void
find_listed(struct md_search *s)
{
	for (size_t i = 0; i < s->nvariants && s->nalways < LISTED_MOST; i++) {
		const struct md_variant *v = &s->variants[i];
		bool known = false;

		for (size_t k = 0; k < s->nalways; k++)
			known = known || s->always[k]->group == v->group;
		if (v->added && !known && of_lists(v->field->name))
			MD_PUSH(s->m->mem, s->always, s->nalways, v);
	}
}

/*
 * A signer may sign List-Id and its like as absent, and a list adds any number of them: all of
 * them together, perhaps with another change, and then every other choice of them.
 */
static bool
listed(struct md_search *s)
{
	const struct md_variant **all, *taken[LISTED_MOST];
	const struct md_variant *none[1] = { NULL };
	size_t n;

	find_listed(s);
	n = s->nalways;
	all = s->always;
	if (n > 1 && (md_search_attempt(s, none, 0) || singles(s, BESIDE_LIST)))
		return true;
	s->nalways = 0;
	for (size_t choice = ((size_t)1 << n) - 1; n > 2 && choice > 0; choice--) {
		size_t k = 0;

		for (size_t i = 0; i < n; i++)
			if ((choice >> i & 1) != 0)
				taken[k++] = all[i];
		if (s->m->budget->over)
			return false;
		if (k > 2 && k < n && md_search_attempt(s, taken, k))
			return true;
	}
	return false;
}

/* ---- all ---- */

static bool
begin(struct md_search *s)
{
	const struct md_dkim_signature *sig = s->m->signature;

	if (sig->algorithm != MD_ED25519_SHA256) {
		if (!md_budget_spend(s->m->budget, MD_COST_RSA))
			return false;
		s->block = md_keyring_recover(
		        s->m->ring, s->m->key,
		        (struct md_octets){ sig->signature, sig->nsignature });
		if (!s->block.named)
			return false;
		s->m->hash = md_algorithm_hash(s->block.algorithm);
	}
	return set_out(s) && hash_prefixes(s);
}

static bool
search(struct md_search *s)
{
	bool found;

	md_search_variants(s);
	found = singles(s, SIZE_MAX) || copies(s) || listed(s);
	s->m->unfinished = s->m->unfinished || (!found && s->m->budget->over);
	return found || pairs(s, 1, PAIRED_FIRST) || triples(s) ||
	       pairs(s, PAIRED_FIRST, s->nvariants);
}

bool
md_mend_header(struct md_mend *m)
{
	struct md_search s = { .m = m };
	bool found = false;

	if (begin(&s)) {
		found = search(&s);
		release(&s);
	}
	m->unfinished = m->unfinished || (s.prefix == NULL && m->budget->over);
	return found;
}
