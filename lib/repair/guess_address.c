/* What From, To and their like may have been: before a list or a server rewrote them. */
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "repair/field.h"
#include "repair/words.h"

enum { ITEMS_MOST = 40, ADDRESSES_MOST = 24 };

/* ---- the original address of a From that a list has replaced ---- */

struct addresses {
	struct md_arena *mem;
	const char *domain;
	struct md_str all[ADDRESSES_MOST];
	size_t n;
};

static bool
in_address(char c)
{
	return md_is_alnum(c) || (unsigned char)c >= 0x80 ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.@", c) != NULL);
}

static void
add_address(struct addresses *a, struct md_str address)
{
	const size_t at = md_str_find(address, '@');

	if (at == 0 || at + 1 >= address.len || a->n == ADDRESSES_MOST)
		return;
	for (size_t i = 0; i < a->n; i++)
		if (a->all[i].len == address.len &&
		    memcmp(a->all[i].p, address.p, address.len) == 0)
			return;
	a->all[a->n++] = address;
}

/* Lists hide an address in their own: ann=example.com@list, ann=40example.com@list. */
static void
add_hidden(struct addresses *a, struct md_str address)
{
	const size_t at = md_str_find(address, '@');

	for (size_t i = 1; i < at; i++) {
		struct md_str domain = { address.p + i + 1, at - i - 1 };
		struct md_buf text = { .mem = a->mem };

		if (address.p[i] != '=')
			continue;
		if (md_str_starts(domain, "40"))
			domain = md_str_skip(domain, 2);
		md_buf_add(&text, (struct md_str){ address.p, i });
		md_buf_addc(&text, '@');
		md_buf_add(&text, domain);
		add_address(a, (struct md_str){ text.p, text.len });
	}
}

/* Every address in a text. */
static void
add_addresses(struct addresses *a, struct md_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t n = 0;

		while (i + n < text.len && in_address(text.p[i + n]))
			n++;
		if (n == 0)
			continue;
		add_address(a, (struct md_str){ text.p + i, n });
		add_hidden(a, (struct md_str){ text.p + i, n });
		i += n;
	}
}

/* Is it at the signer's domain, or below? */
static bool
signers(const char *domain, struct md_str address)
{
	const struct md_str at = md_str_skip(address, md_str_find(address, '@') + 1);
	const size_t len = strlen(domain);

	return at.len >= len && len > 0 &&
	       md_str_eq_nocase(md_str_skip(at, at.len - len), domain) &&
	       (at.len == len || at.p[at.len - len - 1] == '.');
}

/* ---- the original name ---- */

/* The display name of an address field: all in front of the last "<". */
static struct md_str
display_name(struct md_str value)
{
	size_t end = value.len;

	while (end > 0 && value.p[end - 1] != '<')
		end--;
	return md_str_trim((struct md_str){ value.p, end > 0 ? end - 1 : 0 }, " \t\r\n");
}

/* Where " via some list" begins, else the length. */
static size_t
before_via(struct md_str name)
{
	for (size_t i = 0; i + 5 <= name.len; i++)
		if (md_str_starts_nocase(md_str_skip(name, i), " via ") ||
		    md_str_starts_nocase(md_str_skip(name, i), "_via_"))
			return i;
	return name.len;
}

/* Is it the address that From has now? */
static bool
is_same_address(const struct md_guesses *g, struct md_str address)
{
	struct md_str now = md_str_trim(g->value, " \t\r\n");
	size_t open = now.len;

	while (open > 0 && now.p[open - 1] != '<')
		open--;
	now = md_str_trim(md_str_skip(now, open), "<> \t\r\n");
	return md_str_same_nocase(now, address);
}

/* What became of the name, in words. */
static const char *
how_named(struct md_str now, struct md_str was)
{
	const bool quoted = md_str_find(was, '"') < was.len,
	           quotes = md_str_find(now, '"') < now.len;

	if (quoted && !quotes)
		return "its quotation marks were removed";
	if (quotes && !quoted)
		return "quotation marks were put around it";
	return "another form of the same words";
}

