/* What Received fields are made of: comments, words, hosts, addresses, ciphers. */
#include "mail/received_words.h"

#include <string.h>

#include "base/arena.h"
#include "mail/received.h"

struct md_str
md_received_line(struct md_arena *mem, struct md_str value)
{
	const size_t len = value.len < MD_RECEIVED_MOST ? value.len : MD_RECEIVED_MOST;
	char *text = md_strndup(mem, len > 0 ? value.p : "", len);

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			text[i] = ' ';
	return (struct md_str){ text, len };
}

size_t
md_received_comment(struct md_str s)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '(')
			depth++;
		else if (s.p[i] == ')' && --depth == 0)
			return i + 1;
	}
	return 0;
}

size_t
md_received_semicolon(struct md_str s)
{
	size_t at = s.len;

	for (size_t i = 0; i < s.len; i++) {
		const size_t n = s.p[i] == '(' ? md_received_comment(md_str_skip(s, i)) : 0;

		if (s.p[i] == ';')
			at = i;
		if (s.p[i] == '(' && n == 0)
			break; /* it does not end: none of the rest is outside for sure */
		i += n > 0 ? n - 1 : 0;
	}
	return at;
}

bool
md_received_word(struct md_str *rest, const char *separators, struct md_str *word)
{
	*rest = md_str_trim(*rest, separators);
	*word = (struct md_str){ rest->p, 0 };
	while (word->len < rest->len && strchr(separators, rest->p[word->len]) == NULL)
		word->len++;
	*rest = md_str_skip(*rest, word->len);
	return word->len > 0;
}

bool
md_received_is_host(struct md_str word)
{
	bool dot = false, letter = false;

	word = md_str_trim(word, ".,:");
	for (size_t i = 0; i < word.len; i++) {
		const char c = word.p[i];

		if (!md_is_alnum(c) && c != '-' && c != '.' && c != '_')
			return false;
		dot = dot || c == '.';
		letter = letter || md_is_alpha(c);
	}
	return letter && (dot || md_str_eq_nocase(word, "localhost"));
}

bool
md_received_address(struct md_str word, struct md_addr *addr)
{
	const size_t open = md_str_find(word, '[');

	if (open < word.len) {
		word = md_str_skip(word, open + 1);
		word.len = md_str_find(word, ']');
	}
	while (md_str_find(word, '@') < word.len) /* the user's name may have one, too */
		word = md_str_skip(word, md_str_find(word, '@') + 1);
	if (md_str_starts_nocase(word, "IPv6:"))
		word = md_str_skip(word, 5);
	word.len = md_str_find(word, '%');
	if (!md_addr_parse(md_str_trim(word, ".,"), addr))
		return false;
	*addr = md_addr_from_mapped(*addr);
	return true;
}

/* ---- TLS ---- */

/* "TLSv1.3", "TLS1_3", "SSLv3" as "TLS1.3", "SSL3"; NULL for another word. */
static const char *
tls_version(struct md_arena *mem, struct md_str word)
{
	const bool ssl = md_str_starts_nocase(word, "SSL");
	const char *minor = "";

	if (!ssl && !md_str_starts_nocase(word, "TLS"))
		return NULL;
	word = md_str_skip(word, 3);
	if (md_str_starts_nocase(word, "v"))
		word = md_str_skip(word, 1);
	if (word.len != 1 && word.len != 3)
		return NULL;
	if (!md_is_digit(word.p[0]))
		return NULL;
	if (word.len == 3 &&
	    ((word.p[1] != '.' && word.p[1] != '_') || !md_is_digit(word.p[2])))
		return NULL;
	if (word.len == 3)
		minor = md_printf(mem, ".%c", word.p[2]);
	else if (!ssl)
		minor = ".0"; /* OpenSSL calls TLS 1.0 "TLSv1" */
	return md_printf(mem, "%s%c%s", ssl ? "SSL" : "TLS", word.p[0], minor);
}

const char *
md_received_tls(struct md_arena *mem, struct md_str text)
{
	static const char separators[] = " \t,()=:";
	bool cipher = false, encrypted = false;
	struct md_str word, rest = text;

	if (md_str_eq_nocase(text, "TLS"))
		return "TLS"; /* old Exchange: "Microsoft SMTP Server (TLS)" */
	while (md_received_word(&rest, separators, &word)) {
		const char *version = tls_version(mem, word);

		if (version != NULL)
			return version;
		/* "version=TLSv1/SSLv3": OpenSSL's name for any, once. */
		encrypted = encrypted || md_str_starts_nocase(word, "TLSv1/SSL") ||
		            (cipher && !md_str_eq_nocase(word, "NONE")) ||
		            md_str_eq(word, "encrypted"); /* "(CIPHER encrypted)" of qmail */
		cipher = md_str_eq_nocase(word, "cipher");
	}
	return encrypted ? "TLS" : "";
}
