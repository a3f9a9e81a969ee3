/* Hashes what a body may have been, and pays for it. */
#include "repair/trial.h"

#include <string.h>

#include "base/arena.h"

static size_t
count_lines(struct md_str text)
{
	size_t n = 1;

	for (const char *p = text.p, *end = p + text.len;
	     p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		n++;
	return n;
}

bool
md_trial_lines(struct md_mend *m, struct md_arena *mem, enum md_canon canon, struct md_str body,
               struct md_body_lines *lines)
{
	if (!md_budget_spend(m->budget, body.len) ||
	    !md_budget_spend(m->budget, body.len + count_lines(body) * MD_COST_LINE))
		return false;
	*lines = md_body_lines_make(mem, canon, body);
	return true;
}

struct md_trial
md_trial_new(const struct md_mend *m)
{
	struct md_trial t = { .left = m->signature->has_l ? m->signature->l : UINT64_MAX };

	md_hashing_begin(&t.digest, m->ring, m->hash);
	return t;
}

struct md_trial
md_trial_copy(const struct md_trial *from)
{
	struct md_trial t = { .left = from->left };

	md_hashing_copy(&t.digest, &from->digest);
	return t;
}

void
md_trial_add(struct md_trial *t, struct md_str octets)
{
	const size_t n = octets.len < t->left ? octets.len : (size_t)t->left;

	md_hashing_add(&t->digest, octets.p, n);
	if (t->left != UINT64_MAX)
		t->left -= n;
}

void
md_trial_drop(struct md_trial *t)
{
	unsigned char unused[MD_HASH_MOST];

	md_hashing_end(&t->digest, unused);
}

bool
md_trial_matches(struct md_mend *m, struct md_trial *t)
{
	const struct md_dkim_signature *s = m->signature;
	unsigned char hash[MD_HASH_MOST];
	const size_t n = md_hashing_end(&t->digest, hash);

	m->tried++;
	return (!s->has_l || t->left == 0) && n == s->nbody_hash &&
	       memcmp(hash, s->body_hash, n) == 0;
}

bool
md_trial_text(struct md_mend *m, struct md_str text)
{
	struct md_trial t;

	if (!md_budget_spend(m->budget, text.len + MD_COST_TRIAL))
		return false;
	t = md_trial_new(m);
	md_trial_add(&t, text);
	if (!md_trial_matches(m, &t))
		return false;
	m->body = text;
	return true;
}

bool
md_trial_end(struct md_mend *m, const struct md_body_lines *lines, size_t top, size_t *end)
{
	struct md_trial all = md_trial_new(m);
	size_t fed = top;
	bool found = false;

	for (size_t i = top; i < lines->n && !found; i++) {
		const struct md_str more = md_body_lines_range(lines, fed, i + 1);
		struct md_trial one;

		if (md_body_lines_empty(lines, i))
			continue;
		if (!md_budget_spend(m->budget, more.len + MD_COST_TRIAL))
			break;
		md_trial_add(&all, more);
		fed = i + 1;
		one = md_trial_copy(&all);
		found = md_trial_matches(m, &one);
	}
	md_trial_drop(&all);
	*end = fed;
	if (found)
		m->body = md_body_lines_range(lines, top, fed);
	return found;
}

bool
md_trial_gap(struct md_mend *m, const struct md_body_lines *lines,
             const struct md_trial *before, const struct md_body_gap *gap)
{
	const struct md_str front = md_body_lines_range(lines, 0, gap->from);
	const struct md_str behind = md_body_lines_range(lines, gap->to, lines->filled);
	struct md_buf whole = { .mem = m->mem };
	struct md_trial t;

	if (!md_budget_spend(m->budget, gap->instead[0].len + gap->instead[1].len + behind.len +
	                                        MD_COST_TRIAL))
		return false;
	t = md_trial_copy(before);
	md_trial_add(&t, gap->instead[0]);
	md_trial_add(&t, gap->instead[1]);
	md_trial_add(&t, behind);
	if (!md_trial_matches(m, &t))
		return false;
	md_buf_add(&whole, front);
	md_buf_add(&whole, gap->instead[0]);
	md_buf_add(&whole, gap->instead[1]);
	md_buf_add(&whole, behind);
	m->body = md_buf_view(&whole);
	return true;
}
