/* The same field laid out otherwise: folds, blanks, the case of its name. */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "repair/field.h"

enum { FOLDS_MOST = 100 };

/* Adds one that keeps the content; `what` is that of the guess, if it is one. */
static void
add(struct md_guesses *g, const struct md_guess *of, struct md_str whole, const char *what)
{
	const bool alone = of->what[0] == '\0';

	if (!md_guess_room(g) || !md_guess_pay(g, whole.len))
		return;
	md_guess_add_whole(
	        g, alone ? MD_GUESS_LIKELY : of->rank, whole,
	        alone ? md_printf(g->mem, "%.*s %s after signing", MD_FMT(g->name), what)
	              : md_printf(g->mem, "%s; besides it %s", of->what, what));
}

static struct md_str
of_buf(const struct md_buf *b)
{
	return md_buf_view(b);
}

/*
 * Every CRLF and the blanks after it replaced; NULL: only the CRLF taken out (RFC 5322 2.2.3).
 * Blanks in front of the CRLF go, too, or stay.
 */
static struct md_str
with_folds(struct md_arena *mem, struct md_str s, const char *fold, bool stay)
{
	struct md_buf out = { .mem = mem };

	for (size_t n; s.len > 0; s = md_str_skip(s, n)) {
		n = md_str_find(s, '\r');
		md_buf_add(&out, (struct md_str){ s.p, n });
		if (!md_str_starts(md_str_skip(s, n), "\r\n")) {
			md_buf_add(&out, (struct md_str){ s.p + n, n < s.len });
			n++;
			continue;
		}
		n += 2;
		if (fold == NULL)
			continue;
		while (n < s.len && (s.p[n] == ' ' || s.p[n] == '\t'))
			n++;
		while (!stay && out.len > 0 && out.p[out.len - 1] == ' ')
			out.len--;
		md_buf_add(&out, md_str(fold));
	}
	return of_buf(&out);
}

/* Folded at the last blank before each `width` octets.  One pass. */
static struct md_str
wrapped(struct md_arena *mem, struct md_str s, size_t width, char lead)
{
	struct md_buf out = { .mem = mem };
	size_t line = 0, first = md_str_find(s, ':') + 2;

	for (size_t i = 0, word; i < s.len; i += word) {
		const bool blank = s.p[i] == ' ' && i >= first;

		/* the octet at i, and what follows up to the next blank */
		word = 1 + md_str_find(md_str_skip(s, i + 1), ' ');
		if (blank && line + word > width) {
			md_buf_add(&out, md_str("\r\n"));
			md_buf_addc(&out, lead);
			md_buf_add(&out, (struct md_str){ s.p + i + 1, word - 1 });
			line = word;
		} else {
			md_buf_add(&out, (struct md_str){ s.p + i, word });
			line += word;
		}
	}
	return of_buf(&out);
}

/* Folded after each of these characters of the value (and the blank behind it). */
static struct md_str
folded_after(struct md_arena *mem, struct md_str s, char mark, const char *fold)
{
	const size_t colon = md_str_find(s, ':'); /* names hold any mark (RFC 5322 2.2) */
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s.len; i++) {
		md_buf_addc(&out, s.p[i]);
		if (s.p[i] != mark || i < colon || i + 1 == s.len)
			continue;
		while (i + 1 < s.len && s.p[i + 1] == ' ')
			i++;
		md_buf_add(&out, md_str(fold));
	}
	return of_buf(&out);
}

