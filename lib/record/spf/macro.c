/* Macro strings of SPF: taken apart piece by piece, then expanded. */
#include "record/spf/macro.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"

enum { LONGEST_NAME = 253, MOST_PARTS = 999 };

static bool
is_literal(char c, enum md_spf_macro_place place)
{
	/* RFC 7208 7.1: macro-literal = %x21-24 / %x26-7E; explain-string adds SP. */
	return (c > 0x20 && c < 0x7f && c != '%') ||
	       (c == ' ' && place == MD_SPF_IN_EXPLANATION);
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static void
literal(struct md_arena *mem, struct md_str rest, enum md_spf_macro_place place,
        struct md_spf_macro *piece)
{
	while (piece->len < rest.len && is_literal(rest.p[piece->len], place))
		piece->len++;
	if (piece->len > 0)
		return;
	piece->len = 1;
	piece->fault = md_printf(mem, "the octet %s cannot stand here, only visible ASCII can",
	                         md_show(mem, (struct md_str){ rest.p, 1 }));
}

/* Reads letter, digits, "r" and delimiters; *at is left where reading stopped. */
static const char *
read_macro(struct md_arena *mem, struct md_str text, enum md_spf_macro_place place, size_t *at,
           struct md_spf_macro *piece)
{
	const char letter = *at < text.len ? md_lower(text.p[*at]) : '\0';
	size_t start;

	if (!is_one_of(letter, "slodiphcrtv"))
		return "there is no such macro letter (they are s l o d i p h v)";
	if (is_one_of(letter, "crt") && place == MD_SPF_IN_RECORD)
		return md_printf(mem,
		                 "the macro letter %c is for the text that exp= leads to, not "
		                 "for records",
		                 letter);
	piece->letter = letter;
	piece->url = letter != text.p[*at];
	start = ++*at;
	for (; *at < text.len && md_is_digit(text.p[*at]); ++*at)
		if (piece->keep < MOST_PARTS)
			piece->keep = piece->keep * 10 + (unsigned)(text.p[*at] - '0');
	if (*at > start && piece->keep == 0) {
		*at = start;
		return "the number of parts to keep must not be zero";
	}
	if (*at < text.len && md_lower(text.p[*at]) == 'r') {
		piece->reverse = true;
		++*at;
	}
	piece->delimiters.p = text.p + *at;
	for (; *at < text.len && is_one_of(text.p[*at], ".-+,/_="); ++*at)
		piece->delimiters.len++;
	piece->split = *at > start;
	if (*at == text.len)
		return "the macro is not closed by }";
	if (text.p[*at] != '}')
		return "only digits, r and the delimiters . - + , / _ = can stand before the }";
	++*at;
	return NULL;
}

/* text.p[start] and the next character are "%{". */
static void
braced(struct md_arena *mem, struct md_str text, enum md_spf_macro_place place, size_t start,
       struct md_spf_macro *piece)
{
	size_t at = start + 2;
	const char *fault = read_macro(mem, text, place, &at, piece);

	piece->len = at - start;
	if (fault == NULL)
		return;
	*piece = (struct md_spf_macro){
		.offset = at, .len = at < text.len, .letter = '%', .fault = fault
	};
}

/* Where reading goes on after a fault at `at`: behind the brace that closes the macro. */
static size_t
after_fault(struct md_str text, size_t start, size_t at)
{
	const size_t brace = md_str_find(md_str_skip(text, at), '}');

	if (text.p[start] != '%' || start + 1 >= text.len || text.p[start + 1] != '{')
		return start + 1;
	return at + brace < text.len ? at + brace + 1 : text.len;
}

bool
md_spf_macro_next(struct md_arena *mem, struct md_str text, enum md_spf_macro_place place,
                  size_t *pos, struct md_spf_macro *piece)
{
	const size_t start = *pos;
	char next;

	if (start >= text.len)
		return false;
	*piece = (struct md_spf_macro){ .offset = start };
	next = start + 1 < text.len ? text.p[start + 1] : '\0';
	if (text.p[start] != '%') {
		literal(mem, md_str_skip(text, start), place, piece);
	} else if (next == '{') {
		braced(mem, text, place, start, piece);
	} else if (is_one_of(next, "%_-")) {
		piece->letter = next;
		piece->len = 2;
	} else {
		piece->letter = '%';
		piece->len = 1;
		piece->fault =
		        "% must be followed by {, %, _ or - (a percent sign itself is %%)";
	}
	*pos = piece->fault == NULL ? start + piece->len
	                            : after_fault(text, start, piece->offset);
	return true;
}

bool
md_spf_macro_uses(struct md_str text, const char *letters)
{
	while (text.len > 2) {
		if (text.p[0] == '%' && text.p[1] == '{' &&
		    is_one_of(md_lower(text.p[2]), letters))
			return true;
		text = md_str_skip(text, text.p[0] == '%' ? 2 : 1); /* "%%" is one sign */
	}
	return false;
}

/*
 * RFC 7208 7.3: IPv6 addresses as nibbles with dots between.  In upper case, as the test suite
 * for the RFC has them in explanations; to the DNS it is the same.
 */
static void
add_ip(struct md_buf *out, struct md_addr ip)
{
	if (ip.family == 4) {
		md_buf_printf(out, "%s", md_addr_print(out->mem, ip));
		return;
	}
	for (size_t i = 0; i < 16; i++)
		md_buf_printf(out, "%s%X.%X", i > 0 ? "." : "", ip.bytes[i] >> 4,
		              ip.bytes[i] & 15u);
}

static struct md_str
value(struct md_arena *mem, char letter, const struct md_spf_macro_values *v)
{
	struct md_buf out = { .mem = mem };

	switch (letter) {
	case 's':
		md_buf_add(&out, v->local);
		md_buf_addc(&out, '@');
		md_buf_add(&out, v->sender_domain);
		break;
	case 'l':
		return v->local;
	case 'o':
		return v->sender_domain;
	case 'd':
		return v->domain;
	case 'h':
		return v->helo;
	case 'p':
		return v->validated;
	case 'r':
		return v->receiver;
	case 'v':
		return md_str(v->ip.family == 4 ? "in-addr" : "ip6");
	case 'c':
		return md_str(md_addr_print(mem, v->ip));
	case 't':
		md_buf_printf(&out, "%" PRId64, v->now);
		break;
	default:
		add_ip(&out, v->ip);
		break;
	}
	return (struct md_str){ out.p, out.len };
}

/*
 * RFC 7208 7.3: split, reverse, keep the right-hand parts, join with dots.  Every delimiter
 * separates: two together have an empty part between them.
 */
static struct md_str
transform(struct md_arena *mem, struct md_str value, const struct md_spf_macro *macro)
{
	const struct md_str delimiters =
	        macro->delimiters.len > 0 ? macro->delimiters : md_str(".");
	struct md_str *parts = NULL, part = { value.p, 0 };
	struct md_buf out = { .mem = mem };
	size_t n = 0, first;

	for (size_t i = 0; i <= value.len; i++) {
		if (i < value.len && md_str_find(delimiters, value.p[i]) == delimiters.len) {
			part.len++;
			continue;
		}
		MD_PUSH(mem, parts, n, part);
		part = (struct md_str){ part.p + part.len + 1, 0 };
	}
	first = macro->keep > 0 && macro->keep < n ? n - macro->keep : 0;
	for (size_t i = first; i < n; i++) {
		if (i > first)
			md_buf_addc(&out, '.');
		md_buf_add(&out, parts[macro->reverse ? n - 1 - i : i]);
	}
	return md_buf_view(&out);
}

/* RFC 7208 7.3: what is not "unreserved" in RFC 3986 2.3 is escaped. */
static void
add_escaped(struct md_buf *out, struct md_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (md_is_alnum(s.p[i]) || is_one_of(s.p[i], "-._~"))
			md_buf_addc(out, s.p[i]);
		else
			md_buf_printf(out, "%%%02X", (unsigned char)s.p[i]);
	}
}

