/* Looks for the address, or words of access networks, in a reverse name. */
#include "domain/generic_name.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "domain/psl.h"

/* Words of the labels before the registered domain: runs of letters or of digits. */
struct words {
	size_t n;
	struct md_str *all;
};

static const char *const mail_words[] = { "mail",  "smtp",    "mx",       "mta",   "out",
	                                  "relay", "mailout", "outbound", "email", NULL };

/*
 * Nobody gives a mail host such a name.  The other words count only beside a number of the
 * address.
 */
static const char *const dynamic_words[] = { "dyn",   "dynamic", "dynip", "dhcp", "ppp",
	                                     "pppoe", "dialup",  "adsl",  "vdsl", NULL };

static const char *const access_words[] = { "pool", "dial",       "dsl",      "xdsl",
	                                    "sdsl", "cable",      "static",   "broadband",
	                                    "rev",  "client",     "customer", "cust",
	                                    "user", "unassigned", NULL };

static size_t
run_length(struct md_str s)
{
	size_t n = 0;

	if (md_is_digit(s.p[0]))
		while (n < s.len && md_is_digit(s.p[n]))
			n++;
	else
		while (n < s.len && md_is_alpha(s.p[n]))
			n++;
	return n;
}

static struct words
split(struct md_arena *mem, struct md_str s)
{
	struct words words = { 0 };

	while (s.len > 0) {
		const size_t n = run_length(s);
		const struct md_str word = { s.p, n };

		if (n > 0)
			MD_PUSH(mem, words.all, words.n, word);
		s = md_str_skip(s, n > 0 ? n : 1);
	}
	return words;
}

static const char *
has_word(const struct words *words, const char *const *list)
{
	for (; *list != NULL; list++)
		for (size_t i = 0; i < words->n; i++)
			if (md_str_eq_nocase(words->all[i], *list))
				return *list;
	return NULL;
}

/* The number, leading zeros allowed; -1 for letters and for more than an octet holds. */
static int
octet(struct md_str word)
{
	int n = 0;

	if (word.len == 0 || word.len > 3 || !md_is_digit(word.p[0]))
		return -1;
	for (size_t i = 0; i < word.len; i++)
		n = n * 10 + (word.p[i] - '0');
	return n <= 255 ? n : -1;
}

static bool
has_octet(const struct words *words, uint8_t value)
{
	for (size_t i = 0; i < words->n; i++)
		if (octet(words->all[i]) == value)
			return true;
	return false;
}

/* The four octets in a row, in either direction: "ip-192-0-2-1", "1.2.0.192.isp". */
static bool
has_octets(const struct words *words, struct md_addr a)
{
	for (size_t i = 0; i + 4 <= words->n; i++) {
		size_t forth = 0, back = 0;

		for (size_t j = 0; j < 4; j++) {
			forth += octet(words->all[i + j]) == a.bytes[j];
			back += octet(words->all[i + j]) == a.bytes[3 - j];
		}
		if (forth == 4 || back == 4)
			return true;
	}
	return false;
}

/* All hexadecimal digits in a row, separators left out: "c0000201", "2001-0db8-...-0001". */
static bool
has_hex(struct md_arena *mem, struct md_str labels, struct md_addr a)
{
	struct md_buf hex = { .mem = mem }, bare = { .mem = mem };

	for (size_t i = 0; i < md_addr_bits(a) / 8; i++)
		md_buf_printf(&hex, "%02x", a.bytes[i]);
	for (size_t i = 0; i < labels.len; i++)
		if (labels.p[i] != '-' && (a.family == 4 || labels.p[i] != '.'))
			md_buf_addc(&bare, md_lower(labels.p[i]));
	return strstr(md_buf_str(&bare), md_buf_str(&hex)) != NULL;
}

/* Twelve digits: "192000002001". */
static bool
has_padded(struct md_arena *mem, struct md_str labels, struct md_addr a)
{
	const char *digits = md_printf(mem, "%03u%03u%03u%03u", a.bytes[0], a.bytes[1],
	                               a.bytes[2], a.bytes[3]);

	return memmem(labels.p, labels.len, digits, strlen(digits)) != NULL;
}

/* An IPv6 reverse name turned round is another way to write the whole address. */
static bool
has_nibbles(struct md_arena *mem, struct md_str labels, struct md_addr a)
{
	struct md_str nibbles = md_str(md_addr_reverse(mem, a, "x"));

	nibbles.len -= 2;
	return memmem(labels.p, labels.len, nibbles.p, nibbles.len) != NULL;
}

static bool
has_address(struct md_arena *mem, struct md_str labels, struct md_addr a)
{
	const struct words words = split(mem, labels);

	if (a.family == 6)
		return has_hex(mem, labels, a) || has_nibbles(mem, labels, a);
	return has_octets(&words, a) || has_padded(mem, labels, a) || has_hex(mem, labels, a);
}

/*
 * The end of the name that the provider did not make up: its registered domain.  Clouds have
 * suffixes of their own on the Public Suffix List, so that a made-up name below one counts as
 * registered: then the last two labels.
 */
static const char *
registered_part(const char *name)
{
	const char *domain = md_psl_organisational(name);
	const bool in_cloud = strcmp(domain, name) == 0 && md_name_labels(name) > 3;

	return in_cloud ? md_name_last(name, 2) : domain;
}

const char *
md_generic_name(struct md_arena *mem, const char *name, struct md_addr a)
{
	const struct md_str labels = { name, strlen(name) - strlen(registered_part(name)) };
	const struct words words = split(mem, labels);
	const char *word;

	if (has_word(&words, mail_words) != NULL)
		return NULL;
	if (has_address(mem, labels, a))
		return "has the address in it";
	word = has_word(&words, dynamic_words);
	if (word != NULL)
		return md_printf(mem, "has \"%s\" in it", word);
	word = has_word(&words, access_words);
	if (word != NULL && a.family == 4 && has_octet(&words, a.bytes[3]))
		return md_printf(mem, "has \"%s\" and a number of the address in it", word);
	return NULL;
}
