/* Any message has parts that lie in it, on the lines they are said to; their text is UTF-8. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/message.h"
#include "mail/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
assert_utf8(struct md_str s)
{
	for (size_t i = 0; i < s.len;) {
		const unsigned char lead = (unsigned char)s.p[i++];
		size_t more = lead < 0x80   ? 0
		              : lead < 0xc2 ? 9
		              : lead < 0xe0 ? 1
		              : lead < 0xf0 ? 2
		              : lead < 0xf5 ? 3
		                            : 9;

		assert(more < 9);
		for (; more > 0; more--)
			assert(i < s.len && (s.p[i++] & 0xc0) == 0x80);
	}
}

static size_t
lines(const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

static void
assert_part(struct md_arena *mem, const struct md_message *m, const struct md_part *p)
{
	struct md_text text;

	assert(p->depth <= MD_DEPTH_MOST && p->line <= p->body_line);
	assert(p->body.p >= m->body.p && p->body.p + p->body.len <= m->body.p + m->body.len);
	assert(p->body_line == m->body_line + lines(m->body.p, p->body.p));
	text = md_mime_text(mem, p);
	assert_utf8(text.utf8);
	assert(text.octets <= p->body.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str raw = { (const char *)bytes, len };
	const char *why;
	const struct md_message *m = md_message_read(mem, raw, &why);

	assert_utf8(md_str(md_mime_words(mem, raw)));
	if (m != NULL) {
		const struct md_mime *mime = md_mime_read(mem, m);

		assert(mime->n > 0 && mime->n <= MD_PARTS_MOST);
		assert(mime->parts[0].depth == 0);
		for (size_t i = 0; i < mime->n; i++)
			assert_part(mem, m, &mime->parts[i]);
		for (size_t i = 0; i < mime->nfaults; i++)
			assert(mime->faults[i].line <=
			       m->body_line + lines(m->body.p, m->body.p + m->body.len));
	}
	md_arena_free(mem);
	return 0;
}
