/* Encodes text as the usual signers do, and decodes what rewriters made of it. */
#include "repair/words.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"

/* ---- decoding ---- */

/* One "=?charset?B?text?=", views. */
struct word {
	struct md_str charset, text;
	char encoding;
	size_t len;
};

static bool
word_at(struct md_str s, struct word *w)
{
	struct md_str rest = md_str_skip(s, 2);
	size_t n;

	if (!md_str_starts(s, "=?"))
		return false;
	n = md_str_find(rest, '?');
	w->charset = (struct md_str){ rest.p, n };
	rest = md_str_skip(rest, n + 1);
	if (rest.len < 4 || rest.p[1] != '?')
		return false;
	w->encoding = md_lower(rest.p[0]);
	rest = md_str_skip(rest, 2);
	n = md_str_find(rest, '?');
	w->text = (struct md_str){ rest.p, n };
	if (n + 1 >= rest.len || rest.p[n + 1] != '=')
		return false;
	w->len = (size_t)(rest.p + n + 2 - s.p);
	return w->encoding == 'b' || w->encoding == 'q';
}

static void
add_latin1(struct md_buf *to, unsigned char c)
{
	if (c >= 0x80) {
		md_buf_addc(to, (char)(0xc0 | c >> 6));
		c = (unsigned char)(0x80 | (c & 0x3f));
	}
	md_buf_addc(to, (char)c);
}

static void
decode_word(struct md_buf *to, const struct word *w)
{
	const bool latin1 = md_str_eq_nocase(w->charset, "iso-8859-1");
	struct md_buf octets = { .mem = to->mem };

	if (w->encoding == 'b') {
		const struct md_base64 b = md_base64_decode(to->mem, w->text);

		md_buf_add(&octets, (struct md_str){ (const char *)b.bytes, b.len });
	}
	for (size_t i = 0; w->encoding == 'q' && i < w->text.len; i++) {
		const char *p = w->text.p + i;

		if (*p == '=' && i + 2 < w->text.len && md_hex_digit(p[1]) >= 0 &&
		    md_hex_digit(p[2]) >= 0) {
			md_buf_addc(&octets,
			            (char)(md_hex_digit(p[1]) * 16 + md_hex_digit(p[2])));
			i += 2;
		} else {
			md_buf_addc(&octets, *p == '_' ? ' ' : *p);
		}
	}
	for (size_t i = 0; i < octets.len; i++)
		if (latin1)
			add_latin1(to, (unsigned char)octets.p[i]);
		else
			md_buf_addc(to, octets.p[i]);
}

struct md_str
md_encoded_words_decode(struct md_arena *mem, struct md_str value)
{
	struct md_str rest = md_str_trim(value, " \t\r\n");
	struct md_buf out = { .mem = mem };
	size_t kept = 0; /* the length before blanks that may turn out to stand between words */
	bool after_word = false;
	struct word w;

	while (rest.len > 0) {
		if (word_at(rest, &w) && (md_str_eq_nocase(w.charset, "utf-8") ||
		                          md_str_eq_nocase(w.charset, "us-ascii") ||
		                          md_str_eq_nocase(w.charset, "iso-8859-1"))) {
			if (after_word)
				out.len = kept;
			decode_word(&out, &w);
			kept = out.len;
			after_word = true;
			rest = md_str_skip(rest, w.len);
			continue;
		}
		after_word = after_word && (rest.p[0] == ' ' || rest.p[0] == '\t' ||
		                            rest.p[0] == '\r' || rest.p[0] == '\n');
		if (rest.p[0] != '\r' && rest.p[0] != '\n')
			md_buf_addc(&out, rest.p[0]);
		rest = md_str_skip(rest, 1);
	}
	return md_buf_view(&out);
}

/* ---- encoding ---- */

/* How a signer encodes. */
struct style {
	const char *charset;
	char encoding;
	bool strict;  /* of "Q": only what RFC 2047 5 (3) allows anywhere stands for itself */
	bool partial; /* only from the first to the last word that needs it */
};

static bool
plain_in_q(const struct style *style, char c)
{
	if (md_is_alnum(c))
		return true;
	if (style->strict)
		return memchr("!*+-/", c, 5) != NULL;
	return c > ' ' && c < 0x7f && c != '=' && c != '?' && c != '_';
}

