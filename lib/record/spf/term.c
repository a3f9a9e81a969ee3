/* One term of an SPF record against the grammar of RFC 7208 section 12. */
#include "record/spf/term.h"

#include <string.h>

#include "base/arena.h"
#include "record/spf/macro.h"

static const struct {
	const char *name;
	char sep; /* what may follow the name, before the argument */
	bool required, prefix;
} grammar[] = {
	[MD_SPF_ALL] = { "all", '\0', false, false },
	[MD_SPF_INCLUDE] = { "include", ':', true, false },
	[MD_SPF_A] = { "a", ':', false, true },
	[MD_SPF_MX] = { "mx", ':', false, true },
	[MD_SPF_PTR] = { "ptr", ':', false, false },
	[MD_SPF_IP4] = { "ip4", ':', true, true },
	[MD_SPF_IP6] = { "ip6", ':', true, true },
	[MD_SPF_EXISTS] = { "exists", ':', true, false },
	[MD_SPF_REDIRECT] = { "redirect", '=', true, false },
	[MD_SPF_EXP] = { "exp", '=', true, false },
};

const char *
md_spf_mechanism_meant(struct md_arena *mem, const struct md_spf_term *term)
{
	const struct md_str name = { term->text.p, md_str_find(term->text, '=') };
	char *meant = NULL;

	for (int kind = MD_SPF_INCLUDE; kind <= MD_SPF_EXISTS && meant == NULL; kind++)
		if (term->kind == MD_SPF_UNKNOWN_MODIFIER &&
		    md_str_eq_nocase(name, grammar[kind].name))
			meant = md_strndup(mem, term->text.p, term->text.len);
	if (meant != NULL)
		meant[name.len] = ':';
	return meant;
}

static void
blame(struct md_spf_term *term, enum md_spf_fault fault, struct md_str part, const char *why)
{
	term->fault = fault;
	term->fault_offset = term->offset + (size_t)(part.p - term->text.p);
	term->fault_len = part.len;
	term->why = why;
}

static bool
is_domain_end(struct md_str label)
{
	bool letter = false, hyphen = false;

	/* RFC 7208 7.1: toplabel has a letter, or a hyphen between others. */
	for (size_t i = 0; i < label.len; i++) {
		letter |= md_is_alpha(label.p[i]);
		hyphen |= label.p[i] == '-';
		if (!md_is_alnum(label.p[i]) &&
		    (label.p[i] != '-' || i == 0 || i + 1 == label.len))
			return false;
	}
	return letter || hyphen;
}

/* What is wrong with the literal characters that a domain-spec ends in; NULL: nothing. */
static const char *
bad_domain_end(struct md_arena *mem, struct md_str end, bool whole, struct md_str *part)
{
	struct md_str label = end;
	size_t dot;

	if (label.len > 1 && label.p[label.len - 1] == '.')
		label.len--;
	for (dot = label.len; dot > 0 && label.p[dot - 1] != '.'; dot--)
		;
	*part = label = md_str_skip(label, dot);
	if (label.len > 0 && md_str_find(label, '/') < label.len) {
		*part = md_str_skip(label, md_str_find(label, '/'));
		return "this is no prefix length that can stand here";
	}
	if (dot == 0)
		return whole ? "a domain name needs at least two labels, with a dot between"
		             : "after a macro the name goes on with a dot";
	if (is_domain_end(label))
		return NULL;
	if (label.len == 0)
		return "the name ends in an empty label";
	return md_printf(mem, "%s cannot be the last label of a domain name",
	                 md_show(mem, label));
}

/* All pieces must be good macros or visible ASCII. */
static bool
check_macros(struct md_arena *mem, struct md_spf_term *term, struct md_str text,
             struct md_spf_macro *last)
{
	size_t pos = 0;

	while (md_spf_macro_next(mem, text, MD_SPF_IN_RECORD, &pos, last)) {
		if (last->fault == NULL)
			continue;
		blame(term, last->letter == '%' ? MD_SPF_BAD_MACRO : MD_SPF_SYNTAX,
		      (struct md_str){ text.p + last->offset, last->len }, last->fault);
		return false;
	}
	return true;
}

/* Is it an address, or a network, in brackets or not? */
static bool
is_ip(struct md_str text, struct md_addr *addr)
{
	text.len = md_str_find(text, '/');
	return md_addr_parse(md_str_trim(text, "[]"), addr);
}

static void
read_domain(struct md_arena *mem, struct md_spf_term *term, struct md_str spec)
{
	struct md_spf_macro last;
	struct md_str part;
	struct md_addr addr;
	const char *why;

	term->domain = spec;
	if (is_ip(spec, &addr)) {
		blame(term, MD_SPF_HAS_IP, spec,
		      md_printf(mem, "%s takes a domain name; an address needs ip%d:",
		                grammar[term->kind].name, addr.family));
		return;
	}
	if (!check_macros(mem, term, spec, &last) || last.letter != '\0')
		return;
	why = bad_domain_end(mem, (struct md_str){ spec.p + last.offset, last.len },
	                     last.offset == 0, &part);
	if (why != NULL)
		blame(term, MD_SPF_SYNTAX, part, why);
}

