/* Any octets as a signature: views and faults lie inside, and a sound one has all it needs. */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/name.h"
#include "record/dkim_signature.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
inside(struct md_str text, struct md_str part)
{
	assert(part.p == NULL || (part.p >= text.p && part.len <= text.len &&
	                          part.p + part.len <= text.p + text.len));
}

static void
judge_sound(const struct md_dkim_signature *s)
{
	assert(md_name_fits(s->domain) && md_name_fits(s->selector));
	assert(s->nsignature > 0 && s->a.len > 0);
	if (s->kind == MD_DKIM_SIGNATURE)
		assert(s->identity[0] != '\0');
	else
		assert(s->instance >= 1 && s->instance <= 50);
	if (s->kind != MD_ARC_SEAL)
		assert(s->nh > 0 && s->nbody_hash > 0);
	else
		assert(s->cv.len == 4 && s->nh == 0);
}

static void
judge(struct md_str text, enum md_signature_kind kind)
{
	struct md_arena *mem = md_arena_new();
	const struct md_dkim_signature *s = md_dkim_signature_parse(mem, text, kind);

	inside(text, s->a);
	inside(text, s->b);
	inside(text, s->cv);
	inside(text, s->q);
	inside(text, s->z);
	for (size_t i = 0; i < s->nh; i++) {
		inside(text, s->h[i]);
		assert(s->h[i].len > 0);
	}
	assert(s->faults.n <= MD_FAULTS_MOST);
	for (size_t i = 0; i < s->faults.n; i++) {
		const struct md_fault *f = &s->faults.list[i];

		assert(f->at <= text.len && f->len <= text.len - f->at);
		assert(f->why != NULL && f->why[0] != '\0');
	}
	assert(s->t >= -1 && s->x >= -1);
	assert(s->nsignature <= text.len && s->nbody_hash <= text.len);
	if (s->faults.n == 0)
		judge_sound(s);
	md_arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str text = { (const char *)data, size };

	judge(text, MD_DKIM_SIGNATURE);
	judge(text, MD_ARC_MESSAGE_SIGNATURE);
	judge(text, MD_ARC_SEAL);
	return 0;
}
