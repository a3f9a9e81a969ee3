/*
 * Reads Received fields as real servers write them.
 *
 * RFC 5321 4.4 has a grammar; what is in the comments, where most servers put the client's
 * address and name, is each server's own.  Samples are in tests/unit/test_received.c.
 */
#include "mail/received.h"

#include <string.h>

#include "base/arena.h"
#include "mail/received_words.h"

enum clause { NO_CLAUSE, FROM, BY, WITH, ID, FOR, TLS, ENVELOPE_FROM, OTHER };

struct reading {
	struct md_arena *mem;
	struct md_received *r;
	enum clause clause;
	unsigned seen;  /* clauses, as bits: the first of each kind counts */
	size_t words;   /* of this clause */
	bool helo_told; /* apart from the name after "from" */
	bool exim;
};

/* ---- pieces of text ---- */

static const char *
copy(const struct reading *g, struct md_str s)
{
	return md_strndup(g->mem, s.len > 0 ? s.p : "", s.len);
}

/* "mail.example.com." is the same name; "mx," has been seen. */
static const char *
name(const struct reading *g, struct md_str word)
{
	return copy(g, md_str_trim(word, ".,:"));
}

static void
the_client_is(struct reading *g, struct md_addr addr)
{
	if (!g->r->has_ip)
		g->r->ip = addr;
	g->r->has_ip = true;
}

static void
the_name_is(struct reading *g, const char *rdns, bool confirmed)
{
	g->r->rdns = rdns;
	g->r->rdns_confirmed = confirmed;
}

/* ---- comments ---- */

static void
read_envelope_from(struct reading *g, struct md_str word)
{
	if (g->r->envelope_from == NULL)
		g->r->envelope_from = copy(g, md_str_trim(word, "<>,"));
}

/*
 * "(envelope-from <a@example.com>)", "envelope-from=", and "envelope-sender" of qmail-ldap.  A
 * local part may have any of what sets words apart: "<list-bounces+ann=example.org@b.example>".
 */
static void
seek_envelope_from(struct reading *g, struct md_str text)
{
	struct md_str word, rest = text;

	while (md_received_word(&rest, " \t,=()", &word)) {
		if (!md_str_eq_nocase(word, "envelope-from") &&
		    !md_str_eq_nocase(word, "envelope-sender"))
			continue;
		rest = md_str_trim(rest, " \t=");
		if (rest.len == 0)
			return;
		if (rest.p[0] == '<')
			word = (struct md_str){ rest.p, md_str_find(rest, '>') };
		else
			md_received_word(&rest, " \t,()", &word);
		read_envelope_from(g, word);
		return;
	}
}

/* "HELO", "EHLO:" */
static bool
is_helo(struct md_str word)
{
	word = md_str_trim(word, ":");
	return md_str_eq_nocase(word, "HELO") || md_str_eq_nocase(word, "EHLO");
}

static void
read_helo(struct reading *g, struct md_str word)
{
	if (!g->helo_told)
		g->r->helo = copy(g, word);
	g->helo_told = true;
}

/*
 * A comment about the client: "(mail.example.com [192.0.2.1])", "([192.0.2.1] helo=x)",
 * "(HELO x)", "(192.0.2.1)", "([192.0.2.1]:25 "EHLO x")".
 */
static void
read_client(struct reading *g, struct md_str text)
{
	struct md_str word, rest = text, first = { NULL, 0 };
	struct md_addr addr;
	bool helo = false, address = false;
	size_t n = 0;

	for (; md_received_word(&rest, " \t,()\"", &word); n++) {
		const size_t open = md_str_find(word, '[');

		if (n == 0)
			first = (struct md_str){ word.p, open };
		if (helo || md_str_starts_nocase(word, "helo=")) {
			read_helo(g, md_str_skip(word, helo ? 0 : 5));
			helo = false;
		} else if (is_helo(word)) {
			helo = true;
		} else if (md_str_find(word, '=') == word.len &&
		           md_received_address(word, &addr)) {
			the_client_is(g, addr);
			address = true;
		}
	}
	if ((address || n == 1) && md_received_is_host(first) &&
	    !md_received_address(first, &addr) &&
	    strstr(copy(g, text), "may be forged") == NULL)
		the_name_is(g, name(g, first), true);
}

