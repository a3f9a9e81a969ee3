/* One trial of the header search: are these changes, undone together, what broke b=? */
#include <string.h>

#include "base/arena.h"
#include "repair/header_search.h"

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

/* ---- both ---- */

bool
md_search_attempt(struct md_search *s, const struct md_variant *const *variants, size_t n)
{
	const struct taken t = { variants, n };

	if (!verifies(s, &t))
		return false;
	take(s, &t);
	return true;
}
