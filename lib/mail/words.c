/* Takes structured header fields apart into words, tolerant of what is not closed. */
#include "mail/words.h"

#include <string.h>

void
md_words_blame(struct md_field_words *r, const char *fmt, ...)
{
	va_list args;

	if (r->fault[0] != '\0')
		return;
	va_start(args, fmt);
	r->fault = md_vprintf(r->mem, fmt, args);
	va_end(args);
}

bool
md_words_next_is(const struct md_field_words *r, char c)
{
	return r->s.len > 0 && r->s.p[0] == c;
}

/* An octet 0 is in every set, and a blank: a C string cannot hold it. */
static bool
next_is_one_of(const struct md_field_words *r, const char *set)
{
	return r->s.len > 0 && strchr(set, r->s.p[0]) != NULL; /* its final NUL included */
}

char
md_words_octet(struct md_field_words *r)
{
	const char c = r->s.p[0];

	r->s = md_str_skip(r->s, 1);
	return c;
}

bool
md_words_take(struct md_field_words *r, char c)
{
	return md_words_next_is(r, c) && md_words_octet(r) == c;
}

/* Adds an octet as it is meant: folds are not, a backslash quotes (RFC 5322 3.2.1, 3.2.2). */
static void
take_quoted_octet(struct md_field_words *r, struct md_buf *out)
{
	char c = md_words_octet(r);

	if (c == '\\' && r->s.len > 0)
		c = md_words_octet(r);
	if (c != '\r' && c != '\n' && c != '\0')
		md_buf_addc(out, c);
}

/* RFC 5322 3.2.2: comments nest.  The text of a comment without its outer parentheses. */
static void
take_comment(struct md_field_words *r)
{
	struct md_buf text = { .mem = r->mem };
	size_t depth = 0;

	do {
		depth += md_words_next_is(r, '(');
		depth -= md_words_next_is(r, ')');
		take_quoted_octet(r, &text);
	} while (depth > 0 && r->s.len > 0);
	if (depth > 0)
		md_words_blame(r, "a comment is not closed");
	if (r->comment[0] == '\0' && text.len > 0)
		r->comment = md_strndup(r->mem, text.p + 1, text.len - (depth > 0 ? 1 : 2));
}

void
md_words_skip(struct md_field_words *r)
{
	for (;;) {
		if (md_words_next_is(r, '('))
			take_comment(r);
		else if (next_is_one_of(r, " \t\r\n"))
			r->s = md_str_skip(r->s, 1);
		else
			return;
	}
}

/* RFC 5322 3.2.4. */
static void
take_quoted(struct md_field_words *r, struct md_buf *out)
{
	md_words_take(r, '"');
	while (r->s.len > 0 && !md_words_next_is(r, '"'))
		take_quoted_octet(r, out);
	if (!md_words_take(r, '"'))
		md_words_blame(r, "a quoted value is not closed");
}

const char *
md_words_value(struct md_field_words *r)
{
	struct md_buf out = { .mem = r->mem };

	while (r->s.len > 0 && !next_is_one_of(r, " \t\r\n();"))
		if (md_words_next_is(r, '"'))
			take_quoted(r, &out);
		else
			md_buf_addc(&out, md_words_octet(r));
	return md_buf_str(&out);
}

void
md_words_keyword(struct md_field_words *r, struct md_buf *out)
{
	while (r->s.len > 0 && !next_is_one_of(r, " \t\r\n();=\"")) {
		md_buf_addc(out, md_lower(md_words_octet(r)));
	}
}
