/*
 * Canonicalises in one pass: what needs no change goes to the sink in one piece, right from the
 * message; only where much is to be changed are small pieces gathered first.
 */
#include "dkim/canon.h"

#include <string.h>

#include "base/arena.h"

/* ---- the way out ---- */

enum { GATHERED = 2048, BIG = 256 };

struct out {
	struct md_sink sink;
	uint64_t left; /* of the limit */
	uint64_t all;  /* octets of the canonical text so far */
	size_t n;
	char gathered[GATHERED];
};

static void
start(struct out *o, struct md_sink sink, uint64_t limit)
{
	o->sink = sink;
	o->left = limit;
	o->all = 0;
	o->n = 0;
}

static void
flush(struct out *o)
{
	if (o->n > 0)
		o->sink.put(o->sink.arg, o->gathered, o->n);
	o->n = 0;
}

static void
put(struct out *o, const char *p, size_t len)
{
	o->all += len;
	if (len > o->left)
		len = (size_t)o->left;
	o->left -= len;
	if (len > GATHERED - o->n || len >= BIG)
		flush(o);
	if (len >= BIG) {
		o->sink.put(o->sink.arg, p, len);
	} else {
		memcpy(o->gathered + o->n, p, len);
		o->n += len;
	}
}

/* ---- blanks ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_crlf(const char *p, const char *end)
{
	return end - p >= 2 && p[0] == '\r' && p[1] == '\n';
}

/* May relaxed canonicalisation change something here?  A blank that is not a single space
 * inside a line; with `folds`, also any CR. */
static bool
is_blot(const char *p, const char *end, bool folds)
{
	if (*p == '\t' || (folds && *p == '\r'))
		return true;
	return *p == ' ' && (p + 1 == end || is_blank(p[1]) || p[1] == '\r');
}

/* Sixteen octets at a time, compared with one instruction where the machine has it. */
typedef unsigned char many __attribute__((vector_size(16)));

static many
load(const char *p)
{
	many octets;

	memcpy(&octets, p, sizeof(octets));
	return octets;
}

/* Where the first octet that is not 0 stands; 16 when there is none. */
static size_t
first_of(many marks)
{
	uint64_t half[2];

	memcpy(half, &marks, sizeof(half));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (half[0] != 0)
		return (size_t)__builtin_ctzll(half[0]) / 8;
	return half[1] != 0 ? 8 + (size_t)__builtin_ctzll(half[1]) / 8 : 16;
#else
	if (half[0] != 0)
		return (size_t)__builtin_clzll(half[0]) / 8;
	return half[1] != 0 ? 8 + (size_t)__builtin_clzll(half[1]) / 8 : 16;
#endif
}

/* The first such place, or the end. */
static const char *
next_blot(const char *p, const char *end, bool folds)
{
	const unsigned char cr = folds ? '\r' : '\t';

	for (; end - p > 16; p += 16) {
		const many here = load(p), after = load(p + 1);
		const size_t at =
		        first_of((many)((here == '\t') | (here == cr) |
		                        ((here == ' ') & ((after == ' ') | (after == '\t') |
		                                          (after == '\r')))));

		if (at < 16)
			return p + at;
	}
	while (p < end && !is_blot(p, end, folds))
		p++;
	return p;
}

/* ---- bodies ---- */

/* RFC 6376 3.4.3: *CRLF at the end is a single CRLF, and an empty body is one, too. */
static void
simple_body(struct out *o, struct md_str body)
{
	while (body.len >= 2 && is_crlf(body.p + body.len - 2, body.p + body.len))
		body.len -= 2;
	put(o, body.p, body.len);
	put(o, "\r\n", 2);
}

/* Without the lines at its end that are empty or blank, and the last one's blanks and CRLF. */
static struct md_str
without_end(struct md_str body)
{
	const char *end = body.p + body.len, *p = end;

	while (p > body.p) {
		if (is_blank(p[-1]))
			p--;
		else if (p - body.p >= 2 && is_crlf(p - 2, p))
			p = end = p - 2;
		else
			break;
		if (p == body.p)
			end = p;
	}
	/* blanks before what is no line end belong to the last line, and go as well */
	while (end > body.p && is_blank(end[-1]))
		end--;
	return (struct md_str){ body.p, (size_t)(end - body.p) };
}

/* RFC 6376 3.4.4: an empty body stays empty; all others end in CRLF. */
static void
relaxed_body(struct out *o, struct md_str body)
{
	const struct md_str text = without_end(body);
	const char *p = text.p, *const end = p + text.len;

	if (text.len == 0)
		return;
	while (p < end) {
		const char *q = next_blot(p, end, false);

		put(o, p, (size_t)(q - p));
		for (p = q; p < end && is_blank(*p);)
			p++;
		if (p > q && !is_crlf(p, end))
			put(o, " ", 1);
	}
	put(o, "\r\n", 2);
}

uint64_t
md_canon_body(enum md_canon canon, struct md_str body, uint64_t limit, struct md_sink sink)
{
	struct out o;

	start(&o, sink, limit);
	if (canon == MD_SIMPLE)
		simple_body(&o, body);
	else
		relaxed_body(&o, body);
	flush(&o);
	return o.all;
}

/* ---- fields ---- */

