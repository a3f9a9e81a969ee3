/* Undoes what was done to every line of a file when it was saved. */
#include "mail/message_form.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/message.h"

size_t
md_message_colon(struct md_str line, size_t *name)
{
	size_t n = 0;

	while (n < line.len && line.p[n] > 0x20 && line.p[n] < 0x7f && line.p[n] != ':')
		n++;
	*name = n;
	while (n < line.len && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return *name > 0 && n < line.len && line.p[n] == ':' ? n : 0;
}

/* Takes a line off, its end included; *text: without LF or CRLF. */
static bool
take_line(struct md_str *rest, struct md_str *line, struct md_str *text)
{
	const size_t n = md_str_find(*rest, '\n') + 1;

	if (rest->len == 0)
		return false;
	*line = (struct md_str){ rest->p, n < rest->len ? n : rest->len };
	*text = *line;
	*rest = md_str_skip(*rest, n);
	if (text->len > 0 && text->p[text->len - 1] == '\n')
		text->len--;
	if (text->len < line->len && text->len > 0 && text->p[text->len - 1] == '\r')
		text->len--;
	return true;
}

/* One field may be chance ("Note: ..."); after so many lines of a header it is a message. */
enum { HEADER_LINES = 4 };

/* An empty line after a line, when all have one. */
static bool
pass_spacing(struct md_str *rest, bool spaced)
{
	struct md_str line, text;

	return !spaced || (take_line(rest, &line, &text) && text.len == 0);
}

/* Is the second line empty, and not the first?  Then it may be every second. */
static bool
may_be_double(struct md_str s)
{
	struct md_str line, text;

	while (take_line(&s, &line, &text))
		if (text.len > 0)
			return take_line(&s, &line, &text) && text.len == 0;
	return false;
}

static bool
is_front(struct md_str text)
{
	return text.len == 0 || md_str_starts(text, "From ") || md_str_starts(text, ">From ");
}

/* Empty lines and a "From " line may stand in front; what follows are fields and folds. */
static bool
begins_like_header(struct md_str s)
{
	const bool spaced = may_be_double(s);
	/* messages in messages are "Content-Type: message/rfc822" and an empty line, for ever
	 */
	bool varied = false;
	struct md_str line, text, first = { "", 0 };
	size_t n = 0, name;

	while (n < HEADER_LINES && take_line(&s, &line, &text)) {
		const bool fold =
		        n > 0 && (md_str_starts(text, " ") || md_str_starts(text, "\t"));

		if (n == 0 && text.len == 0)
			continue;
		if (!(n == 0 && is_front(text))) {
			if (!fold && md_message_colon(text, &name) == 0)
				return false;
			if (n++ == 0)
				first = text;
			varied = varied || fold ||
			         !md_str_starts_nocase(text, "Content-Type") ||
			         text.len != first.len;
		}
		if (n < HEADER_LINES && !pass_spacing(&s, spaced))
			return false;
	}
	return n == HEADER_LINES && varied;
}

/* The one way in which any of this is undone: it is told, and its octets are counted. */
static struct md_str
if_header(struct md_message *m, struct md_str was, struct md_str now, enum md_repair repair)
{
	if (!begins_like_header(now))
		return was;
	m->repairs |= repair;
	if (now.len < was.len)
		m->dropped += was.len - now.len;
	else
		m->added += now.len - was.len;
	return now;
}

/* ---- ends of lines ---- */

/* CRs in front of the LF that ends the line; SIZE_MAX: it has no end. */
static size_t
crs_of(struct md_str line)
{
	size_t n = 0;

	if (line.p[line.len - 1] != '\n')
		return SIZE_MAX;
	while (n + 1 < line.len && line.p[line.len - 2 - n] == '\r')
		n++;
	return n;
}

/*
 * A CRLF file that was written in text mode once more, or more than once: LF became CRLF each
 * time.  Every line has the same CRs too many, and may have had others of its own.
 */
static struct md_str
without_second_cr(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	struct md_str rest = s, line, text, now;
	size_t least = SIZE_MAX;
	char *copy;

	while (least > 1 && take_line(&rest, &line, &text))
		if (crs_of(line) < least)
			least = crs_of(line);
	if (least <= 1)
		return s;
	now = (struct md_str){ copy = md_alloc(mem, s.len), 0 };
	for (rest = s; take_line(&rest, &line, &text);) {
		const bool ends = line.p[line.len - 1] == '\n';
		const size_t n = ends ? line.len - 1 - least : line.len;

		memcpy(copy + now.len, line.p, n);
		now.len += n;
		memcpy(copy + now.len, "\r\n", ends ? 2 : 0);
		now.len += ends ? 2 : 0;
	}
	return if_header(m, s, now, MD_REPAIR_CR_CRLF);
}

/* Of a machine before 2001, or of an editor that was told so. */
static struct md_str
with_lf(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	char *copy = md_alloc(mem, 2 * s.len);
	struct md_str now = { copy, 0 };

	for (size_t i = 0; i < s.len; i++) {
		copy[now.len++] = s.p[i];
		if (s.p[i] == '\r')
			copy[now.len++] = '\n';
	}
	return if_header(m, s, now, MD_REPAIR_CR_ONLY);
}

/* ---- an empty line after each ---- */

static struct md_str
without_every_second(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	struct md_str rest = s, line, text, now;
	char *copy;

	while (take_line(&rest, &line, &text))
		if (take_line(&rest, &line, &text) && text.len > 0)
			return s;
	now = (struct md_str){ copy = md_alloc(mem, s.len), 0 };
	for (rest = s; take_line(&rest, &line, &text); take_line(&rest, &line, &text)) {
		memcpy(copy + now.len, line.p, line.len);
		now.len += line.len;
	}
	return if_header(m, s, now, MD_REPAIR_DOUBLE_SPACED);
}

/* ---- the same before each ---- */

/* What stands before the first line that says something: blanks, or "> ". */
static struct md_str
margin_of(struct md_str s)
{
	struct md_str line, text;
	size_t n = 0;

	do {
		if (!take_line(&s, &line, &text))
			return (struct md_str){ s.p, 0 };
		n = 0;
		while (n < text.len && (text.p[n] == ' ' || text.p[n] == '\t'))
			n++;
	} while (n == text.len);
	if (md_str_starts(text, "> "))
		n = 2;
	return (struct md_str){ text.p, n };
}

/* Is it before this line, too?  Editors take blanks off at the end of a line. */
static bool
has_margin(struct md_str text, struct md_str margin)
{
	const struct md_str bare = md_str_trim(margin, " \t");

	if (text.len >= margin.len && memcmp(text.p, margin.p, margin.len) == 0)
		return true;
	text = md_str_trim(text, " \t");
	return text.len == bare.len && memcmp(text.p, bare.p, text.len) == 0;
}

static struct md_str
without_margin(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	const struct md_str margin = margin_of(s);
	struct md_str rest = s, line, text, now;
	char *copy;

	if (margin.len == 0)
		return s;
	while (take_line(&rest, &line, &text))
		if (!has_margin(text, margin))
			return s;
	now = (struct md_str){ copy = md_alloc(mem, s.len), 0 };
	for (rest = s; take_line(&rest, &line, &text);) {
		line = md_str_skip(line, text.len < margin.len ? text.len : margin.len);
		memcpy(copy + now.len, line.p, line.len);
		now.len += line.len;
	}
	return if_header(m, s, now, MD_REPAIR_INDENTED);
}

/* ---- all of it ---- */

struct md_str
md_message_form(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	const size_t lf = md_str_find(s, '\n');

	if (lf == s.len && md_str_find(s, '\r') < s.len)
		s = with_lf(mem, m, s);
	else if (lf >= 2 && lf < s.len && s.p[lf - 1] == '\r' && s.p[lf - 2] == '\r')
		s = without_second_cr(mem, m, s);
	s = without_margin(mem, m, s);
	if (may_be_double(s))
		s = without_every_second(mem, m, s);
	return s;
}
