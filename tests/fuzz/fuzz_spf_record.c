/* SPF records: terms stand in order within the record, and faults within it. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "record/spf/spf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_term(const struct md_spf *spf, const struct md_spf_term *t, size_t *end)
{
	const bool sound = t->fault == MD_SPF_SOUND;

	assert(t->text.len > 0 && t->text.p == spf->text.p + t->offset);
	assert(t->offset >= *end);
	*end = t->offset + t->text.len;
	assert(*end <= spf->text.len);
	assert(sound == (t->why[0] == '\0'));
	assert(sound || t->fault_offset >= t->offset);
	assert(sound || t->fault_offset + t->fault_len <= *end);
	assert(t->prefix4 <= 32 && t->prefix6 <= 128);
	assert(!sound || t->kind != MD_SPF_UNKNOWN_TERM);
	assert(!sound || t->meant == NULL);
}

/* Clearing host bits gives a sound network without any. */
static void
check_network(struct md_arena *mem, const struct md_spf_term *t)
{
	const char *text = md_spf_clear_host_bits(mem, t);
	const struct md_spf *again;

	if (text == NULL)
		return;
	again = md_spf_parse(mem, md_str(md_printf(mem, "v=spf1 %s", text)));
	assert(again->n == 1 && again->nfaults == 0);
	assert(again->terms[0].kind == t->kind && again->terms[0].qualifier == t->qualifier);
	assert(md_spf_prefix(&again->terms[0]) == md_spf_prefix(t));
	assert(md_addr_in(t->network, again->terms[0].network, md_spf_prefix(t)));
	assert(md_spf_clear_host_bits(mem, &again->terms[0]) == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str txt = { (const char *)data, size };
	const struct md_str halves[] = { { txt.p, size / 2 },
		                         { txt.p + size / 2, size - size / 2 } };
	size_t end = 0, at = 0, faults = 0;
	const struct md_spf *spf;
	const char *mended;

	md_spf_bad_joint(mem, halves, 2);
	if (!md_spf_is_record(txt)) {
		if (md_spf_lookalike(mem, txt, &at) != NULL)
			assert(at < size);
		md_arena_free(mem);
		return 0;
	}
	assert(md_spf_lookalike(mem, txt, &at) == NULL);
	spf = md_spf_parse(mem, txt);
	for (size_t i = 0; i < spf->n; i++) {
		check_term(spf, &spf->terms[i], &end);
		check_network(mem, &spf->terms[i]);
		faults += spf->terms[i].fault != MD_SPF_SOUND;
	}
	assert(faults == spf->nfaults);
	mended = md_spf_mended(mem, spf);
	if (mended != NULL)
		assert(md_spf_parse(mem, md_str(mended))->n == spf->n);
	md_arena_free(mem);
	return 0;
}