static void
folds(struct md_guesses *g, const struct md_guess *of)
{
	static const char *const leads[] = { " ",      "\r\n ",    "\r\n\t",
		                             "\r\n  ", "\r\n    ", "\r\n        " };
	static const char *const lists[] = { "\r\n ", "\r\n\t", "\r\n  ", "\r\n    ",
		                             "\r\n        " };
	static const size_t widths[] = { 78, 76, 72, 77, 79, 70, 75 };
	static const char refolded[] = "was folded otherwise";
	struct md_arena *mem = g->mem;
	const struct md_str flat = with_folds(mem, of->whole, " ", false);
	struct md_buf under = { .mem = mem };

	add(g, of, with_folds(mem, of->whole, NULL, false), refolded);
	for (size_t i = 0; i < MD_COUNT(leads) && md_guess_room(g); i++) {
		add(g, of, with_folds(mem, of->whole, leads[i], false), refolded);
		add(g, of, with_folds(mem, of->whole, leads[i], true), refolded);
	}
	for (size_t i = 0; i < MD_COUNT(lists) && md_guess_room(g); i++) {
		add(g, of, folded_after(mem, flat, ',', lists[i]), refolded);
		add(g, of, folded_after(mem, flat, ';', lists[i]), refolded);
	}
	for (size_t i = 0; i < MD_COUNT(widths) && md_guess_room(g); i++) {
		add(g, of, wrapped(mem, flat, widths[i], ' '), refolded);
		add(g, of, wrapped(mem, flat, widths[i], '\t'), refolded);
	}
	md_buf_add(&under, g->name);
	md_buf_add(&under, md_str(":\r\n "));
	md_buf_add(&under, md_str_trim(md_str_skip(flat, md_str_find(flat, ':') + 1), " \t"));
	add(g, of, of_buf(&under), refolded);
}

/* One fold, at any blank. */
static void
one_fold(struct md_guesses *g, const struct md_guess *of)
{
	const struct md_str flat = with_folds(g->mem, of->whole, " ", false);
	unsigned tried = 0;

	for (size_t i = md_str_find(flat, ':') + 2; i < flat.len && tried < FOLDS_MOST; i++) {
		static const char *const folds[] = { "\r\n ", "\r\n\t" };

		for (size_t k = 0; k < 2 && flat.p[i] == ' ' && md_guess_room(g);
		     k++, tried++) {
			struct md_buf out = { .mem = g->mem };

			md_buf_add(&out, (struct md_str){ flat.p, i });
			md_buf_add(&out, md_str(folds[k]));
			md_buf_add(&out, md_str_skip(flat, i + 1));
			add(g, of, of_buf(&out), "was folded otherwise");
		}
	}
}

