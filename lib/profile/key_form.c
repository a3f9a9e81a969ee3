/* Requirements about the message's form and what its header offers. */
#include "mail/address.h"
#include "profile/key.h"

#define MET(...) ((struct md_answer){ MD_MET, __VA_ARGS__ })
#define NOT_MET(...) ((struct md_answer){ MD_NOT_MET, __VA_ARGS__ })
#define NOT_KNOWN(...) ((struct md_answer){ MD_NOT_KNOWN, __VA_ARGS__ })

enum { LONGEST_LINE = 998, MEGABYTE = 1 << 20 };

/* RFC 5322 3.6: what may stand once at most. */
static const char *const singletons[] = { "Date",    "From",        "Sender",    "Reply-To",
	                                  "To",      "Cc",          "Bcc",       "Message-ID",
	                                  "Subject", "In-Reply-To", "References" };

struct md_answer
md_profile_rfc5322(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const struct md_message *m = f->message;
	struct md_buf faults = { .mem = md_mem(c) };

	(void)argument;
	if (md_message_count(m, "From") == 0)
		md_buf_printf(&faults, "; no From");
	if (md_message_count(m, "Date") == 0)
		md_buf_printf(&faults, "; no Date");
	for (size_t i = 0; i < MD_COUNT(singletons); i++)
		if (md_message_count(m, singletons[i]) > 1)
			md_buf_printf(&faults, "; %zu %s fields",
			              md_message_count(m, singletons[i]), singletons[i]);
	if (m->longest > LONGEST_LINE)
		md_buf_printf(&faults, "; line %zu is of %zu octets", m->longest_line,
		              m->longest);
	if (faults.len > 0)
		return NOT_MET(md_buf_str(&faults) + 2);
	return MET("one From, one Date, no field twice, no line too long");
}

struct md_answer
md_profile_from_one(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const struct md_field *from = md_message_field(f->message, "From", NULL);
	const size_t n = md_message_count(f->message, "From");
	const struct md_mailboxes *boxes;

	(void)argument;
	if (n != 1)
		return NOT_MET(md_printf(md_mem(c), "%zu From fields", n));
	boxes = md_mailboxes_parse(md_mem(c), from->value);
	for (size_t i = 0; i < boxes->n; i++)
		if (boxes->all[i].domain[0] != '\0')
			return MET("one From with an address");
	return NOT_MET("From has no address");
}

/* RFC 5322 3.6.4: "<", something without blanks, "@", something, ">". */
static bool
is_message_id(struct md_str id)
{
	size_t at;

	if (id.len < 5 || id.p[0] != '<' || id.p[id.len - 1] != '>')
		return false;
	id = (struct md_str){ id.p + 1, id.len - 2 };
	at = md_str_find(id, '@');
	for (size_t i = 0; i < id.len; i++)
		if (id.p[i] <= ' ' || id.p[i] == '<' || id.p[i] == '>')
			return false;
	return at > 0 && at + 1 < id.len;
}

struct md_answer
md_profile_message_id(struct md_ctx *c, const struct md_profile_facts *f,
                      struct md_str argument)
{
	const struct md_field *field = md_message_field(f->message, "Message-ID", NULL);
	const char *text;

	(void)argument;
	if (field == NULL)
		return NOT_MET("no Message-ID");
	text = md_field_text(md_mem(c), field);
	if (is_message_id(md_str(text)))
		return MET("it has one");
	return NOT_MET(md_printf(md_mem(c), "Message-ID: %s is not <id@domain>",
	                         md_excerpt(md_mem(c), md_str(text))));
}

/* A provider's own address may stand in From when the provider itself sent the message. */
struct md_answer
md_profile_from_not(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const char *author = f->dmarc->author;
	struct md_str domain;

	if (author == NULL)
		return NOT_KNOWN(f->dmarc->why);
	while (md_str_cut(&argument, ',', &domain)) {
		if (!md_str_eq_nocase(domain, author))
			continue;
		if (f->dmarc->by_spf || f->dmarc->by_dkim)
			return MET(md_printf(md_mem(c), "%s vouches for it", author));
		return NOT_MET(md_printf(md_mem(c),
		                         "From is of %s, which does not vouch for it", author));
	}
	return MET(md_printf(md_mem(c), "From is of %s", author));
}

struct md_answer
md_profile_size(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const size_t size = f->message->raw.len;
	unsigned long most = 0;
	const char *text;

	md_str_number(argument, 1 << 20, &most);
	text = md_printf(md_mem(c), "%zu octets", size);
	return size <= most * MEGABYTE ? MET(text) : NOT_MET(text);
}

