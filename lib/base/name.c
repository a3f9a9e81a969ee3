/* Domain names as text; what people type instead of one is recognised here. */
#include "base/name.h"

#include <stdlib.h>
#include <string.h>

#include <idn2.h>

#include "base/addr.h"
#include "base/arena.h"

enum { LONGEST_NAME = 253, LONGEST_LABEL = 63 };

/* The dot or NUL that ends the label at s; *octets is the label's length on the wire. */
static const char *
label_end(const char *s, size_t *octets)
{
	char octet;

	for (*octets = 0; *s != '\0' && *s != '.'; ++*octets)
		s += *s == '\\' ? md_unescape(s, &octet) : 1;
	return s;
}

bool
md_name_fits(const char *name)
{
	size_t octets, total = 0;

	if (strcmp(name, ".") == 0)
		return true;
	for (;;) {
		name = label_end(name, &octets);
		total += octets + 1;
		if (octets == 0 || octets > LONGEST_LABEL || total > LONGEST_NAME + 1)
			return false;
		if (*name == '\0')
			return true;
		name++;
	}
}

static bool
all_digits(const char *s)
{
	return strspn(s, "0123456789") == strlen(s);
}

bool
md_name_is_hostname(const char *name)
{
	const char *last = md_name_last(name, 1);

	if (!md_name_fits(name) || strcmp(name, ".") == 0 || all_digits(last))
		return false;
	for (const char *s = name; *s != '\0'; s++) {
		const bool edge = s == name || s[-1] == '.' || s[1] == '.' || s[1] == '\0';

		if (!md_is_alnum(*s) && *s != '.' && (*s != '-' || edge))
			return false;
	}
	return true;
}

unsigned
md_name_labels(const char *name)
{
	unsigned n = 0;
	size_t octets;

	if (strcmp(name, ".") == 0)
		return 0;
	while (*name != '\0') {
		name = label_end(name, &octets);
		n++;
		if (*name == '.')
			name++;
	}
	return n;
}

const char *
md_name_parent(const char *name)
{
	size_t octets;
	const char *end = strcmp(name, ".") == 0 ? "" : label_end(name, &octets);

	return end[0] == '.' && end[1] != '\0' ? end + 1 : ".";
}

const char *
md_name_last(const char *name, unsigned n)
{
	unsigned labels = md_name_labels(name);

	if (n == 0)
		return ".";
	for (; labels > n; labels--)
		name = md_name_parent(name);
	return name;
}

bool
md_name_under(const char *name, const char *ancestor)
{
	const size_t mine = strlen(name), its = strlen(ancestor);
	size_t escapes = 0;

	if (strcmp(ancestor, ".") == 0)
		return true;
	if (mine < its || memcmp(name + mine - its, ancestor, its) != 0)
		return false;
	if (mine == its)
		return true;
	/* A dot of a label, "\.", divides nothing. */
	for (size_t at = mine - its - 1; at > 0 && name[at - 1] == '\\'; at--)
		escapes++;
	return name[mine - its - 1] == '.' && escapes % 2 == 0;
}

bool
md_name_doubled(const char *name, const char *apex)
{
	const size_t len = strlen(name), n = strlen(apex);

	/* An apex of one label may well be doubled, "com.com". */
	return md_name_labels(apex) > 1 && len > 2 * n && md_name_under(name, apex) &&
	       name[len - n - 1] == '.' && strncmp(name + len - 2 * n - 1, apex, n) == 0 &&
	       (len == 2 * n + 1 || name[len - 2 * n - 2] == '.');
}

/* One octet of a label, at most four characters; returns where the next one goes. */
static char *
put_octet(char *to, unsigned char octet)
{
	if (md_is_alnum((char)octet)) {
		*to++ = md_lower((char)octet);
	} else if (octet != '\0' && strchr("\"$().;@\\", octet) != NULL) {
		*to++ = '\\';
		*to++ = (char)octet;
	} else if (octet > 0x20 && octet < 0x7f) {
		*to++ = (char)octet;
	} else {
		*to++ = '\\';
		*to++ = (char)('0' + octet / 100);
		*to++ = (char)('0' + octet / 10 % 10);
		*to++ = (char)('0' + octet % 10);
	}
	return to;
}

/* Most names are: lower case, without what is escaped, no dot at either end. */
static bool
is_normal(struct md_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.p[i];

		if (!(c >= 'a' && c <= 'z') && !md_is_digit(c) && c != '.' && c != '-' &&
		    c != '_')
			return false;
	}
	return name.len > 0 && name.p[name.len - 1] != '.';
}

const char *
md_name_normal(struct md_arena *mem, struct md_str name)
{
	const char *copy = md_strndup(mem, name.p, name.len), *s = copy;
	const char *const end = copy + name.len;
	char *text, *to;
	bool dot = false; /* the last octet was a dot between labels */

	if (is_normal(name))
		return copy;
	text = to = md_alloc(mem, 4 * name.len + 2);
	while (s < end) {
		char octet;
		const size_t n = md_unescape(s, &octet);

		dot = n == 1 && octet == '.';
		if (dot)
			*to++ = '.';
		else
			to = put_octet(to, (unsigned char)octet);
		s += n;
	}
	if (dot && to - text > 1)
		to--;
	else if (to == text)
		*to++ = '.';
	*to = '\0';
	return text;
}

