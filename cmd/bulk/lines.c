/* The lines of our own output, jsonl and csv, read again: whose report is each. */
#include "lines.h"

#include <string.h>

/*
 * How render/json.c begins the report of a domain; "%" stands for a string without a backslash
 * or quotation mark in it, the last of them is the domain.
 */
static const char jsonl_head[] =
        "{\"schema\":\"maildiag-report/1\",\"tool\":{\"name\":\"maildiag\",\"version\":\"%\"},"
        "\"time\":\"%\",\"subject\":{\"kind\":\"domain\",\"name\":\"%\"";

static const char jsonl_first[] = "{\"schema\":\"maildiag-report/";

/* How rows/csv.c begins its heading. */
static const char csv_head[] = "domain,verdict,";

/*
 * How much of `text` is as `head` says; *name is what stood for the last "%".  Less than all of
 * `text` only when something else comes, or when `head` is at its end: then *all.
 */
static size_t
follow(struct md_str text, const char *head, struct md_str *name, bool *all)
{
	size_t at = 0;

	for (; at < text.len && *head != '\0'; head++) {
		if (*head != '%') {
			if (text.p[at] != *head)
				break;
			at++;
			continue;
		}
		*name = (struct md_str){ text.p + at, 0 };
		while (at < text.len && text.p[at] != '"' && text.p[at] != '\\')
			at++, name->len++;
	}
	*all = *head == '\0';
	return at;
}

/* As names are in canonical text; csv writes some octets as \DDD. */
static bool
is_name(struct md_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!md_is_alnum(text.p[i]) &&
		    (text.p[i] == '\0' || strchr("-_.\\", text.p[i]) == NULL))
			return false;
	return text.len > 0;
}

/* In a string a quotation mark has a backslash in front: so this stands at a beginning only. */
static bool
begins_twice(struct md_str line)
{
	return memmem(line.p + 1, line.len - 1, jsonl_first, strlen(jsonl_first)) != NULL;
}

static bool
is_jsonl(struct md_str line, struct md_str *name)
{
	bool all;

	return follow(line, jsonl_head, name, &all) < line.len && all && is_name(*name) &&
	       line.p[line.len - 1] == '}' && !begins_twice(line);
}

static size_t
count(struct md_str text, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == c;
	return n;
}

/* No cell of ours has quotation marks or commas in it. */
static bool
is_csv(const struct cli_lines *lines, struct md_str line, struct md_str *name)
{
	*name = (struct md_str){ line.p, md_str_find(line, ',') };
	return is_name(*name) && count(line, ',') + 1 == lines->columns &&
	       md_str_find(line, '"') == line.len;
}

enum cli_line
cli_line_read(struct cli_lines *lines, struct md_str line, struct md_str *name)
{
	if (lines->format == CLI_LINES_UNKNOWN && md_str_starts(line, csv_head)) {
		*lines = (struct cli_lines){ CLI_LINES_CSV, count(line, ',') + 1 };
		return CLI_LINE_HEADING;
	}
	if (lines->format == CLI_LINES_CSV) {
		if (md_str_starts(line, csv_head))
			return CLI_LINE_HEADING;
		return is_csv(lines, line, name) ? CLI_LINE_DOMAIN : CLI_LINE_STRANGE;
	}
	if (!is_jsonl(line, name))
		return CLI_LINE_STRANGE;
	lines->format = CLI_LINES_JSONL;
	return CLI_LINE_DOMAIN;
}

bool
cli_line_begins(const struct cli_lines *lines, struct md_str torn)
{
	const size_t len = torn.len < strlen(csv_head) ? torn.len : strlen(csv_head);
	struct md_str name;
	bool all;

	if (lines->format == CLI_LINES_CSV)
		return is_name((struct md_str){ torn.p, md_str_find(torn, ',') });
	if (follow(torn, jsonl_head, &name, &all) == torn.len || all)
		return true;
	return lines->format == CLI_LINES_UNKNOWN && memcmp(torn.p, csv_head, len) == 0;
}
