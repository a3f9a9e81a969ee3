/* Parts: how they are built, what is said of them, and how large they are. */
#include <string.h>

#include "base/arena.h"
#include "envelope/envelope.h"
#include "rules.h"

/* ---- the parts that are meant to be read ---- */

static const void *
read_parts(struct md_ctx *c, const char *arg)
{
	struct md_parts *parts = md_alloc(md_mem(c), sizeof(*parts));
	struct md_read_parts *read = NULL;

	(void)arg;
	parts->mime = md_mime_read(md_mem(c), md_subject(c)->message);
	for (size_t i = 0; i < parts->mime->n; i++) {
		const struct md_part *part = &parts->mime->parts[i];
		struct md_read_parts r = { .part = part };

		r.html = md_str_eq(md_str(part->means.type), "text/html");
		if (part->attached ||
		    (!r.html && !md_str_eq(md_str(part->means.type), "text/plain")))
			continue;
		if (parts->n == MD_READ_MOST) {
			parts->nomitted++;
			continue;
		}
		r.text = md_mime_text(md_mem(c), part);
		r.links = r.html ? md_links_of_html(md_mem(c), r.text.utf8)
		                 : md_links_of_plain(md_mem(c), r.text.utf8);
		MD_PUSH(md_mem(c), read, parts->n, r);
	}
	parts->read = read;
	return parts;
}

const struct md_parts *
md_parts(struct md_ctx *c)
{
	return md_derive(c, read_parts, "");
}

/* Gmail's clip, and the size that many receivers take at most (Gmail and Outlook 25 MB). */
enum { HTML_MOST = 102 * 1024, MESSAGE_MOST = 25 * 1000 * 1000, NAMED_MOST = 3 };

/* ---- what is shown ---- */

static void
note_parts(struct md_ctx *c, const struct md_mime *mime)
{
	for (size_t i = 0; i < mime->n && i < 50; i++) {
		const struct md_part *p = &mime->parts[i];
		const bool whole = p->body.len == 0 && i + 1 < mime->n && p[1].depth > p->depth;
		const char *size = md_printf(md_mem(c), ", %zu octets", p->body.len);

		md_note(c, "parts", "%*s%s%s%s%s%s%s%s", (int)(2 * p->depth), "",
		        md_show(md_mem(c), md_str(p->means.type)),
		        *p->means.charset != '\0' ? "; " : "",
		        md_show(md_mem(c), md_str(p->means.charset)), whole ? "" : ", ",
		        whole ? "" : md_show(md_mem(c), md_str(p->encoding)), whole ? "" : size,
		        p->attached ? ", attached" : "");
	}
	if (mime->n > 50)
		md_note(c, "parts", "and %zu more", mime->n - 50);
}

/* ---- faults ---- */

/* Clauses for one finding, the first few in words. */
struct clauses {
	struct md_buf text;
	size_t n;
};

static void
add(struct clauses *list, size_t line, const char *says)
{
	if (++list->n <= NAMED_MOST)
		md_buf_item(&list->text, "; ", "%s (line %zu)", says, line);
}

static void
report(struct md_ctx *c, unsigned rule, const struct clauses *list)
{
	if (list->n > NAMED_MOST)
		md_found(c, rule, "MIME", "%s; and %zu more", md_buf_str(&list->text),
		         list->n - NAMED_MOST);
	else if (list->n > 0)
		md_found(c, rule, "MIME", "%s", md_buf_str(&list->text));
}

/* HTML may tell its charset itself, near its beginning, and clients heed that. */
static bool
tells_charset(const struct md_read_parts *r)
{
	for (size_t i = 0; r->html && i < r->text.utf8.len && i < 1024; i++)
		if (md_str_starts_nocase(md_str_skip(r->text.utf8, i), "charset="))
			return true;
	return false;
}

/* Other charsets have supersets that clients take them for: GBK for gb2312, and so on. */
static bool
is_exact(const char *charset)
{
	return strcmp(charset, "utf-8") == 0 || strcmp(charset, "us-ascii") == 0;
}

