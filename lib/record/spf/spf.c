/* SPF records: which TXT is one, its terms in order, and what a faulty one meant. */
#include "record/spf/spf.h"

#include <string.h>

#include "base/arena.h"
#include "record/spf/term.h"
#include "record/txt_meant.h"

#define VERSION "v=spf1"
enum { VERSION_LEN = sizeof(VERSION) - 1 };

bool
md_spf_is_record(struct md_str txt)
{
	return md_str_starts_nocase(txt, VERSION) &&
	       (txt.len == VERSION_LEN || txt.p[VERSION_LEN] == ' ');
}

/* ---- what a faulty term was meant to be: guesses, each proved to be sound ---- */

/* The text of a term if that is sound and does something, else NULL. */
static const char *
if_sound(struct md_arena *mem, const char *text)
{
	struct md_spf_term term = { .text = md_str(text) };

	if (text[0] == '\0' || strchr(text, ' ') != NULL)
		return NULL;
	md_spf_term_parse(mem, &term);
	return term.fault == MD_SPF_SOUND && term.kind != MD_SPF_UNKNOWN_MODIFIER ? text : NULL;
}

/* An address, with a prefix length or not, that lacks the right name in front. */
static const char *
as_network(struct md_arena *mem, const char *qualifier, struct md_str text)
{
	const struct md_str host = { text.p, md_str_find(text, '/') };
	struct md_addr addr;

	if (!md_addr_parse(md_str_trim(host, "[]"), &addr))
		return NULL;
	return if_sound(mem, md_printf(mem, "%sip%d:%s%s", qualifier, addr.family,
	                               md_addr_print(mem, addr),
	                               md_show(mem, md_str_skip(text, host.len))));
}

/* A misspelt name, or : where = belongs. */
static bool
is_one_of(struct md_str word, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (md_str_eq_nocase(word, words[i]))
			return true;
	return false;
}

static const char *
as_named(struct md_arena *mem, const char *qualifier, struct md_str name, struct md_str rest)
{
	static const char *const names[] = { "all", "include", "a",        "mx",  "ptr", "ip4",
		                             "ip6", "exists",  "redirect", "exp", NULL };
	const char *nearest =
	        name.len >= 3 || md_str_eq_nocase(name, "a") || md_str_eq_nocase(name, "mx")
	                ? md_nearest(name, names)
	                : NULL;

	if (nearest == NULL)
		return NULL;
	for (size_t i = 0; names[i] != NULL; i++) {
		const size_t len = strlen(names[i]);

		if (len < name.len && md_str_starts_nocase(name, names[i]) &&
		    is_one_of(md_str_skip(name, len), names))
			return NULL; /* "amx", "mxinclude": two words that became one */
	}
	if (strcmp(nearest, "all") == 0 && (qualifier[0] == '\0' || qualifier[0] == '+'))
		return NULL; /* a guess must not open the domain to everybody */
	if (rest.len > 0 && (rest.p[0] == ':' || rest.p[0] == '=')) {
		const bool modifier = nearest[0] == 'r' || strcmp(nearest, "exp") == 0;

		return if_sound(mem, md_printf(mem, "%s%s%c%s", modifier ? "" : qualifier,
		                               nearest, modifier ? '=' : ':',
		                               md_show(mem, md_str_skip(rest, 1))));
	}
	return if_sound(mem, md_printf(mem, "%s%s%s", qualifier, nearest, md_show(mem, rest)));
}

/* May an address behind this name have been meant as a network? */
static bool
takes_network(enum md_spf_kind kind, struct md_str name)
{
	static const char *const names[] = { "ip4", "ip6", "ip", NULL };

	switch (kind) {
	case MD_SPF_INCLUDE:
	case MD_SPF_A:
	case MD_SPF_MX:
	case MD_SPF_IP4:
	case MD_SPF_IP6:
		return true;
	case MD_SPF_UNKNOWN_TERM:
		return md_nearest(name, names) != NULL;
	default:
		return false;
	}
}

/* The sound term that a faulty one was probably meant to be; NULL when it is a riddle. */
static const char *
term_meant(struct md_arena *mem, const struct md_spf_term *term)
{
	const bool qualified = memchr("+-~?", term->text.p[0], 4) != NULL;
	const char *qualifier = md_strndup(mem, term->text.p, qualified);
	const struct md_str text = md_str_skip(term->text, qualified);
	const struct md_str trimmed = md_str_trim(term->text, ";,.\"'");
	struct md_str name = { text.p, 0 }, rest;
	const char *meant, *plain;

	while (name.len < text.len && md_is_alnum(text.p[name.len]))
		name.len++;
	rest = md_str_skip(text, name.len);
	plain = md_txt_meant(mem, term->text); /* a typographic hyphen, a hard blank */
	meant = plain != NULL ? if_sound(mem, plain) : NULL;
	if (meant == NULL)
		meant = if_sound(mem, md_strndup(mem, trimmed.p, trimmed.len));
	if (meant == NULL && term->kind == MD_SPF_UNKNOWN_TERM && term->fault == MD_SPF_SYNTAX)
		meant = as_network(mem, qualifier, text);
	if (meant == NULL && rest.len > 0 && rest.p[0] == ':' &&
	    takes_network(term->kind, name))
		meant = as_network(mem, qualifier, md_str_skip(rest, 1));
	if (meant == NULL && term->fault == MD_SPF_UNKNOWN_NAME)
		meant = as_named(mem, qualifier, name, rest);
	return meant;
}