/* Blanks in front of the value and behind it. */
static void
blanks(struct md_guesses *g, const struct md_guess *of)
{
	static const char *const fronts[] = { "", " ", "  ", "\t" };
	static const char *const ends[] = { "", " ", "  " };
	const struct md_str value =
	        md_str_trim(md_str_skip(of->whole, md_str_find(of->whole, ':') + 1), " \t");

	for (size_t i = 0; i < MD_COUNT(fronts); i++)
		for (size_t k = 0; k < MD_COUNT(ends) && md_guess_room(g); k++) {
			struct md_buf out = { .mem = g->mem };

			md_buf_add(&out, g->name);
			md_buf_addc(&out, ':');
			md_buf_add(&out, md_str(fronts[i]));
			md_buf_add(&out, value);
			md_buf_add(&out, md_str(ends[k]));
			add(g, of, of_buf(&out), "got or lost blanks around its value");
		}
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static void
named(struct md_guesses *g, const struct md_guess *of, const char *name)
{
	const struct md_str rest = md_str_skip(of->whole, g->name.len);
	struct md_buf out = { .mem = g->mem };

	if (!md_guess_room(g))
		return;
	md_buf_add(&out, md_str(name));
	md_buf_add(&out, rest);
	add(g, of, of_buf(&out), "had its name written otherwise (capital letters)");
}

/* Message-ID, Message-Id, message-id, MESSAGE-ID. */
static void
names(struct md_guesses *g, const struct md_guess *of)
{
	static const char *const odd[] = { "Message-ID",  "MIME-Version", "DKIM-Signature",
		                           "List-ID",     "Content-ID",   "CC",
		                           "In-Reply-to", "Reply-to",     "X-MIME-Version" };
	char *title = md_str_lower(g->mem, g->name);

	named(g, of, md_strdup(g->mem, title));
	for (size_t i = 0; title[i] != '\0'; i++)
		if (i == 0 || title[i - 1] == '-')
			title[i] = upper(title[i]);
	named(g, of, md_strdup(g->mem, title));
	for (size_t i = 0; title[i] != '\0'; i++)
		title[i] = upper(title[i]);
	named(g, of, title);
	for (size_t i = 0; i < MD_COUNT(odd); i++)
		if (md_str_eq_nocase(g->name, odd[i]))
			named(g, of, odd[i]);
}

void
md_guess_layouts(struct md_guesses *g)
{
	const size_t contents = g->n;
	struct md_buf whole = { .mem = g->mem };
	struct md_guess own = { .rank = MD_GUESS_LIKELY, .what = "" };

	md_buf_add(&whole, g->name);
	md_buf_addc(&whole, ':');
	md_buf_add(&whole, g->value);
	own.whole = of_buf(&whole);
	if (own.whole.len > 8192)
		return;
	folds(g, &own);
	one_fold(g, &own);
	blanks(g, &own);
	names(g, &own);
	for (size_t i = 0; i < contents; i++) {
		const struct md_guess of = g->all[i]; /* the array moves as it grows */

		if (of.rank > MD_GUESS_KNOWN || !md_guess_room(g))
			continue;
		add(g, &of, with_folds(g->mem, of.whole, " ", false), "was folded otherwise");
		add(g, &of, wrapped(g->mem, with_folds(g->mem, of.whole, " ", false), 78, ' '),
		    "was folded otherwise");
		add(g, &of, wrapped(g->mem, with_folds(g->mem, of.whole, " ", false), 76, ' '),
		    "was folded otherwise");
		add(g, &of, wrapped(g->mem, with_folds(g->mem, of.whole, " ", false), 78, '\t'),
		    "was folded otherwise");
	}
}

/* ---- cut lines ---- */

/*
 * RFC 5322 2.1.1: a line has at most 998 octets.  Servers cut what is longer, wherever that is,
 * with CRLF and a blank; lines that were folded anew afterwards no longer show how long it was.
 */
enum { CUT_LINE = 900, CUTS_MOST = 40 };

/* Which folds are none: that of this number, or those after lines of this length. */
struct cuts {
	size_t fold, length;
	size_t blanks; /* that go with the CRLF, at most */
};

/* The folds that are meant, taken out; false: there is none of them. */
static bool
joined(struct md_buf *out, struct md_str s, const struct cuts *cuts)
{
	bool any = false;
	size_t fold = 0;

	for (size_t n, line; s.len > 0; s = md_str_skip(s, n), fold++) {
		line = md_str_find(s, '\n');
		n = line < s.len ? line + 1 : line;
		if (n >= s.len || line == 0 || s.p[line - 1] != '\r' ||
		    (fold != cuts->fold && line < cuts->length)) {
			md_buf_add(out, (struct md_str){ s.p, n });
			continue;
		}
		any = true;
		md_buf_add(out, (struct md_str){ s.p, line - 1 });
		for (size_t k = 0;
		     k < cuts->blanks && n < s.len && (s.p[n] == ' ' || s.p[n] == '\t'); k++)
			n++;
	}
	return any;
}

static bool
guess_joined(struct md_guesses *g, struct md_str whole, enum md_guess_rank rank,
             const struct cuts *cuts)
{
	struct md_buf was = { .mem = g->mem };

	if (!md_guess_room(g) || !joined(&was, whole, cuts) || !md_guess_pay(g, was.len))
		return false;
	md_guess_add_whole(g, rank, of_buf(&was),
	                   md_printf(g->mem,
	                             "%.*s was cut in the middle of a word after signing, as "
	                             "servers do with lines longer than 998 octets",
	                             MD_FMT(g->name)));
	return true;
}

void
md_guess_cut(struct md_guesses *g)
{
	static const struct cuts tried[] = { { SIZE_MAX, CUT_LINE, 1 },
		                             { SIZE_MAX, CUT_LINE, SIZE_MAX },
		                             { SIZE_MAX, 0, 1 },
		                             { SIZE_MAX, 0, SIZE_MAX } };
	struct md_buf whole = { .mem = g->mem };

	if (memchr(g->value.p, '\n', g->value.len) == NULL)
		return;
	md_buf_add(&whole, g->name);
	md_buf_addc(&whole, ':');
	md_buf_add(&whole, g->value);
	for (size_t i = 0; i < MD_COUNT(tried); i++)
		guess_joined(g, of_buf(&whole), i < 2 ? MD_GUESS_KNOWN : MD_GUESS_FAIR,
		             &tried[i]);
	for (size_t i = 0; i < CUTS_MOST; i++)
		if (!guess_joined(g, of_buf(&whole), MD_GUESS_FAIR,
		                  &(struct cuts){ i, SIZE_MAX, 1 }))
			return;
}
