/* Taking a zone file apart into entries: quotes, comments, parentheses. */
#include "zone/entry.h"

#include <string.h>

/* The state between two octets of an entry. */
struct scan {
	size_t depth; /* of parentheses */
	bool quoted;
	bool blank; /* the last octet was blank */
};

static size_t
comment_length(struct md_str rest)
{
	return md_str_find(rest, '\n');
}

/* Copies one octet or escape to *to; returns how many it took, 0 at the entry's end. */
static size_t
scan_one(struct md_str rest, struct scan *s, char **to, struct md_zone_entry *e)
{
	const char c = rest.p[0];

	if (c == '\\' && rest.len > 1 && rest.p[1] != '\n') {
		*(*to)++ = c;
		*(*to)++ = rest.p[1];
		s->blank = false;
		return 2;
	}
	if (c == '\n' && (s->quoted || s->depth == 0))
		return 0;
	if (c == '"')
		s->quoted = !s->quoted;
	if (!s->quoted && c == ';') {
		e->glued_comment = e->glued_comment || !s->blank;
		e->comment = (struct md_str){ rest.p + 1, comment_length(rest) - 1 };
		return comment_length(rest);
	}
	if (!s->quoted && c == '(')
		s->depth++;
	if (!s->quoted && c == ')' && s->depth-- == 0)
		return 0;
	s->blank = !s->quoted && strchr(" \t\r\n()", c) != NULL;
	*(*to)++ = s->blank ? ' ' : c;
	return 1;
}

/* Where the next octets of an entry go: there is room for three. */
static char *
make_room(struct md_zone_reader *r, char *to)
{
	enum { FIRST = 1024 };
	const size_t used = (size_t)(to - r->flat);
	char *wider;

	if (used + 3 <= r->flat_room)
		return to;
	r->flat_room = r->flat_room > 0 ? 2 * r->flat_room : FIRST;
	wider = md_alloc(r->mem, r->flat_room);
	if (used > 0)
		memcpy(wider, r->flat, used);
	r->flat = wider;
	return wider + used;
}

bool
md_zone_entry_next(struct md_zone_reader *r, struct md_zone_entry *e)
{
	while (r->why == NULL && r->rest.len > 0) {
		struct scan s = { .blank = true };
		char *to = make_room(r, r->flat);
		size_t took = 1;

		*e = (struct md_zone_entry){ .line = r->line, .comment = { "", 0 } };
		while (took > 0 && r->rest.len > 0) {
			to = make_room(r, to);
			took = scan_one(r->rest, &s, &to, e);
			r->line += took == 1 && r->rest.p[0] == '\n';
			r->rest = md_str_skip(r->rest, took);
		}
		if (s.quoted)
			return md_zone_fail(r, r->line,
			                    "a quoted string has no end on its line");
		if (s.depth == (size_t)-1)
			return md_zone_fail(r, r->line, "\")\" without \"(\"");
		if (s.depth > 0)
			return md_zone_fail(r, e->line, "\"(\" without \")\"");
		r->line += r->rest.len > 0; /* the line feed that ended it */
		r->rest = md_str_skip(r->rest, 1);
		*to = '\0';
		e->text = (struct md_str){ r->flat, (size_t)(to - r->flat) };
		if (md_str_trim(e->text, " ").len > 0)
			return true;
	}
	return false;
}
