/* Any octets as body and field: our canonical form against the RFC's words, octet by octet. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dkim/canon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
gather(void *arg, const char *octets, size_t len)
{
	md_buf_add(arg, (struct md_str){ octets, len });
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
crlf_at(struct md_str s, size_t i)
{
	return i + 1 < s.len && s.p[i] == '\r' && s.p[i + 1] == '\n';
}

/* ---- the reference: each rule of RFC 6376 3.4 a pass of its own ---- */

static struct md_str
text_of(const struct md_buf *b)
{
	return (struct md_str){ md_buf_str(b), b->len };
}

/* "Ignore all whitespace at the end of lines"; the end of the body ends a line, too. */
static struct md_str
drop_line_ends(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s.len; i++) {
		size_t j = i;

		while (j < s.len && is_blank(s.p[j]))
			j++;
		if (j > i && (j == s.len || crlf_at(s, j)))
			i = j - 1;
		else
			md_buf_addc(&out, s.p[i]);
	}
	return text_of(&out);
}

/* "Reduce all sequences of WSP within a line to a single SP character." */
static struct md_str
reduce(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s.len; i++)
		if (!is_blank(s.p[i]))
			md_buf_addc(&out, s.p[i]);
		else if (i == 0 || !is_blank(s.p[i - 1]))
			md_buf_addc(&out, ' ');
	return text_of(&out);
}

static bool
ends_in_crlf(struct md_str s)
{
	return s.len >= 2 && crlf_at(s, s.len - 2);
}

/* "Ignore all empty lines at the end of the message body.  If the body is non-empty but does
 * not end with a CRLF, a CRLF is added." */
static struct md_str
end_it(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	while (ends_in_crlf(s))
		s.len -= 2;
	md_buf_add(&out, s);
	if (s.len > 0)
		md_buf_add(&out, md_str("\r\n"));
	return text_of(&out);
}

static struct md_str
body(struct md_arena *mem, enum md_canon canon, struct md_str s)
{
	if (canon == MD_RELAXED)
		s = reduce(mem, drop_line_ends(mem, s));
	s = end_it(mem, s);
	/*
	 * 3.4.3: "If there is no body or no trailing CRLF on the message body, a CRLF is
	 * added."
	 */
	return canon == MD_SIMPLE && s.len == 0 ? md_str("\r\n") : s;
}

/* "Unfold all header field continuation lines" */
static struct md_str
unfold(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s.len; i++) {
		if (crlf_at(s, i) && i + 2 < s.len && is_blank(s.p[i + 2]))
			i++;
		else
			md_buf_addc(&out, s.p[i]);
	}
	return text_of(&out);
}

static struct md_str
field(struct md_arena *mem, enum md_canon canon, struct md_str s)
{
	const size_t colon = md_str_find(s, ':');
	struct md_str name = { s.p, colon }, value = md_str_skip(s, colon + 1);
	struct md_buf out = { .mem = mem };

	if (canon == MD_SIMPLE)
		return s;
	while (name.len > 0 && is_blank(name.p[name.len - 1]))
		name.len--;
	md_buf_add(&out, md_str(md_str_lower(mem, name)));
	out.len = 0; /* the name may hold a NUL here */
	for (size_t i = 0; i < name.len; i++)
		md_buf_addc(&out, md_lower(name.p[i]));
	md_buf_addc(&out, ':');
	md_buf_add(&out, md_str_trim(reduce(mem, unfold(mem, value)), " \t"));
	return text_of(&out);
}

/* ---- the comparison ---- */

static void
expect(const struct md_buf *got, struct md_str wanted)
{
	assert(got->len == wanted.len);
	assert(memcmp(md_buf_str(got), wanted.p, wanted.len) == 0);
}

static void
try_body(struct md_arena *mem, enum md_canon canon, struct md_str s, uint64_t limit)
{
	struct md_buf got = { .mem = mem };
	struct md_str wanted = body(mem, canon, s);

	assert(md_canon_body(canon, s, limit, (struct md_sink){ gather, &got }) == wanted.len);
	if (limit < wanted.len)
		wanted.len = (size_t)limit;
	expect(&got, wanted);
}

static void
try_field(struct md_arena *mem, enum md_canon canon, struct md_str s)
{
	struct md_buf got = { .mem = mem }, wanted = { .mem = mem };

	md_canon_field(canon, s, (struct md_sink){ gather, &got });
	md_buf_add(&wanted, field(mem, canon, s));
	md_buf_add(&wanted, md_str("\r\n"));
	expect(&got, text_of(&wanted));
}

/* The same with a part in its middle taken out, between an "=" and a semicolon. */
static void
try_own(struct md_arena *mem, enum md_canon canon, struct md_str s, size_t at)
{
	struct md_buf all = { .mem = mem }, without = { .mem = mem }, got = { .mem = mem };
	struct md_str b;

	md_buf_add(&all, md_str("DKIM-Signature:"));
	md_buf_add(&all, (struct md_str){ s.p, at });
	md_buf_add(&all, md_str("b="));
	md_buf_add(&without, text_of(&all));
	b.len = s.len - at;
	md_buf_add(&all, md_str_skip(s, at));
	md_buf_add(&all, md_str(";c=d \t"));
	md_buf_add(&without, md_str(";c=d \t"));
	b.p = md_buf_str(&all) + all.len - 6 - b.len;
	md_canon_own_field(canon, text_of(&all), b, (struct md_sink){ gather, &got });
	expect(&got, field(mem, canon, text_of(&without)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	/* behind an own copy, so that a sanitizer sees a look beyond its end */
	char *copy = malloc(size + 1);
	const struct md_str s = { copy, size };

	memcpy(copy, size > 0 ? (const void *)data : "", size);
	for (enum md_canon canon = MD_SIMPLE; canon <= MD_RELAXED; canon++) {
		try_body(mem, canon, s, UINT64_MAX);
		try_body(mem, canon, s, size / 2);
		try_field(mem, canon, s);
		try_own(mem, canon, s, size / 3);
	}
	md_arena_free(mem);
	free(copy);
	return 0;
}
