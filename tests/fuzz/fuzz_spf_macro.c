/* SPF macros: pieces cover the text, and names that are asked for fit into the DNS. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "record/spf/macro.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_pieces(struct md_arena *mem, struct md_str text, enum md_spf_macro_place place)
{
	struct md_spf_macro piece;
	size_t pos = 0, start = 0;

	while (md_spf_macro_next(mem, text, place, &pos, &piece)) {
		assert(pos > start && pos <= text.len);
		assert(piece.offset >= start && piece.offset + piece.len <= text.len);
		if (piece.fault == NULL)
			assert(piece.offset == start && piece.len == pos - start);
		start = pos;
	}
	assert(pos == text.len);
}

/* The first line is the local-part, the rest the macro-string. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_str text = { (const char *)data, size }, local = { "", 0 }, fit, whole;
	struct md_spf_macro_values values = {
		.sender_domain = md_str("email.example.com"),
		.domain = md_str("example.com"),
		.helo = md_str("mx.example.org"),
		.validated = md_str("unknown"),
		.receiver = md_str("me.example.net"),
		.ip = { .family = 6, .bytes = { 0x20, 0x01 } },
	};

	md_str_cut(&text, '\n', &local);
	values.local = local;
	check_pieces(mem, text, MD_SPF_IN_RECORD);
	check_pieces(mem, text, MD_SPF_IN_EXPLANATION);
	whole = md_spf_macro_expand(mem, text, MD_SPF_IN_RECORD, &values);
	fit = md_spf_macro_fit(whole);
	assert(fit.len <= 253 && fit.len <= whole.len);
	assert(fit.p >= whole.p && fit.p + fit.len <= whole.p + whole.len);
	md_arena_free(mem);
	return 0;
}
