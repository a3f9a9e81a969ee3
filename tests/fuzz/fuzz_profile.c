/* Any octets as a data file of profiles: lines that are sound are whole, all others are named.
 */
#include <assert.h>
#include <stdint.h>

#include "profile/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_within(struct md_str all, struct md_str s)
{
	assert(s.len == 0 || (s.p >= all.p && s.p + s.len <= all.p + all.len));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str all = { (const char *)data, size };
	struct md_tsv file = { .rest = all };
	struct md_profile_line line;
	const char *fault = NULL;
	size_t lines = 0;

	while (md_profile_line_next(&file, &line, &fault)) {
		assert(++lines <= size);
		if (fault != NULL)
			continue;
		must_be_within(all, line.provider);
		must_be_within(all, line.text);
		must_be_within(all, line.argument);
		assert(line.provider.len > 0);
		assert(line.introduces || line.key != NULL);
	}
	return 0;
}