/* "0" or digits without a leading zero, up to max. */
static bool
read_prefix(struct md_arena *mem, struct md_spf_term *term, struct md_str digits,
            uint8_t *prefix)
{
	const unsigned max = prefix == &term->prefix6 ? 128 : 32;
	unsigned long n;
	const char *why;

	if (md_str_number(digits, max, &n) && (digits.len == 1 || digits.p[0] != '0')) {
		*prefix = (uint8_t)n;
		return true;
	}
	if (digits.len > 1 && digits.p[0] == '0')
		why = "a prefix length has no leading zero";
	else if (max == 32 && term->kind != MD_SPF_IP4 && md_str_number(digits, 128, &n))
		why = md_printf(mem,
		                "an IPv4 prefix length is at most 32; for IPv6 write //%lu", n);
	else
		why = md_printf(mem, "a prefix length is a number from 0 to %u", max);
	blame(term, MD_SPF_SYNTAX, digits, why);
	return false;
}

static void
read_network(struct md_arena *mem, struct md_spf_term *term, struct md_str text)
{
	const unsigned family = term->kind == MD_SPF_IP4 ? 4 : 6;
	const size_t slash = md_str_find(text, '/');
	const struct md_str host = { text.p, slash };
	struct md_addr addr;

	if (!md_addr_parse(host, &addr))
		blame(term, MD_SPF_SYNTAX, host,
		      family == 4 ? "an IPv4 address has four numbers from 0 to 255, without "
		                    "leading zeros"
		                  : "this is no IPv6 address");
	else if (addr.family != family)
		blame(term, MD_SPF_SYNTAX, host,
		      md_printf(mem, "an IPv%d address needs ip%d:", addr.family, addr.family));
	else if (slash == text.len ||
	         read_prefix(mem, term, md_str_skip(text, slash + 1),
	                     family == 4 ? &term->prefix4 : &term->prefix6))
		term->network = addr;
}

/*
 * dual-cidr-length: what a domain-spec cannot end in, a slash with nothing but digits and
 * slashes behind it.  Taken off *text.
 */
static struct md_str
cut_prefixes(struct md_str *text)
{
	size_t start = text->len;

	for (size_t i = text->len; i > 0; i--) {
		if (text->p[i - 1] == '/')
			start = i - 1;
		else if (!md_is_digit(text->p[i - 1]))
			break;
	}
	const struct md_str tail = md_str_skip(*text, start);
	text->len = start;
	return tail;
}

static bool
read_prefixes(struct md_arena *mem, struct md_spf_term *term, struct md_str tail)
{
	struct md_str v4;

	if (tail.len == 0)
		return true;
	tail = md_str_skip(tail, 1);
	if (tail.len > 0 && tail.p[0] == '/')
		return read_prefix(mem, term, md_str_skip(tail, 1), &term->prefix6);
	v4 = (struct md_str){ tail.p, md_str_find(tail, '/') };
	if (!read_prefix(mem, term, v4, &term->prefix4))
		return false;
	tail = md_str_skip(tail, v4.len);
	if (tail.len == 0)
		return true;
	if (!md_str_starts(tail, "//")) {
		blame(term, MD_SPF_SYNTAX, tail, "an IPv6 prefix length follows two slashes");
		return false;
	}
	return read_prefix(mem, term, md_str_skip(tail, 2), &term->prefix6);
}

/* What follows the name of a mechanism or of redirect and exp. */
static void
read_argument(struct md_arena *mem, struct md_spf_term *term, struct md_str rest)
{
	const char *name = grammar[term->kind].name;
	const char sep = grammar[term->kind].sep;
	struct md_str prefixes = { rest.p + rest.len, 0 };
	const bool network = term->kind == MD_SPF_IP4 || term->kind == MD_SPF_IP6;

	if (sep == '\0') {
		if (rest.len > 0)
			blame(term, MD_SPF_SYNTAX, rest, "all takes nothing behind it");
		return;
	}
	if (grammar[term->kind].prefix && !network)
		prefixes = cut_prefixes(&rest);
	if (rest.len > 0 && rest.p[0] == sep && rest.len > 1) {
		if (network)
			read_network(mem, term, md_str_skip(rest, 1));
		else
			read_domain(mem, term, md_str_skip(rest, 1));
	} else if (grammar[term->kind].required || rest.len > 0) {
		blame(term, MD_SPF_SYNTAX, rest,
		      md_printf(mem, "%s needs %s, as in %s%c%s", name,
		                network ? "an address" : "a domain name", name, sep,
		                term->kind == MD_SPF_IP4   ? "192.0.2.1"
		                : term->kind == MD_SPF_IP6 ? "2001:db8::1"
		                                           : "example.com"));
	}
	if (term->fault == MD_SPF_SOUND)
		read_prefixes(mem, term, prefixes);
}

