/* RFC 2047 words and parameters of Content-Type by GMime. */
#include <gmime/gmime.h>

#include "base/arena.h"
#include "mail/mime.h"

/*
 * GMime wants to be told once, before any of its parsers, and does not guard that against
 * threads.  When the program (or the shared library) is loaded there is one thread yet, and we
 * need no variable to remember it by; GMime counts, so that a program which uses it, too, may.
 */
__attribute__((constructor)) static void
begin_gmime(void)
{
	g_mime_init();
}

/* A C string for GMime: it must end, and need not be long. */
static char *
c_string(struct md_arena *mem, struct md_str s)
{
	char *copy;

	if (s.len > MD_WORDS_MOST)
		s.len = MD_WORDS_MOST;
	copy = md_strndup(mem, s.p, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (copy[i] == '\0')
			copy[i] = '?';
	return copy;
}

const char *
md_mime_words(struct md_arena *mem, struct md_str s)
{
	char *decoded = g_mime_utils_header_decode_text(NULL, c_string(mem, s));
	char *valid = g_utf8_make_valid(decoded, -1);
	const char *text = md_strdup(mem, valid);

	g_free(valid);
	g_free(decoded);
	return text;
}

/* RFC 2045 5.1: token "/" token, then the end or a semicolon. */
static const char *
type_of(struct md_arena *mem, struct md_str s)
{
	size_t n = 0, slashes = 0;

	for (; n < s.len && s.p[n] > ' ' && s.p[n] < 0x7f && s.p[n] != ';' && s.p[n] != '(';
	     n++)
		slashes += s.p[n] == '/';
	if (slashes != 1 || n < 3 || s.p[0] == '/' || s.p[n - 1] == '/')
		return "";
	s.len = n;
	return md_str_lower(mem, s);
}

static const char *
parameter(struct md_arena *mem, GMimeContentType *type, const char *name)
{
	const char *value = g_mime_content_type_get_parameter(type, name);
	char *valid = value != NULL ? g_utf8_make_valid(value, -1) : NULL;
	const char *text = valid != NULL ? md_strdup(mem, valid) : "";

	g_free(valid);
	return text;
}

struct md_mime_type
md_mime_type_parse(struct md_arena *mem, struct md_str value)
{
	const struct md_str trimmed = md_str_trim(value, " \t\r\n");
	GMimeContentType *parsed = g_mime_content_type_parse(NULL, c_string(mem, trimmed));
	struct md_mime_type type = {
		.type = type_of(mem, trimmed),
		.boundary = parameter(mem, parsed, "boundary"),
		.charset = md_str_lower(mem, md_str(parameter(mem, parsed, "charset"))),
		.name = parameter(mem, parsed, "name"),
	};

	g_object_unref(parsed);
	return type;
}
