/* What a spam filter says of the message: a second opinion like any other. */
#include "spam/spam.h"

#include <string.h>

#include "envelope/envelope.h"
#include "mail/message.h"

static const struct filter {
	const char *engine, *name;
} spamassassin = { "spamassassin", "SpamAssassin" }, rspamd = { "rspamd", "rspamd" };

/* ---- its words, which are our own program's (cmd/witness/filter.c) ---- */

/* A number as "%.6g" prints it, whatever the locale; false for anything else. */
static bool
read_number(struct md_str word, double *value)
{
	const bool negative = md_str_starts(word, "-");
	double all = 0, place = 1;
	bool fraction = false;

	word = md_str_skip(word, negative);
	for (size_t i = 0; i < word.len; i++) {
		if (word.p[i] == '.' && !fraction && i > 0) {
			fraction = true;
		} else if (md_is_digit(word.p[i])) {
			place = fraction ? place / 10 : place;
			all = fraction ? all + place * (word.p[i] - '0')
			               : all * 10 + (word.p[i] - '0');
		} else {
			return false;
		}
	}
	*value = negative ? -all : all;
	return word.len > 0;
}

static struct md_str
take_word(struct md_str *rest)
{
	const struct md_str word = { rest->p, md_str_find(*rest, ' ') };

	*rest = md_str_skip(*rest, word.len + 1);
	return word;
}

static const char *
copy(struct md_arena *mem, struct md_str text)
{
	return md_strndup(mem, text.p, text.len);
}

/* "SCORE THRESHOLD ACTION", and of each rule "POINTS NAME TEXT". */
static bool
read_score(struct md_arena *mem, const struct md_opinion *o, struct md_spam *spam)
{
	struct md_spam_rule *rules = md_alloc(mem, (o->nparts + 1) * sizeof(*rules));
	struct md_str rest = md_str(o->detail);

	if (!read_number(take_word(&rest), &spam->score) ||
	    !read_number(take_word(&rest), &spam->threshold))
		return false;
	spam->action = copy(mem, rest);
	for (size_t i = 0; i < o->nparts; i++) {
		rest = md_str(o->parts[i]);
		if (!read_number(take_word(&rest), &rules[i].points))
			return false;
		rules[i].name = copy(mem, take_word(&rest));
		rules[i].text = copy(mem, rest);
	}
	spam->n = o->nparts;
	spam->rules = rules;
	return true;
}

/* ---- asking ---- */

static struct md_spam
ask(struct md_ctx *c, const struct filter *filter, const char *server, const char *sha256)
{
	const struct md_envelope *envelope = md_envelope(c);
	struct md_arena *mem = md_mem(c);
	const struct md_opinion_value values[] = {
		{ "message", sha256 },
		{ "server", server },
		{ "ip", envelope->has_ip ? md_addr_print(mem, envelope->ip) : "" },
		{ "helo", envelope->helo },
		{ "mail_from", envelope->mail_from.null ? "" : envelope->mail_from.text },
	};
	/* spamd reads the envelope in the message itself */
	const size_t n = filter == &rspamd ? MD_COUNT(values) : 2;
	struct md_spam spam = { .engine = filter->name, .server = server, .action = "" };
	const struct md_opinion *o =
	        md_opinion(c, filter->engine, md_opinion_input(mem, values, n));

	spam.known = md_known(c, &o->fact) && read_score(mem, o, &spam);
	return spam;
}

static const void *
ask_all(struct md_ctx *c, const char *arg)
{
	enum { BOTH = 2 };
	const struct md_subject *s = md_subject(c);
	struct md_spams *spams = md_alloc(md_mem(c), sizeof(*spams));
	struct md_spam *all = md_alloc(md_mem(c), BOTH * sizeof(*all));
	const char *sha256;

	(void)arg;
	spams->all = all;
	if (s->spamd[0] == '\0' && s->rspamd[0] == '\0') /* as for every domain */
		return spams;
	sha256 = md_message_sha256(md_mem(c), s->message);
	if (s->spamd[0] != '\0')
		all[spams->n++] = ask(c, &spamassassin, s->spamd, sha256);
	if (s->rspamd[0] != '\0')
		all[spams->n++] = ask(c, &rspamd, s->rspamd, sha256);
	return spams;
}

const struct md_spams *
md_spams(struct md_ctx *c)
{
	return md_derive(c, ask_all, "");
}
