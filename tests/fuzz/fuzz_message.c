/* Any octets as a message: nothing is lost between header and body, mending is idempotent. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
same(struct md_str a, struct md_str b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static bool
ends_in_crlf(struct md_str s)
{
	return s.len >= 2 && memcmp(s.p + s.len - 2, "\r\n", 2) == 0;
}

static void
must_have_no_bare_lf(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		assert(s.p[i] != '\n' || (i > 0 && s.p[i - 1] == '\r'));
}

static size_t
lines(struct md_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\n';
	return n;
}

/* Field by field with its CRLF: that is the header, and line numbers follow from it. */
static void
fields_must_cover_the_header(const struct md_message *m)
{
	const char *at = m->header.p;
	size_t line = m->n > 0 ? m->fields[0].line : 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct md_field *f = &m->fields[i];

		assert(f->whole.p == at && f->line == line);
		assert(f->name.p == at && f->name.len > 0);
		assert(f->value.p > at + f->name.len && f->value.p[-1] == ':');
		assert(f->value.p + f->value.len == at + f->whole.len);
		assert(!ends_in_crlf(f->whole));
		at += f->whole.len;
		assert(memcmp(at, "\r\n", 2) == 0);
		at += 2;
		line += lines(f->whole) + 1;
		assert(at == m->header.p + m->header.len || (*at != ' ' && *at != '\t'));
	}
	assert(at == m->header.p + m->header.len);
	assert(m->body_line == line || m->body_line == line + 1);
}

static struct md_str
joined(struct md_arena *mem, const struct md_message *m)
{
	struct md_buf text = { .mem = mem };

	md_buf_add(&text, m->header);
	if ((m->repairs & MD_REPAIR_NO_SEPARATOR) == 0)
		md_buf_add(&text, md_str("\r\n"));
	md_buf_add(&text, m->body);
	return (struct md_str){ text.p, text.len };
}

static void
mended_must_need_no_mending(struct md_arena *mem, const struct md_message *m)
{
	const unsigned guessed = MD_REPAIR_CR_CRLF | MD_REPAIR_CR_ONLY |
	                         MD_REPAIR_DOUBLE_SPACED | MD_REPAIR_INDENTED;
	const struct md_message *again;
	const char *why;

	if ((m->repairs & guessed) != 0)
		return; /* what a program did to every line it may have done twice */
	again = md_message_read(mem, joined(mem, m), &why);
	if (again != NULL && (again->repairs & guessed) != 0)
		return; /* with whole line ends a file may look like another kind */

	assert(again != NULL && again->n == m->n);
	assert((again->repairs & ~(unsigned)MD_REPAIR_NO_SEPARATOR) == 0);
	assert(same(again->header, m->header) && same(again->body, m->body));
	for (size_t i = 0; i < m->n; i++)
		assert(same(again->fields[i].name, m->fields[i].name) &&
		       same(again->fields[i].value, m->fields[i].value));
	assert(again->lf == 0 && again->nul == m->nul);
}

/* All octets but line ends, and what was dropped for a reason that is told, are there. */
static void
nothing_must_be_lost(const struct md_message *m, size_t size)
{
	const unsigned dropping = MD_REPAIR_BOM | MD_REPAIR_MBOX_FROM | MD_REPAIR_BLANK_LINES |
	                          MD_REPAIR_CR_CRLF | MD_REPAIR_CR_ONLY |
	                          MD_REPAIR_DOUBLE_SPACED | MD_REPAIR_INDENTED;
	const size_t kept = m->header.len + m->body.len;

	assert(m->longest <= size);
	if ((m->repairs & (dropping | MD_REPAIR_NO_SEPARATOR)) != 0)
		return;
	if ((m->repairs & MD_REPAIR_NO_FINAL_EOL) != 0)
		size += 2;
	size += m->lf;
	assert(kept == size || kept + 2 == size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const char *why = NULL;
	const struct md_message *m =
	        md_message_read(mem, (struct md_str){ (const char *)data, size }, &why);

	assert((m == NULL) == (why != NULL));
	if (m != NULL) {
		assert(m->n > 0 && m->n <= MD_FIELDS_MOST);
		must_have_no_bare_lf(m->header);
		must_have_no_bare_lf(m->body);
		assert(m->body.p != NULL && (m->body.len == 0 || ends_in_crlf(m->body)));
		fields_must_cover_the_header(m);
		nothing_must_be_lost(m, size);
		mended_must_need_no_mending(mem, m);
		for (size_t i = 0; i < m->n; i++)
			assert(strlen(md_field_text(mem, &m->fields[i])) <=
			       m->fields[i].value.len);
		md_message_repairs(mem, m);
	}
	md_arena_free(mem);
	return 0;
}