/* Does a signature that passes cover the field? */
static bool
is_signed(const struct md_dkim_verdicts *dkim, const char *name)
{
	for (size_t i = 0; i < dkim->n; i++)
		for (size_t j = 0; j < dkim->all[i].signature->nh; j++)
			if (dkim->all[i].result == MD_DKIM_PASS &&
			    md_str_eq_nocase(
			            md_str_trim(dkim->all[i].signature->h[j], " \t\r\n"), name))
				return true;
	return false;
}

/* RFC 8058 3.1: how many HTTPS URIs are there in "<mailto:…>, <https://…>"? */
static size_t
count_https(struct md_str value)
{
	size_t n = 0, open;

	while ((open = md_str_find(value, '<')) < value.len) {
		value = md_str_trim(md_str_skip(value, open + 1), " \t\r\n");
		n += md_str_starts_nocase(value, "https://");
	}
	return n;
}

/* NULL: it is all that RFC 8058 asks for. */
static const char *
one_click_fault(struct md_ctx *c, const struct md_profile_facts *f)
{
	const struct md_field *list = md_message_field(f->message, "List-Unsubscribe", NULL);
	const struct md_field *post =
	        md_message_field(f->message, "List-Unsubscribe-Post", NULL);
	bool temporary = false;

	if (list == NULL)
		return "no List-Unsubscribe";
	if (count_https(list->value) != 1)
		return "List-Unsubscribe has not exactly one https URI";
	if (post == NULL)
		return "no List-Unsubscribe-Post";
	if (!md_eq_nocase(md_field_text(md_mem(c), post), "List-Unsubscribe=One-Click"))
		return "List-Unsubscribe-Post is not \"List-Unsubscribe=One-Click\"";
	if (is_signed(f->dkim, "List-Unsubscribe") &&
	    is_signed(f->dkim, "List-Unsubscribe-Post"))
		return NULL;
	for (size_t i = 0; i < f->dkim->n; i++)
		temporary = temporary || md_dkim_is_open(&f->dkim->all[i]);
	return temporary ? "" : "no valid signature covers both unsubscribe fields";
}

struct md_answer
md_profile_one_click(struct md_ctx *c, const struct md_profile_facts *f, struct md_str argument)
{
	const char *fault = one_click_fault(c, f);

	(void)argument;
	if (fault == NULL)
		return MET("List-Unsubscribe and its Post are there, and signed");
	if (fault[0] == '\0')
		return NOT_KNOWN("whether the unsubscribe fields are signed is not known");
	if (md_profile_bulk_sign(f->message)[0] == '\0')
		return NOT_KNOWN(md_printf(
		        md_mem(c), "%s; whether it is such mail it does not tell", fault));
	return NOT_MET(fault);
}

/* Without the field nothing is known: a link in the body looks like any other link. */
struct md_answer
md_profile_unsubscribe_link(struct md_ctx *c, const struct md_profile_facts *f,
                            struct md_str argument)
{
	(void)c;
	(void)argument;
	if (md_message_field(f->message, "List-Unsubscribe", NULL) != NULL)
		return MET("List-Unsubscribe is there");
	return NOT_KNOWN("no List-Unsubscribe; the text may have a link");
}

struct md_answer
md_profile_feedback_id(struct md_ctx *c, const struct md_profile_facts *f,
                       struct md_str argument)
{
	(void)c;
	(void)argument;
	if (md_message_field(f->message, "Feedback-ID", NULL) != NULL)
		return MET("Feedback-ID is there");
	if (md_profile_bulk_sign(f->message)[0] == '\0')
		return NOT_KNOWN("no Feedback-ID; whether it is bulk mail it does not tell");
	return NOT_MET("no Feedback-ID");
}

const char *
md_profile_bulk_sign(const struct md_message *m)
{
	static const char *const names[] = { "List-Id", "List-Unsubscribe", "Feedback-ID" };
	const struct md_field *precedence = md_message_field(m, "Precedence", NULL);

	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_message_count(m, names[i]) > 0)
			return names[i];
	if (precedence != NULL &&
	    (md_str_eq_nocase(md_str_trim(precedence->value, " \t\r\n"), "bulk") ||
	     md_str_eq_nocase(md_str_trim(precedence->value, " \t\r\n"), "list")))
		return "Precedence";
	return "";
}
