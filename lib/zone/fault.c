/* What is wrong with a zone file, and in which line of which file. */
#include "zone/read.h"

enum { MOST_WARNINGS = 100 };

struct md_place
md_zone_line(const struct md_zone_file *files, size_t n, uint32_t line)
{
	size_t low = 0, high = n;

	/* The last that begins before the line. */
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (line <= files[middle].before)
			high = middle;
		else
			low = middle;
	}
	return (struct md_place){ files[low].path,
		                  line - files[low].before + files[low].skipped,
		                  files[low].within };
}

static const char *located(const struct md_zone_reader *, size_t line, const char *fmt, va_list)
        MD_PRINTF(3, 0);

static const char *
located(const struct md_zone_reader *r, size_t line, const char *fmt, va_list ap)
{
	const struct md_place at = md_zone_line(r->files, r->nfiles, (uint32_t)line);

	return md_printf(r->mem, "%s:%u: %s", at.file, at.line, md_vprintf(r->mem, fmt, ap));
}

bool
md_zone_fail(struct md_zone_reader *r, size_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	r->why = located(r, line, fmt, ap);
	va_end(ap);
	return false;
}

void
md_zone_warn(struct md_zone_reader *r, size_t line, const char *fmt, ...)
{
	const char *warning;
	va_list ap;

	if (r->nwarnings > MOST_WARNINGS)
		return;
	va_start(ap, fmt);
	warning = located(r, line, fmt, ap);
	va_end(ap);
	if (r->nwarnings == MOST_WARNINGS)
		warning = md_printf(r->mem, "%s: there are more warnings", r->files[0].path);
	MD_PUSH(r->mem, r->warnings, r->nwarnings, warning);
}

void
md_zone_fault(struct md_zone_reader *r, size_t line, const struct md_input_fault *fault)
{
	struct md_input_fault placed = *fault;

	placed.place = md_zone_line(r->files, r->nfiles, (uint32_t)line);
	if (r->nfaults < MD_MOST_FAULTS)
		MD_PUSH(r->mem, r->faults, r->nfaults, placed);
}

bool
md_zone_pass_over(struct md_zone_reader *r, size_t line, const struct md_not_judged *what)
{
	struct md_not_judged placed = *what;

	if (r->nnot_judged >= MD_MOST_FAULTS)
		return md_zone_fail(r, line, "more than %d lines that cannot be understood",
		                    MD_MOST_FAULTS);
	placed.place = md_zone_line(r->files, r->nfiles, (uint32_t)line);
	MD_PUSH(r->mem, r->not_judged, r->nnot_judged, placed);
	return true;
}

size_t
md_zone_count_lines(struct md_str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == '\n';
	return n;
}
