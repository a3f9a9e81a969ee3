/* Why does b= not verify?  Undoes likely changes of the signed fields until it does. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "repair/header_search.h"

/* More names in h= than this are an attack, or not worth the search. */
enum {
	ENTRIES_MOST = 200,
	TRIALS_MOST = 40000,
	PAIRED_FIRST = 120,
	TRIPLED_MOST = 30,
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

/* What entry i holds when these variants are taken. */
static struct md_str
entry_octets(const struct md_search *s, size_t i, const struct md_variant *const *taken,
             size_t n)
{
	for (size_t k = 0; k < n; k++) {
		const struct md_mend_group *g = &s->groups[taken[k]->group];

		for (size_t e = 0; e < g->nentries; e++)
			if (g->entries[e] == i)
				return taken[k]->octets[e];
	}
	return s->base[i];
}

static size_t
first_changed(const struct md_search *s, const struct md_variant *const *taken, size_t n)
{
	size_t first = s->nentries - 1;

	for (size_t k = 0; k < n; k++)
		if (s->groups[taken[k]->group].entries[0] < first)
			first = s->groups[taken[k]->group].entries[0];
	return first;
}

static bool
affordable(struct md_search *s)
{
	const unsigned most = s->block.named ? TRIALS_MOST : MD_MEND_VERIFICATIONS;

	return s->m->tried - s->tried_before < most && md_mend_spend(s->m, s->size);
}

static bool
verifies(struct md_search *s, const struct md_variant *const *taken, size_t n)
{
	const size_t first = first_changed(s, taken, n);
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing d;

	if (!affordable(s))
		return false;
	md_hashing_copy(&d, &s->prefix[first]);
	for (size_t i = first; i < s->nentries; i++) {
		const struct md_str octets = entry_octets(s, i, taken, n);

		md_hashing_add(&d, octets.p, octets.len);
	}
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

static void
take(struct md_search *s, const struct md_variant *const *taken, size_t n)
{
	struct md_mend *m = s->m;
	struct md_buf whole = { .mem = m->mem };

	for (size_t i = 0; i < s->nentries; i++)
		md_buf_add(&whole, entry_octets(s, i, taken, n));
	m->header = md_buf_view(&whole);
	for (size_t k = 0; k < n; k++) {
		const struct md_variant *v = taken[k];
		const struct md_str name =
		        v->field != NULL ? v->field->name : s->groups[v->group].name;
		const struct md_dkim_change change = {
			.field = v->field,
			.name = md_strndup(m->mem, name.p, name.len),
			.what = v->what,
			.before = md_mend_part(m->mem, without_end(v->before)),
			.after = md_mend_part(m->mem, without_end(v->after)),
			.line = v->field != NULL ? v->field->line : 0,
		};

		MD_PUSH(m->mem, m->changes, m->n, change);
	}
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
	const struct md_field *const *selected =
	        md_signed_fields(m->mem, m->message, sig, m->field);

	if (sig->nh > ENTRIES_MOST)
		return false;
	s->nentries = sig->nh + 1;
	s->base = md_alloc(m->mem, s->nentries * sizeof(*s->base));
	for (size_t i = 0; i < sig->nh; i++) {
		s->base[i] = selected[i] != NULL ? md_search_canonical(m, selected[i]->whole)
		                                 : md_str("");
		s->size += s->base[i].len;
		if (is_first(sig, i))
			MD_PUSH(m->mem, s->groups, s->ngroups,
			        group_of(s, sig->h[i], selected));
	}
	s->base[sig->nh] = md_search_own(m, m->field->whole, sig->b);
	s->size += s->base[sig->nh].len;
	own_group(s);
	return true;
}

static void
hash_prefixes(struct md_search *s)
{
	s->prefix = md_alloc(s->m->mem, s->nentries * sizeof(*s->prefix));
	md_hashing_begin(&s->prefix[0], s->m->ring, s->m->hash);
	for (size_t i = 1; i < s->nentries; i++) {
		md_hashing_copy(&s->prefix[i], &s->prefix[i - 1]);
		md_hashing_add(&s->prefix[i], s->base[i - 1].p, s->base[i - 1].len);
	}
}

static void
release(struct md_search *s)
{
	unsigned char unused[MD_HASH_MOST];

	for (size_t i = 0; i < s->nentries; i++)
		md_hashing_end(&s->prefix[i], unused);
}

static bool
attempt(struct md_search *s, const struct md_variant *const *taken, size_t n)
{
	if (!verifies(s, taken, n))
		return false;
	take(s, taken, n);
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
	for (size_t i = from; i < to && i < s->nvariants; i++)
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
singles(struct md_search *s)
{
	for (size_t i = 0; i < s->nvariants; i++) {
		const struct md_variant *taken[] = { &s->variants[i] };

		if (attempt(s, taken, 1))
			return true;
	}
	return false;
}

static bool
begin(struct md_search *s)
{
	const struct md_dkim_signature *sig = s->m->signature;

	if (sig->algorithm != MD_ED25519_SHA256) {
		s->block = md_keyring_recover(s->m->ring, s->m->key,
		                              octets_of(sig->signature, sig->nsignature));
		if (!s->block.named)
			return false;
		s->m->hash = md_algorithm_hash(s->block.algorithm);
	}
	return set_out(s);
}

bool
md_mend_header_sound(struct md_mend *m)
{
	struct md_search s = { .m = m, .tried_before = m->tried };
	bool sound = false;

	if (begin(&s)) {
		hash_prefixes(&s);
		sound = verifies(&s, NULL, 0);
		release(&s);
	}
	return sound;
}

bool
md_mend_header(struct md_mend *m)
{
	struct md_search s = { .m = m, .tried_before = m->tried };
	bool found = false;

	if (!begin(&s))
		return false;
	hash_prefixes(&s);
	md_search_variants(&s);
	found = singles(&s) || copies(&s) || pairs(&s, 1, PAIRED_FIRST) || triples(&s) ||
	        pairs(&s, PAIRED_FIRST, s.nvariants);
	release(&s);
	return found;
}
