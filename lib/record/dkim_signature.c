/* Reads signatures and lists what makes verifiers refuse them. */
#include "record/dkim_signature.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/name.h"
#include "record/dkim_name.h"
#include "record/tags.h"

/* The signature so far, and the tags as they stand; .p NULL: not there. */
struct reader {
	struct md_arena *mem;
	struct md_str text;
	struct md_dkim_signature *s;
	struct md_str v, bh, c, d, h, i, l, selector, t, x;
};

static void
blame(struct reader *r, struct md_str where, const char *why)
{
	md_faults_add(&r->s->faults, r->text, where, why);
}

/* A tag's value that is wrong: "l=x, which is no number". */
static void
blame_value(struct reader *r, const char *tag, struct md_str value, const char *why)
{
	blame(r, value, md_printf(r->mem, "%s=%s%s", tag, md_excerpt(r->mem, value), why));
}

/* ---- the list ---- */

/* Where the value of a tag is kept; NULL for one that nobody reads. */
static struct md_str *
place(struct reader *r, struct md_str name)
{
	if (md_str_eq(name, "bh"))
		return &r->bh;
	if (md_str_eq(name, "cv"))
		return &r->s->cv;
	switch (name.len == 1 ? name.p[0] : '\0') {
	case 'a':
		return &r->s->a;
	case 'b':
		return &r->s->b;
	case 'c':
		return &r->c;
	case 'd':
		return &r->d;
	case 'h':
		return &r->h;
	case 'i':
		return &r->i;
	case 'l':
		return &r->l;
	case 'q':
		return &r->s->q;
	case 's':
		return &r->selector;
	case 't':
		return &r->t;
	case 'v':
		return &r->v;
	case 'x':
		return &r->x;
	case 'z':
		return &r->s->z;
	default:
		return NULL;
	}
}

/* RFC 6376 3.5: all between "=" and the next semicolon, the blanks around included. */
static struct md_str
with_blanks(struct md_str text, const struct md_tag *tag)
{
	const struct md_str rest = md_str_skip(text, tag->name_at);
	const struct md_str value = md_str_skip(rest, md_str_find(rest, '=') + 1);

	return (struct md_str){ value.p, md_str_find(value, ';') };
}

/*
 * RFC 8616 4: names and addresses may be in UTF-8 in the header of an internationalized
 * message; what they are worth is seen when they are read.
 */
static bool
is_utf8_tag(struct md_str name)
{
	return md_str_eq(name, "d") || md_str_eq(name, "s") || md_str_eq(name, "i");
}

static void
blame_piece(struct reader *r, const struct md_tag *tag)
{
	const struct md_str name = tag->fault == MD_TAG_EMPTY ? md_str(";") : tag->name;
	const struct md_str where = { r->text.p + tag->fault_at, tag->fault_len };

	if (tag->fault == MD_TAG_BAD_VALUE && is_utf8_tag(tag->name) &&
	    ((unsigned char)where.p[0] & 0x80u) != 0)
		return;
	blame(r, where,
	      md_printf(r->mem, "%s %s", md_excerpt(r->mem, name),
	                md_tag_fault_text(tag->fault)));
}

static void
read_tags(struct reader *r)
{
	struct md_tags list = md_tags(r->text);
	struct md_tag tag;

	while (md_tag_next(&list, &tag)) {
		struct md_str *value = place(r, tag.name);

		if (tag.fault != MD_TAG_OK)
			blame_piece(r, &tag);
		/* RFC 6376 3.2: tags with duplicate names MUST NOT occur within a tag-list; if
		 * they do, the entire list is invalid. */
		if (tag.repeated)
			blame(r, tag.name,
			      md_printf(r->mem,
			                "there is a second %s=", md_show(r->mem, tag.name)));
		else if (value != NULL && tag.fault != MD_TAG_NO_EQUALS)
			*value = value == &r->s->b ? with_blanks(r->text, &tag) : tag.value;
	}
}

/* ---- its values ---- */

/* True when it is there; else it is a fault. */
static bool
required(struct reader *r, const char *tag, struct md_str value)
{
	if (value.p != NULL && md_tag_trim(value).len > 0)
		return true;
	blame(r, (struct md_str){ value.p != NULL ? value.p : r->text.p, 0 },
	      md_printf(r->mem, "%s= is %s", tag, value.p != NULL ? "empty" : "missing"));
	return false;
}

