/* A mailing list or a server that puts its footer into the text and into the HTML of a message.
 */
#include "repair/footers.h"

#include <string.h>

#include "base/arena.h"
#include "repair/say.h"
#include "repair/trial.h"

/* Parts looked at; lines of a footer; places tried in a part. */
enum { PARTS_MOST = 3, FOOTER_LINES = 60, PLACES_MOST = 160 };

/* Lines [from, to) that may have been added. */
struct place {
	size_t from, to;
	bool likely;
};

struct part {
	size_t begin, end; /* lines of its content; at `end` stands a boundary */
	size_t n;
	struct place places[PLACES_MOST];
};

struct footers {
	struct md_mend *m;
	const struct md_body_lines *lines;
	bool likely; /* only places that look like the beginning of a footer */
	size_t n;
	struct part parts[PARTS_MOST];
	const struct place *taken[PARTS_MOST]; /* NULL: nothing was added to this part */
};

/* ---- parts, and places in them ---- */

static struct md_str
line(const struct footers *f, size_t i)
{
	return md_body_lines_range(f->lines, i, i + 1);
}

/* Do footers begin like this? */
static bool
begins_footer(struct md_str s)
{
	static const char *const begins[] = { "--",     "__",        "==",       "**",
		                              "~~",     "##",        "<hr",      "<p></p>",
		                              "<br",    "<div",      "<p>--",    "<pre",
		                              "<table", "You recei", "To unsub", "Um ",
		                              "This " };

	for (size_t i = 0; i < MD_COUNT(begins); i++)
		if (md_str_starts_nocase(s, begins[i]))
			return true;
	return false;
}

static void
add_places(const struct footers *f, struct part *p, size_t to)
{
	const size_t least = to > p->begin + FOOTER_LINES ? to - FOOTER_LINES : p->begin;
	bool likely = false;

	for (size_t from = to; from > least && p->n < PLACES_MOST; from--) {
		const struct md_str here = line(f, from - 1);

		/* an empty line goes with what follows it */
		if (here.len > 2)
			likely = begins_footer(here);
		p->places[p->n++] = (struct place){ from - 1, to, likely };
	}
}

/* Is this a line that ends a page? */
static bool
ends_page(struct md_str s)
{
	return md_str_starts_nocase(s, "</body") || md_str_starts_nocase(s, "</html");
}

static void
find_places(const struct footers *f, struct part *p)
{
	add_places(f, p, p->end);
	if (p->end > p->begin && md_body_lines_empty(f->lines, p->end - 1))
		add_places(f, p, p->end - 1);
	for (size_t i = p->end; i > p->begin && p->end - i < 10; i--)
		if (ends_page(line(f, i - 1)))
			add_places(f, p, i - 1);
}

static bool
is_boundary(const struct footers *f, size_t i)
{
	const struct md_str s = line(f, i);

	/* "-- " begins a signature */
	return md_str_starts(s, "--") && s.len > 5 && s.p[2] != ' ';
}

/* The parts that end at a boundary, from the first on. */
static void
find_parts(struct footers *f)
{
	const struct md_body_lines *lines = f->lines;

	for (size_t i = 0; i < lines->filled && f->n < PARTS_MOST; i++) {
		struct part *p = &f->parts[f->n];
		size_t at = i + 1;

		if (!is_boundary(f, i))
			continue;
		while (at < lines->filled && !md_body_lines_empty(lines, at) &&
		       !is_boundary(f, at))
			at++;
		if (at >= lines->filled || is_boundary(f, at))
			continue;
		*p = (struct part){ .begin = at + 1, .end = at + 1 };
		while (p->end < lines->filled && !is_boundary(f, p->end))
			p->end++;
		if (p->end == lines->filled)
			return;
		find_places(f, p);
		f->n++;
	}
}

/* ---- the search ---- */

/* Tries every choice for the parts from k on; `before` has the lines in front of `fed`. */
static bool
choose(struct footers *f, size_t k, const struct md_trial *before, size_t fed)
{
	const size_t until = k < f->n ? f->parts[k].begin : f->lines->filled;
	const struct md_str kept = md_body_lines_range(f->lines, fed, until);
	struct md_trial t;
	bool found;

	if (!md_budget_spend(f->m->budget, kept.len + MD_COST_TRIAL))
		return false;
	t = md_trial_copy(before);
	md_trial_add(&t, kept);
	if (k == f->n)
		return md_trial_matches(f->m, &t);
	f->taken[k] = NULL;
	found = choose(f, k + 1, &t, until);
	for (size_t i = 0; i < f->parts[k].n && !found && !f->m->budget->over; i++) {
		const struct place *p = &f->parts[k].places[i];
		const struct md_str more = md_body_lines_range(f->lines, until, p->from);
		struct md_trial with;

		if ((f->likely && !p->likely) ||
		    !md_budget_spend(f->m->budget, more.len + MD_COST_TRIAL))
			continue;
		with = md_trial_copy(&t);
		md_trial_add(&with, more);
		f->taken[k] = p;
		found = choose(f, k + 1, &with, p->to);
		md_trial_drop(&with);
	}
	md_trial_drop(&t);
	return found;
}

/* What it costs to try all places, about: the last part is hashed for each choice of the
 * others. */
static uint64_t
cost(const struct footers *f)
{
	uint64_t choices = 1;

	for (size_t k = 0; k < f->n; k++) {
		size_t n = 1;

		for (size_t i = 0; i < f->parts[k].n; i++)
			n += !f->likely || f->parts[k].places[i].likely;
		choices *= n;
	}
	return choices *
	       (f->lines->at[f->lines->filled] / (f->n + 1) + (size_t)2 * MD_COST_TRIAL);
}

static void
tell(struct footers *f)
{
	struct md_buf body = { .mem = f->m->mem };
	size_t fed = 0;

	for (size_t k = 0; k < f->n; k++) {
		if (f->taken[k] == NULL)
			continue;
		md_buf_add(&body, md_body_lines_range(f->lines, fed, f->taken[k]->from));
		fed = f->taken[k]->to;
		md_say_added(f->m, f->lines, f->taken[k]->from, f->taken[k]->to);
	}
	md_buf_add(&body, md_body_lines_range(f->lines, fed, f->lines->filled));
	f->m->body = md_buf_view(&body);
}

bool
md_mend_footers(struct md_mend *m, const struct md_body_lines *lines)
{
	struct footers f = { .m = m, .lines = lines };
	bool found = false;

	if (md_budget_spend(m->budget, lines->at[lines->filled]))
		find_parts(&f);
	for (unsigned pass = 0; pass < 2 && f.n > 0 && !found; pass++) {
		struct md_trial none = md_trial_new(m);

		f.likely = pass == 0;
		found = cost(&f) < md_budget_open(m->budget) / 2 && choose(&f, 0, &none, 0);
		md_trial_drop(&none);
	}
	if (found)
		tell(&f);
	return found;
}