const char *
md_name_below(struct md_arena *mem, struct md_str name, const char *origin)
{
	if (is_normal(name))
		return md_printf(mem, "%.*s.%s", (int)name.len, name.p, origin);
	return md_printf(mem, "%s.%s", md_name_normal(mem, name), origin);
}

const char *
md_name_from_wire(struct md_arena *mem, const uint8_t *wire, size_t len)
{
	char *text = md_alloc(mem, 4 * len + 2), *to = text;

	for (size_t at = 0; at < len && wire[at] != 0;) {
		size_t left = wire[at++];

		if (to > text)
			*to++ = '.';
		for (; left > 0 && at < len; left--)
			to = put_octet(to, wire[at++]);
	}
	if (to == text)
		*to++ = '.';
	*to = '\0';
	return text;
}

/* What was typed instead of a domain name, or NULL when it may well be one. */
static const char *
mistaken(struct md_arena *mem, struct md_str typed)
{
	struct md_addr addr;
	struct md_str host = md_str_trim(typed, "[]");
	const char *at, *scheme;

	if (typed.len == 0)
		return "an empty name";
	if (md_addr_parse(host, &addr))
		return md_printf(
		        mem,
		        "an IP address, not a domain; to check it as a sending address: "
		        "maildiag --ip %s DOMAIN",
		        md_addr_print(mem, addr));
	scheme = strstr(typed.p, "://");
	if (scheme != NULL) {
		host = md_str(scheme + 3);
		host.len = strcspn(host.p, "/:?#@");
		return md_printf(mem, "a URL, not a domain; did you mean %s?",
		                 md_show(mem, host));
	}
	at = strrchr(typed.p, '@');
	if (at != NULL && at[1] != '\0')
		return md_printf(mem, "a mail address, not a domain; did you mean %s?",
		                 md_show(mem, md_str(at + 1)));
	if (md_str_find(typed, '/') < typed.len)
		return "a path or URL, not a domain name";
	if (md_str_find(typed, ':') < typed.len)
		return "not a domain name: it has a colon (a port has no place here)";
	return NULL;
}

static const char *
bad_octet(const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == ' ' || *name == '\t')
			return "it has a blank in it";
		if (!md_is_alnum(*name) && *name != '-' && *name != '_' && *name != '.')
			return "only letters, digits, hyphens and dots can be in it";
	}
	return NULL;
}

static const char *
bad_shape(const char *name)
{
	size_t octets, total = 0;

	for (;;) {
		name = label_end(name, &octets);
		total += octets + 1;
		if (octets == 0)
			return "it has an empty label (two dots together, or a dot in front)";
		if (octets > LONGEST_LABEL)
			return "it has a label longer than 63 characters";
		if (total > LONGEST_NAME + 1)
			return "it is longer than 253 characters";
		if (*name == '\0')
			return NULL;
		name++;
	}
}

/* IDN to A-labels.  NULL, and *why from the library, when it cannot be one. */
static const char *
to_a_labels(struct md_arena *mem, const char *typed, const char **why)
{
	char *ascii = NULL;
	const char *name;
	int rc;

	rc = idn2_to_ascii_8z(typed, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (rc != IDN2_OK) {
		*why = idn2_strerror(rc);
		return NULL;
	}
	name = md_strdup(mem, ascii);
	idn2_free(ascii);
	return name;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s > 0x7e)
			return false;
	return true;
}

const char *
md_name_from_user(struct md_arena *mem, const char *typed, const char **why)
{
	const char *shown = md_quote(mem, md_str(typed)), *name = typed, *wrong;

	wrong = mistaken(mem, md_str(typed));
	if (wrong != NULL) {
		*why = md_printf(mem, "%s is %s", shown, wrong);
		return NULL;
	}
	if (!is_ascii(typed))
		name = to_a_labels(mem, typed, &wrong);
	if (name != NULL)
		wrong = bad_octet(name);
	if (name != NULL && wrong == NULL) {
		name = md_name_normal(mem, md_str(name));
		wrong = strcmp(name, ".") == 0 ? "it is the root" : bad_shape(name);
	}
	if (wrong != NULL) {
		*why = md_printf(mem, "%s is not a domain name: %s", shown, wrong);
		return NULL;
	}
	return name;
}

const char *
md_name_unicode(struct md_arena *mem, const char *name)
{
	char *utf8 = NULL;
	const char *shown = name;

	if (strstr(name, "xn--") != NULL && idn2_to_unicode_8z8z(name, &utf8, 0) == IDN2_OK) {
		shown = md_strdup(mem, utf8);
		idn2_free(utf8);
	}
	return shown;
}
