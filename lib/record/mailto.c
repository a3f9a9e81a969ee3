/* Reads and mends lists of report URIs. */
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "record/mailto.h"

static const char blanks[] = " \t";

/* RFC 3986: unreserved, gen-delims and sub-delims; "%" is looked at apart. */
static bool
is_uri_char(char c)
{
	return md_is_alnum(c) || (c != '\0' && strchr("-._~:/?#[]@!$&'()*+,;=", c) != NULL);
}

static struct md_str
part(struct md_str s, size_t from, size_t len)
{
	return (struct md_str){ s.p + from, len };
}

static bool
fault(struct md_uri *uri, struct md_str at, const char *says)
{
	if (*uri->fault == '\0') {
		uri->fault = says;
		uri->fault_at = at;
	}
	return false;
}

/* RFC 3986 3.1: a letter, then letters, digits, "+", "-", "."; then the colon. */
static struct md_str
scheme_of(struct md_str text)
{
	const size_t end = md_str_find(text, ':');

	if (end == text.len || end == 0 || !md_is_alpha(text.p[0]))
		return part(text, 0, 0);
	for (size_t i = 1; i < end; i++)
		if (!md_is_alnum(text.p[i]) && strchr("+-.", text.p[i]) == NULL)
			return part(text, 0, 0);
	return part(text, 0, end);
}

/* Takes obs-dmarc-report-size off: "!" 1*DIGIT [k/m/g/t] at the end (RFC 9989 4.8). */
static void
take_size(struct md_uri *uri)
{
	size_t i = uri->text.len;
	size_t digits = 0;

	if (i > 0 && uri->text.p[i - 1] != '\0' &&
	    strchr("kmgt", md_lower(uri->text.p[i - 1])) != NULL)
		i--;
	while (i > 0 && md_is_digit(uri->text.p[i - 1])) {
		i--;
		digits++;
	}
	if (digits == 0 || i == 0 || uri->text.p[i - 1] != '!')
		return;
	uri->size = md_str_skip(uri->text, i - 1);
	uri->text.len = i - 1;
}

static const char *
says_of(char c)
{
	if (c == ' ' || c == '\t')
		return "a blank inside a URI: URIs are separated by commas";
	if (c == '!')
		return "\"!\" must be written %21 in an address";
	if (c == '<' || c == '>' || c == '"' || c == '\\')
		return "a URI takes no quotes, brackets or backslashes";
	return "an octet that no URI may contain";
}

static bool
octets_are_good(struct md_uri *uri)
{
	const struct md_str t = uri->text;

	for (size_t i = 0; i < t.len; i++) {
		if (t.p[i] == '%') {
			if (t.len - i < 3 || !md_is_hex(t.p[i + 1]) || !md_is_hex(t.p[i + 2]))
				return fault(uri, part(t, i, 1),
				             "\"%\" without two hexadecimal digits");
			continue;
		}
		if (t.p[i] == '!' || !is_uri_char(t.p[i]))
			return fault(uri, part(t, i, 1), says_of(t.p[i]));
	}
	return true;
}

/* Percent-decoded; the octets were looked at before. */
static struct md_str
decoded(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '%' && s.len - i >= 3) {
			md_buf_addc(&out, (char)(md_hex_digit(s.p[i + 1]) * 16 +
			                         md_hex_digit(s.p[i + 2])));
			i += 2;
		} else {
			md_buf_addc(&out, s.p[i]);
		}
	}
	return md_buf_view(&out);
}

static size_t
last_at(struct md_str s)
{
	size_t i = s.len;

	while (i > 0 && s.p[i - 1] != '@')
		i--;
	return i > 0 ? i - 1 : s.len;
}

static bool
local_part_is_good(struct md_str local)
{
	if (local.len == 0)
		return false;
	for (size_t i = 0; i < local.len; i++) {
		const char c = local.p[i];

		if (c < 0x20 || c > 0x7e)
			return false;
		/* RFC 5322 3.2.3: specials, but for the dot, stand in quotes alone. */
		if (local.p[0] != '"' && strchr("()<>[]:;@\\,\" ", c) != NULL)
			return false;
	}
	return true;
}

