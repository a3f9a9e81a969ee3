/* Any octets as earlier output: a line that counts is whole, and half of it does not. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../cmd/bulk/lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum cli_line
read_again(const struct cli_lines *lines, struct md_str line)
{
	struct cli_lines copy = *lines;
	struct md_str name;

	return cli_line_read(&copy, line, &name);
}

/* Torn anywhere it is known as the beginning of a line of ours, as long as it is not empty. */
static void
try_torn(const struct cli_lines *lines, struct md_str line)
{
	for (size_t len = 1; len <= line.len; len += 1 + line.len / 50)
		assert(cli_line_begins(lines, (struct md_str){ line.p, len }));
}

/* Another line behind a torn one is no domain's report. */
static void
try_glued(const struct cli_lines *lines, struct md_str line)
{
	char *glued = malloc(2 * line.len);
	const size_t torn = line.len / 2;

	assert(glued != NULL);
	memcpy(glued, line.p, torn);
	memcpy(glued + torn, line.p, line.len);
	if (torn > 0)
		assert(read_again(lines, (struct md_str){ glued, torn + line.len }) ==
		       CLI_LINE_STRANGE);
	free(glued);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cli_lines lines = { .columns = 0 };
	struct md_str rest = { (const char *)data, size }, line, name;

	while (md_str_cut(&rest, '\n', &line)) {
		const enum cli_line is = cli_line_read(&lines, line, &name);

		if (is != CLI_LINE_DOMAIN)
			continue;
		assert(name.len > 0 && name.p >= line.p &&
		       name.p + name.len <= line.p + line.len);
		assert(read_again(&lines, line) == CLI_LINE_DOMAIN);
		try_torn(&lines, line);
		if (lines.format == CLI_LINES_JSONL)
			try_glued(&lines, line);
	}
	return 0;
}