/* Octets that this character of the text takes in an encoded word. */
static void
add_q(struct md_buf *to, const struct style *style, char c)
{
	if (c == ' ')
		md_buf_addc(to, '_');
	else if (plain_in_q(style, c))
		md_buf_addc(to, c);
	else
		md_buf_printf(to, "=%02X", (unsigned char)c);
}

/* The UTF-8 character at p, at most `len` octets. */
static size_t
character(const char *p, size_t len)
{
	size_t n = 1;

	while (n < len && ((unsigned char)p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static bool
is_base64(const struct style *style)
{
	return style->encoding == 'B' || style->encoding == 'b';
}

/* How much of the text one encoded word takes; with `q` in the Q encoding. */
static size_t
fill_word(struct md_buf *q, const struct style *style, struct md_str text, size_t room)
{
	size_t taken = 0, n;

	for (; taken < text.len; taken += n) {
		const size_t before = q->len;

		n = character(text.p + taken, text.len - taken);
		for (size_t i = 0; i < n; i++)
			add_q(q, style, text.p[taken + i]);
		if (taken > 0 && (is_base64(style) ? (taken + n + 2) / 3 * 4 : q->len) > room) {
			q->len = before;
			break;
		}
	}
	return taken;
}

/* RFC 2047 2: an encoded word has at most 75 characters, and whole characters of the text. */
static void
add_words(struct md_buf *to, const struct style *style, struct md_str text)
{
	const size_t room = 75 - strlen(style->charset) - 7;

	while (text.len > 0) {
		struct md_buf q = { .mem = to->mem };
		const size_t taken = fill_word(&q, style, text, room);

		md_buf_printf(to, "=?%s?%c?", style->charset, style->encoding);
		if (is_base64(style))
			md_buf_add(to, md_str(md_base64_encode(
			                       to->mem, (const unsigned char *)text.p, taken)));
		else
			md_buf_add(to, (struct md_str){ q.p, q.len });
		md_buf_add(to, md_str("?="));
		text = md_str_skip(text, taken);
		if (text.len > 0)
			md_buf_add(to, md_str("\r\n "));
	}
}

/* From the first word with an octet outside ASCII to the end of the last one. */
static struct md_str
needing(struct md_str text)
{
	size_t begin = text.len, end = 0;

	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.p[i] < 0x80)
			continue;
		if (begin == text.len)
			begin = i;
		end = i + 1;
	}
	while (begin > 0 && begin < text.len && text.p[begin - 1] != ' ')
		begin--;
	while (end < text.len && text.p[end] != ' ')
		end++;
	return (struct md_str){ text.p + begin, end > begin ? end - begin : 0 };
}

static void
guess_style(struct md_guesses *g, struct md_str text, const struct style *style,
            enum md_guess_rank rank, const char *what)
{
	const struct md_str middle = style->partial ? needing(text) : text;
	struct md_buf value = { .mem = g->mem };
	size_t before;

	if (middle.len == 0 || (style->partial && middle.len == text.len))
		return;
	before = (size_t)(middle.p - text.p);
	md_buf_addc(&value, ' ');
	md_buf_add(&value, (struct md_str){ text.p, before });
	add_words(&value, style, middle);
	md_buf_add(&value, md_str_skip(text, before + middle.len));
	md_guess_add(g, rank, (struct md_str){ value.p, value.len }, "%s", what);
}

void
md_encoded_words_guess(struct md_guesses *g, struct md_str text, enum md_guess_rank rank,
                       const char *what)
{
	static const char *const charsets[] = { "UTF-8", "utf-8" };
	static const char encodings[] = { 'B', 'Q', 'b', 'q' };
	struct md_buf raw = { .mem = g->mem };

	if (text.len == 0)
		return;
	md_buf_addc(&raw, ' ');
	md_buf_add(&raw, text);
	md_guess_add(g, rank, (struct md_str){ raw.p, raw.len }, "%s", what);
	for (size_t e = 0; e < sizeof(encodings); e++)
		for (size_t i = 0; i < 8 && md_guess_room(g); i++) {
			const struct style style = {
				.charset = charsets[i & 1],
				.encoding = encodings[e],
				.strict = (i & 2) != 0,
				.partial = (i & 4) != 0,
			};

			if (!style.strict || encodings[e] == 'Q' || encodings[e] == 'q')
				guess_style(g, text, &style, rank, what);
		}
}