static void
add_macro(struct md_buf *out, const struct md_spf_macro *macro,
          const struct md_spf_macro_values *values)
{
	struct md_str text = value(out->mem, macro->letter, values);

	if (macro->split)
		text = transform(out->mem, text, macro);
	if (macro->url)
		add_escaped(out, text);
	else
		md_buf_add(out, text);
}

struct md_str
md_spf_macro_expand(struct md_arena *mem, struct md_str text, enum md_spf_macro_place place,
                    const struct md_spf_macro_values *values)
{
	struct md_buf out = { .mem = mem };
	struct md_spf_macro piece;
	size_t pos = 0;

	while (md_spf_macro_next(mem, text, place, &pos, &piece)) {
		if (piece.fault != NULL)
			continue;
		if (piece.letter == '\0')
			md_buf_add(&out, (struct md_str){ text.p + piece.offset, piece.len });
		else if (piece.letter == '%')
			md_buf_addc(&out, '%');
		else if (piece.letter == '_')
			md_buf_addc(&out, ' ');
		else if (piece.letter == '-')
			md_buf_add(&out, md_str("%20"));
		else
			add_macro(&out, &piece, values);
	}
	return md_buf_view(&out);
}

struct md_str
md_spf_macro_fit(struct md_str name)
{
	if (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	while (name.len > LONGEST_NAME)
		name = md_str_skip(name, md_str_find(name, '.') + 1);
	return name;
}
