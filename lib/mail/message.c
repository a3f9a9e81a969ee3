/* Reads a message as it was saved, and mends what a mail never is on its way. */
#include "mail/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "mail/message_form.h"

/* ---- the lines as they are ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Octets of the line at the beginning of s with its end; *text: without it. */
static size_t
line_at(struct md_str s, size_t *text)
{
	const char *lf = s.len > 0 ? memchr(s.p, '\n', s.len) : NULL;
	const size_t n = lf != NULL ? (size_t)(lf - s.p) : s.len;

	*text = lf != NULL && n > 0 && s.p[n - 1] == '\r' ? n - 1 : n;
	return lf != NULL ? n + 1 : n;
}

static size_t
count(struct md_str s, char c)
{
	size_t n = 0;

	for (const char *p; s.len > 0 && (p = memchr(s.p, c, s.len)) != NULL; n++)
		s = md_str_skip(s, (size_t)(p - s.p) + 1);
	return n;
}

static void
measure(struct md_message *m, struct md_str s, size_t line)
{
	m->nul = count(s, '\0');
	for (size_t text; s.len > 0; line++) {
		const size_t n = line_at(s, &text);

		m->crlf += n - text == 2;
		m->lf += n - text == 1;
		m->cr += count((struct md_str){ s.p, text }, '\r');
		if (text > m->longest) {
			m->longest = text;
			m->longest_line = line;
		}
		s = md_str_skip(s, n);
	}
}

/* "From joe@example.com Mon Jan ...", and not "From : joe@example.com". */
static bool
is_mbox_line(struct md_str line)
{
	size_t name;

	return (md_str_starts(line, "From ") || md_str_starts(line, ">From ")) &&
	       md_message_colon(line, &name) == 0;
}

/* Nothing in it, or blanks alone: what web pages put in front of a message that they show. */
static bool
is_empty(struct md_str line)
{
	return md_str_trim(line, " \t").len == 0;
}

/* Takes off what editors, mbox files and mail programs put in front; counts its lines. */
static struct md_str
without_front(struct md_message *m, struct md_str s, size_t *line)
{
	const size_t whole = s.len;
	size_t text, n;

	for (; (n = line_at(s, &text)) > 0; ++*line) {
		if (is_empty((struct md_str){ s.p, text }))
			m->repairs |= MD_REPAIR_BLANK_LINES;
		else if (is_mbox_line((struct md_str){ s.p, text }))
			m->repairs |= MD_REPAIR_MBOX_FROM;
		else
			break;
		s = md_str_skip(s, n);
	}
	m->dropped += whole - s.len;
	return s;
}

/*
 * From its first field on, in the form that it had.  What stands in front may hide what was
 * done to all lines, and the other way round.  It ends soon: each time a header is found.
 */
static struct md_str
from_first_field(struct md_arena *mem, struct md_message *m, size_t *line)
{
	struct md_str s = m->raw, was;

	if (md_str_starts(s, "\xef\xbb\xbf")) {
		m->repairs |= MD_REPAIR_BOM;
		m->dropped += 3;
		s = md_str_skip(s, 3);
	}
	do {
		was = s;
		s = without_front(m, md_message_form(mem, m, s), line);
	} while (s.p != was.p);
	return s;
}

/* Every line with CRLF at its end. */
static struct md_str
mended(struct md_arena *mem, struct md_message *m, struct md_str s)
{
	char *copy = md_alloc(mem, s.len + m->lf + 2), *to = copy;

	for (size_t text; s.len > 0;) {
		const size_t n = line_at(s, &text);

		memcpy(to, s.p, text);
		to += text;
		*to++ = '\r';
		*to++ = '\n';
		m->added += 2 - (n - text);
		s = md_str_skip(s, n);
	}
	return (struct md_str){ copy, (size_t)(to - copy) };
}

/* ---- the header ---- */

/* Where the next field begins. */
struct place {
	struct md_str rest;
	size_t line;
};

/* The field here, if one is, with all lines folded under it; lines end in CRLF. */
static bool
take_field(struct place *at, struct md_field *f)
{
	struct md_str s = at->rest;
	size_t text, n = line_at(s, &text), name;
	const size_t colon = md_message_colon((struct md_str){ s.p, text }, &name),
	             line = at->line;

	if (colon == 0)
		return false;
	/* RFC 5322 4.2: a line of blanks alone belongs to the field, too. */
	for (at->line++; n < s.len && is_blank(s.p[n]); at->line++)
		n += line_at(md_str_skip(s, n), &text);
	at->rest = md_str_skip(s, n);
	*f = (struct md_field){
		.whole = { s.p, n - 2 },
		.name = { s.p, name },
		.value = { s.p + colon + 1, n - 2 - (colon + 1) },
		.line = line,
	};
	return true;
}

/* How many fields there are, but no more than one too many. */
static size_t
count_fields(struct place at)
{
	struct md_field f;
	size_t n = 0;

	while (n <= MD_FIELDS_MOST && take_field(&at, &f))
		n++;
	return n;
}

/* The header ends at an empty line, at the end, or before the first line that is no field. */
static void
split(struct md_arena *mem, struct md_message *m, struct place at)
{
	struct md_field *fields = md_alloc(mem, m->n * sizeof(*fields));
	const char *begin = at.rest.p;
	size_t text;

	for (size_t i = 0; i < m->n; i++)
		take_field(&at, &fields[i]);
	m->fields = fields;
	m->header = (struct md_str){ begin, (size_t)(at.rest.p - begin) };
	if (md_str_starts(at.rest, "\r\n")) {
		at.rest = md_str_skip(at.rest, line_at(at.rest, &text));
		at.line++;
	} else if (at.rest.len > 0) {
		m->repairs |= MD_REPAIR_NO_SEPARATOR;
	}
	m->body = at.rest;
	m->body_line = at.line;
}