/* RFC 6376 3.5: sig-v-tag is 1.  RFC 8617 4.1.2: AMS has none, and it is ignored there. */
static void
judge_version(struct reader *r)
{
	if (r->s->kind == MD_DKIM_SIGNATURE && required(r, "v", r->v) && !md_str_eq(r->v, "1"))
		blame_value(r, "v", r->v, ", where only v=1 is defined");
}

static void
judge_algorithm(struct reader *r)
{
	static const enum md_algorithm known[] = { MD_RSA_SHA256, MD_RSA_SHA1,
		                                   MD_ED25519_SHA256 };

	if (!required(r, "a", r->s->a))
		return;
	for (size_t i = 0; i < MD_COUNT(known); i++)
		if (md_str_eq(r->s->a, md_algorithm_name(known[i])))
			r->s->algorithm = known[i];
}

/* RFC 6376 2.10: base64string needs no padding. */
static const unsigned char *
octets(struct reader *r, const char *tag, struct md_str text, size_t *n)
{
	struct md_base64 decoded;

	if (!required(r, tag, text))
		return NULL;
	decoded = md_base64_decode(r->mem, text);
	*n = decoded.len;
	if (decoded.why[0] != '\0' && (decoded.fault_at < text.len || decoded.len % 3 == 0))
		blame(r,
		      (struct md_str){ text.p + decoded.fault_at, decoded.fault_at < text.len },
		      md_printf(r->mem, "%s= is not base64: %s", tag, decoded.why));
	return decoded.bytes;
}

static bool
read_canon(struct md_str word, enum md_canon *canon)
{
	*canon = md_str_eq(word, "relaxed") ? MD_RELAXED : MD_SIMPLE;
	return *canon == MD_RELAXED || md_str_eq(word, "simple");
}

/* RFC 6376 3.5: simple/simple by default; one name alone is the header's. */
static void
judge_canon(struct reader *r)
{
	const size_t slash = r->c.p != NULL ? md_str_find(r->c, '/') : 0;

	if (r->c.p == NULL)
		return;
	if (!read_canon((struct md_str){ r->c.p, slash }, &r->s->header_canon) ||
	    (slash < r->c.len && !read_canon(md_str_skip(r->c, slash + 1), &r->s->body_canon)))
		blame_value(r, "c", r->c, " is no pair of simple and relaxed");
}

/* RFC 6376 3.5: domain-name has at least two labels, a selector one. */
static const char *
judge_name(struct reader *r, const char *tag, struct md_str value, unsigned labels)
{
	const char *name;

	if (!required(r, tag, value))
		return "";
	name = md_dkim_name(r->mem, value);
	if (name[0] == '\0')
		blame_value(r, tag, value, " is no domain name");
	else if (md_name_labels(name) < labels)
		blame_value(r, tag, value, " has only one label");
	return name;
}

/* RFC 6376 3.5: [ Local-part ] "@" domain-name; "@" and d= by default. */
static void
judge_identity(struct reader *r)
{
	struct md_str text;
	const char *domain;
	size_t at;

	r->s->identity = md_printf(r->mem, "@%s", r->s->domain);
	if (r->i.p == NULL)
		return;
	text = md_dkim_unquoted(r->mem, r->i);
	for (at = text.len; at > 0 && text.p[at - 1] != '@';)
		at--;
	domain = at > 0 ? md_dkim_name(r->mem, md_str_skip(text, at)) : "";
	if (domain[0] == '\0')
		blame_value(r, "i", r->i, " has no @ with a domain after it");
	else
		r->s->identity =
		        md_printf(r->mem, "%s@%s",
		                  md_show(r->mem, (struct md_str){ text.p, at - 1 }), domain);
}

/* RFC 8617 4.2.1: the instance is a number from 1 to 50. */
static void
judge_instance(struct reader *r)
{
	unsigned long number = 0;

	if (!required(r, "i", r->i))
		return;
	if (r->i.len <= 2 && md_str_number(r->i, 50, &number) && number > 0)
		r->s->instance = (unsigned)number;
	else
		blame_value(r, "i", r->i, " is no number from 1 to 50");
}

static bool
all_digits(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!md_is_digit(s.p[i]))
			return false;
	return s.len > 0;
}

