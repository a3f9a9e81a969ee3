/* Every variant of the signed fields that is worth a trial. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "repair/header_search.h"

enum { DUPLICATES_MOST = 20, GUESSED_MOST = 4, VARIANTS_MOST = 4000 };

static bool
same(struct md_str a, struct md_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* Is it another one of the same octets? */
static bool
equal(const struct md_search *s, const struct md_variant *a, const struct md_variant *b)
{
	const size_t n = s->groups[a->group].nentries;

	for (size_t e = 0; e < n; e++)
		if (a->mark != b->mark || !same(a->octets[e], b->octets[e]))
			return false;
	return true;
}

/* Adds one that is neither what is there nor known; the likelier ones come first. */
static void
add_variant(struct md_search *s, struct md_variant *v)
{
	const struct md_mend_group *g = &s->groups[v->group];
	bool differs = false;
	size_t i = s->nvariants;

	v->mark = 0;
	for (size_t e = 0; e < g->nentries; e++) {
		differs = differs || !same(v->octets[e], s->base[g->entries[e]]);
		v->mark = v->mark * 31 + md_str_hash(v->octets[e]);
	}
	while (i > 0 && s->variants[i - 1].group == v->group &&
	       !equal(s, &s->variants[i - 1], v))
		i--;
	if (!md_budget_spend(s->m->budget, 2 * (s->nvariants - i)) || !differs ||
	    (i > 0 && s->variants[i - 1].group == v->group))
		return;
	v->what = md_strdup(s->m->mem, v->what); /* guesses are made of other memory */
	MD_PUSH(s->m->mem, s->variants, s->nvariants, *v);
}

/* Entry e of the group holds something else; the other entries stay. */
static void
other_octets(struct md_search *s, size_t group, size_t e, const struct md_guess *guess)
{
	const struct md_mend_group *g = &s->groups[group];
	struct md_str *octets = md_alloc(s->m->mem, g->nentries * sizeof(*octets));
	struct md_variant v = { .group = group, .rank = guess->rank, .octets = octets };

	for (size_t i = 0; i < g->nentries; i++)
		octets[i] = s->base[g->entries[i]];
	v.after = octets[e];
	octets[e] = md_search_canonical(s->m, guess->whole);
	v.before = octets[e];
	v.field = g->from[e];
	v.what = guess->what;
	add_variant(s, &v);
}

