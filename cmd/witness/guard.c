/*
 * What libspf2 must not see, for it writes beyond its buffers.
 *
 * It compiles a macro-string into pieces: four octets for a macro, four and the text in whole
 * fours for what stands between two.  Into the 511 octets that it has for an explanation it
 * writes a piece before it looks whether there is room.  A blank in there is to it what a
 * percent sign is.
 */
#include "guard.h"

enum {
	MOST_MACROS = 100,
	MOST_TEXT = 450,
	MOST_COMPILED = 480, /* of 511: no single step gets from here beyond the end */
	PIECE = 4,
};

struct measure {
	unsigned macros;
	size_t compiled; /* octets of pieces that are finished */
	size_t literal;  /* octets of the one that is not */
};

static void
finish_literal(struct measure *m)
{
	if (m->literal > 0)
		m->compiled += PIECE + (m->literal + PIECE - 1) / PIECE * PIECE;
	m->literal = 0;
}

/* The octets of source that the next step takes. */
static size_t
step(struct measure *m, struct md_str rest)
{
	const bool escape = rest.p[0] == '%' || rest.p[0] == ' ';
	const char next = rest.len > 1 ? rest.p[1] : '\0';

	if (escape && next == '{') {
		finish_literal(m);
		m->macros++;
		m->compiled += PIECE;
		return md_str_find(rest, '}') + 1;
	}
	if (escape && (next == '%' || next == '_' || next == '-')) {
		m->literal += 3; /* of them %- is the longest */
		return 2;
	}
	m->literal++;
	return 1;
}

static struct measure
measure(struct md_str text)
{
	struct measure m = { 0 };

	while (text.len > 0)
		text = md_str_skip(text, step(&m, text));
	finish_literal(&m);
	return m;
}

bool
guard_explanation(struct md_str text)
{
	const struct measure m = measure(text);

	return m.macros <= MOST_MACROS && text.len <= MOST_TEXT && m.compiled <= MOST_COMPILED;
}

bool
guard_record(struct md_str record)
{
	unsigned macros = 0;
	struct md_str term;

	while (md_str_cut(&record, ' ', &term)) {
		const struct measure m = measure(term);

		macros += m.macros;
		if (macros > MOST_MACROS || (m.macros > 0 && term.len > MOST_TEXT))
			return false;
	}
	return true;
}
