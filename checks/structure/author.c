/* From and what stands beside it: one author, and no other shown. */
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "domain/psl.h"
#include "envelope/author.h"
#include "rules.h"

/* What people see of a name is shorter; so are lists that are meant to be read. */
enum { AUTHORS_MOST = 10, WORDS_MOST = 50, KEPT_MOST = 1000 };

/* ---- exactly one author ---- */

static const char *
addresses(struct md_ctx *c, const struct md_mailboxes *list)
{
	struct md_buf out = { .mem = md_mem(c) };

	for (size_t i = 0; i < list->n && i < 3; i++)
		md_buf_printf(&out, "%s%s", i > 0 ? ", " : "",
		              md_show(md_mem(c), md_str(list->all[i].text)));
	return md_printf(md_mem(c), "%s%s", md_buf_str(&out), list->n > 3 ? ", ..." : "");
}

/* RFC 5322 3.6.2: several authors need a Sender. */
static void
judge_from(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_mailboxes *from = md_mailboxes(c, "From");
	const size_t n = md_message_count(m, "From");
	const char *sender = md_message_count(m, "Sender") == 0 ? ", and no Sender" : "";

	if (n == 0)
		md_found(c, STRUCTURE_FROM_COUNT, "From", "the message has no From field");
	else if (n > 1)
		md_found(c, STRUCTURE_FROM_COUNT, "From", "the message has %zu From fields: %s",
		         n, md_structure_lines(c, "From"));
	else if (from->n > 1)
		md_found(c, STRUCTURE_FROM_COUNT, "From", "%zu addresses%s (%s): %s%s%s",
		         from->n, sender, md_structure_lines(c, "From"), addresses(c, from),
		         *from->fault != '\0' ? "; " : "", from->fault);
	else if (from->n == 0)
		md_found(c, STRUCTURE_FROM_COUNT, "From", "no address in it (%s)%s",
		         md_structure_lines(c, "From"),
		         from->groups ? ", but a group (RFC 6854)" : "");
	else if (*from->fault != '\0')
		md_found(c, STRUCTURE_FROM_COUNT, "From", "%s (%s): %s", from->fault,
		         md_structure_lines(c, "From"),
		         md_excerpt(md_mem(c),
		                    md_str_trim(md_message_field(m, "From", NULL)->value,
		                                " \t\r\n")));
	else if (*from->all[0].domain == '\0')
		md_found(c, STRUCTURE_FROM_COUNT, "From", "%s has no domain name (%s)",
		         addresses(c, from), md_structure_lines(c, "From"));
}

/* ---- names that look like addresses ---- */

const char *
md_structure_shown_domain(struct md_ctx *c, struct md_str word)
{
	const char *name, *last, *why;
	struct md_str user;
	const bool www = md_str_starts_nocase(word, "www.");

	if (md_str_starts_nocase(word, "http://") || md_str_starts_nocase(word, "https://"))
		return md_link_host(md_mem(c), word, &user);
	word.len = md_str_find(word, '/');
	word = md_str_trim(word, ".,;:!?");
	if (md_str_find(word, '.') == word.len || md_str_find(word, ' ') < word.len)
		return NULL;
	last = md_strndup(md_mem(c), word.p, word.len);
	name = md_name_from_user(md_mem(c), last, &why);
	last = strrchr(last, '.') + 1;
	if (name == NULL || !md_name_is_hostname(name) ||
	    !md_psl_is_listed(md_name_last(name, 1)))
		return NULL;
	if (!www && (strcmp(last, md_str_lower(md_mem(c), md_str(last))) != 0 ||
	             md_str_find(word, '.') < 3))
		return NULL;
	return name;
}

/* Mailing lists write the author into the name, and his address elsewhere, for DMARC's sake. */
static bool
is_kept_elsewhere(struct md_ctx *c, const char *domain)
{
	static const char *const fields[] = { "Reply-To", "Cc", "X-Original-From" };

	if (md_message_count(md_subject(c)->message, "List-Id") == 0)
		return false;
	for (size_t i = 0; i < MD_COUNT(fields); i++) {
		const struct md_mailboxes *list = md_mailboxes(c, fields[i]);

		for (size_t j = 0; list != NULL && j < list->n && j < KEPT_MOST; j++)
			if (strcmp(list->all[j].domain, domain) == 0)
				return true;
	}
	return false;
}

static const char *
domain_in(struct md_ctx *c, struct md_str word)
{
	size_t at = word.len;

	word = md_str_trim(word, "<>()[]{}\"',;:.!?");
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] == '@')
			at = i + 1;
	if (at < word.len)
		word = md_str_skip(word, at);
	else if (md_str_find(word, '@') < word.len)
		return NULL;
	return md_structure_shown_domain(c, word);
}

static void
judge_name(struct md_ctx *c, const struct md_mailbox *m)
{
	struct md_str rest = md_str(m->name), word;

	if (*m->domain == '\0')
		return;
	for (size_t n = 0; n < WORDS_MOST && md_str_cut(&rest, ' ', &word); n++) {
		const char *domain = domain_in(c, word);

		if (domain == NULL || md_psl_same_organisation(domain, m->domain) ||
		    is_kept_elsewhere(c, domain))
			continue;
		md_found(c, STRUCTURE_DISPLAY_NAME_SPOOF, md_show(md_mem(c), md_str(m->text)),
		         "the name %s shows %s, the address is of %s (%s)",
		         md_excerpt(md_mem(c), md_str(m->name)), domain, m->domain,
		         md_structure_lines(c, "From"));
		return;
	}
}

static void
judge_reply_to(struct md_ctx *c, const struct md_mailbox *from)
{
	const struct md_mailboxes *reply = md_mailboxes(c, "Reply-To");

	/* A mailing list lets answers go where its members are. */
	if (reply == NULL || *from->domain == '\0' ||
	    md_message_count(md_subject(c)->message, "List-Id") > 0)
		return;
	for (size_t i = 0; i < reply->n; i++)
		if (*reply->all[i].domain != '\0' &&
		    !md_psl_same_organisation(reply->all[i].domain, from->domain)) {
			md_found(c, STRUCTURE_REPLY_TO_ELSEWHERE, "Reply-To",
			         "From is %s, Reply-To %s (%s)",
			         md_show(md_mem(c), md_str(from->text)),
			         md_show(md_mem(c), md_str(reply->all[i].text)),
			         md_structure_lines(c, "Reply-To"));
			return;
		}
}

void
md_structure_author(struct md_ctx *c)
{
	const struct md_mailboxes *from = md_mailboxes(c, "From");

	judge_from(c);
	for (size_t i = 0; from != NULL && i < from->n && i < AUTHORS_MOST; i++)
		judge_name(c, &from->all[i]);
	if (from != NULL && from->n > 0)
		judge_reply_to(c, &from->all[0]);
}
