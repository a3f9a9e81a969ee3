/*
 * Formats that only put texts together, which most are: what printf needs to begin and to find
 * its way through a format is several times what it takes to copy a few names.
 */
#include "base/join.h"

#include <limits.h>
#include <string.h>

/* What follows the next %s, and how much stands before it; NULL where none comes next. */
static const char *
next(const char *fmt, size_t *before)
{
	*before = strcspn(fmt, "%");
	return fmt[*before] == '%' && fmt[*before + 1] == 's' ? fmt + *before + 2 : NULL;
}

size_t
md_join_len(const char *fmt, va_list ap)
{
	size_t len = 0, before;
	const char *after;

	for (; (after = next(fmt, &before)) != NULL; fmt = after) {
		const char *text = va_arg(ap, const char *);

		if (text == NULL)
			return MD_NO_JOIN;
		len += before + strlen(text);
	}
	len += before;
	return fmt[before] == '\0' && len <= INT_MAX ? len : MD_NO_JOIN;
}

void
md_join(char *out, const char *fmt, va_list ap)
{
	const char *after;
	size_t before;

	for (; (after = next(fmt, &before)) != NULL; fmt = after) {
		const char *text = va_arg(ap, const char *);
		const size_t len = strlen(text);

		memcpy(out, fmt, before);
		memcpy(out + before, text, len);
		out += before + len;
	}
	memcpy(out, fmt, before + 1);
}
