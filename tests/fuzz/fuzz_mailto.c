/* A list of report URIs is read within its bounds; what mends it makes every URI good. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "record/mailto.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct md_str text = { (const char *)bytes, len };
	struct md_arena *mem = md_arena_new();
	struct md_uris list;
	const char *mended = md_uris_mend(mem, text);

	md_uris_parse(mem, text, &list);
	assert(list.n > 0 && list.n <= MD_URIS_MAX);
	for (size_t i = 0; i < list.n; i++) {
		const struct md_uri *uri = &list.uri[i];

		assert(uri->text.p >= text.p && uri->text.p + uri->text.len <= text.p + len);
		assert(uri->fault_at.p >= text.p &&
		       uri->fault_at.p + uri->fault_at.len <= text.p + len);
		assert((*uri->fault == '\0') == (*uri->mailbox != '\0'));
		assert(*uri->mailbox == '\0' || (uri->valid && *uri->host != '\0'));
	}
	if (*mended != '\0') {
		md_uris_parse(mem, md_str(mended), &list);
		for (size_t i = 0; i < list.n; i++)
			assert(list.uri[i].valid);
	}
	md_arena_free(mem);
	return 0;
}