/* RFC 6068: mailto:addr-spec[?fields]; the fields mean nothing to a sender of reports. */
static bool
read_mailbox(struct md_arena *mem, struct md_uri *uri)
{
	const struct md_str rest = md_str_skip(uri->text, uri->scheme.len + 1);
	const struct md_str written = part(rest, 0, md_str_find(rest, '?'));
	const struct md_str box = decoded(mem, written);
	const size_t at = last_at(box);
	const char *host;

	if (md_str_starts_nocase(written, "mailto:"))
		return fault(uri, part(written, 0, strlen("mailto:")),
		             "mailto: stands there twice");
	if (md_str_starts(written, "//"))
		return fault(uri, part(written, 0, 2), "mailto: takes no \"//\"");
	if (at == box.len)
		return fault(uri, written, "a mail address needs an @ and a domain");
	if (!local_part_is_good(part(box, 0, at)))
		return fault(uri, written, "what stands before the @ is no local part");
	host = md_name_normal(mem, md_str_skip(box, at + 1));
	if (strlen(host) < box.len - at - 2 || !md_name_is_hostname(host))
		return fault(uri, written, "what stands after the @ is no domain name");
	uri->mailbox = md_strndup(mem, box.p, box.len);
	uri->host = host;
	return true;
}

static struct md_uri
read_uri(struct md_arena *mem, struct md_str text)
{
	struct md_uri uri = { .text = text, .fault = "", .mailbox = "", .host = "" };

	uri.size = uri.scheme = uri.fault_at = part(text, 0, 0);
	if (text.len == 0) {
		fault(&uri, text, "an empty place in the list");
		return uri;
	}
	take_size(&uri);
	uri.scheme = scheme_of(uri.text);
	uri.valid = octets_are_good(&uri);
	if (uri.scheme.len == 0) {
		uri.valid = fault(&uri, uri.text, "no scheme: an address is written mailto:…");
	} else if (!md_str_eq_nocase(uri.scheme, "mailto")) {
		fault(&uri, uri.scheme, "reports are sent by mail alone: write mailto:…");
	} else if (uri.valid) {
		read_mailbox(mem, &uri);
	}
	return uri;
}

void
md_uris_parse(struct md_arena *mem, struct md_str list, struct md_uris *uris)
{
	struct md_uri *found = NULL;
	struct md_str piece;
	bool more = true; /* "a," has a second, empty place, which md_str_cut does not tell */

	uris->n = uris->omitted = 0;
	while (more) {
		more = md_str_find(list, ',') < list.len;
		if (!md_str_cut(&list, ',', &piece))
			piece = list;
		if (uris->n == MD_URIS_MAX) {
			uris->omitted++;
			continue;
		}
		MD_PUSH(mem, found, uris->n, read_uri(mem, md_str_trim(piece, blanks)));
	}
	uris->uri = found;
}

static void
append(struct md_buf *out, struct md_str uri)
{
	if (out->len > 0)
		md_buf_addc(out, ',');
	md_buf_add(out, uri);
}

/* One element without blanks inside, whose only good reading is as a mail address. */
static void
mend_one(struct md_arena *mem, struct md_buf *out, struct md_str word)
{
	struct md_buf encoded = { .mem = mem };
	struct md_uri uri = read_uri(mem, word);
	struct md_str address = uri.text;

	if (*uri.fault == '\0' || (uri.valid && !md_str_eq_nocase(uri.scheme, "mailto"))) {
		append(out, word);
		return;
	}
	if (md_str_eq_nocase(uri.scheme, "mailto"))
		address = md_str_skip(address, uri.scheme.len + 1);
	else if (uri.scheme.len > 0)
		return;
	while (address.len > 0 &&
	       ((strchr("/:<\"", address.p[0]) != NULL && address.p[0] != '\0') ||
	        md_str_starts_nocase(address, "mailto:")))
		address =
		        md_str_skip(address, md_is_alpha(address.p[0]) ? strlen("mailto:") : 1);
	address = md_str_trim(address, ">\"");
	md_buf_printf(&encoded, "mailto:");
	for (size_t i = 0; i < address.len; i++) {
		if (address.p[i] == '!')
			md_buf_printf(&encoded, "%%21");
		else
			md_buf_addc(&encoded, address.p[i]);
	}
	word = md_buf_view(&encoded);
	uri = read_uri(mem, word);
	if (*uri.fault == '\0')
		append(out, word);
}

const char *
md_uris_mend(struct md_arena *mem, struct md_str list)
{
	struct md_buf out = { .mem = mem };
	struct md_str piece;

	for (unsigned n = 0; n < MD_URIS_MAX && md_str_cut(&list, ',', &piece); n++) {
		struct md_str word;

		while (md_str_cut(&piece, ' ', &word)) {
			word = md_str_trim(word, blanks);
			if (word.len > 0)
				mend_one(mem, &out, word);
		}
	}
	return md_buf_str(&out);
}
