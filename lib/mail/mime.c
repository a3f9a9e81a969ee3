/*
 * Walks the parts of a message, line by line.  By hand, not by a library's parser: these mend
 * silently what is broken, and what is broken, and where, is what is asked here.
 */
#include "mail/mime.h"

#include <string.h>

#include "base/arena.h"
#include "mail/message.h"

/* A multipart whose boundary lines are looked for. */
struct open {
	struct md_str boundary;
	unsigned depth;
	size_t line; /* where it was declared */
	bool seen;
};

/* What the lines are that come next. */
enum state { HEADER, LEAF, SKIPPED /* preamble or epilogue */ };

struct walk {
	struct md_arena *mem;
	struct md_mime *mime;
	struct md_part *parts;
	struct md_mime_fault *faults;
	struct open open[MD_DEPTH_MOST];
	size_t nopen;
	enum state state;
	struct md_str header; /* of the part that has begun, as far as it was read */
};

static void
blame(struct walk *w, bool minor, size_t line, const char *says)
{
	const struct md_mime_fault fault = { line, says, minor };

	if (w->mime->nfaults < MD_MIME_FAULTS_MOST)
		MD_PUSH(w->mem, w->faults, w->mime->nfaults, fault);
}

/* ---- the header of a part ---- */

static struct md_part *
current(struct walk *w)
{
	return &w->parts[w->mime->n - 1];
}

/* The first word of a field's value, in lower case; `otherwise` when there is no such field. */
static const char *
first_word(struct walk *w, const struct md_message *m, const char *name, const char *otherwise)
{
	const struct md_field *f = m != NULL ? md_message_field(m, name, NULL) : NULL;
	struct md_str word;

	if (f == NULL)
		return otherwise;
	word = md_str_trim(f->value, " \t\r\n");
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] <= ' ' || word.p[i] == ';' || word.p[i] == '(')
			word.len = i;
	return md_str_lower(w->mem, word);
}

static bool
is_plain(const struct md_part *p)
{
	return strcmp(p->encoding, "7bit") == 0 || strcmp(p->encoding, "8bit") == 0 ||
	       strcmp(p->encoding, "binary") == 0;
}

static bool
is_known(const struct md_part *p)
{
	return is_plain(p) || strcmp(p->encoding, "base64") == 0 ||
	       strcmp(p->encoding, "quoted-printable") == 0 ||
	       strncmp(p->encoding, "x-", 2) == 0;
}

static bool
is_type(const struct md_part *p, const char *prefix)
{
	return md_str_starts(md_str(p->means.type), prefix);
}

/* RFC 2045 5.2, 6.1: what is not said is text/plain, and 7bit. */
static void
describe(struct walk *w, struct md_part *p, const struct md_message *m)
{
	const struct md_field *type =
	        m != NULL ? md_message_field(m, "Content-Type", NULL) : NULL;

	p->type_line = type != NULL ? p->line + type->line - 1 : p->line;
	p->means =
	        md_mime_type_parse(w->mem, type != NULL ? type->value : md_str("text/plain"));
	if (*p->means.type == '\0') {
		blame(w, false, p->type_line, "a Content-Type that cannot be read");
		p->means.type = "text/plain";
	}
	p->encoding = first_word(w, m, "Content-Transfer-Encoding", "7bit");
	p->attached = strcmp(first_word(w, m, "Content-Disposition", ""), "attachment") == 0;
	if (!is_known(p))
		blame(w, false, p->type_line,
		      "a Content-Transfer-Encoding that does not exist");
	/* RFC 2045 6.4: composite types are in no other encoding. */
	else if (!is_plain(p) && (is_type(p, "multipart/") || is_type(p, "message/rfc822")))
		blame(w, false, p->type_line, "a composite part that is encoded as a whole");
}

static void
open_multipart(struct walk *w, const struct md_part *p)
{
	w->state = SKIPPED;
	if (*p->means.boundary == '\0') {
		blame(w, false, p->type_line, "a multipart type without boundary=");
		w->state = LEAF;
	} else if (w->nopen == MD_DEPTH_MOST) {
		w->mime->cut = "it is nested too deeply";
		w->state = LEAF;
	} else {
		w->open[w->nopen++] = (struct open){ .boundary = md_str(p->means.boundary),
			                             .depth = p->depth,
			                             .line = p->type_line };
	}
}

static void
begin_part(struct walk *w, unsigned depth, size_t line)
{
	const struct md_part part = { .depth = depth, .line = line };

	w->state = SKIPPED;
	if (w->mime->n == MD_PARTS_MOST || depth > MD_DEPTH_MOST) {
		w->mime->cut = depth > MD_DEPTH_MOST ? "it is nested too deeply"
		                                     : "it has too many parts";
		return;
	}
	MD_PUSH(w->mem, w->parts, w->mime->n, part);
	w->header.len = 0;
	w->state = HEADER;
}

/* The header is known: what follows it? */
static void
begin_body(struct walk *w, const struct md_message *m, const char *body, size_t line)
{
	struct md_part *p = current(w);

	describe(w, p, m);
	p->body_line = line;
	p->body = (struct md_str){ body, 0 };
	if (is_type(p, "multipart/"))
		open_multipart(w, p);
	else if (strcmp(p->means.type, "message/rfc822") == 0 && is_plain(p))
		begin_part(w, p->depth + 1, line);
	else
		w->state = LEAF;
}

static void
end_header(struct walk *w, const char *body, size_t line)
{
	const char *why;
	const struct md_message *m = md_message_read(w->mem, w->header, &why);

	if (w->header.len > 0 && (m == NULL || m->body.len > 0))
		blame(w, false, current(w)->line,
		      "a line in the header of a part that is no field");
	begin_body(w, m, body, line);
}

