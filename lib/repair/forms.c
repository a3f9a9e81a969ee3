/* The ways in which mail programs have damaged whole bodies. */
#include <string.h>

#include "base/arena.h"
#include "repair/lines.h"

/* ---- one line after the other ---- */

/* Writes what a line was before; false: it was the same, whatever was written. */
typedef bool line_fn(struct md_buf *out, struct md_str line);

static bool
each_line(struct md_buf *out, const struct md_message *m, line_fn *undo)
{
	struct md_str body = m->body;
	bool changed = false;

	for (size_t next; body.len > 0; body = md_str_skip(body, next)) {
		const struct md_str line = md_body_lines_next(body, &next);

		const size_t begin = out->len;

		if (undo(out, line)) {
			changed = true;
		} else {
			out->len = begin;
			md_buf_add(out, line);
		}
		md_buf_add(out, md_str_skip((struct md_str){ body.p, next }, line.len));
	}
	return changed;
}

/* A line in front of which something is put, or without its first octet. */
static bool
with_front(struct md_buf *out, struct md_str line, const char *begins, const char *front)
{
	if (!md_str_starts(line, begins))
		return false;
	if (*front == '\0')
		line = md_str_skip(line, 1);
	md_buf_add(out, md_str(front));
	md_buf_add(out, line);
	return true;
}

static bool
dot_off(struct md_buf *out, struct md_str line)
{
	return with_front(out, line, "..", "");
}

static bool
dot_on(struct md_buf *out, struct md_str line)
{
	return with_front(out, line, ".", ".");
}

static bool
quote_off(struct md_buf *out, struct md_str line)
{
	return with_front(out, line, ">From ", "");
}

static bool
quote_on(struct md_buf *out, struct md_str line)
{
	return with_front(out, line, "From ", ">");
}

static bool
trailing_off(struct md_buf *out, struct md_str line)
{
	size_t n = line.len;

	while (n > 0 && (line.p[n - 1] == ' ' || line.p[n - 1] == '\t'))
		n--;
	md_buf_add(out, (struct md_str){ line.p, n });
	return n < line.len;
}

static bool
signature_blank(struct md_buf *out, struct md_str line)
{
	if (!md_str_eq(line, "--"))
		return false;
	md_buf_add(out, md_str("-- "));
	return true;
}

/* Tabs as blanks: up to the next of 8 columns, or 4, or one. */
static bool
untab(struct md_buf *out, struct md_str line, size_t width)
{
	const size_t begin = out->len;
	bool changed = false;

	for (size_t i = 0; i < line.len; i++) {
		if (line.p[i] != '\t') {
			md_buf_addc(out, line.p[i]);
			continue;
		}
		do
			md_buf_addc(out, ' ');
		while ((out->len - begin) % width != 0);
		changed = true;
	}
	return changed;
}

static bool
tab_8(struct md_buf *out, struct md_str line)
{
	return memchr(line.p, '\t', line.len) != NULL && untab(out, line, 8);
}

static bool
tab_1(struct md_buf *out, struct md_str line)
{
	return memchr(line.p, '\t', line.len) != NULL && untab(out, line, 1);
}

/* Eight blanks in front were a tab. */
static bool
tab_back(struct md_buf *out, struct md_str line)
{
	bool changed = false;

	while (md_str_starts(line, "        ")) {
		md_buf_addc(out, '\t');
		line = md_str_skip(line, 8);
		changed = true;
	}
	if (changed)
		md_buf_add(out, line);
	return changed;
}