/* ---- the body ---- */

static bool
is_quoted_from(struct md_str line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == '>')
		n++;
	return n > 0 && md_str_starts(md_str_skip(line, n), "From ");
}

/* Where the next line begins that was quoted; `at` is where a line begins. */
static size_t
next_quoted(struct md_str s, size_t at)
{
	size_t text;

	while (at < s.len && !is_quoted_from(md_str_skip(s, at)))
		at += line_at(md_str_skip(s, at), &text);
	return at;
}

/* What mbox files do to a body is undone ("mboxrd": one ">" comes off each such line). */
static void
unquote(struct md_arena *mem, struct md_message *m)
{
	const struct md_str s = m->body;
	size_t from = 0, to = next_quoted(s, 0), len = 0, text;
	char *copy;

	if (to == s.len)
		return;
	m->repairs |= MD_REPAIR_QUOTED_FROM;
	copy = md_alloc(mem, s.len);
	while (from < s.len) {
		memcpy(copy + len, s.p + from, to - from);
		len += to - from;
		from = to + 1;
		to = next_quoted(s, to + line_at(md_str_skip(s, to), &text));
	}
	m->dropped += s.len - len;
	m->body = (struct md_str){ copy, len };
}

/* ---- all of it ---- */

static const char *
no_message(struct md_str raw)
{
	static const struct {
		const char *begins, *what;
	} others[] = {
		{ "\xff\xfe", "it is UTF-16 text, not mail as it travels" },
		{ "\xfe\xff", "it is UTF-16 text, not mail as it travels" },
		{ "\xd0\xcf\x11\xe0",
		  "it is an Outlook file (.msg): save the message as .eml" },
		{ "PK\3\4", "it is a ZIP archive: unpack it first" },
		{ "\x1f\x8b", "it is compressed (gzip): unpack it first" },
		{ "%PDF-", "it is a PDF file: save the original of the message" },
		{ "{\\rtf", "it is an RTF file: save the original of the message" },
		{ "<!doctype", "it is a web page: save the original of the message" },
		{ "<html", "it is a web page: save the original of the message" },
	};

	if (raw.len == 0)
		return "it is empty";
	if (raw.len > MD_MESSAGE_MOST)
		return "it is larger than 512 MiB";
	for (size_t i = 0; i < MD_COUNT(others); i++)
		if (md_str_starts_nocase(raw, others[i].begins))
			return others[i].what;
	return NULL;
}

/* Why no header was found: what a person would see at the first glance. */
static const char *
no_header(struct md_str s)
{
	size_t text, name;
	struct md_str line;

	line_at(s, &text);
	line = md_str_trim((struct md_str){ s.p, text }, " \t>");
	if (line.len < text && md_message_colon(line, &name) > 0)
		return "its first line is indented, so it holds no header field: save the "
		       "original, not a copy of what is shown";
	return "it holds no header field: this is no message";
}

static struct md_str
lines_of(struct md_arena *mem, struct md_message *m, size_t *line)
{
	const struct md_str s = from_first_field(mem, m, line);

	measure(m, s, *line);
	if (m->lf > 0)
		m->repairs |= MD_REPAIR_LF;
	if (s.len > 0 && s.p[s.len - 1] != '\n')
		m->repairs |= MD_REPAIR_NO_FINAL_EOL;
	return (m->repairs & (MD_REPAIR_LF | MD_REPAIR_NO_FINAL_EOL)) != 0 ? mended(mem, m, s)
	                                                                   : s;
}

const struct md_message *
md_message_read(struct md_arena *mem, struct md_str raw, const char **why)
{
	struct md_message *m;
	struct place top = { .line = 1 };

	if ((*why = no_message(raw)) != NULL)
		return NULL;
	m = md_alloc(mem, sizeof(*m));
	m->raw = raw;
	top.rest = lines_of(mem, m, &top.line);
	m->n = count_fields(top);
	if (m->n > MD_FIELDS_MOST)
		*why = md_printf(mem, "it has more than %d header fields", MD_FIELDS_MOST);
	else if (m->n == 0)
		*why = no_header(top.rest);
	if (*why != NULL)
		return NULL;
	split(mem, m, top);
	if ((m->repairs & MD_REPAIR_MBOX_FROM) != 0)
		unquote(mem, m);
	return m;
}

/* ---- questions about it ---- */

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
		{ MD_REPAIR_CR_CRLF, "lines that end in CR CR LF" },
		{ MD_REPAIR_CR_ONLY, "lines that end in CR, not CRLF" },
		{ MD_REPAIR_DOUBLE_SPACED,
		  "an empty line after every line (lines are counted without them)" },
		{ MD_REPAIR_INDENTED, "the same blanks or \"> \" before every line" },
		{ MD_REPAIR_QUOTED_FROM, "\">From \" lines quoted as in mbox files" },
	};
	struct md_buf list = { .mem = mem };

	for (size_t i = 0; i < MD_COUNT(words); i++)
		if ((m->repairs & words[i].repair) != 0)
			md_buf_item(&list, "; ", "%s", words[i].text);
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
	char *text = md_alloc(mem, value.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < value.len; i++) {
		if (md_str_starts(md_str_skip(value, i), "\r\n"))
			i++;
		else
			text[n++] = value.p[i] != '\0' ? value.p[i] : ' ';
	}
	text[n] = '\0';
	return text;
}

const char *
md_message_sha256(struct md_arena *mem, const struct md_message *m)
{
	return md_sha256_hex(mem, m->raw);
}
