/* Any bytes as a key record: faults lie inside it, and a key without faults has a length. */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "record/dkim_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str text = { (const char *)data, size };
	const struct md_dkim_key *key = md_dkim_key_parse(mem, text);

	assert(key->faults.n <= MD_FAULTS_MOST);
	for (size_t i = 0; i < key->faults.n; i++) {
		const struct md_fault *f = &key->faults.list[i];

		assert(f->at <= size && f->len <= size - f->at);
		assert(f->why != NULL && f->why[0] != '\0');
	}
	assert(key->bits <= MD_KEY_MOST_BITS);
	assert(key->noctets <= size);
	if (key->faults.n == 0)
		assert(key->revoked == (key->bits == 0));
	md_arena_free(mem);
	return 0;
}
