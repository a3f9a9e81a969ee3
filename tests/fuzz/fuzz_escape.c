/* Whatever is escaped can be sent to a terminal, and escaping it again changes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *text, size_t size);

static void
judge(struct md_arena *mem, struct md_str text, bool utf8)
{
	const char *clean = md_escape(mem, text, utf8);
	struct md_str rest = md_str(clean);

	for (const char *p = clean; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f ||
		    (!utf8 && (unsigned char)*p > 0x7e))
			abort();
	if (strcmp(clean, md_escape(mem, rest, utf8)) != 0)
		abort();
	if (md_escape_width(rest) > 2 * rest.len)
		abort();
	while (rest.len > 0) {
		const unsigned step = md_escape_step(rest);

		if (step == 0 || step > rest.len)
			abort(); /* every step takes one character off */
		rest = md_str_skip(rest, step);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *text, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str s = { (const char *)text, size };

	judge(mem, s, true);
	judge(mem, s, false);
	md_arena_free(mem);
	return 0;
}
