/* Which records a zone leaves alone, by patterns of their labels, types and targets. */
#include "proposal/spared.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"

/* ---- patterns ---- */

/* A match on its way; hostile patterns would take for ever. */
struct glob {
	size_t steps;
};

enum { MOST_STEPS = 20000, DEEPEST = 100 };

static bool matches(struct glob *g, struct md_str pattern, struct md_str text, unsigned depth);

/* "[a-c]", "[!a]" */
static bool
in_set(struct md_str set, char c)
{
	const bool not = set.len > 0 && (set.p[0] == '!' || set.p[0] == '^');
	bool in = false;

	set = md_str_skip(set, not );
	for (size_t i = 0; i < set.len; i++) {
		if (i + 2 < set.len && set.p[i + 1] == '-') {
			in = in || (set.p[i] <= c && c <= set.p[i + 2]);
			i += 2;
		} else {
			in = in || set.p[i] == c;
		}
	}
	return in != not ;
}

/* "{a,b}" and what follows it. */
static bool
matches_choice(struct glob *g, struct md_str pattern, struct md_str text, unsigned depth)
{
	const size_t end = md_str_find(pattern, '}');
	struct md_str choices = { pattern.p + 1, end - 1 }, one;

	if (end == pattern.len)
		return false;
	pattern = md_str_skip(pattern, end + 1);
	while (md_str_cut(&choices, ',', &one))
		for (size_t n = 0; n <= text.len; n++)
			if (matches(g, one, (struct md_str){ text.p, n }, depth + 1) &&
			    matches(g, pattern, md_str_skip(text, n), depth + 1))
				return true;
	return false;
}

static bool
matches_star(struct glob *g, struct md_str pattern, struct md_str text, unsigned depth)
{
	const bool any = md_str_starts(pattern, "**");

	pattern = md_str_skip(pattern, any ? 2 : 1);
	for (size_t n = 0; n <= text.len; n++) {
		if (matches(g, pattern, md_str_skip(text, n), depth + 1))
			return true;
		if (n < text.len && !any && text.p[n] == '.')
			break;
	}
	return false;
}

static bool
matches(struct glob *g, struct md_str pattern, struct md_str text, unsigned depth)
{
	for (; pattern.len > 0; text = md_str_skip(text, 1)) {
		const char c = pattern.p[0];

		if (++g->steps > MOST_STEPS || depth > DEEPEST)
			return false;
		if (c == '*')
			return matches_star(g, pattern, text, depth);
		if (c == '{')
			return matches_choice(g, pattern, text, depth);
		if (text.len == 0)
			return false;
		if (c == '[') {
			const size_t end = md_str_find(pattern, ']');

			if (end == pattern.len ||
			    !in_set((struct md_str){ pattern.p + 1, end - 1 }, text.p[0]))
				return false;
			pattern = md_str_skip(pattern, end + 1);
			continue;
		}
		if (c == '\\' && pattern.len > 1)
			pattern = md_str_skip(pattern, 1);
		if (c == '?' ? text.p[0] == '.' : md_lower(pattern.p[0]) != md_lower(text.p[0]))
			return false;
		pattern = md_str_skip(pattern, 1);
	}
	return text.len == 0;
}

bool
md_glob(const char *pattern, const char *text)
{
	struct glob g = { 0 };

	return matches(&g, md_str(pattern), md_str(text), 0);
}

/* ---- records ---- */

static bool
has_type(const struct md_spared *s, uint16_t type)
{
	struct md_str rest = md_str(s->types), word;

	if (rest.len == 0 || md_str_eq(rest, "*"))
		return true;
	while (md_str_cut(&rest, ',', &word))
		if (md_type_find(md_str_trim(word, " ")) == type)
			return true;
	return false;
}

/* "@", "www", "a.b" of a name in the zone. */
static bool
has_label(const struct md_spared *s, const char *apex, const char *name)
{
	enum { LONGEST = 4 * 255 + 1 }; /* RFC 1035 2.3.4, all of it escaped */
	char label[LONGEST];
	const size_t n = strlen(name), below = strlen(apex) + 1;

	if (s->label[0] == '\0')
		return true;
	if (n < below)
		return md_glob(s->label, "@");
	if (n - below >= LONGEST)
		return false;
	memcpy(label, name, n - below);
	label[n - below] = '\0';
	return md_glob(s->label, label);
}

bool
md_spares(const struct md_spared *s, size_t n, const char *apex, const char *name,
          uint16_t type)
{
	for (size_t i = 0; i < n; i++)
		if ((has_type(&s[i], type) || has_type(&s[i], MD_CNAME)) &&
		    has_label(&s[i], apex, name))
			return true;
	return false;
}

/* A target with its final dot, or what else the record says. */
static const char *
target_of(struct md_arena *mem, const struct md_rr *rr)
{
	switch (rr->type) {
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		return md_printf(mem, "%s.", rr->name);
	case MD_MX:
		return md_printf(mem, "%s.", rr->mx.exchange);
	case MD_TXT:
		return md_strndup(mem, rr->txt.joined.p, rr->txt.joined.len);
	default:
		return md_rr_text(mem, rr);
	}
}

bool
md_spares_record(struct md_arena *mem, const struct md_spared *s, size_t n, const char *apex,
                 const struct md_rr *rr)
{
	for (size_t i = 0; i < n; i++)
		if (has_type(&s[i], rr->type) && has_label(&s[i], apex, rr->owner) &&
		    (s[i].target[0] == '\0' || md_glob(s[i].target, target_of(mem, rr))))
			return true;
	return false;
}
