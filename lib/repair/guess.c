/* Adds a guess to those of a field, and takes values out of the message. */
#include "repair/guess.h"

#include <stdarg.h>

#include "base/arena.h"
#include "repair/budget.h"

bool
md_guess_pay(struct md_guesses *g, size_t octets)
{
	return g->budget == NULL ||
	       md_budget_spend(g->budget, MD_COST_GUESS + octets * MD_COST_WRITTEN);
}

bool
md_guess_room(const struct md_guesses *g)
{
	return g->n < MD_GUESSES_MOST && (g->budget == NULL || !g->budget->over);
}

void
md_guess_add_whole(struct md_guesses *g, enum md_guess_rank rank, struct md_str whole,
                   const char *what)
{
	MD_PUSH(g->mem, g->all, g->n,
	        ((struct md_guess){ .rank = rank, .whole = whole, .what = what }));
}

void
md_guess_add(struct md_guesses *g, enum md_guess_rank rank, struct md_str value,
             const char *fmt, ...)
{
	struct md_buf whole = { .mem = g->mem };
	va_list args;

	if (!md_guess_room(g) || !md_guess_pay(g, g->name.len + value.len))
		return;
	md_buf_add(&whole, g->name);
	md_buf_addc(&whole, ':');
	md_buf_add(&whole, value);
	va_start(args, fmt);
	md_guess_add_whole(g, rank, md_buf_view(&whole), md_vprintf(g->mem, fmt, args));
	va_end(args);
}

struct md_str
md_guess_without(struct md_arena *mem, struct md_str value, size_t at, size_t len)
{
	struct md_buf text = { .mem = mem };

	md_buf_add(&text, (struct md_str){ value.p, at });
	md_buf_add(&text, md_str_skip(value, at + len));
	return md_buf_view(&text);
}

/* ---- the MIME part inside ---- */

/* The line at p with its folds, without its end; *next: octets to the line after it. */
static struct md_str
logical_line(struct md_str s, size_t *next)
{
	size_t n = 0;

	do {
		n += md_str_find(md_str_skip(s, n), '\n');
		n += n < s.len;
	} while (n > 0 && n < s.len && (s.p[n] == ' ' || s.p[n] == '\t'));
	*next = n;
	return md_str_trim((struct md_str){ s.p, n }, "\r\n");
}

struct md_str
md_guess_inner(const struct md_message *m, const char *name)
{
	struct md_str rest = m->body;
	bool inside = false;

	if (rest.len > 8192)
		rest.len = 8192;
	for (size_t next; rest.len > 0; rest = md_str_skip(rest, next)) {
		const struct md_str line = logical_line(rest, &next);
		const size_t colon = md_str_find(line, ':');

		if (!inside) {
			inside = line.len > 2 && md_str_starts(line, "--");
			continue;
		}
		if (line.len == 0)
			break;
		if (md_str_eq_nocase((struct md_str){ line.p, colon }, name))
			return md_str_skip(line, colon + 1);
	}
	return (struct md_str){ NULL, 0 };
}
