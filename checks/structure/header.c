/* Fields that must be there once, dates and identifiers. */
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "envelope/envelope.h"
#include "mail/date.h"
#include "rules.h"

enum { DAY = 24 * 60 * 60 };

const char *
md_structure_lines(struct md_ctx *c, const char *name)
{
	const struct md_field *f = NULL;
	struct md_buf lines = { .mem = md_mem(c) };
	size_t n = 0;

	while ((f = md_message_field(md_subject(c)->message, name, f)) != NULL)
		if (++n <= 5)
			md_buf_item(&lines, ", ", "%zu", f->line);
	return md_printf(md_mem(c), "line%s %s%s", n > 1 ? "s" : "", md_buf_str(&lines),
	                 n > 5 ? ", ..." : "");
}

/* RFC 5322 3.6; RFC 2045 3; RFC 2369 4; RFC 2919 3.  From is looked at elsewhere. */
static void
judge_singletons(struct md_ctx *c)
{
	static const char *const names[] = { "Date",         "Sender",
		                             "Reply-To",     "To",
		                             "Cc",           "Bcc",
		                             "Subject",      "Message-ID",
		                             "In-Reply-To",  "References",
		                             "MIME-Version", "Content-Type",
		                             "List-Id",      "Content-Transfer-Encoding",
		                             "List-Post",    "List-Unsubscribe",
		                             "List-Help",    "List-Unsubscribe-Post" };
	const struct md_message *m = md_subject(c)->message;

	for (size_t i = 0; i < MD_COUNT(names); i++) {
		const size_t n = md_message_count(m, names[i]);

		if (n > 1)
			md_found(c, STRUCTURE_SINGLETON_DUP, names[i], "%zu times: %s", n,
			         md_structure_lines(c, names[i]));
	}
}

/* ---- Date ---- */

static const char *
distance(struct md_ctx *c, int64_t seconds)
{
	const int64_t hours = (seconds < 0 ? -seconds : seconds) / 3600;

	if (hours < 48)
		return md_printf(md_mem(c), "%lld hours", (long long)hours);
	return md_printf(md_mem(c), "%lld days", (long long)(hours / 24));
}

/*
 * The first server that took the message knows when it was sent; without any, only "not yet".
 */
static void
judge_distance(struct md_ctx *c, const struct md_field *f, struct md_date date)
{
	const struct md_route *route = md_route(c);
	const struct md_received *first = route->n > 0 ? route->hops[route->n - 1] : NULL;
	int64_t off;

	if (first != NULL && first->date.valid) {
		off = date.seconds - first->date.seconds;
		if (off > DAY || off < -DAY)
			md_found(c, STRUCTURE_DATE_BAD, "Date",
			         "%s %s the first Received (lines %zu and %zu)",
			         distance(c, off), off > 0 ? "after" : "before", f->line,
			         first->field->line);
	} else if (date.seconds - md_now(c) > DAY) {
		md_found(c, STRUCTURE_DATE_BAD, "Date", "%s in the future (line %zu)",
		         distance(c, date.seconds - md_now(c)), f->line);
	}
}

static void
judge_date(struct md_ctx *c)
{
	const struct md_field *f = md_message_field(md_subject(c)->message, "Date", NULL);
	struct md_date date;

	if (f == NULL) {
		md_found(c, STRUCTURE_DATE_MISSING, "Date", "the message has no Date field");
		return;
	}
	date = md_date_parse(f->value);
	if (!date.valid || *date.why != '\0')
		md_found(c, STRUCTURE_DATE_BAD, "Date", "%s (line %zu): %s",
		         md_excerpt(md_mem(c), md_str_trim(f->value, " \t\r\n")), f->line,
		         date.why);
	if (date.valid)
		judge_distance(c, f, date);
}

/* ---- Message-ID ---- */

/* Without blanks and comments at its ends (RFC 5322 3.6.4 lets CFWS stand there). */
static struct md_str
bare(struct md_str s)
{
	s = md_str_trim(s, " \t\r\n");
	while (md_str_starts(s, "(") && md_str_find(s, ')') < s.len)
		s = md_str_trim(md_str_skip(s, md_str_find(s, ')') + 1), " \t\r\n");
	while (s.len > 0 && s.p[s.len - 1] == ')' && md_str_find(s, '(') < s.len)
		s = md_str_trim((struct md_str){ s.p, md_str_find(s, '(') }, " \t\r\n");
	return s;
}

static size_t
count(struct md_str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == c;
	return n;
}

/* What is wrong with it; NULL for nothing. */
static const char *
id_fault(struct md_str id)
{
	struct md_str right;

	if (id.len == 0)
		return "it is empty";
	if (count(id, '<') > 1)
		return "it holds several";
	if (id.p[0] != '<' || id.p[id.len - 1] != '>')
		return "it has no angle brackets around it";
	id = (struct md_str){ id.p + 1, id.len - 2 };
	if (md_str_find(id, '"') == id.len && (count(id, ' ') > 0 || count(id, '\t') > 0))
		return "it has a blank in it";
	if (count(id, '@') != 1 && md_str_find(id, '"') == id.len)
		return count(id, '@') == 0 ? "it has no @" : "it has several @";
	right = md_str_skip(id, md_str_find(id, '@') + 1);
	if (right.len == 0 || id.p[0] == '@')
		return "nothing stands on one side of the @";
	return NULL;
}

/*
 * RFC 5322 3.6.4: id-right is a dot-atom, so one label is right by syntax; that it should be a
 * domain is a recommendation.  What is wrong with an id of right syntax; NULL for nothing.
 */
static const char *
host_fault(struct md_ctx *c, struct md_str id)
{
	const struct md_str right = md_str_trim(md_str_skip(id, md_str_find(id, '@') + 1), ">");
	const char *name;

	if (md_str_starts(right, "[") || md_str_find(id, '"') < id.len)
		return NULL;
	name = md_name_normal(md_mem(c), right);
	if (md_name_under(name, "localhost") || md_name_under(name, "localdomain") ||
	    md_name_under(name, "local"))
		return "its domain is a machine's own, not one of the Internet";
	return md_name_labels(name) < 2 ? "what stands behind its @ is no full domain" : NULL;
}

static void
judge_id(struct md_ctx *c)
{
	const struct md_field *f = md_message_field(md_subject(c)->message, "Message-ID", NULL);
	const char *fault, *host, *shown;

	if (f == NULL) {
		md_found(c, STRUCTURE_MESSAGE_ID, "Message-ID",
		         "the message has no Message-ID field");
		return;
	}
	fault = id_fault(bare(f->value));
	host = fault == NULL ? host_fault(c, bare(f->value)) : NULL;
	shown = md_excerpt(md_mem(c), md_str_trim(f->value, " \t\r\n"));
	if (fault != NULL)
		md_found(c, STRUCTURE_MESSAGE_ID, "Message-ID", "%s (line %zu): %s", shown,
		         f->line, fault);
	else if (host != NULL)
		md_found(c, STRUCTURE_MESSAGE_ID_HOST, "Message-ID", "%s (line %zu): %s", shown,
		         f->line, host);
}

void
md_structure_header(struct md_ctx *c)
{
	judge_singletons(c);
	judge_date(c);
	judge_id(c);
}