static int
by_rank(const void *a, const void *b)
{
	const struct md_guess *x = a, *y = b;

	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void
guess(struct md_search *s, size_t group, size_t e)
{
	const struct md_mend_group *g = &s->groups[group];
	const struct md_field *f = g->from[e];
	struct md_arena *scratch = md_arena_new();
	struct md_guesses all = {
		.mem = scratch,
		.message = s->m->message,
		.name = f != NULL ? f->name : g->name,
		.value = f != NULL ? f->value : md_str(""),
		.domain = s->m->signature->domain,
		.budget = s->m->budget,
	};

	if (f != NULL)
		md_guess_field(&all);
	else
		md_guess_lost(&all);
	if (f != NULL && s->m->signature->header_canon == MD_SIMPLE)
		md_guess_layouts(&all);
	if (all.n > 1)
		qsort(all.all, all.n, sizeof(*all.all), by_rank);
	for (size_t i = 0; i < all.n; i++)
		other_octets(s, group, e, &all.all[i]);
	md_arena_free(scratch);
}

/* The instance was not there: names in h= select the next ones (RFC 6376 5.4.2). */
static void
without_instance(struct md_search *s, size_t group, size_t gone)
{
	const struct md_mend_group *g = &s->groups[group];
	struct md_str *octets = md_alloc(s->m->mem, g->nentries * sizeof(*octets));
	struct md_variant v = {
		.group = group, .octets = octets, .field = g->instances[gone], .added = true
	};
	size_t next = 0;

	if (!md_budget_spend(s->m->budget,
	                     MD_COST_GUESS + MD_COST_WRITTEN * v.field->whole.len))
		return;

	v.rank = g->ninstances > 1 ? MD_GUESS_KNOWN : MD_GUESS_FAIR;
	for (size_t e = 0; e < g->nentries; e++, next++) {
		next += next == gone;
		octets[e] = next < g->ninstances
		                    ? md_search_canonical(s->m, g->instances[next]->whole)
		                    : md_str("");
	}
	v.before = md_str("");
	v.after = md_search_canonical(s->m, g->instances[gone]->whole);
	v.what = g->ninstances > 1
	                 ? md_printf(s->m->mem,
	                             "one of the %zu %.*s fields was added after signing",
	                             g->ninstances, MD_FMT(v.field->name))
	                 : md_printf(s->m->mem, "the field %.*s was added after signing",
	                             MD_FMT(v.field->name));
	add_variant(s, &v);
}

static void
variants_of(struct md_search *s, size_t group)
{
	const struct md_mend_group *g = &s->groups[group];
	const size_t most = g->nentries < 4 ? g->nentries : 4;
	bool lost = false;

	for (size_t i = 0; i < g->ninstances && i < 20; i++)
		without_instance(s, group, i);
	for (size_t e = 0; e < most; e++) {
		if (g->from[e] != NULL || !lost)
			guess(s, group, e);
		lost = lost || g->from[e] == NULL;
	}
}

/* The signature's own field, refolded or cut. */
static void
own_variants(struct md_search *s, size_t group)
{
	const struct md_field *f = s->m->field;
	const struct md_str b = s->m->signature->b;
	struct md_guesses all = { .mem = s->m->mem, .name = f->name, .budget = s->m->budget };
	struct md_buf value = { .mem = s->m->mem };

	if (b.p < f->value.p || b.p + b.len > f->value.p + f->value.len)
		return;
	md_buf_add(&value, (struct md_str){ f->value.p, (size_t)(b.p - f->value.p) });
	md_buf_add(&value, md_str_skip(f->value, (size_t)(b.p - f->value.p) + b.len));
	all.value = (struct md_str){ value.p, value.len };
	md_guess_cut(&all);
	if (s->m->signature->header_canon == MD_SIMPLE)
		md_guess_layouts(&all);
	for (size_t i = 0; i < all.n; i++) {
		struct md_variant v = { .group = group, .rank = MD_GUESS_FAIR, .field = f };
		struct md_str *octets = md_alloc(s->m->mem, sizeof(*octets));

		*octets = md_search_own(s->m, all.all[i].whole,
		                        md_str_skip(all.all[i].whole, all.all[i].whole.len));
		v.octets = octets;
		v.before = *octets;
		v.after = s->base[s->nentries - 1];
		v.what = all.all[i].what;
		add_variant(s, &v);
	}
}

/* ---- z= ---- */

/* dkim-quoted-printable (RFC 6376 2.11): white space that is not encoded means nothing. */
static struct md_str
unquoted(struct md_arena *mem, struct md_str text)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < text.len; i++) {
		const char *p = text.p + i;

		if (*p == '=' && i + 2 < text.len && md_hex_digit(p[1]) >= 0 &&
		    md_hex_digit(p[2]) >= 0) {
			md_buf_addc(&out, (char)(md_hex_digit(p[1]) * 16 + md_hex_digit(p[2])));
			i += 2;
		} else if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\n') {
			md_buf_addc(&out, *p);
		}
	}
	return md_buf_view(&out);
}

static void
copied_field(struct md_search *s, struct md_str copy)
{
	const struct md_str whole = unquoted(s->m->mem, copy);
	const struct md_str name = { whole.p, md_str_find(whole, ':') };
	const struct md_str value = md_str_skip(whole, name.len + 1);
	struct md_guess is = { MD_GUESS_KNOWN, whole, NULL };

	for (size_t i = 0; i + 1 < s->ngroups; i++) {
		const struct md_mend_group *g = &s->groups[i];
		const size_t before = s->nvariants;

		if (!md_str_same_nocase(g->name, name))
			continue;
		is.what = md_printf(
		        s->m->mem,
		        "%.*s was %s when it was signed: the signature has a copy (z=)",
		        MD_FMT(g->name), md_excerpt(s->m->mem, md_str_trim(value, " \t\r\n")));
		for (size_t e = 0; e < g->nentries && e < GUESSED_MOST; e++)
			other_octets(s, i, e, &is);
		for (size_t k = before; k < s->nvariants; k++)
			s->variants[k].copied = true;
	}
}

static void
copied_variants(struct md_search *s)
{
	struct md_str rest = s->m->signature->z, piece;

	if (!md_budget_spend(s->m->budget, rest.len * MD_COST_WRITTEN))
		return;
	for (unsigned n = 0; n < 100 && md_str_cut(&rest, '|', &piece); n++)
		copied_field(s, piece);
}

/* ---- all ---- */

static int
by_variant_rank(const void *a, const void *b)
{
	const struct md_variant *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

void
md_search_variants(struct md_search *s)
{
	copied_variants(s);
	for (size_t i = 0;
	     i + 1 < s->ngroups && s->nvariants < VARIANTS_MOST && !s->m->budget->over; i++)
		variants_of(s, i);
	own_variants(s, s->ngroups - 1);
	if (s->nvariants > 1)
		qsort(s->variants, s->nvariants, sizeof(*s->variants), by_variant_rank);
}
