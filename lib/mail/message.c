/* Reads a message as it was saved, and mends what a mail never is on its way. */
#include "mail/message.h"

#include <string.h>

#include "base/arena.h"

/* ---- the lines as they are -------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Octets of the line at p with its end; *text: without it. */
static size_t
line_at(struct md_str s, size_t *text)
{
	const size_t n = md_str_find(s, '\n');

	*text = n > 0 && n < s.len && s.p[n - 1] == '\r' ? n - 1 : n;
	return n < s.len ? n + 1 : n;
}

static void
measure(struct md_message *m, struct md_str s, size_t line)
{
	for (size_t text; s.len > 0; line++) {
		const size_t n = line_at(s, &text);

		if (n > text)
			*(n - text == 2 ? &m->crlf : &m->lf) += 1;
		if (text > m->longest) {
			m->longest = text;
			m->longest_line = line;
		}
		for (const char *p = s.p; (p = memchr(p, '\r', text - (size_t)(p - s.p))); p++)
			m->cr++;
		for (const char *p = s.p; (p = memchr(p, 0, text - (size_t)(p - s.p))); p++)
			m->nul++;
		s = md_str_skip(s, n);
	}
}

/* Takes off what editors, mbox files and mail programs put in front; counts its lines. */
static struct md_str
without_front(struct md_message *m, size_t *line)
{
	struct md_str s = m->raw;
	size_t text, n;

	if (md_str_starts(s, "\xef\xbb\xbf")) {
		m->repairs |= MD_REPAIR_BOM;
		s = md_str_skip(s, 3);
	}
	if (md_str_starts(s, "From ") || md_str_starts(s, ">From ")) {
		m->repairs |= MD_REPAIR_MBOX_FROM;
		s = md_str_skip(s, line_at(s, &text));
		++*line;
	}
	while ((n = line_at(s, &text)) > 0 && text == 0) {
		m->repairs |= MD_REPAIR_BLANK_LINES;
		s = md_str_skip(s, n);
		++*line;
	}
	return s;
}

/* Every line with CRLF at its end. */
static struct md_str
mended(struct md_arena *mem, const struct md_message *m, struct md_str s)
{
	char *copy = md_alloc(mem, s.len + m->lf + 3), *to = copy;

	for (size_t text; s.len > 0;) {
		const size_t n = line_at(s, &text);

		memcpy(to, s.p, text);
		to += text;
		*to++ = '\r';
		*to++ = '\n';
		s = md_str_skip(s, n);
	}
	return (struct md_str){ copy, (size_t)(to - copy) };
}

/* ---- the header ------------------------------------------------------------------- */

/* RFC 5322 2.2: printable US-ASCII but the colon; 4.5 lets blanks stand before that. */
static size_t
name_length(struct md_str line)
{
	size_t n = 0, name;

	while (n < line.len && line.p[n] > ' ' && line.p[n] != 0x7f && line.p[n] != ':')
		n++;
	name = n;
	while (n < line.len && is_blank(line.p[n]))
		n++;
	return n < line.len && line.p[n] == ':' ? name : 0;
}

/* Octets of the field at s, its folded lines and last CRLF included; counts them all. */
static size_t
field_length(struct md_str s, size_t *lines)
{
	size_t n = 0, text;

	do {
		n += line_at(md_str_skip(s, n), &text);
		++*lines;
	} while (n < s.len && is_blank(s.p[n]));
	return n;
}

static struct md_field
field(struct md_str whole, size_t line)
{
	struct md_field f = { .whole = whole, .line = line };
	const size_t colon = md_str_find(whole, ':');

	f.name = (struct md_str){ whole.p, name_length(whole) };
	f.value = md_str_skip(whole, colon + 1);
	return f;
}