/* What is too large to tell is `most`: no body is so long, no time so far away. */
static uint64_t
number(struct reader *r, const char *tag, struct md_str value, uint64_t most)
{
	uint64_t n = 0;

	if (!all_digits(value)) {
		blame_value(r, tag, value, " is no number");
		return 0;
	}
	for (size_t i = 0; i < value.len; i++) {
		if (n > (most - 9) / 10)
			return most;
		n = n * 10 + (uint64_t)(value.p[i] - '0');
	}
	return n;
}

/* RFC 6376 3.5: beyond 10^12 it may be taken as never. */
static int64_t
moment(struct reader *r, const char *tag, struct md_str value)
{
	return value.p != NULL ? (int64_t)number(r, tag, value, INT64_MAX) : -1;
}

/* hdr-name *( [FWS] ":" [FWS] hdr-name ); empty ones name no field, and verifiers skip them. */
static void
read_names(struct reader *r)
{
	struct md_str rest = r->h, name, *names;
	size_t colons = 0;

	if (!required(r, "h", r->h))
		return;
	for (size_t i = 0; i < r->h.len; i++)
		colons += r->h.p[i] == ':';
	r->s->h = names = md_alloc(r->mem, (colons + 1) * sizeof(*names));
	while (md_str_cut(&rest, ':', &name)) {
		name = md_tag_trim(name);
		if (name.len > 0)
			names[r->s->nh++] = name;
	}
	if (r->s->nh == 0)
		blame_value(r, "h", r->h, " names no field");
}

/* RFC 6376 3.5: sig-q-tag; methods that are not known are ignored, but one must be. */
static void
judge_query(struct reader *r)
{
	struct md_str rest = r->s->q, method;

	if (r->s->q.p == NULL)
		return;
	while (md_str_cut(&rest, ':', &method))
		if (md_str_eq(md_tag_trim(method), "dns/txt"))
			return;
	blame_value(r, "q", r->s->q, " has no dns/txt");
}

/* ---- the kinds ---- */

/* RFC 8617 4.1.3: cv= is the verdict, and h= MUST NOT be there. */
static void
judge_seal(struct reader *r)
{
	const struct md_str cv = r->s->cv;

	if (r->h.p != NULL)
		blame(r, r->h, "h= stands in an ARC-Seal, which must not have it");
	if (required(r, "cv", cv) && !md_str_eq(cv, "none") && !md_str_eq(cv, "pass") &&
	    !md_str_eq(cv, "fail"))
		blame_value(r, "cv", cv, " is none of none, pass, fail");
}

static void
judge_message_tags(struct reader *r)
{
	r->s->body_hash = octets(r, "bh", r->bh, &r->s->nbody_hash);
	judge_canon(r);
	read_names(r);
	judge_query(r);
	r->s->has_l = r->l.p != NULL;
	if (r->s->has_l)
		r->s->l = number(r, "l", r->l, UINT64_MAX);
	r->s->x = moment(r, "x", r->x);
}

const struct md_dkim_signature *
md_dkim_signature_parse(struct md_arena *mem, struct md_str value, enum md_signature_kind kind)
{
	struct reader r = { .mem = mem, .text = value };

	r.s = md_alloc(mem, sizeof(*r.s));
	r.s->kind = kind;
	r.s->x = -1;
	read_tags(&r);
	judge_version(&r);
	judge_algorithm(&r);
	r.s->signature = octets(&r, "b", r.s->b, &r.s->nsignature);
	r.s->d = r.d;
	r.s->domain = judge_name(&r, "d", r.d, 2);
	r.s->selector = judge_name(&r, "s", r.selector, 1);
	r.s->identity = "";
	if (kind == MD_DKIM_SIGNATURE)
		judge_identity(&r);
	else
		judge_instance(&r);
	r.s->t = moment(&r, "t", r.t);
	if (kind == MD_ARC_SEAL)
		judge_seal(&r);
	else
		judge_message_tags(&r);
	return r.s;
}

const char *
md_algorithm_name(enum md_algorithm algorithm)
{
	switch (algorithm) {
	case MD_RSA_SHA256:
		return "rsa-sha256";
	case MD_RSA_SHA1:
		return "rsa-sha1";
	case MD_ED25519_SHA256:
		return "ed25519-sha256";
	case MD_ALGORITHM_UNKNOWN:
		break;
	}
	return "unknown";
}

const char *
md_canon_name(enum md_canon canon)
{
	return canon == MD_RELAXED ? "relaxed" : "simple";
}