static void
relaxed_name(struct out *o, struct md_str name)
{
	while (name.len > 0 && is_blank(name.p[name.len - 1]))
		name.len--;
	for (size_t i = 0; i < name.len; i++) {
		if (o->n == GATHERED)
			flush(o);
		o->gathered[o->n++] = md_lower(name.p[i]);
	}
	o->all += name.len; /* nobody limits fields */
	put(o, ":", 1);
}

/* After the blanks and folds at p. */
static const char *
after_blanks(const char *p, const char *end)
{
	for (;;) {
		if (p < end && is_blank(*p))
			p++;
		else if (end - p >= 3 && is_crlf(p, end) && is_blank(p[2]))
			p += 3;
		else
			return p;
	}
}

/* RFC 6376 3.4.2: unfolded, every run of blanks one space, none at the ends.  *blank: a run is
 * to be written when something follows; it goes from piece to piece. */
static void
relaxed_value(struct out *o, struct md_str value, bool *begun, bool *blank)
{
	const char *p = value.p, *const end = p + value.len;

	while (p < end) {
		const char *q = after_blanks(p, end);

		*blank = *blank || q > p;
		if (q == end)
			return;
		p = next_blot(q + 1, end, true);
		if (*blank && *begun)
			put(o, " ", 1);
		put(o, q, (size_t)(p - q));
		*blank = false;
		*begun = true;
	}
}

void
md_canon_field(enum md_canon canon, struct md_str field, struct md_sink sink)
{
	const size_t colon = md_str_find(field, ':');
	bool begun = false, blank = false;
	struct out o;

	start(&o, sink, UINT64_MAX);
	if (canon == MD_SIMPLE) {
		put(&o, field.p, field.len);
	} else {
		relaxed_name(&o, (struct md_str){ field.p, colon });
		relaxed_value(&o, md_str_skip(field, colon + 1), &begun, &blank);
	}
	put(&o, "\r\n", 2);
	flush(&o);
}

void
md_canon_own_field(enum md_canon canon, struct md_str field, struct md_str b,
                   struct md_sink sink)
{
	const size_t at = b.p != NULL ? (size_t)(b.p - field.p) : field.len;
	const struct md_str before = { field.p, at }, after = md_str_skip(field, at + b.len);
	const size_t colon = md_str_find(before, ':');
	bool begun = false, blank = false;
	struct out o;

	start(&o, sink, UINT64_MAX);
	if (canon == MD_SIMPLE) {
		put(&o, before.p, before.len);
		put(&o, after.p, after.len);
	} else {
		relaxed_name(&o, (struct md_str){ field.p, colon });
		relaxed_value(&o, md_str_skip(before, colon + 1), &begun, &blank);
		relaxed_value(&o, after, &begun, &blank);
	}
	flush(&o);
}

/* ---- what is signed ---- */

/* The fields by name, each name's last one first. */
struct by_name {
	size_t mask;
	const struct md_field **last; /* buckets; NULL ends the search */
	size_t *before;               /* by a field's number: 1 + the one before of its name */
	const struct md_field **left; /* by bucket: the next one to take */
	const struct md_message *m;
};

static bool
same_name(struct md_str a, struct md_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (md_lower(a.p[i]) != md_lower(b.p[i]))
			return false;
	return true;
}

/* The bucket of a name, or the empty one where it would be. */
static size_t
bucket(const struct by_name *t, struct md_str name)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	size_t i;

	for (i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)md_lower(name.p[i])) * 16777619u;
	for (i = hash & t->mask; t->last[i] != NULL; i = (i + 1) & t->mask)
		if (same_name(t->last[i]->name, name))
			break;
	return i;
}

static void
index_fields(struct by_name *t, struct md_arena *mem, const struct md_field *own)
{
	size_t size = 16;

	while (size < t->m->n * 2)
		size *= 2;
	t->mask = size - 1;
	t->last = md_alloc(mem, size * sizeof(*t->last));
	t->left = md_alloc(mem, size * sizeof(*t->left));
	t->before = md_alloc(mem, t->m->n * sizeof(*t->before));
	for (size_t i = 0; i < t->m->n; i++) {
		const struct md_field *f = &t->m->fields[i];
		const size_t at = f == own ? 0 : bucket(t, f->name);

		if (f == own)
			continue;
		t->before[i] =
		        t->last[at] != NULL ? (size_t)(t->last[at] - t->m->fields) + 1 : 0;
		t->last[at] = t->left[at] = f;
	}
}

/* RFC 6376 5.4.2: from the bottom of the header up. */
static const struct md_field *
take(struct by_name *t, struct md_str name)
{
	const size_t at = bucket(t, name);
	const struct md_field *f = t->left[at];
	size_t before;

	if (f == NULL)
		return NULL;
	before = t->before[f - t->m->fields];
	t->left[at] = before > 0 ? &t->m->fields[before - 1] : NULL;
	return f;
}

const struct md_field **
md_signed_fields(struct md_arena *mem, const struct md_message *m,
                 const struct md_dkim_signature *signature, const struct md_field *own)
{
	const struct md_field **selected = md_alloc(mem, signature->nh * sizeof(*selected));
	struct by_name t = { .m = m };

	index_fields(&t, mem, own);
	for (size_t i = 0; i < signature->nh; i++)
		selected[i] = take(&t, signature->h[i]);
	return selected;
}