/* ---- reading ---- */

/* RFC 7208 6: redirect and exp stand at most once each. */
static void
refuse_second(struct md_spf_term *term, const struct md_spf_term *terms, size_t n)
{
	if (term->kind != MD_SPF_REDIRECT && term->kind != MD_SPF_EXP)
		return;
	for (size_t i = 0; i < n; i++) {
		if (terms[i].kind != term->kind || term->fault != MD_SPF_SOUND)
			continue;
		term->fault = MD_SPF_SYNTAX;
		term->fault_offset = term->offset;
		term->fault_len = term->text.len;
		term->why = term->kind == MD_SPF_EXP
		                    ? "exp= stands here for the second time"
		                    : "redirect= stands here for the second time";
	}
}

static const struct md_spf_term *
first_of(const struct md_spf *spf, enum md_spf_kind kind)
{
	for (size_t i = 0; i < spf->n; i++)
		if (spf->terms[i].kind == kind && spf->terms[i].fault == MD_SPF_SOUND)
			return &spf->terms[i];
	return NULL;
}

const struct md_spf *
md_spf_parse(struct md_arena *mem, struct md_str record)
{
	struct md_spf *spf = md_alloc(mem, sizeof(*spf));
	struct md_str rest = md_str_skip(record, VERSION_LEN), piece;
	struct md_spf_term *terms = NULL;

	spf->text = record;
	while (md_str_cut(&rest, ' ', &piece)) {
		struct md_spf_term term = { .text = piece };

		if (piece.len == 0)
			continue;
		term.offset = (size_t)(piece.p - record.p);
		md_spf_term_parse(mem, &term);
		if (term.fault != MD_SPF_SOUND)
			term.meant = term_meant(mem, &term);
		refuse_second(&term, terms, spf->n);
		spf->nfaults += term.fault != MD_SPF_SOUND;
		MD_PUSH(mem, terms, spf->n, term);
	}
	spf->terms = terms;
	spf->all = first_of(spf, MD_SPF_ALL);
	spf->redirect = first_of(spf, MD_SPF_REDIRECT);
	spf->exp = first_of(spf, MD_SPF_EXP);
	return spf;
}

bool
md_spf_counts(const struct md_spf_term *term)
{
	switch (term->kind) {
	case MD_SPF_INCLUDE:
	case MD_SPF_A:
	case MD_SPF_MX:
	case MD_SPF_PTR:
	case MD_SPF_EXISTS:
	case MD_SPF_REDIRECT:
		return true;
	default:
		return false;
	}
}

bool
md_spf_reached(const struct md_spf *spf, const struct md_spf_term *term)
{
	if (term->fault != MD_SPF_SOUND)
		return false;
	if (term->kind == MD_SPF_REDIRECT)
		return spf->all == NULL;
	if (term->kind > MD_SPF_REDIRECT)
		return false;
	return spf->all == NULL || term->offset <= spf->all->offset;
}

/* ---- what faulty records were meant to be ---- */

/* The first n octets of txt that are no blanks, in lower case. */
static size_t
first_letters(struct md_str txt, char *out, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < txt.len && len < n; i++)
		if (txt.p[i] != ' ' && txt.p[i] != '\t')
			out[len++] = md_lower(txt.p[i]);
	return len;
}

const char *
md_spf_lookalike(struct md_arena *mem, struct md_str txt, size_t *offset)
{
	static const char junk[] =
	        " \t\r\n\"'\\\xef\xbb\xbf\xc2\xa0\xe2\x80\x98\x99\x9c\x9d\x9e";
	const struct md_str trimmed = md_str_trim(txt, junk);
	const size_t lead = trimmed.len > 0 ? (size_t)(trimmed.p - txt.p) : 0;
	char head[VERSION_LEN];

	*offset = 0;
	if (md_spf_is_record(txt))
		return NULL;
	if (lead > 0 && md_str_starts_nocase(trimmed, VERSION))
		return md_printf(mem, "%s stands before v=spf1",
		                 md_quote(mem, (struct md_str){ txt.p, lead }));
	if (md_str_starts_nocase(txt, VERSION)) {
		*offset = VERSION_LEN;
		return md_printf(mem, "a blank must follow v=spf1, not %s",
		                 md_quote(mem, (struct md_str){ txt.p + VERSION_LEN, 1 }));
	}
	if (first_letters(trimmed, head, VERSION_LEN) == VERSION_LEN &&
	    memcmp(head, VERSION, VERSION_LEN) == 0)
		return "there are blanks within v=spf1";
	if (md_str_starts_nocase(trimmed, "spf1 ") || md_str_starts_nocase(trimmed, "v=spf "))
		return "the record must begin with v=spf1";
	return NULL;
}

