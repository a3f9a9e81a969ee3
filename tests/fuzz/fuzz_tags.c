/* Any bytes as a tag list: pieces are in order, inside the text, and say where they stand. */
#include <assert.h>
#include <stdint.h>

#include "record/tags.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_stand_at(struct md_str text, struct md_str part, size_t at)
{
	assert(at <= text.len && part.len <= text.len - at);
	assert(part.p == text.p + at);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str text = { (const char *)data, size };
	struct md_tags list = md_tags(text);
	struct md_tag tag;
	size_t n = 0, end = 0;

	while (md_tag_next(&list, &tag)) {
		must_stand_at(text, tag.name, tag.name_at);
		must_stand_at(text, tag.value, tag.value_at);
		assert(tag.name_at >= end && tag.value_at >= tag.name_at + tag.name.len);
		end = tag.value_at + tag.value.len;
		if (tag.fault != MD_TAG_OK)
			assert(tag.fault_len > 0 && tag.fault_at < size);
		assert(++n <= size);
	}
	return 0;
}
