/* Any line as what a witness says: what is accepted is bounded, printable, and can be asked. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "witness/testimony.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_printable(const char *s)
{
	for (; *s != '\0'; s++)
		assert(*s >= ' ' && *s <= '~');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_testimony t;
	const char *why = NULL;

	if (!md_testimony_read(mem, (struct md_str){ (const char *)data, size }, &t, &why)) {
		assert(why != NULL);
	} else if (t.kind == MD_TESTIMONY_ASK) {
		assert(t.question.type != 0 && t.question.server[0] == '\0');
		must_be_printable(t.question.name);
	} else {
		assert(strlen(t.result) <= 20 && strlen(t.detail) <= 1600);
		must_be_printable(t.result);
		must_be_printable(t.detail);
		for (size_t i = 0; i < t.nparts; i++)
			must_be_printable(t.parts[i]);
	}
	md_arena_free(mem);
	return 0;
}
