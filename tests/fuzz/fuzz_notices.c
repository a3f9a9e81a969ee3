/* Any bytes as the texts of a finding: every format stays the format that it is. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "rendered.h"
#include "rows/notices.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
lines_beginning(const char *text, const char *with)
{
	size_t n = 0;

	for (const char *p = text; p != NULL && *p != '\0'; p = strchr(p, '\n')) {
		p += *p == '\n';
		n += strncmp(p, with, strlen(with)) == 0;
	}
	return n;
}

static void
must_be_json(const char *text)
{
	json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert(document != NULL);
	json_decref(document);
}

static void
must_be(const char *format, const char *text)
{
	const size_t lines = lines_beginning(text, "") - 1;

	must_be_plain(text, strlen(text));
	if (strcmp(format, "github") == 0)
		assert(lines == 1 && lines_beginning(text, "::error ") == 1);
	else if (strcmp(format, "tap") == 0)
		assert(lines_beginning(text, "not ok 1 - ") == 1 &&
		       lines_beginning(text, "  ") + 3 == lines);
	else if (strcmp(format, "junit") == 0)
		assert(lines_beginning(text, "    <testcase ") == 1 &&
		       strstr(text, "]]>") == NULL);
	else if (strcmp(format, "markdown") == 0)
		assert(lines_beginning(text, "| ❌ fail | ") == 1);
	else
		must_be_json(text);
}

static void
render(const char *format, const struct md_notices *o)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert(md_notices_render(format, o, out));
	fclose(out);
	assert(strlen(text) == len);
	must_be(format, text);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_notices *o = md_notices_new(mem);
	const char *text = md_strndup(mem, (const char *)data, size);
	const char *second = text + strlen(text) + (strlen(text) < size);
	const struct md_notice row = {
		.kind = MD_NOTICE_FINDING,
		.subject = "example.com",
		.check = "test",
		.rule = "test.rule",
		.title = "Title",
		.fix = "Fix",
		.severity = MD_FAIL,
		.fails = true,
		.evidence = text,
		.about = second,
		.file = second,
	};

	md_notices_add(o, &row);
	for (const char *const *f = md_notices_formats; *f != NULL; f++)
		render(*f, o);
	md_arena_free(mem);
	return 0;
}