/* ISO-8859-1 as UTF-8. */
static bool
latin1_to_utf8(struct md_buf *out, struct md_str line)
{
	bool changed = false;

	for (size_t i = 0; i < line.len; i++) {
		const unsigned char c = (unsigned char)line.p[i];

		if (c >= 0x80)
			md_buf_addc(out, (char)(0xc0 | c >> 6));
		md_buf_addc(out, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
		changed = changed || c >= 0x80;
	}
	return changed;
}

static bool
utf8_to_latin1(struct md_buf *out, struct md_str line)
{
	bool changed = false;

	for (size_t i = 0; i < line.len; i++) {
		const unsigned char c = (unsigned char)line.p[i];

		if (c != 0xc2 && c != 0xc3) {
			md_buf_addc(out, line.p[i]);
			continue;
		}
		if (++i == line.len)
			break;
		md_buf_addc(out, (char)((c & 3) << 6 | (line.p[i] & 0x3f)));
		changed = true;
	}
	return changed;
}

#define EACH_LINE(name, undo)                                                                  \
	static bool name(struct md_buf *out, const struct md_message *m)                       \
	{                                                                                      \
		return each_line(out, m, undo);                                                \
	}

EACH_LINE(dots_off, dot_off)
EACH_LINE(dots_on, dot_on)
EACH_LINE(quotes_off, quote_off)
EACH_LINE(quotes_on, quote_on)
EACH_LINE(trailings_off, trailing_off)
EACH_LINE(signature_blanks, signature_blank)
EACH_LINE(tabs_8, tab_8)
EACH_LINE(tabs_1, tab_1)
EACH_LINE(tabs_back, tab_back)
EACH_LINE(from_latin1, latin1_to_utf8)
EACH_LINE(from_utf8, utf8_to_latin1)

/* ---- ends of lines ---- */

/* Every `from` replaced; a lone "\r" is none in front of "\n". */
static bool
replaced(struct md_buf *out, const struct md_message *m, const char *from, const char *to)
{
	struct md_str s = m->body;
	const size_t len = strlen(from);
	bool changed = false;

	while (s.len > 0) {
		const bool hit = md_str_starts(s, from) && !(md_str_eq(md_str(from), "\r") &&
		                                             s.len > 1 && s.p[1] == '\n');

		if (hit)
			md_buf_add(out, md_str(to));
		else
			md_buf_addc(out, s.p[0]);
		changed = changed || hit;
		s = md_str_skip(s, hit ? len : 1);
	}
	return changed;
}

static bool
cr_lines(struct md_buf *out, const struct md_message *m)
{
	return m->cr > 0 && replaced(out, m, "\r", "\r\n");
}

static bool
cr_dropped(struct md_buf *out, const struct md_message *m)
{
	return m->cr > 0 && replaced(out, m, "\r", "");
}

static bool
cr_doubled(struct md_buf *out, const struct md_message *m)
{
	return m->cr > 0 && replaced(out, m, "\r\r\n", "\r\n");
}

/* Lines of more than this many octets have been cut where they were too long. */
enum { LONG_LINE = 900 };

/* Long lines joined with the next; `mark` stands at the cut, `lead` begins the next line. */
static bool
joined(struct md_buf *out, const struct md_message *m, const char *mark, const char *lead)
{
	struct md_str body = m->body;
	bool changed = false;

	for (size_t next; body.len > 0; body = md_str_skip(body, next)) {
		struct md_str line = md_body_lines_next(body, &next);
		const struct md_str after = md_str_skip(body, next);
		const size_t n = strlen(mark);
		const bool cut = line.len >= LONG_LINE && after.len > 0 &&
		                 md_str_starts(md_str_skip(line, line.len - n), mark) &&
		                 md_str_starts(after, lead);

		if (!cut) {
			md_buf_add(out, (struct md_str){ body.p, next });
			continue;
		}
		md_buf_add(out, (struct md_str){ line.p, line.len - n });
		next += strlen(lead);
		changed = true;
	}
	return changed;
}

static bool
long_sendmail(struct md_buf *out, const struct md_message *m)
{
	return joined(out, m, "!", " ");
}

static bool
long_marked(struct md_buf *out, const struct md_message *m)
{
	return joined(out, m, "!", "");
}

static bool
long_postfix(struct md_buf *out, const struct md_message *m)
{
	return joined(out, m, "", " ");
}

static bool
long_plain(struct md_buf *out, const struct md_message *m)
{
	return joined(out, m, "", "");
}

static const char long_lines[] = "lines longer than mail allows were cut in two after signing";

const struct md_body_form md_body_forms[] = {
	{ "a second dot was put in front of lines that begin with one (dot-stuffing was not "
	  "undone) after signing",
	  false, dots_off },
	{ "a dot was taken from lines that begin with two (dot-stuffing was undone twice) after "
	  "signing",
	  false, dots_on },
	{ "\">\" was put in front of lines that begin with \"From \" after signing, as mbox files "
	  "have it",
	  false, quotes_off },
	{ "\">\" was taken from lines that begin with \">From \" after signing", false,
	  quotes_on },
	{ "the body was encoded anew (quoted-printable or base64, from 8bit) after signing",
	  false, md_undo_to_8bit },
	{ "the body was decoded (from quoted-printable) after signing", false,
	  md_undo_to_quoted },
	{ "the body was decoded (from base64) after signing", false, md_undo_to_base64 },
	{ "the body was encoded anew as quoted-printable after signing", false,
	  md_undo_requoted },
	{ "the blank of the line \"-- \" was stripped after signing", true, signature_blanks },
	{ "blanks at the ends of lines were added after signing", true, trailings_off },
	{ "blanks were turned into tabs after signing", true, tabs_8 },
	{ "blanks were turned into tabs after signing", true, tabs_1 },
	{ "tabs were turned into blanks after signing", true, tabs_back },
	{ "line ends were turned into CR alone after signing", false, cr_lines },
	{ "CR octets were added after signing", false, cr_dropped },
	{ "line ends were turned into CR CR LF after signing", false, cr_doubled },
	{ long_lines, false, long_sendmail },
	{ long_lines, false, long_marked },
	{ long_lines, false, long_postfix },
	{ long_lines, false, long_plain },
	{ "the body was converted from UTF-8 to ISO-8859-1 after signing", false, from_latin1 },
	{ "the body was converted from ISO-8859-1 to UTF-8 after signing", false, from_utf8 },
	{ NULL, false, NULL },
};
