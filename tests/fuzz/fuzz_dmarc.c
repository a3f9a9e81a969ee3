/* A DMARC record is read within its bounds, and what mends it leaves no fault behind. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "record/dmarc.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
is_within(struct md_str at, struct md_str text)
{
	assert(at.p >= text.p && at.len <= text.len);
	assert((size_t)(at.p - text.p) <= text.len - at.len);
}

static void
is_mended(struct md_arena *mem, const char *mended)
{
	const struct md_dmarc *d = md_dmarc_parse(mem, md_str(mended));
	const char *says = "";
	struct md_str at;

	assert(md_dmarc_starts(md_str(mended), &says, &at) == MD_DMARC_RECORD);
	assert(d->p >= MD_DMARC_NONE && d->p_is_second);
	for (size_t i = 0; i < d->nfaults; i++)
		assert(d->faults[i].kind == MD_DMARC_UNKNOWN);
	for (size_t i = 0; i < d->rua.n; i++)
		assert(d->rua.uri[i].valid);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct md_str text = { (const char *)bytes, len };
	struct md_arena *mem = md_arena_new();
	const struct md_dmarc *d = md_dmarc_parse(mem, text);
	const char *says = "";
	struct md_str at = text;

	for (size_t i = 0; i < d->nfaults; i++)
		is_within(d->faults[i].at, text);
	for (unsigned i = 0; i < MD_DMARC_NTAGS; i++)
		if (d->value[i].p != NULL)
			is_within(d->value[i], text);
	if (md_dmarc_starts(text, &says, &at) == MD_DMARC_BROKEN)
		assert(*says != '\0');
	is_within(at, text);
	is_mended(mem, md_dmarc_mend(mem, text, NULL, 0));
	md_arena_free(mem);
	return 0;
}