static size_t
name_len(struct md_str text)
{
	size_t n = 0;

	/* RFC 7208 12: name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ) */
	if (text.len == 0 || !md_is_alpha(text.p[0]))
		return 0;
	while (n < text.len && (md_is_alnum(text.p[n]) || text.p[n] == '-' ||
	                        text.p[n] == '_' || text.p[n] == '.'))
		n++;
	return n;
}

/* A term that does not even begin with a name. */
static void
read_junk(struct md_arena *mem, struct md_spf_term *term, struct md_str text)
{
	const struct md_str first = { text.p, text.len > 0 };
	struct md_addr addr;
	const char *why = "a term begins with the name of a mechanism or modifier";

	if (text.len == 0)
		why = md_printf(mem, "a mechanism must follow %c directly", term->qualifier);
	else if ((unsigned char)text.p[0] > 0x7e || (unsigned char)text.p[0] < 0x20)
		why = md_printf(mem, "the octet %s cannot stand here, only visible ASCII can",
		                md_show(mem, first));
	else if (is_ip(text, &addr))
		why = md_printf(mem, "an address needs ip%d: in front", addr.family);
	blame(term, MD_SPF_SYNTAX, text.len > 0 && is_ip(text, &addr) ? text : first, why);
}

static void
read_unknown(struct md_arena *mem, struct md_spf_term *term, struct md_str name,
             struct md_str rest)
{
	const char *why;

	if (rest.len > 0 && rest.p[0] == '=')
		why = md_printf(mem, "%.*s= is a modifier, which takes no qualifier",
		                MD_FMT(name));
	else if (rest.len > 0 && rest.p[0] != ':' && rest.p[0] != '/')
		why = md_printf(mem, "%s cannot follow a name",
		                md_show(mem, (struct md_str){ rest.p, 1 }));
	else if (rest.len == 0 && md_str_find(name, '.') + 1 < name.len)
		why = "a domain name needs include:, a: or mx: in front";
	else
		why = md_printf(mem, "there is no mechanism %.*s", MD_FMT(name));
	blame(term, MD_SPF_UNKNOWN_NAME, name, why);
}

static enum md_spf_kind
find_kind(struct md_str name, bool modifier)
{
	const size_t first = modifier ? MD_SPF_REDIRECT : MD_SPF_ALL;
	const size_t end = modifier ? MD_SPF_UNKNOWN_MODIFIER : MD_SPF_REDIRECT;

	for (size_t i = first; i < end; i++)
		if (md_str_eq_nocase(name, grammar[i].name))
			return (enum md_spf_kind)i;
	return modifier ? MD_SPF_UNKNOWN_MODIFIER : MD_SPF_UNKNOWN_TERM;
}

void
md_spf_term_parse(struct md_arena *mem, struct md_spf_term *term)
{
	struct md_str text = term->text, name, rest;
	struct md_spf_macro last;
	bool modifier;

	term->kind = MD_SPF_UNKNOWN_TERM;
	term->qualifier = '+';
	term->prefix4 = 32;
	term->prefix6 = 128;
	term->why = "";
	if (memchr("+-~?", text.p[0], 4) != NULL) {
		term->qualifier = text.p[0];
		text = md_str_skip(text, 1);
	}
	name = (struct md_str){ text.p, name_len(text) };
	rest = md_str_skip(text, name.len);
	if (name.len == 0) {
		read_junk(mem, term, text);
		return;
	}
	modifier = rest.len > 0 && rest.p[0] == '=' && text.p == term->text.p;
	term->kind = find_kind(name, modifier);
	if (modifier)
		term->qualifier = '\0';
	if (term->kind == MD_SPF_UNKNOWN_TERM ||
	    (!modifier && rest.len > 0 && rest.p[0] != ':' && rest.p[0] != '/')) {
		term->kind = MD_SPF_UNKNOWN_TERM;
		read_unknown(mem, term, name, rest);
	} else if (term->kind == MD_SPF_UNKNOWN_MODIFIER) {
		term->domain = md_str_skip(rest, 1);
		check_macros(mem, term, term->domain, &last);
	} else {
		read_argument(mem, term, rest);
	}
}

bool
md_spf_has_term(const struct md_spf *record, struct md_str text)
{
	for (size_t i = 0; i < record->n; i++) {
		const struct md_str term = record->terms[i].text;
		size_t same = 0;

		while (same < term.len && same < text.len &&
		       md_lower(term.p[same]) == md_lower(text.p[same]))
			same++;
		if (same == text.len && same == term.len)
			return true;
	}
	return false;
}
