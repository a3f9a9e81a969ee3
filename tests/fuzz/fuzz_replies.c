/* Any octets as the replies of spam filters: what is taken is bounded, printable, in order. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../../cmd/witness/replies.h"
#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_short(const char *s, size_t most)
{
	assert(strlen(s) <= most);
	for (; *s != '\0'; s++)
		assert(*s >= ' ' && *s <= '~');
}

typedef bool reader(struct md_arena *, struct md_str, struct filter_reply *, const char **);

static void
try(reader *read, struct md_str octets)
{
	struct md_arena *mem = md_arena_new();
	struct filter_reply *r = md_alloc(mem, sizeof(*r));
	const char *why = NULL;

	if (!read(mem, octets, r, &why)) {
		assert(why != NULL);
		must_be_short(why, 200);
	} else {
		assert(isfinite(r->score) && isfinite(r->threshold) && r->n <= FILTER_RULES);
		must_be_short(r->action, 60);
		for (size_t i = 0; i < r->n; i++) {
			must_be_short(r->rules[i].name, 60);
			must_be_short(r->rules[i].text, 120);
			assert(r->rules[i].name[0] != '\0');
			assert(i == 0 || r->rules[i - 1].points >= r->rules[i].points);
		}
	}
	md_arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str octets = { (const char *)data, size };

	try(reply_of_spamd, octets);
	try(reply_of_rspamd, octets);
	return 0;
}