static void
judge_text(struct md_ctx *c, const struct md_read_parts *r, struct clauses *list)
{
	const char *charset = md_show(md_mem(c), md_str(r->part->means.charset));

	if (*charset == '\0' && r->text.eight_bit && !tells_charset(r))
		add(list, r->part->line, "8-bit text without a charset");
	else if (!r->text.known)
		add(list, r->part->type_line,
		    md_printf(md_mem(c), "an unknown charset, %s", charset));
	else if (r->text.nwrong > 0 && is_exact(charset))
		add(list, r->part->body_line,
		    md_printf(md_mem(c), "text that is not in its charset, %s", charset));
}

/* RFC 2045 4: a message that uses MIME says so. */
static void
judge_version(struct md_ctx *c, struct clauses *list)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_field *type = md_message_field(m, "Content-Type", NULL);

	if (type != NULL && md_message_count(m, "MIME-Version") == 0)
		add(list, type->line, "a Content-Type, but no MIME-Version field");
}

static void
judge_faults(struct md_ctx *c, const struct md_parts *parts)
{
	struct clauses broken = { .text.mem = md_mem(c) }, minor = broken;

	if (md_rebuilt_by(c) != NULL) /* its MIME is not the sender's */
		return;
	judge_version(c, &minor);
	for (size_t i = 0; i < parts->mime->nfaults; i++) {
		const struct md_mime_fault *f = &parts->mime->faults[i];

		add(f->minor ? &minor : &broken, f->line, f->says);
	}
	for (size_t i = 0; i < parts->n; i++)
		judge_text(c, &parts->read[i], &minor);
	report(c, STRUCTURE_MIME_BROKEN, &broken);
	report(c, STRUCTURE_MIME_UNDECLARED, &minor);
}

/* ---- sizes ---- */

static void
judge_size(struct md_ctx *c, const struct md_parts *parts)
{
	const size_t all = md_subject(c)->message->raw.len;

	if (all > MESSAGE_MOST)
		md_found(c, STRUCTURE_SIZE, "message",
		         "%zu octets; many receivers take 25 MB at most, some less", all);
	for (size_t i = 0; i < parts->n; i++) {
		const struct md_read_parts *r = &parts->read[i];

		if (r->html && r->text.octets > HTML_MOST)
			md_found(
			        c, STRUCTURE_SIZE, "HTML",
			        "%s%zu octets of HTML (line %zu); Gmail shows the first 102 KB",
			        r->text.cut ? "more than " : "", r->text.octets,
			        r->part->body_line);
	}
}

/* ---- HTML alone ---- */

/* Is there any word to read in it?  Tags say nothing; what stands between them does. */
static bool
says_something(struct md_str html)
{
	bool inside = false;

	for (size_t i = 0; i < html.len; i++) {
		if (html.p[i] == '<' || html.p[i] == '>')
			inside = html.p[i] == '<';
		else if (!inside &&
		         (md_is_alnum(html.p[i]) || ((unsigned char)html.p[i] & 0x80u) != 0))
			return true;
	}
	return false;
}

/* Clients show HTML; who reads text alone, or filters by it, has nothing. */
static void
judge_text_part(struct md_ctx *c, const struct md_parts *parts)
{
	bool words = false;

	for (size_t i = 0; i < parts->n; i++) {
		if (!parts->read[i].html)
			return;
		words = words || says_something(parts->read[i].text.utf8);
	}
	if (parts->n > 0)
		md_found(c, STRUCTURE_HTML_ONLY, "HTML", "%s (line %zu)",
		         words ? "there is no text/plain part beside it"
		               : "there is no text/plain part beside it, and no word in it: "
		                 "images alone",
		         parts->read[0].part->body_line);
}

void
md_structure_mime(struct md_ctx *c)
{
	const struct md_parts *parts = md_parts(c);

	note_parts(c, parts->mime);
	if (*parts->mime->cut != '\0')
		md_gap(c, MD_LIMIT, MD_NO_RULE, "parts of the message",
		       "%s: not all of it was looked at", parts->mime->cut);
	if (parts->nomitted > 0)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "text of the message",
		       "only its first %d text parts were read, not %zu more", MD_READ_MOST,
		       parts->nomitted);
	judge_faults(c, parts);
	judge_text_part(c, parts);
	judge_size(c, parts);
}
