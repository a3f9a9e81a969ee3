/* Takes address lists apart into words and specials (RFC 5322 3.2). */
#include "mail/address_pieces.h"

#include <string.h>

#include "base/arena.h"

/* ---- words and specials (RFC 5322 3.2) ---- */

/* The first fault is told: later ones are often its consequence. */
void
md_pieces_fault(struct md_pieces_scan *s, const char *clause)
{
	if (*s->fault == '\0')
		s->fault = clause;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_special(char c)
{
	return c != '\0' && strchr("()<>[]:;@\\,.\"", c) != NULL;
}

/*
 * The length of what stands between `open` at s.p[0] and its `close`, where a backslash takes
 * the next octet along; comments nest (3.2.2).  s.len - 1 when it does not end.
 */
static size_t
enclosed(struct md_str s, char open, char close, bool *ends)
{
	size_t depth = 1, i;

	for (i = 1; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == close && --depth == 0)
			break;
		else if (s.p[i] == open && open == '(')
			depth++;
	}
	*ends = i < s.len;
	return (i < s.len ? i : s.len) - 1;
}

/* Takes what is enclosed off the rest. */
static struct md_str
take_enclosed(struct md_pieces_scan *s, char close, const char *endless)
{
	bool ends;
	struct md_str inside = { s->rest.p + 1, 0 };

	inside.len = enclosed(s->rest, s->rest.p[0], close, &ends);
	s->rest = md_str_skip(s->rest, inside.len + 2);
	if (!ends)
		md_pieces_fault(s, endless);
	return inside;
}

/* Blanks, folds and comments (3.2.2); true when there were any. */
static bool
skip_blanks(struct md_pieces_scan *s)
{
	const size_t before = s->rest.len;

	while (s->rest.len > 0) {
		if (s->rest.p[0] == '(')
			s->comment = take_enclosed(s, ')', "a comment that does not end");
		else if (is_blank(s->rest.p[0]))
			s->rest = md_str_skip(s->rest, 1);
		else
			break;
	}
	return s->rest.len < before;
}

static struct md_str
take_atom(struct md_pieces_scan *s)
{
	struct md_str atom = { s->rest.p, 0 };

	while (atom.len < s->rest.len && !is_special(atom.p[atom.len]) &&
	       !is_blank(atom.p[atom.len])) {
		const unsigned char c = (unsigned char)atom.p[atom.len++];

		if (c < ' ' || c == 0x7f)
			md_pieces_fault(s, "a control character");
	}
	s->rest = md_str_skip(s->rest, atom.len);
	return atom;
}

void
md_pieces_advance(struct md_pieces_scan *s)
{
	struct md_piece *next = &s->next;

	*next = (struct md_piece){ .kind = MD_END };
	next->spaced = skip_blanks(s);
	next->raw.p = s->rest.p;
	if (s->rest.len == 0)
		return;
	if (s->rest.p[0] == '"') {
		next->kind = MD_QUOTED;
		next->raw = take_enclosed(s, '"', "a quoted string that does not end");
	} else if (s->rest.p[0] == '[') {
		next->kind = MD_LITERAL;
		next->raw = take_enclosed(s, ']', "a domain literal that does not end");
	} else if (is_special(s->rest.p[0])) {
		next->kind = (unsigned char)s->rest.p[0];
		next->raw.len = 1;
		s->rest = md_str_skip(s->rest, 1);
	} else {
		next->kind = MD_ATOM;
		next->raw = take_atom(s);
	}
}

bool
md_piece_is_word(const struct md_piece *p)
{
	return p->kind == MD_ATOM || p->kind == MD_QUOTED;
}

/* ---- what pieces say ---- */

struct md_pieces
md_pieces_part(struct md_pieces all, size_t from, size_t to)
{
	return (struct md_pieces){ all.p + from, to - from };
}

/* Without escapes and folds (3.2.1, 2.2.3); a NUL, which no C string holds, is U+FFFD. */
static void
add_text(struct md_buf *out, const struct md_piece *p)
{
	for (size_t i = 0; i < p->raw.len; i++) {
		if (p->raw.p[i] == '\\' && p->kind != '\\' && i + 1 < p->raw.len)
			i++;
		if (p->raw.p[i] == '\0')
			md_buf_printf(out, "\xef\xbf\xbd");
		else if (p->raw.p[i] != '\r' && p->raw.p[i] != '\n')
			md_buf_addc(out, p->raw.p[i]);
	}
}

/* As it would be written without blanks and comments: quotes and brackets stay. */
static void
add_written(struct md_buf *out, const struct md_piece *p)
{
	const char *around = p->kind == MD_QUOTED    ? "\"\""
	                     : p->kind == MD_LITERAL ? "[]"
	                                             : NULL;

	if (around != NULL)
		md_buf_addc(out, around[0]);
	for (size_t i = 0; i < p->raw.len; i++)
		if (p->raw.p[i] == '\0')
			md_buf_printf(out, "\xef\xbf\xbd");
		else if (p->raw.p[i] != '\r' && p->raw.p[i] != '\n')
			md_buf_addc(out, p->raw.p[i]);
	if (around != NULL)
		md_buf_addc(out, around[1]);
}

static const char *
joined(struct md_arena *mem, struct md_pieces all, bool blanks,
       void (*add)(struct md_buf *, const struct md_piece *))
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < all.n; i++) {
		if (blanks && all.p[i].spaced && out.len > 0)
			md_buf_addc(&out, ' ');
		add(&out, &all.p[i]);
	}
	return md_buf_str(&out);
}

size_t
md_pieces_count(struct md_pieces all, int kind)
{
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		n += all.p[i].kind == kind;
	return n;
}

size_t
md_pieces_find(struct md_pieces all, int kind)
{
	size_t i = 0;

	while (i < all.n && all.p[i].kind != kind)
		i++;
	return i;
}

bool
md_pieces_at(const struct md_pieces_scan *s, const char *specials)
{
	const int kind = s->next.kind;

	return kind == MD_END || (kind > MD_LITERAL && strchr(specials, kind) != NULL);
}

/* A limit is told before all else: it is the reason that an author is not known. */
static void
pass_over(struct md_pieces_scan *s)
{
	s->cut = true;
	s->fault = "an address or name of more than 1000 words";
}

/* The next piece becomes number n of its element. */
static void
keep(struct md_pieces_scan *s, size_t n)
{
	if (n == s->room)
		MD_PUSH(s->mem, s->pieces, s->room, s->next);
	else
		s->pieces[n] = s->next;
}

struct md_pieces
md_pieces_until(struct md_pieces_scan *s, const char *until)
{
	struct md_pieces all = { .n = 0 };

	while (!md_pieces_at(s, until)) {
		if (s->next.kind == ')' || s->next.kind == ']' || s->next.kind == '\\')
			md_pieces_fault(s, "a stray bracket or backslash");
		if (all.n < MD_PIECES_MOST)
			keep(s, all.n++);
		else if (!s->cut)
			pass_over(s);
		md_pieces_advance(s);
	}
	all.p = s->pieces;
	return all;
}

const char *
md_pieces_text(struct md_arena *mem, struct md_pieces all, bool blanks)
{
	return joined(mem, all, blanks, add_text);
}

const char *
md_pieces_written(struct md_arena *mem, struct md_pieces all)
{
	return joined(mem, all, false, add_written);
}
