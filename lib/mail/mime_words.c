/* RFC 2047 words by GMime. */
#include "mail/mime.h"

#include <gmime/gmime.h>

#include "base/arena.h"

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

const char *
md_mime_words(struct md_arena *mem, struct md_str s)
{
	char *copy, *decoded, *valid;
	const char *text;

	if (s.len > MD_WORDS_MOST)
		s.len = MD_WORDS_MOST;
	copy = md_strndup(mem, s.p, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (copy[i] == '\0')
			copy[i] = '?';
	decoded = g_mime_utils_header_decode_text(NULL, copy);
	valid = g_utf8_make_valid(decoded, -1);
	text = md_strdup(mem, valid);
	g_free(valid);
	g_free(decoded);
	return text;
}