const struct md_spf *
md_spf_meant(struct md_arena *mem, struct md_str txt)
{
	const char *plain;
	struct md_str rest;
	size_t at;

	if (md_spf_is_record(txt))
		return md_spf_parse(mem, txt);
	if (md_spf_lookalike(mem, txt, &at) == NULL)
		return NULL;
	plain = md_txt_meant(mem, txt);
	rest = plain != NULL ? md_str(plain) : (struct md_str){ NULL, 0 };
	while (rest.len > 0 && !md_str_starts_nocase(rest, "spf"))
		rest = md_str_skip(rest, 1);
	rest = md_str_skip(rest, md_str_starts_nocase(rest, "spf1") ? 4 : 3);
	rest = md_str_trim(rest, " ;,\"'");
	if (rest.len == 0)
		return NULL;
	return md_spf_parse(mem, md_str(md_printf(mem, VERSION " %.*s", MD_FMT(rest))));
}

bool
md_spf_is_sign(const struct md_spf_term *term)
{
	return term->text.len == 1 && strchr("+-~?", term->text.p[0]) != NULL;
}

/* A sign, and "all" behind it.  Before other terms a lone hyphen may be meant as a dash. */
static bool
is_torn(const struct md_spf *spf, size_t i)
{
	const struct md_spf_term *next = &spf->terms[i + 1];

	return i + 1 < spf->n && md_spf_is_sign(&spf->terms[i]) &&
	       next->fault == MD_SPF_SOUND && next->kind == MD_SPF_ALL &&
	       strchr("+-~?", next->text.p[0]) == NULL;
}

const char *
md_spf_mended(struct md_arena *mem, const struct md_spf *spf)
{
	struct md_buf out = { .mem = mem };
	bool torn = false; /* the blank before this term is one too many */

	md_buf_add(&out, md_str(VERSION));
	for (size_t i = 0; i < spf->n; i++) {
		const struct md_spf_term *term = &spf->terms[i];
		const bool joins = torn;

		torn = is_torn(spf, i);
		if (term->fault != MD_SPF_SOUND && term->meant == NULL && !torn)
			return NULL;
		if (!joins)
			md_buf_addc(&out, ' ');
		md_buf_add(&out, term->fault == MD_SPF_SOUND || torn ? term->text
		                                                     : md_str(term->meant));
	}
	return md_buf_str(&out);
}

static bool
is_term(struct md_arena *mem, struct md_str text)
{
	struct md_spf_term term = { .text = text };

	if (text.len == 0)
		return false;
	md_spf_term_parse(mem, &term);
	return term.fault == MD_SPF_SOUND && term.kind != MD_SPF_UNKNOWN_MODIFIER;
}

/*
 * Two terms that became one.  Each half is a term by itself; and the second is no short word
 * that may as well be the rest of a name, unless the whole makes no sense.
 */
static bool
is_bad_joint(struct md_arena *mem, struct md_str before, struct md_str after)
{
	struct md_str left = before, right = { after.p, md_str_find(after, ' ') };

	while (left.len > 0 && left.p[left.len - 1] != ' ')
		left.len--;
	left = md_str_skip(before, left.len);
	if (!md_str_eq_nocase(left, VERSION) && !is_term(mem, left))
		return false;
	if (!is_term(mem, right))
		return false;
	return !md_is_alnum(right.p[0]) || md_str_find(right, ':') < right.len ||
	       md_str_find(right, '=') < right.len ||
	       !is_term(mem, (struct md_str){ left.p, left.len + right.len });
}

size_t
md_spf_bad_joint(struct md_arena *mem, const struct md_str *strings, size_t n)
{
	struct md_str before = { n > 0 ? strings[0].p : "", 0 };

	/* The strings lie one behind the other in the joined text. */
	for (size_t i = 0; i + 1 < n; i++) {
		before.len += strings[i].len;
		if (is_bad_joint(mem, before, strings[i + 1]))
			return i + 2;
	}
	return 0;
}

const char *
md_spf_rejoin(struct md_arena *mem, const struct md_str *strings, size_t n)
{
	struct md_buf out = { .mem = mem };
	bool bad = false;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && is_bad_joint(mem, md_buf_view(&out), strings[i])) {
			md_buf_addc(&out, ' ');
			bad = true;
		}
		md_buf_add(&out, strings[i]);
	}
	return bad ? md_buf_str(&out) : NULL;
}