/* ---- the body of a part ---- */

/*
 * RFC 2045 6.8: characters outside the alphabet are to be ignored; still, nobody writes them.
 */
static bool
is_bad_base64(struct md_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (md_is_alnum(s.p[i]) || s.p[i] == '+' || s.p[i] == '/' || s.p[i] == '=')
			n++;
		else if (s.p[i] != '\r' && s.p[i] != '\n' && s.p[i] != ' ' && s.p[i] != '\t')
			return true;
	}
	return n % 4 != 0;
}

/* RFC 2045 6.7: "=" stands before two hexadecimal digits or the end of a line. */
static bool
is_bad_quoted(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const struct md_str after = md_str_skip(s, i + 1);

		if (s.p[i] != '=')
			continue;
		if (after.len >= 2 && md_is_hex(after.p[0]) && md_is_hex(after.p[1]))
			continue;
		if (md_str_trim((struct md_str){ after.p, md_str_find(after, '\n') }, " \t\r")
		            .len > 0)
			return true;
	}
	return false;
}

static bool
has_eight_bit(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] > 0x7f)
			return true;
	return false;
}

static void
end_leaf(struct walk *w, const char *end)
{
	struct md_part *p = current(w);

	p->body.len = (size_t)(end - p->body.p);
	p->eight_bit = has_eight_bit(p->body);
	if (strcmp(p->encoding, "base64") == 0 && is_bad_base64(p->body))
		blame(w, false, p->body_line, "base64 that is damaged");
	else if (strcmp(p->encoding, "quoted-printable") == 0 && is_bad_quoted(p->body))
		blame(w, true, p->body_line, "quoted-printable that is damaged");
	else if (p->eight_bit && strcmp(p->encoding, "8bit") != 0 &&
	         strcmp(p->encoding, "binary") != 0)
		blame(w, true, p->body_line,
		      "8-bit octets in a part that is not declared 8bit");
}

/* Ends what has begun, before a boundary line or the end of the message. */
static void
end_part(struct walk *w, const char *end, size_t line)
{
	if (w->state == HEADER)
		end_header(w, end, line);
	if (w->state == HEADER) /* a message/rfc822 that holds nothing */
		end_header(w, end, line);
	if (w->state == LEAF) {
		const char *body = current(w)->body.p;

		/* RFC 2046 5.1.1: the CRLF before a boundary is a part of that. */
		if (end - body >= 2 && memcmp(end - 2, "\r\n", 2) == 0 && w->nopen > 0)
			end -= 2;
		end_leaf(w, end);
	}
	w->state = SKIPPED;
}

/* ---- boundaries ---- */

/* Is it "--" boundary, perhaps "--" again, and blanks (RFC 2046 5.1.1)? */
static bool
is_boundary(struct md_str line, struct md_str boundary, bool *closes)
{
	struct md_str rest = md_str_skip(line, 2);

	if (rest.len < boundary.len || memcmp(rest.p, boundary.p, boundary.len) != 0)
		return false;
	rest = md_str_skip(rest, boundary.len);
	*closes = md_str_starts(rest, "--");
	return md_str_trim(*closes ? md_str_skip(rest, 2) : rest, " \t\r\n").len == 0;
}

/* Takes the innermost multipart away. */
static void
give_up(struct walk *w)
{
	const struct open *o = &w->open[--w->nopen];

	blame(w, o->seen, o->line,
	      o->seen ? "a multipart that is not closed: its last boundary line is missing"
	              : "a multipart none of whose boundary lines is there");
}

/* False when the line is no boundary of any multipart that is open. */
static bool
take_boundary(struct walk *w, struct md_str line, size_t number)
{
	size_t i = w->nopen;
	bool closes = false;

	while (i > 0 && !is_boundary(line, w->open[i - 1].boundary, &closes))
		i--;
	if (i == 0)
		return false;
	/* RFC 2046 5.1.2: the outer multipart's boundary ends the inner one, too. */
	end_part(w, line.p, number);
	while (w->nopen > i)
		give_up(w);
	w->open[i - 1].seen = true;
	if (closes)
		w->nopen--;
	else
		begin_part(w, w->open[i - 1].depth + 1, number + 1);
	return true;
}

static void
take_line(struct walk *w, struct md_str line, size_t number)
{
	if (md_str_starts(line, "--") && take_boundary(w, line, number))
		return;
	if (w->state != HEADER)
		return;
	if (w->header.len == 0)
		w->header.p = line.p;
	if (md_str_trim(line, "\r\n").len == 0)
		end_header(w, line.p + line.len, number + 1);
	else
		w->header.len = (size_t)(line.p + line.len - w->header.p);
}

const struct md_mime *
md_mime_read(struct md_arena *mem, const struct md_message *m)
{
	struct walk *w = md_alloc(mem, sizeof(*w));
	struct md_str rest = m->body;
	size_t number = m->body_line;

	w->mem = mem;
	w->mime = md_alloc(mem, sizeof(*w->mime));
	w->mime->cut = "";
	begin_part(w, 0, 1);
	begin_body(w, m, m->body.p, m->body_line);
	for (; rest.len > 0; number++) {
		const size_t end = md_str_find(rest, '\n');
		const struct md_str line = { rest.p, end < rest.len ? end + 1 : end };

		take_line(w, line, number);
		rest = md_str_skip(rest, line.len);
	}
	end_part(w, rest.p, number);
	while (w->nopen > 0)
		give_up(w);
	w->mime->parts = w->parts;
	w->mime->faults = w->faults;
	return w->mime;
}