static void
read_by_address(struct reading *g, struct md_str text)
{
	struct md_str word, rest = text;
	struct md_addr addr;

	while (!g->r->has_by_ip && md_received_word(&rest, " \t,()", &word)) {
		g->r->has_by_ip = md_received_address(word, &addr);
		if (g->r->has_by_ip)
			g->r->by_ip = addr;
	}
}

static void
read_comment(struct reading *g, struct md_str text)
{
	text = md_str_trim(text, " \t");
	g->exim = g->exim || md_str_starts(text, "Exim");
	seek_envelope_from(g, text);
	if (g->r->tls[0] == '\0')
		g->r->tls = md_received_tls(g->mem, text);
	if (md_str_starts_nocase(text, "authenticated") ||
	    md_str_starts_nocase(text, "account ") || /* CommuniGate */
	    md_str_starts_nocase(text, "AUTH: ")) {   /* Courier */
		g->r->submitted = true;
		return;
	}
	if (g->clause == FROM)
		read_client(g, text);
	else if (g->clause == BY)
		read_by_address(g, text);
}

/* ---- clauses ---- */

/* NO_CLAUSE: the word is none's name. */
static enum clause
clause_of(struct md_str word)
{
	static const struct {
		const char *word;
		enum clause clause;
	} words[] = {
		{ "from", FROM }, { "by", BY },
		{ "via", OTHER }, { "with", WITH },
		{ "id", ID },     { "for", FOR },
		{ "tls", TLS },   { "envelope-from", ENVELOPE_FROM },
	};

	for (size_t i = 0; i < MD_COUNT(words); i++)
		if (md_str_eq_nocase(word, words[i].word))
			return words[i].clause;
	return NO_CLAUSE;
}

/* The second of a kind is a stranger's text: nothing is taken from it. */
static void
begin(struct reading *g, enum clause clause)
{
	const unsigned bit = 1u << clause;

	g->clause = (g->seen & bit) != 0 ? OTHER : clause;
	g->seen |= bit;
	g->words = 0;
}

static void
read_from(struct reading *g, struct md_str word, bool first)
{
	struct md_addr addr;

	if (first)
		g->r->from = name(g, word);
	else if (md_received_address(
	                 word, &addr)) /* fetchmail: "from pop.example.net [192.0.2.1] by" */
		the_client_is(g, addr);
}

static void
read_value(struct reading *g, struct md_str word)
{
	const bool first = g->words++ == 0;
	struct md_received *r = g->r;

	if (g->clause == FROM)
		read_from(g, word, first);
	else if (g->clause == WITH) /* "Microsoft SMTP Server" */
		r->with = first ? copy(g, word)
		                : md_printf(g->mem, "%s %.*s", r->with, MD_FMT(word));
	else if (!first)
		return;
	else if (g->clause == BY) {
		r->by = name(g, word);
		read_by_address(g, word);
	} else if (g->clause == ID)
		r->id = copy(g, word);
	else if (g->clause == FOR)
		r->rcpt = copy(g, md_str_trim(word, "<>,"));
	else if (g->clause == ENVELOPE_FROM)
		read_envelope_from(g, word);
	else if (g->clause == TLS && r->tls[0] == '\0') /* RFC 8314 4.3; Exim */
		r->tls = "TLS";
}