static void
from_form(struct md_guesses *g, enum md_guess_rank rank, const char *fmt, struct md_str name,
          struct md_str address)
{
	struct md_buf value = { .mem = g->mem };
	const struct md_str shown = display_name(g->value);

	for (; *fmt != '\0'; fmt++)
		if (*fmt == 'N')
			md_buf_add(&value, name);
		else if (*fmt == 'A')
			md_buf_add(&value, address);
		else
			md_buf_addc(&value, *fmt);
	if (is_same_address(g, address)) {
		md_guess_add(g, rank, (struct md_str){ value.p, value.len },
		             "the name in From was written otherwise after signing (%s); the "
		             "address is the same",
		             how_named(g->value, (struct md_str){ value.p, value.len }));
		return;
	}
	md_guess_add(g, rank, (struct md_str){ value.p, value.len },
	             "From was rewritten after signing: the author was %s%s",
	             md_excerpt(g->mem, address),
	             before_via(shown) < shown.len ? " (a mailing list put itself in its place)"
	                                           : "");
}

/* The name as it stands, and as it was quoted or encoded in front of " via". */
static void
from_address(struct md_guesses *g, struct md_str address)
{
	const enum md_guess_rank rank =
	        signers(g->domain, address) ? MD_GUESS_KNOWN : MD_GUESS_FAR;
	struct md_str name = md_encoded_words_decode(g->mem, display_name(g->value));

	name = md_str_trim(name, "\"' ");
	name.len = before_via(name);
	name = md_str_trim(name, "\"' ");
	from_form(g, rank, " A", name, address);
	from_form(g, rank, " <A>", name, address);
	if (name.len == 0)
		return;
	from_form(g, rank, " N <A>", name, address);
	from_form(g, rank, " \"N\" <A>", name, address);
	from_form(g, rank, " A (N)", name, address);
	for (size_t i = 0; i < name.len; i++) {
		struct md_guesses words = { .mem = g->mem,
			                    .name = { "", 0 },
			                    .budget = g->budget };

		if ((unsigned char)name.p[i] < 0x80)
			continue;
		md_encoded_words_guess(&words, name, rank, "");
		for (size_t w = 1; w < words.n; w++) /* a guess is ":" and its value */
			from_form(g, rank, "N <A>", md_str_skip(words.all[w].whole, 1),
			          address);
		break;
	}
}

void
md_guess_from(struct md_guesses *g)
{
	static const char *const whole[] = { "X-Original-From",
		                             "Original-From",
		                             "X-Google-Original-From",
		                             "X-MailFrom-Original",
		                             "Reply-To",
		                             "Sender",
		                             "X-From",
		                             "X-Original-Sender" };
	static const char *const others[] = { "Cc", "Return-Path", "X-MailFrom",
		                              "X-Envelope-From", "Resent-From" };
	struct addresses found = { .mem = g->mem, .domain = g->domain };
	const struct md_field *f;

	for (size_t i = 0; i < MD_COUNT(whole); i++) {
		f = md_message_field(g->message, whole[i], NULL);
		if (f == NULL || f->value.len > 1000)
			continue;
		add_addresses(&found, f->value);
		md_guess_add(g, MD_GUESS_KNOWN, f->value,
		             "From was rewritten after signing: it was %s, which %s still has",
		             md_excerpt(g->mem, md_str_trim(f->value, " \t\r\n")), whole[i]);
	}
	if (g->value.len <= 1000)
		add_addresses(&found, g->value);
	for (size_t i = 0; i < MD_COUNT(others); i++) {
		f = md_message_field(g->message, others[i], NULL);
		if (f != NULL && f->value.len <= 1000)
			add_addresses(&found, f->value);
	}
	for (size_t i = 0; i < found.n && md_guess_room(g); i++)
		from_address(g, found.all[i]);
	md_guess_addresses(g);
}

/* ---- lists of addresses ---- */

struct items {
	struct md_str all[ITEMS_MOST];
	size_t n;
};

