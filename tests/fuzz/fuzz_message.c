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
	const char *why;
	const struct md_message *again = md_message_read(mem, joined(mem, m), &why);

	assert(again != NULL && again->n == m->n);
	assert((again->repairs & ~(unsigned)MD_REPAIR_NO_SEPARATOR) == 0);
	assert(again->dropped == 0 && again->added == 0);
	assert(same(again->header, m->header) && same(again->body, m->body));
	for (size_t i = 0; i < m->n; i++)
		assert(same(again->fields[i].name, m->fields[i].name) &&
		       same(again->fields[i].value, m->fields[i].value));
	assert(again->lf == 0 && again->nul == m->nul);
}

static size_t
count(struct md_str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == c;
	return n;
}

/* What repairs take out and put in is what they are said to, octet by octet. */
static void
repairs_must_be_counted(const struct md_message *m)
{
	const unsigned dropping = MD_REPAIR_BOM | MD_REPAIR_MBOX_FROM | MD_REPAIR_BLANK_LINES |
	                          MD_REPAIR_QUOTED_FROM | MD_REPAIR_CR_CRLF |
	                          MD_REPAIR_DOUBLE_SPACED | MD_REPAIR_INDENTED;
	const unsigned dropped = m->repairs & dropping;
	const size_t lfs = count(m->raw, '\n');
	const size_t ends = lfs > 0 ? lfs : count(m->raw, '\r');
	const size_t last = (m->repairs & MD_REPAIR_NO_FINAL_EOL) != 0 ? 2 : 0;
	const size_t lf = m->added - m->lf - last;

	assert((m->dropped == 0) == (dropped == 0));
	assert(dropped != MD_REPAIR_BOM || m->dropped == 3);
	assert(dropped != MD_REPAIR_CR_CRLF || m->dropped % ends == 0);
	assert(dropped != MD_REPAIR_DOUBLE_SPACED || m->dropped <= ends);
	if ((m->repairs & MD_REPAIR_CR_ONLY) == 0)
		assert(lf == 0);
	else if (lfs == 0)
		assert(lf == ends);
}

/* Is there a repair that drops such octets, or puts them in, between others? */
static bool
is_touched(const struct md_message *m, char c)
{
	if (c == '>')
		return (m->repairs & (MD_REPAIR_INDENTED | MD_REPAIR_QUOTED_FROM)) != 0;
	if (c == ' ' || c == '\t')
		return (m->repairs & MD_REPAIR_INDENTED) != 0;
	return c == '\r' || c == '\n';
}

/* From the end: these octets stand in the file in front of `at`.  Returns where. */
static size_t
must_stand_before(const struct md_message *m, struct md_str s, size_t at)
{
	for (size_t i = s.len; i > 0; i--) {
		if (is_touched(m, s.p[i - 1]))
			continue;
		do
			assert(at-- > 0);
		while (is_touched(m, m->raw.p[at]));
		assert(m->raw.p[at] == s.p[i - 1]);
	}
	return at;
}

/* All octets are there but line ends, and what was dropped for a reason that is told. */
static void
nothing_must_be_lost(const struct md_message *m)
{
	const unsigned front = MD_REPAIR_BOM | MD_REPAIR_MBOX_FROM | MD_REPAIR_BLANK_LINES;
	const size_t kept = m->header.len + m->body.len;
	const size_t all = m->raw.len - m->dropped + m->added;
	const bool separated = (m->repairs & MD_REPAIR_NO_SEPARATOR) == 0;
	size_t at = must_stand_before(m, m->body, m->raw.len);

	assert(m->longest <= m->raw.len);
	assert((separated && kept + 2 == all) ||
	       (kept == all && (!separated || m->body.len == 0)));
	at = must_stand_before(m, m->header, at);
	while (at > 0 && is_touched(m, m->raw.p[at - 1]))
		at--;
	assert(at == 0 || (m->repairs & front) != 0);
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
		repairs_must_be_counted(m);
		nothing_must_be_lost(m);
		mended_must_need_no_mending(mem, m);
		for (size_t i = 0; i < m->n; i++)
			assert(strlen(md_field_text(mem, &m->fields[i])) <=
			       m->fields[i].value.len);
		md_message_repairs(mem, m);
	}
	md_arena_free(mem);
	return 0;
}
