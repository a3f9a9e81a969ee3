/* Reads domain names and quoted-printable text in signatures. */
#include "record/dkim_name.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"

/* Letters, digits, hyphens; and underscores, which selectors have in practice. */
static bool
is_plain_name(struct md_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!md_is_alnum(name.p[i]) && (name.p[i] == '\0' || !strchr("-_.", name.p[i])))
			return false;
	return name.len > 0 && name.p[name.len - 1] != '.';
}

const char *
md_dkim_name(struct md_arena *mem, struct md_str name)
{
	const char *text, *why = "";
	bool ascii = true;

	for (size_t i = 0; i < name.len; i++)
		ascii = ascii && ((unsigned char)name.p[i] & 0x80u) == 0;
	if (ascii && !is_plain_name(name))
		return "";
	if (ascii)
		text = md_name_normal(mem, name);
	else if (memchr(name.p, '\0', name.len) == NULL)
		text = md_name_from_user(mem, md_strndup(mem, name.p, name.len), &why);
	else
		text = NULL;
	return text != NULL && md_name_fits(text) ? text : "";
}

/* Lower case is no encoding here. */
static int
upper_hex_digit(char c)
{
	return c >= 'a' ? -1 : md_hex_digit(c);
}

struct md_str
md_dkim_unquoted(struct md_arena *mem, struct md_str s)
{
	char *text = md_alloc(mem, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		const int high =
		        s.p[i] == '=' && i + 2 < s.len ? upper_hex_digit(s.p[i + 1]) : -1;
		const int low = high >= 0 ? upper_hex_digit(s.p[i + 2]) : -1;

		if (strchr(" \t\r\n", s.p[i]) != NULL && s.p[i] != '\0')
			continue;
		text[n++] = low >= 0 ? (char)(high * 16 + low) : s.p[i];
		if (low >= 0)
			i += 2;
	}
	return (struct md_str){ text, n };
}
