/* Why does b= not verify?  Undoes likely changes of the signed fields until it does. */
#include <stdlib.h>
#include <string.h>

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

/* ---- one trial ---- */

static struct md_octets
octets_of(const unsigned char *p, size_t n)
{
	return (struct md_octets){ p, n };
}

/* For RSA the hash that was signed is known, and a trial needs no verification. */
static bool
signed_hash(struct md_search *s, const unsigned char *hash, size_t n)
{
	const struct md_dkim_signature *sig = s->m->signature;

	s->m->tried++;
	if (s->block.named)
		return n == s->block.nhash && memcmp(hash, s->block.hash, n) == 0;
	return md_keyring_verify(s->m->ring, sig->algorithm, s->m->key, octets_of(hash, n),
	                         octets_of(sig->signature, sig->nsignature)) == MD_VERIFIED;
}

/* Changes that are undone together. */
struct taken {
	const struct md_variant *const *variants;
	size_t n;
};

/* The variant of the group that is taken, or NULL. */
static const struct md_variant *
variant_of(const struct md_search *s, const struct taken *t, size_t group)
{
	for (size_t k = 0; k < t->n; k++)
		if (t->variants[k]->group == group)
			return t->variants[k];
	for (size_t k = 0; k < s->nalways; k++)
		if (s->always[k]->group == group)
			return s->always[k];
	return NULL;
}

/* What each entry from the first changed one on holds; returns that one. */
static size_t
lay_out(struct md_search *s, const struct taken *t)
{
	size_t first = s->nentries - 1;

	for (size_t i = 0; i < t->n + s->nalways; i++) {
		const size_t group =
		        i < t->n ? t->variants[i]->group : s->always[i - t->n]->group;

		if (s->groups[group].entries[0] < first)
			first = s->groups[group].entries[0];
	}
	memcpy(s->now + first, s->base + first, (s->nentries - first) * sizeof(*s->now));
	for (size_t i = 0; i < t->n + s->nalways; i++) {
		const struct md_variant *v = i < t->n ? t->variants[i] : s->always[i - t->n];
		const struct md_mend_group *g = &s->groups[v->group];

		if (variant_of(s, t, v->group) != v)
			continue;
		for (size_t e = 0; e < g->nentries; e++)
			s->now[g->entries[e]] = v->octets[e];
	}
	return first;
}

static bool
verifies(struct md_search *s, const struct taken *t)
{
	const uint64_t cost = MD_COST_TRIAL + (s->block.named ? (uint64_t)0 : MD_COST_ED25519);
	const size_t first = lay_out(s, t);
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing d;

	if (!md_budget_spend(s->m->budget, cost + s->rest[first] + 16 * (s->nentries - first)))
		return false;
	md_hashing_copy(&d, &s->prefix[first]);
	for (size_t i = first; i < s->nentries; i++)
		md_hashing_add(&d, s->now[i].p, s->now[i].len);
	return signed_hash(s, hash, md_hashing_end(&d, hash));
}

/* ---- what is found is told ---- */

/* Every field ends in CRLF, which tells nothing. */
static struct md_str
without_end(struct md_str field)
{
	if (field.len >= 2 && field.p[field.len - 1] == '\n')
		field.len -= 2;
	return field;
}

/* Of a field that many octets are sure to be seen, however narrow the screen is. */
enum { SEEN_AT = 40 };

/* A field as it was or is, from a little in front of where the two differ. */
static const char *
shown(struct md_arena *mem, struct md_str field, struct md_str other)
{
	size_t at = 0;

	while (at < field.len && at < other.len && field.p[at] == other.p[at])
		at++;
	return at > SEEN_AT ? md_mend_around(mem, field, at) : md_mend_part(mem, field);
}

static void
tell(struct md_search *s, const struct md_variant *v)
{
	struct md_mend *m = s->m;
	const struct md_str name = v->field != NULL ? v->field->name : s->groups[v->group].name;
	const struct md_str before = without_end(v->before), after = without_end(v->after);
	const struct md_dkim_change change = {
		.field = v->field,
		.name = md_strndup(m->mem, name.p, name.len),
		.what = v->what,
		.added = v->added,
		.before = shown(m->mem, before, after),
		.after = shown(m->mem, after, before),
		.line = v->field != NULL ? v->field->line : 0,
	};

	MD_PUSH(m->mem, m->changes, m->n, change);
}

/* Those of the trial, and those always taken that the trial has nothing instead of. */
static void
take(struct md_search *s, const struct taken *t)
{
	struct md_buf whole = { .mem = s->m->mem };
	const size_t first = lay_out(s, t);

	for (size_t i = 0; i < s->nentries; i++)
		md_buf_add(&whole, i < first ? s->base[i] : s->now[i]);
	s->m->header = md_buf_view(&whole);
	for (size_t k = 0; k < s->nalways; k++)
		if (variant_of(s, t, s->always[k]->group) == s->always[k])
			tell(s, s->always[k]);
	for (size_t k = 0; k < t->n; k++)
		tell(s, t->variants[k]);
}

/* ---- the search ---- */

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

static bool
attempt(struct md_search *s, const struct md_variant *const *variants, size_t n)
{
	const struct taken t = { variants, n };

	if (!verifies(s, &t))
		return false;
	take(s, &t);
	return true;
}

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
	return n > 1 && attempt(s, taken, n);
}

/* Pairs of which the later is in [from, to). */
static bool
pairs(struct md_search *s, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < s->nvariants && !s->m->budget->over; i++)
		for (size_t k = 0; k < i; k++) {
			const struct md_variant *taken[] = { &s->variants[k], &s->variants[i] };

			if (taken[0]->group != taken[1]->group && attempt(s, taken, 2))
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
				    v[i].group != v[k].group && attempt(s, taken, 3))
					return true;
			}
	return false;
}

static bool
singles(struct md_search *s, size_t most)
{
	for (size_t i = 0; i < s->nvariants && i < most; i++) {
		const struct md_variant *taken[] = { &s->variants[i] };

		if (attempt(s, taken, 1))
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
	if (n > 1 && (attempt(s, none, 0) || singles(s, BESIDE_LIST)))
		return true;
	s->nalways = 0;
	for (size_t choice = ((size_t)1 << n) - 1; n > 2 && choice > 0; choice--) {
		size_t k = 0;

		for (size_t i = 0; i < n; i++)
			if ((choice >> i & 1) != 0)
				taken[k++] = all[i];
		if (s->m->budget->over)
			return false;
		if (k > 2 && k < n && attempt(s, taken, k))
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
		s->block = md_keyring_recover(s->m->ring, s->m->key,
		                              octets_of(sig->signature, sig->nsignature));
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
