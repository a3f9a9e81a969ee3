/* What every report must be, whatever it is made of. */
#include "rendered.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "rows/notices.h"

/* Each format in all that its octets depend on. */
static const struct {
	const char *format;
	struct md_style style;
} ways[] = {
	{ "text", { .utf8 = true } },
	{ "text", { .verbose = true } },
	{ "text", { .utf8 = true, .verbose = true, .colour = true, .columns = 40 } },
	{ "text", { .table = MD_TABLE_FIRST } },
	{ "json", { .verbose = true } },
	{ "jsonl", { .brief = true } },
	{ "csv", { .table = MD_TABLE_FIRST } },
	{ "zone", { .utf8 = true } },
};

/* C1; the Arabic mark; marks, embeddings, overrides, isolates of directions. */
static bool
is_obeyed(const unsigned char *c)
{
	return (c[0] == 0xc2 && c[1] < 0xa0) || (c[0] == 0xd8 && c[1] == 0x9c) ||
	       (c[0] == 0xe2 && c[1] == 0x80 &&
	        (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae))) ||
	       (c[0] == 0xe2 && c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9);
}

/* Octet by octet it would take longer than the run that made the text. */
void
must_be_plain(const char *text, size_t len)
{
	assert(md_escape_is_utf8((struct md_str){ text, len }));
	for (int c = 0; c < 0x20; c++)
		assert(c == '\n' || memchr(text, c, len) == NULL);
	assert(memchr(text, 0x7f, len) == NULL);
	for (const char *lead = "\xc2\xd8\xe2"; *lead != '\0'; lead++)
		for (const char *at = text; (at = strchr(at, *lead)) != NULL; at++)
			assert(!is_obeyed((const unsigned char *)at));
	assert(strstr(text, "##[") == NULL && strstr(text, "##vso[") == NULL);
}

/* Takes colours out, and leaves all else that begins with ESC. */
static size_t
without_colours(char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const size_t digits = strspn(text + i + 1, "[0123456789;");

		if (text[i] == '\033' && text[i + 1] == '[' && text[i + 1 + digits] == 'm')
			i += 1 + digits;
		else
			text[n++] = text[i];
	}
	text[n] = '\0';
	return n;
}

static void
render(const struct md_report *report, const char *format, const struct md_style *style,
       size_t most)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert(md_render(format, report, style, out));
	fclose(out);
	assert(len < most);
	if (style->colour)
		len = without_colours(text, len);
	must_be_plain(text, len);
	for (size_t i = 0; !style->utf8 && strcmp(format, "text") == 0 && i < len; i++)
		assert((unsigned char)text[i] < 0x80);
	free(text);
}

static void
render_rows(const struct md_report *report, const char *format, size_t most)
{
	struct md_arena *mem = md_arena_new();
	struct md_notices *rows = md_notices_new(mem);
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	md_notices_add_report(rows, report, "warn");
	md_notices_render(format, rows, out);
	fclose(out);
	assert(len < most);
	must_be_plain(text, len);
	free(text);
	md_arena_free(mem);
}

void
must_render(const struct md_report *report, size_t most)
{
	for (size_t i = 0; i < MD_COUNT(ways); i++)
		render(report, ways[i].format, &ways[i].style, most);
	for (const char *const *format = md_notices_formats; *format != NULL; format++)
		render_rows(report, *format, most);
}