static void
read_clauses(struct reading *g, struct md_str rest)
{
	enum { MOST_WORDS = 200 }; /* so that the words of "with" do not add up */
	struct md_str word;
	enum clause clause;

	for (unsigned n = 0; n < MOST_WORDS; n++) {
		rest = md_str_trim(rest, " \t");
		if (rest.len == 0)
			return;
		if (rest.p[0] == '(') {
			const size_t len = md_received_comment(rest);
			const size_t end = len > 0 ? len - 1 : rest.len;

			read_comment(g, (struct md_str){ rest.p + 1, end - 1 });
			rest = md_str_skip(rest, end + 1);
			continue;
		}
		word = (struct md_str){ rest.p, 0 };
		while (word.len < rest.len && strchr(" \t(", rest.p[word.len]) == NULL)
			word.len++;
		rest = md_str_skip(rest, word.len);
		clause = clause_of(word);
		if (clause != NO_CLAUSE)
			begin(g, clause);
		else
			read_value(g, word);
	}
}

/* What one part of the field says of another. */
static void
conclude(struct reading *g)
{
	struct md_received *r = g->r;
	struct md_addr addr;

	/* Exim puts a name first when it has made sure of it, qmail any from the DNS. */
	if ((g->helo_told || g->exim) && r->rdns[0] == '\0' &&
	    md_received_is_host(md_str(r->from)))
		the_name_is(g, r->from, g->exim);
	if (!g->helo_told && !md_eq_nocase(r->from, "unknown"))
		r->helo = r->from;
	/* "from [192.0.2.1] (helo=x)" of Exim, and Yahoo's "from 192.0.2.1 (EHLO x)" */
	if (!r->has_ip && md_received_address(md_str(r->from), &addr)) {
		the_client_is(g, addr);
		if (!g->helo_told) /* the address was found out, not said */
			r->helo = "";
	}
	if (r->tls[0] == '\0' && strstr(r->with, " encrypted ") != NULL)
		r->tls = "TLS"; /* qmail-ldap: "with AES128-SHA encrypted SMTP" */
	if (md_eq_nocase(r->with, "ESMTPA") || md_eq_nocase(r->with, "ESMTPSA") ||
	    md_eq_nocase(r->with, "UTF8SMTPA") || md_eq_nocase(r->with, "UTF8SMTPSA"))
		r->submitted = true;
}

/* Where a date begins in a field without any semicolon, as some senders' servers write it. */
static size_t
bare_date(struct md_str text)
{
	enum { TRIED_MOST = 8 };
	struct md_str word, rest = text;
	unsigned tried = 0;

	if (md_str_find(text, ';') < text.len)
		return text.len;
	while (tried < TRIED_MOST && md_received_word(&rest, " \t", &word)) {
		const size_t at = (size_t)(word.p - text.p);
		const bool likely = (word.len == 4 && word.p[3] == ',') ||
		                    (word.len >= 10 && word.p[4] == '-' && word.p[7] == '-');

		tried += likely;
		if (likely && md_date_parse_trace(md_str_skip(text, at)).valid)
			return at;
	}
	return text.len;
}

const struct md_received *
md_received_parse(struct md_arena *mem, const struct md_field *field)
{
	struct md_received *r = md_alloc(mem, sizeof(*r));
	struct reading g = { .mem = mem, .r = r };
	const struct md_str text = md_received_line(mem, field->value);
	const size_t semicolon = md_received_semicolon(text);
	const size_t end = semicolon < text.len ? semicolon : bare_date(text);

	r->field = field;
	r->from = r->helo = r->rdns = r->by = r->with = r->tls = r->id = r->rcpt = "";
	read_clauses(&g, (struct md_str){ text.p, end });
	conclude(&g);
	r->date = md_date_parse_trace(md_str_skip(text, semicolon < text.len ? end + 1 : end));
	return r;
}

bool
md_received_by_tls(const struct md_received *r)
{
	static const char *const words[] = {
		"ESMTPS",    "ESMTPSA",    "SMTPS",     "LMTPS",      "LMTPSA",
		"UTF8SMTPS", "UTF8SMTPSA", "UTF8LMTPS", "UTF8LMTPSA", "HTTPS",
	};

	for (size_t i = 0; i < MD_COUNT(words); i++)
		if (md_eq_nocase(r->with, words[i]))
			return true;
	/* Cisco's gateways: "with ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384" */
	return r->tls[0] != '\0' || md_str_starts_nocase(md_str(r->with), "ESMTP/TLS/");
}
