/* Every guess and every mend of the repair search, on any message, simple and relaxed. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "repair/blocks.h"
#include "repair/field.h"
#include "repair/footers.h"
#include "repair/hashed.h"
#include "repair/trial.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For the guesses about a field, and for each way to mend a body. */
enum { STEPS = 200000 };

/* What is guessed has this name, is paid for, and ends. */
static void
guess(const struct md_message *m, const struct md_field *f)
{
	struct md_budget budget = md_budget_make(STEPS, NULL, NULL);
	struct md_arena *mem = md_arena_new();
	struct md_guesses g = { .mem = mem,
		                .message = m,
		                .name = f->name,
		                .value = f->value,
		                .domain = "example.com",
		                .budget = &budget };

	md_guess_field(&g);
	md_guess_lost(&g);
	md_guess_layouts(&g);
	assert(g.n <= MD_GUESSES_MOST && budget.left <= STEPS);
	for (size_t i = 0; i < g.n; i++) {
		const struct md_str whole = g.all[i].whole;

		assert(g.all[i].what[0] != '\0' && whole.len > f->name.len);
		assert(whole.p[f->name.len] == ':');
	}
	md_arena_free(mem);
}

static void
put(void *arg, const char *octets, size_t len)
{
	md_buf_add(arg, (struct md_str){ octets, len });
}

/* Line by line, a body is the same as all at once (RFC 6376 3.4.3, 3.4.4). */
static void
same_lines(const struct md_body_lines *lines, enum md_canon canon, struct md_str body)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf whole = { .mem = mem };

	md_canon_body(canon, body, UINT64_MAX, (struct md_sink){ put, &whole });
	if (lines->filled > 0) {
		assert(lines->at[lines->filled] == whole.len);
		assert(memcmp(lines->p, whole.p, whole.len) == 0);
	}
	md_arena_free(mem);
}

/* No body has this hash, so that everything is tried. */
static void
mend(struct md_keyring *ring, const struct md_message *m, enum md_canon canon)
{
	static const unsigned char none[MD_SHA256_OCTETS];
	const struct md_dkim_signature signature = { .body_canon = canon,
		                                     .header_canon = canon,
		                                     .body_hash = none,
		                                     .nbody_hash = sizeof(none) };
	struct md_budget budget = md_budget_make(STEPS, NULL, NULL);
	struct md_arena *mem = md_arena_new();
	struct md_mend mend = { .mem = mem,
		                .ring = ring,
		                .message = m,
		                .signature = &signature,
		                .budget = &budget };
	struct md_body_lines lines;

	if (md_trial_lines(&mend, mem, canon, m->body, &lines)) {
		same_lines(&lines, canon, m->body);
		assert(!md_mend_hashed(&mend, &lines));
		assert(!md_mend_inserted_html(&mend, &lines));
		assert(!md_mend_footers(&mend, &lines));
		assert(!md_mend_one_line(&mend, &lines));
		assert(!md_mend_block(&mend, &lines));
	}
	budget = md_budget_make(STEPS, NULL, NULL);
	assert(!md_mend_body(&mend) && mend.n == 0);
	md_arena_free(mem);
}

/* Links that were put back hold no more than what stood there. */
static void
undo(const struct md_message *m)
{
	for (unsigned way = 0; way < MD_LINK_WAYS; way++) {
		struct md_arena *mem = md_arena_new();
		struct md_buf out = { .mem = mem };
		const char *by = NULL;

		if (md_undo_links(&out, m, way, &by))
			assert(by != NULL && by[0] != '\0');
		assert(out.len <= 4 * m->body.len + 100);
		md_arena_free(mem);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct md_keyring *ring; /* takes time to make */
	const struct md_str text = { (const char *)data, size };
	struct md_arena *mem = md_arena_new();
	const char *why;
	const struct md_message *m = size < 10000 ? md_message_read(mem, text, &why) : NULL;

	if (ring == NULL)
		ring = md_keyring_new();
	if (m != NULL) {
		for (size_t i = 0; i < m->n && i < 4; i++)
			guess(m, &m->fields[i]);
		mend(ring, m, MD_SIMPLE);
		mend(ring, m, MD_RELAXED);
		undo(m);
	}
	md_arena_free(mem);
	return 0;
}
