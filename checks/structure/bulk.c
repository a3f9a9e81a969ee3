/* Automatic and bulk mail: the return path that fits, and the way out. */
#include "base/arena.h"
#include "dkim/dkim.h"
#include "envelope/envelope.h"
#include "rules.h"

/* The value of a field unfolded; "" when it is not there. */
static const char *
value(struct md_ctx *c, const char *name)
{
	const struct md_field *f = md_message_field(md_subject(c)->message, name, NULL);

	return f != NULL ? md_field_text(md_mem(c), f) : "";
}

static bool
begins(const char *text, const char *word)
{
	return md_str_starts_nocase(md_str(text), word);
}

/* How often a word stands in it, in any case. */
static size_t
count(struct md_str text, const char *word)
{
	size_t n = 0;

	for (; text.len > 0; text = md_str_skip(text, 1))
		n += md_str_starts_nocase(text, word);
	return n;
}

static bool
contains(const char *text, const char *word)
{
	return count(md_str(text), word) > 0;
}

/* ---- automatic mail ---- */

/* A report on another message: what kind, or NULL. */
static const char *
report_kind(struct md_ctx *c)
{
	const char *type = value(c, "Content-Type");

	if (!begins(type, "multipart/report"))
		return NULL;
	if (contains(type, "delivery-status"))
		return "a delivery status notification (RFC 3464)";
	if (contains(type, "disposition-notification"))
		return "a disposition notification (RFC 8098)";
	return NULL;
}

static bool
is_automatic(struct md_ctx *c)
{
	const char *submitted = value(c, "Auto-Submitted");

	return begins(value(c, "Content-Type"), "multipart/report") ||
	       (*submitted != '\0' && !begins(submitted, "no"));
}

static void
judge_envelope(struct md_ctx *c)
{
	const struct md_envelope *e = md_envelope(c);
	const char *kind = report_kind(c);

	if (kind == NULL && begins(value(c, "Auto-Submitted"), "auto-replied"))
		kind = "an automatic answer (RFC 3834)";
	if (!e->mail_from.given)
		return;
	if (kind != NULL && !e->mail_from.null)
		md_found(c, STRUCTURE_AUTO_ENVELOPE, "MAIL FROM",
		         "%s, but MAIL FROM was %s, by %s", kind,
		         md_show(md_mem(c), md_str(e->mail_from.text)), e->mail_from_from);
	else if (e->mail_from.null && !is_automatic(c))
		md_found(c, STRUCTURE_AUTO_ENVELOPE, "MAIL FROM",
		         "MAIL FROM:<> by %s, but neither a report nor Auto-Submitted",
		         e->mail_from_from);
}

/* ---- the way out ---- */

/* The https URIs of List-Unsubscribe (RFC 2369 2: each in angle brackets). */
static size_t
https_uris(const char *list)
{
	return count(md_str(list), "<https:");
}

/* What one-click unsubscribe lacks (RFC 8058 3.1); NULL for nothing. */
static const char *
one_click_lacks(struct md_ctx *c)
{
	const char *list = value(c, "List-Unsubscribe"),
	           *post = value(c, "List-Unsubscribe-Post");
	const size_t n = https_uris(list);

	if (*list == '\0')
		return "no List-Unsubscribe";
	if (n == 0)
		return "no https URI in List-Unsubscribe";
	if (n > 1)
		return "several https URIs in List-Unsubscribe";
	if (*post == '\0')
		return "no List-Unsubscribe-Post";
	if (!md_eq_nocase(post, "List-Unsubscribe=One-Click"))
		return "List-Unsubscribe-Post is not \"List-Unsubscribe=One-Click\"";
	return NULL;
}

/*
 * What says that it went to subscribers; NULL for nothing.  Feedback-ID does not: large senders
 * put it on receipts, too.  Precedence is also on automatic answers.
 */
static const char *
bulk_sign(struct md_ctx *c)
{
	const char *precedence = value(c, "Precedence");

	if (is_automatic(c) && *value(c, "List-Id") == '\0' &&
	    *value(c, "List-Unsubscribe") == '\0')
		return NULL;
	if (*value(c, "List-Id") != '\0')
		return "List-Id";
	if (*value(c, "List-Unsubscribe") != '\0')
		return "List-Unsubscribe";
	if (md_eq_nocase(precedence, "bulk") || md_eq_nocase(precedence, "list"))
		return md_printf(md_mem(c), "Precedence: %s", precedence);
	return NULL;
}

/* RFC 2369 3.4: where members may post, people talk; "NO" is a newsletter's. */
static bool
is_discussion(struct md_ctx *c)
{
	return *value(c, "List-Post") != '\0' && !begins(value(c, "List-Post"), "NO");
}

static bool
is_in_h(const struct md_dkim_signature *s, const char *name)
{
	for (size_t i = 0; i < s->nh; i++)
		if (md_str_eq_nocase(md_str_trim(s->h[i], " \t\r\n"), name))
			return true;
	return false;
}

/* RFC 8058 4: both fields are covered by a signature that verifies. */
static void
judge_signed(struct md_ctx *c)
{
	const struct md_dkim_verdicts *all = md_dkim_verify(c);

	if (md_waiting(c))
		return;
	for (size_t i = 0; i < all->n; i++) {
		const struct md_dkim_verdict *v = &all->all[i];

		if (md_dkim_is_open(v))
			return;
		if (is_in_h(v->signature, "List-Unsubscribe") &&
		    is_in_h(v->signature, "List-Unsubscribe-Post"))
			return; /* one that fails is found elsewhere */
	}
	md_found(c, STRUCTURE_UNSUB_UNSIGNED, "List-Unsubscribe", "%s",
	         all->n == 0 ? "the message has no DKIM signature"
	                     : md_printf(md_mem(c),
	                                 "%zu signature%s, none with both fields in h=", all->n,
	                                 all->n > 1 ? "s" : ""));
}

static void
judge_unsubscribe(struct md_ctx *c)
{
	const char *sign = bulk_sign(c), *lacks = one_click_lacks(c);

	if (lacks == NULL)
		judge_signed(c);
	else if (sign != NULL && is_discussion(c))
		md_note(c, "unsubscribe", "a list that members write to (List-Post); %s",
		        lacks);
	else if (sign != NULL)
		md_found(c, STRUCTURE_UNSUB_MISSING, "List-Unsubscribe",
		         "%s, so it is bulk mail; but %s", sign, lacks);
	else if (*value(c, "Feedback-ID") != '\0')
		md_note(c, "unsubscribe",
		        "%s; Feedback-ID alone does not tell bulk mail from receipts", lacks);
}

void
md_structure_bulk(struct md_ctx *c)
{
	judge_envelope(c);
	judge_unsubscribe(c);
}
