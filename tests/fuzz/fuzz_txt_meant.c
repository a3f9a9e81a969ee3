/* Any bytes as the text of a policy record: what was meant is plain, and means itself. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "record/txt_meant.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const char *meant = md_txt_meant(mem, (struct md_str){ (const char *)data, size });

	if (meant != NULL) {
		assert(strlen(meant) <= size);
		for (const char *p = meant; *p != '\0'; p++)
			assert(*p >= ' ' && *p <= '~' && *p != '"');
		assert(strcmp(md_txt_meant(mem, md_str(meant)), meant) == 0);
	}
	md_arena_free(mem);
	return 0;
}