/* At the commas that are in no quotes, comments or angle brackets. */
static bool
split(struct md_str value, struct items *items)
{
	bool quoted = false;
	int depth = 0;
	size_t begin = 0;

	for (size_t i = 0; i <= value.len; i++) {
		const char c = i < value.len ? value.p[i] : ',';

		if (c == '\\' && quoted)
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '(' || c == '<')
			depth += !quoted;
		else if (c == ')' || c == '>')
			depth -= !quoted;
		if (i < value.len && (c != ',' || quoted || depth > 0))
			continue;
		if (items->n == ITEMS_MOST)
			return false;
		items->all[items->n++] =
		        md_str_trim((struct md_str){ value.p + begin, i - begin }, " \t\r\n");
		begin = i + 1;
	}
	return true;
}

enum style { AS_IT_IS, UNQUOTED, QUOTED, BARE, IN_ANGLES, STYLES };

/* One address in this style. */
static void
add_item(struct md_buf *to, struct md_str item, enum style style)
{
	struct md_str name = display_name(item);
	const size_t angle = (size_t)(item.len - md_str_find(item, '<'));
	struct md_str address = md_str_skip(item, item.len - angle);

	if (angle == 0) { /* no brackets */
		address = item;
		if (style == IN_ANGLES)
			md_buf_printf(to, "<%.*s>", MD_FMT(address));
		else
			md_buf_add(to, item);
		return;
	}
	if (style == UNQUOTED || style == QUOTED)
		name = md_str_trim(name, "\"");
	if (style == BARE)
		address = md_str_trim(address, "<> ");
	if (style == AS_IT_IS) {
		md_buf_add(to, item);
	} else if (style == BARE || style == IN_ANGLES || name.len == 0) {
		md_buf_add(to, address);
	} else {
		md_buf_addc(to, style == QUOTED ? '"' : ' ');
		to->len -= style != QUOTED;
		md_buf_add(to, name);
		md_buf_add(to, md_str(style == QUOTED ? "\" " : " "));
		md_buf_add(to, address);
	}
}

static void
joined(struct md_guesses *g, const struct items *items, enum style style, const char *between)
{
	struct md_buf value = { .mem = g->mem };

	for (size_t i = 0; i < items->n; i++) {
		md_buf_add(&value, md_str(i > 0 ? between : " "));
		add_item(&value, items->all[i], style);
	}
	md_guess_add(g, MD_GUESS_LIKELY, (struct md_str){ value.p, value.len },
	             "the addresses of %.*s were written anew after signing", MD_FMT(g->name));
}

static void
one_less(struct md_guesses *g, const struct items *items, size_t without)
{
	struct md_buf value = { .mem = g->mem };

	for (size_t i = 0; i < items->n; i++) {
		if (i == without)
			continue;
		md_buf_add(&value, md_str(value.len > 0 ? ", " : " "));
		md_buf_add(&value, items->all[i]);
	}
	md_guess_add(g, MD_GUESS_FAIR, (struct md_str){ value.p, value.len },
	             "%s was added to %.*s after signing",
	             md_excerpt(g->mem, items->all[without]), MD_FMT(g->name));
}

void
md_guess_addresses(struct md_guesses *g)
{
	static const char *const undisclosed[] = { " undisclosed-recipients:;",
		                                   " undisclosed-recipients: ;",
		                                   " Undisclosed recipients:;",
		                                   " Undisclosed recipients: ;" };
	struct items items = { .n = 0 };

	if (md_str_starts_nocase(md_str_trim(g->value, " \t\r\n\""), "undisclosed"))
		for (size_t i = 0; i < 4; i++)
			md_guess_add(g, MD_GUESS_LIKELY, md_str(undisclosed[i]),
			             "%.*s was written anew after signing", MD_FMT(g->name));
	if (g->value.len > 4000 || !split(g->value, &items))
		return;
	for (enum style style = AS_IT_IS; style < STYLES && md_guess_room(g); style++) {
		joined(g, &items, style, ", ");
		if (items.n > 1) {
			joined(g, &items, style, ",");
			joined(g, &items, style, ",\r\n ");
		}
	}
	for (size_t i = 0; items.n > 1 && i < items.n && md_guess_room(g); i++)
		one_less(g, &items, i);
}
