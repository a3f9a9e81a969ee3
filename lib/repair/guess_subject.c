/* What a Subject may have been: without the tag of a list or filter, or encoded otherwise. */
#include <string.h>

#include "base/arena.h"
#include "repair/field.h"
#include "repair/words.h"

enum { WORDS_IN_FRONT = 6, WORDS_BEHIND = 4 };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t
blanks_at(struct md_str s, size_t at)
{
	size_t n = at;

	while (n < s.len && is_blank(s.p[n]))
		n++;
	return n - at;
}

/* What a mark in a subject is. */
static const char *
marked_by(struct md_str mark)
{
	const struct md_str word = md_str_trim(mark, " \t\r\n[]*{}():-_!");

	if (md_str_starts_nocase(word, "spam") || md_str_starts_nocase(word, "junk"))
		return ", the mark of a spam filter,";
	if (md_str_starts_nocase(word, "ext"))
		return ", the mark for mail from outside,";
	if (mark.len > 0 && mark.p[0] == '[')
		return ", the tag of a mailing list,";
	return "";
}

static void
taken_out(struct md_guesses *g, struct md_str v, size_t at, size_t len)
{
	const struct md_str mark = { v.p + at, len };
	const size_t start = blanks_at(v, 0);
	const char *by = marked_by(mark);

	if (len == 0 || !md_guess_room(g))
		return;
	md_guess_add(g, *by != '\0' ? MD_GUESS_KNOWN : MD_GUESS_LIKELY,
	             md_guess_without(g->mem, v, at, len),
	             "%s%s was put %s Subject after signing", md_excerpt(g->mem, mark), by,
	             at <= start         ? "in front of the"
	             : at + len == v.len ? "at the end of the"
	                                 : "into the");
}

/* "[tag] " wherever it stands. */
static void
brackets(struct md_guesses *g, struct md_str v)
{
	for (size_t at = md_str_find(v, '['); at < v.len;
	     at += 1 + md_str_find(md_str_skip(v, at + 1), '[')) {
		const size_t len = md_str_find(md_str_skip(v, at), ']') + 1;

		if (at + len > v.len || !md_guess_room(g))
			return;
		taken_out(g, v, at, len + blanks_at(v, at + len));
		if (blanks_at(v, at + len) > 0)
			taken_out(g, v, at, len);
	}
}

static void
in_front(struct md_guesses *g, struct md_str v)
{
	const size_t start = blanks_at(v, 0);
	unsigned words = 0;

	for (size_t at = start; at < v.len && words < WORDS_IN_FRONT; at++) {
		const size_t n = blanks_at(v, at);

		if (v.p[at] == ':' && n == 0 && blanks_at(v, at + 1) == 0)
			taken_out(g, v, start, at + 1 - start);
		if (n == 0)
			continue;
		taken_out(g, v, start, at + n - start);
		words++;
		at += n - 1;
	}
}

static void
behind(struct md_guesses *g, struct md_str v)
{
	const struct md_str text = md_str_trim(v, " \t\r\n");
	size_t end = (size_t)(text.p + text.len - v.p);

	for (unsigned words = 0; end > 0 && words < WORDS_BEHIND; words++) {
		while (end > 0 && !is_blank(v.p[end - 1]))
			end--;
		while (end > 0 && is_blank(v.p[end - 1]))
			end--;
		if (end > 0)
			taken_out(g, v, end, v.len - end);
	}
}

/* "Re: " was taken off, or changed. */
static void
put_back(struct md_guesses *g, struct md_str v)
{
	static const char *const marks[] = { "Re: ", "RE: ", "Fwd: ", "FW: ", "Fw: ", "AW: " };
	const struct md_str text = md_str_trim(v, " \t\r\n");

	for (size_t i = 0; i < MD_COUNT(marks); i++) {
		struct md_buf value = { .mem = g->mem };

		md_buf_printf(&value, " %s", marks[i]);
		md_buf_add(&value, text);
		md_guess_add(g, MD_GUESS_FAIR, (struct md_str){ value.p, value.len },
		             "\"%s\" was taken off the Subject after signing", marks[i]);
	}
}

/* The same text in other encodings, with and without a tag inside the encoded words. */
static void
encoded(struct md_guesses *g, struct md_str v)
{
	const struct md_str text = md_encoded_words_decode(g->mem, v);
	const size_t end = md_str_find(text, ']');
	const size_t start = blanks_at(text, 0);

	md_encoded_words_guess(g, text, MD_GUESS_LIKELY,
	                       "the Subject was encoded anew after signing");
	if (end < text.len && text.len > start && text.p[start] == '[')
		md_encoded_words_guess(
		        g, md_str_skip(text, end + 1 + blanks_at(text, end + 1)),
		        MD_GUESS_KNOWN,
		        md_printf(
		                g->mem,
		                "%s was put in front of the Subject and all of it encoded anew "
		                "after signing",
		                md_excerpt(g->mem, (struct md_str){ text.p + start,
		                                                    end + 1 - start })));
}

void
md_guess_subject(struct md_guesses *g)
{
	struct md_str v = g->value;

	if (v.len > 2000)
		return;
	brackets(g, v);
	in_front(g, v);
	behind(g, v);
	encoded(g, v);
	put_back(g, v);
}
