/* What a valid signature leaves open: fields, the body's end, and what relays rewrite. */
#include <inttypes.h>

#include "rules.h"

/* How often h= has the name. */
static size_t
listed(const struct md_dkim_signature *s, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nh; i++)
		n += md_str_eq_nocase(s->h[i], name);
	return n;
}

static void
add(struct md_buf *list, const char *name)
{
	md_buf_item(list, ", ", "%s", name);
}

/*
 * RFC 6376 5.4.1 lists what is highly advised to be signed, and adds Content-Type where
 * l= is used.
 */
static void
judge_missing(struct md_ctx *c, const struct md_message *m, const struct md_dkim_verdict *v)
{
	static const char *const names[] = { "Subject", "Date", "To", "Cc", "Reply-To" };
	struct md_buf missing = { .mem = md_mem(c) };

	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_message_count(m, names[i]) > 0 && listed(v->signature, names[i]) == 0)
			add(&missing, names[i]);
	if (v->signature->has_l && md_message_count(m, "Content-Type") > 0 &&
	    listed(v->signature, "Content-Type") == 0)
		add(&missing, "Content-Type");
	if (missing.len > 0)
		md_found(c, SIG_MISSING_IN_H, md_dkim_sig_name(c, v), "h= lacks %s",
		         md_buf_str(&missing));
}

/*
 * Fields that stand once, and that people are shown or answer to.  From the bottom up they are
 * signed, and programs show the one at the top (RFC 6376 8.15).
 */
static void
judge_additions(struct md_ctx *c, const struct md_message *m, const struct md_dkim_verdict *v)
{
	static const char *const names[] = { "From", "Subject", "To", "Date", "Reply-To" };
	struct md_buf open = { .mem = md_mem(c) }, added = { .mem = md_mem(c) };

	for (size_t i = 0; i < MD_COUNT(names); i++) {
		const size_t there = md_message_count(m, names[i]);
		const size_t covered = listed(v->signature, names[i]);

		if (there > 1 && covered > 0 && there > covered)
			md_buf_item(&added, "; ", "%s: %zu in the message, %zu signed",
			            names[i], there, covered);
		else if (there > 0 && covered == there)
			add(&open, names[i]);
	}
	if (added.len > 0)
		md_found(c, SIG_FIELD_ADDED, md_dkim_sig_name(c, v), "%s", md_buf_str(&added));
	/* Most signers leave it so.  With l= a second Subject comes with a second body. */
	if (open.len > 0 && !v->signature->has_l)
		md_note(c, "could be added", "%s: in h= only as often as there: %s",
		        md_dkim_sig_name(c, v), md_buf_str(&open));
	else if (open.len > 0)
		md_found(c, SIG_NOT_OVERSIGNED, md_dkim_sig_name(c, v),
		         "listed in h= only as often as present: %s", md_buf_str(&open));
}

static void
judge_length(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const uint64_t l = v->signature->l;

	if (!v->signature->has_l)
		return;
	if (l < v->body_length)
		md_found(c, SIG_BODY_ADDED, md_dkim_sig_name(c, v),
		         "l=%" PRIu64 ", but the body has %" PRIu64 " octets: the last %" PRIu64
		         " are not signed",
		         l, v->body_length, v->body_length - l);
	else
		md_found(c, SIG_L, md_dkim_sig_name(c, v), "l=%" PRIu64 ", all of the body", l);
}

void
md_dkim_sig_cover(struct md_ctx *c, const struct md_message *m, const struct md_dkim_verdict *v)
{
	judge_missing(c, m, v);
	judge_additions(c, m, v);
	judge_length(c, v);
}

enum { LONGEST_LINE = 998 }; /* RFC 5322 2.1.1, RFC 5321 4.5.3.1.6 */

/* The line of the file with the first octet over 127 in the body; 0: none. */
static size_t
first_8bit(const struct md_message *m)
{
	size_t line = m->body_line;

	for (size_t i = 0; i < m->body.len; i++) {
		if (((unsigned char)m->body.p[i] & 0x80u) != 0)
			return line;
		line += m->body.p[i] == '\n';
	}
	return 0;
}

void
md_dkim_sig_fragile(struct md_ctx *c, const struct md_message *m)
{
	struct md_buf list = { .mem = md_mem(c) };
	const size_t line = first_8bit(m);

	if (line > 0)
		add(&list, md_printf(md_mem(c), "8-bit text (line %zu)", line));
	if (m->longest > LONGEST_LINE)
		add(&list, md_printf(md_mem(c), "a line of %zu octets (line %zu)", m->longest,
		                     m->longest_line));
	if (m->cr > 0)
		add(&list, md_printf(md_mem(c), "%zu CR without LF", m->cr));
	if (m->nul > 0)
		add(&list, md_printf(md_mem(c), "%zu octets 0", m->nul));
	if (list.len > 0)
		md_found(c, SIG_FRAGILE, "content", "the message has %s", md_buf_str(&list));
}