/* False when there are too many. */
static bool
split(struct md_arena *mem, struct md_message *m, struct md_str all, size_t line)
{
	struct md_field *fields = NULL;
	size_t at = 0;

	while (at < all.len) {
		struct md_str rest = md_str_skip(all, at);
		size_t text, n;
		const size_t first = line_at(rest, &text), begin = line;

		m->body_line = line;
		m->body = rest;
		if (text == 0) {
			m->body = md_str_skip(rest, first);
			m->body_line++;
			break;
		}
		if (name_length((struct md_str){ rest.p, text }) == 0) {
			m->repairs |= MD_REPAIR_NO_SEPARATOR;
			break;
		}
		n = field_length(rest, &line);
		if (m->n == MD_FIELDS_MOST)
			return false;
		MD_PUSH(mem, fields, m->n, field((struct md_str){ rest.p, n - 2 }, begin));
		at += n;
		m->body = md_str_skip(rest, n);
		m->body_line = line;
	}
	m->header = (struct md_str){ all.p, at };
	m->fields = fields;
	return true;
}

const struct md_message *
md_message_read(struct md_arena *mem, struct md_str raw, const char **why)
{
	struct md_message *m = md_alloc(mem, sizeof(*m));
	struct md_str s;
	size_t line = 1;

	m->raw = raw;
	if (raw.len == 0 || raw.len > MD_MESSAGE_MOST) {
		*why = raw.len == 0 ? "it is empty" : "it is larger than 512 MiB";
		return NULL;
	}
	s = without_front(m, &line);
	measure(m, s, line);
	if (s.len > 0 && s.p[s.len - 1] != '\n')
		m->repairs |= MD_REPAIR_NO_FINAL_EOL;
	if (m->lf > 0)
		m->repairs |= MD_REPAIR_LF;
	if ((m->repairs & (MD_REPAIR_LF | MD_REPAIR_NO_FINAL_EOL)) != 0)
		s = mended(mem, m, s);
	if (!split(mem, m, s, line)) {
		*why = md_printf(mem, "it has more than %d header fields", MD_FIELDS_MOST);
		return NULL;
	}
	if (m->n == 0)
		*why = "it holds no header field: this is no message";
	return m->n > 0 ? m : NULL;
}

/* ---- questions about it ------------------------------------------------------------- */

const char *
md_message_repairs(struct md_arena *mem, const struct md_message *m)
{
	static const struct {
		enum md_repair repair;
		const char *text;
	} words[] = {
		{ MD_REPAIR_BOM, "a byte order mark in front" },
		{ MD_REPAIR_MBOX_FROM, "the \"From \" line of an mbox file in front" },
		{ MD_REPAIR_BLANK_LINES, "empty lines in front" },
		{ MD_REPAIR_LF, "lines that end in LF, not CRLF" },
		{ MD_REPAIR_NO_FINAL_EOL, "a last line without its end" },
		{ MD_REPAIR_NO_SEPARATOR, "no empty line between header and body" },
		{ MD_REPAIR_QUOTED_FROM, "\">From \" lines quoted as in mbox files" },
	};
	struct md_buf list = { .mem = mem };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if ((m->repairs & words[i].repair) != 0)
			md_buf_printf(&list, "%s%s", list.len > 0 ? "; " : "", words[i].text);
	return md_buf_str(&list);
}

const struct md_field *
md_message_field(const struct md_message *m, const char *name, const struct md_field *after)
{
	for (size_t i = after != NULL ? (size_t)(after - m->fields) + 1 : 0; i < m->n; i++)
		if (md_str_eq_nocase(m->fields[i].name, name))
			return &m->fields[i];
	return NULL;
}

size_t
md_message_count(const struct md_message *m, const char *name)
{
	const struct md_field *f = NULL;
	size_t n = 0;

	while ((f = md_message_field(m, name, f)) != NULL)
		n++;
	return n;
}

const char *
md_field_text(struct md_arena *mem, const struct md_field *f)
{
	const struct md_str value = md_str_trim(f->value, " \t\r\n");
	char *text = md_strndup(mem, value.p, value.len);
	size_t n = 0;

	for (size_t i = 0; i < value.len; i++)
		if (value.p[i] != '\r' && value.p[i] != '\n')
			text[n++] = value.p[i];
	text[n] = '\0';
	return text;
}
