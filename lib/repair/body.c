/* Why is the body hash wrong?  Undoes likely changes of the body until bh= matches. */
#include <string.h>

#include "base/arena.h"
#include "repair/mend.h"
#include "repair/lines.h"
#include "repair/say.h"

/*
 * A banner is at most so many lines.  The octets are for the stages whose cost grows faster
 * than the body; what is larger than BODY_MOST is not searched, and nobody reads it either.
 */
enum {
	TOP_LINES = 60,
	BOUNDARIES = 16,
	STAGE_OCTETS = 12 << 20,
	BODY_MOST = 16 << 20,
	ENDS_MOST = 200000,
	INSERTED_MOST = 2000,
};

/* What one trial is made of: a hash that takes no more than l= octets (RFC 6376 3.5). */
struct feed {
	struct md_hashing digest;
	uint64_t left;
};

static struct feed
feed_new(const struct md_mend *m)
{
	struct feed f = { .left = m->signature->has_l ? m->signature->l : UINT64_MAX };

	md_hashing_begin(&f.digest, m->ring, m->hash);
	return f;
}

static struct feed
feed_copy(const struct feed *from)
{
	struct feed f = { .left = from->left };

	md_hashing_copy(&f.digest, &from->digest);
	return f;
}

static void
feed_add(struct feed *f, struct md_str octets)
{
	const size_t n = octets.len < f->left ? octets.len : (size_t)f->left;

	md_hashing_add(&f->digest, octets.p, n);
	if (f->left != UINT64_MAX)
		f->left -= n;
}

/* Ends the trial: is this bh=? */
static bool
matches(struct md_mend *m, struct feed *f)
{
	const struct md_dkim_signature *s = m->signature;
	unsigned char hash[MD_HASH_MOST];
	const size_t n = md_hashing_end(&f->digest, hash);

	m->tried++;
	return (!s->has_l || f->left == 0) && n == s->nbody_hash &&
	       memcmp(hash, s->body_hash, n) == 0;
}

/* ---- pieces of a body ---- */

/* Is there an end with which the lines from `top` on hash right?  One pass. */
static bool
find_end(struct md_mend *m, const struct md_body_lines *lines, size_t top, size_t *end)
{
	const uint64_t size = lines->at[lines->n] - lines->at[top];
	struct feed all = feed_new(m), one;
	unsigned char unused[MD_HASH_MOST];
	size_t fed = top, i = top;
	bool found = false;

	if (md_mend_spend(m, size))
		for (; i < lines->n && i - top < ENDS_MOST && !found; i++) {
			if (md_body_lines_empty(lines, i))
				continue;
			feed_add(&all, md_body_lines_range(lines, fed, i + 1));
			fed = i + 1;
			one = feed_copy(&all);
			found = matches(m, &one);
		}
	md_hashing_end(&all.digest, unused);
	*end = fed;
	if (found)
		m->body = md_body_lines_range(lines, top, fed);
	return found;
}

/* A body without a line is CRLF, or nothing when relaxed (RFC 6376 3.4.3, 3.4.4). */
static bool
was_empty(struct md_mend *m)
{
	const struct md_str none = md_str(m->signature->body_canon == MD_SIMPLE ? "\r\n" : "");
	struct feed f = feed_new(m);

	feed_add(&f, none);
	m->body = none;
	return matches(m, &f);
}

/* Lines [from, to) replaced by `instead`, and what is before and behind them kept. */
struct gap {
	size_t from, to;
	struct md_str instead;
};

static bool
gap_matches(struct md_mend *m, const struct md_body_lines *lines, const struct feed *before,
            struct gap gap)
{
	const struct md_str behind =
	        md_body_lines_range(lines, gap.to, md_body_lines_filled(lines));
	struct feed f = feed_copy(before);
	struct md_buf whole = { .mem = m->mem };

	feed_add(&f, gap.instead);
	feed_add(&f, behind);
	if (!matches(m, &f))
		return false;
	md_buf_add(&whole, md_body_lines_range(lines, 0, gap.from));
	md_buf_add(&whole, gap.instead);
	md_buf_add(&whole, behind);
	m->body = md_buf_view(&whole);
	return true;
}

/* Lines that begin MIME parts: a list puts its footer in front of one. */
static size_t
boundaries(const struct md_body_lines *lines, size_t at[BOUNDARIES])
{
	size_t n = 0;

	for (size_t i = md_body_lines_filled(lines); i > 0 && n < BOUNDARIES; i--)
		if (md_str_starts(md_body_lines_range(lines, i - 1, i), "--"))
			at[n++] = i - 1;
	return n;
}

/* Blocks of lines inside that end at a boundary, or are short enough to afford all of them. */
static bool
find_block(struct md_mend *m, const struct md_body_lines *lines, struct gap *gap)
{
	const size_t filled = md_body_lines_filled(lines);
	const uint64_t each = (uint64_t)filled * (lines->at[filled] / 2 + 64) + 1;
	const size_t longest = (size_t)(STAGE_OCTETS / each);
	struct feed before = feed_new(m);
	unsigned char unused[MD_HASH_MOST];
	size_t marks[BOUNDARIES];
	const size_t nmarks = boundaries(lines, marks);
	bool found = false;

	for (size_t i = 0; i < filled && !found; i++) {
		for (size_t k = 0; k < nmarks && !found; k++) {
			const size_t to = marks[k];

			*gap = (struct gap){ i, to, { "", 0 } };
			found = to > i + longest &&
			        md_mend_spend(m, lines->at[filled] - lines->at[to]) &&
			        gap_matches(m, lines, &before, *gap);
		}
		for (size_t to = i + 1; to < filled && to <= i + longest && !found; to++) {
			*gap = (struct gap){ i, to, { "", 0 } };
			found = md_mend_spend(m, lines->at[filled] - lines->at[to]) &&
			        gap_matches(m, lines, &before, *gap);
		}
		feed_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_hashing_end(&before.digest, unused);
	return found;
}

/* ---- the stages ---- */

/* The body as it stands, without lines at its ends. */
static bool
cut(struct md_mend *m, const struct md_body_lines *lines)
{
	const size_t filled = md_body_lines_filled(lines);
	const uint64_t size = lines->at[filled] + 1;
	size_t end;

	for (size_t top = 0; top < filled && top <= TOP_LINES; top++) {
		if (top > 0 && top * size > STAGE_OCTETS)
			break;
		if (find_end(m, lines, top, &end)) {
			md_say_cut(m, lines, top, end);
			return true;
		}
	}
	if (!was_empty(m) || filled == 0)
		return false;
	md_say_added(m, lines, 0, filled);
	return true;
}

static bool
block(struct md_mend *m, const struct md_body_lines *lines)
{
	struct gap gap;

	if (!find_block(m, lines, &gap))
		return false;
	md_say_added(m, lines, gap.from, gap.to);
	return true;
}

/* Tries other lines, which live in `scratch` only. */
static bool
other_lines(struct md_mend *m, const char *what, const struct md_body_lines *lines)
{
	const size_t filled = md_body_lines_filled(lines);
	size_t end;

	if (!find_end(m, lines, 0, &end))
		return false;
	m->body = (struct md_str){ md_strndup(m->mem, m->body.p, m->body.len), m->body.len };
	md_say_form(m, what, lines);
	if (end < filled)
		md_say_change(m, "besides, lines at the end of the body were added", 0, "",
		              md_mend_part(m->mem, md_body_lines_range(lines, end, filled)));
	return true;
}

/* One way in which whole bodies are changed, perhaps with a footer besides. */
static bool
form(struct md_mend *m, const struct md_body_form *f)
{
	struct md_arena *scratch = md_arena_new();
	struct md_buf text = { .mem = scratch };
	struct md_body_lines lines;
	bool found = false;

	if (!(f->plain_only && m->signature->body_canon == MD_RELAXED) &&
	    f->undo(&text, m->message)) {
		lines = md_body_lines_make(scratch, m->signature->body_canon,
		                           md_buf_view(&text));
		found = other_lines(m, f->what, &lines);
	}
	md_arena_free(scratch);
	return found;
}

/* The other canonicalisation: a signer that says one thing and does the other. */
static bool
other_canon(struct md_mend *m)
{
	const bool simple = m->signature->body_canon == MD_SIMPLE;
	struct md_arena *scratch = md_arena_new();
	const struct md_body_lines lines =
	        md_body_lines_make(scratch, simple ? MD_RELAXED : MD_SIMPLE, m->message->body);
	const bool found = other_lines(
	        m,
	        simple ? "the body hash is right for relaxed canonicalisation, but c= says "
	                 "simple: blanks were added after signing, or the signer trims them"
	               : "the body hash is right for simple canonicalisation, but c= says "
	                 "relaxed: the signer did not trim blanks",
	        &lines);

	md_arena_free(scratch);
	return found;
}

/* What a single line may have been before. */
struct edit {
	const char *begins; /* lines that can have got it */
	bool plain_only;    /* relaxed canonicalisation takes no notice */
	const char *what;
};

static const struct edit edits[] = {
	{ "", true, "lost a blank at its end" },
	{ "..", false, "got a second dot in front" },
	{ ">From ", false, "got a \">\" in front" },
};

static bool
try_edit(struct md_mend *m, const struct md_body_lines *lines, const struct feed *before,
         size_t i, const struct edit *edit)
{
	const struct md_str line = md_body_lines_range(lines, i, i + 1);
	struct md_buf was = { .mem = m->mem };

	if (!md_str_starts(line, edit->begins) ||
	    (edit->plain_only && m->signature->body_canon == MD_RELAXED) ||
	    !md_mend_spend(m, lines->at[md_body_lines_filled(lines)] - lines->at[i]))
		return false;
	md_buf_add(&was, *edit->begins != '\0' ? md_str_skip(line, 1)
	                                       : (struct md_str){ line.p, line.len - 2 });
	if (*edit->begins == '\0')
		md_buf_add(&was, md_str(" \r\n"));
	if (!gap_matches(m, lines, before, (struct gap){ i, i + 1, { was.p, was.len } }))
		return false;
	md_say_change(
	        m,
	        md_printf(m->mem, "line %zu %s after signing", md_say_line(m, i), edit->what),
	        md_say_line(m, i), md_mend_part(m->mem, (struct md_str){ was.p, was.len }),
	        md_mend_part(m->mem, line));
	return true;
}

/* A single line that was changed, where all lines together have not helped. */
static bool
one_line(struct md_mend *m, const struct md_body_lines *lines)
{
	const size_t filled = md_body_lines_filled(lines);
	const uint64_t each = (uint64_t)filled * (lines->at[filled] / 2 + 64);
	struct feed before = feed_new(m);
	unsigned char unused[MD_HASH_MOST];
	bool found = false;

	for (size_t i = 0; i < filled && each < STAGE_OCTETS && !found; i++) {
		for (size_t e = 0; e < MD_COUNT(edits) && !found; e++)
			found = try_edit(m, lines, &before, i, &edits[e]);
		feed_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_hashing_end(&before.digest, unused);
	return found;
}

/* Where "</body" stands in the line, or its length. */
static size_t
page_end(struct md_str line)
{
	for (size_t at = 0; at < line.len; at++)
		if (line.p[at] == '<' && md_str_starts_nocase(md_str_skip(line, at), "</body"))
			return at;
	return line.len;
}

/* Line i without what stands in front of its "</body", from one "<" or another. */
static bool
try_page_end(struct md_mend *m, const struct md_body_lines *lines, const struct feed *before,
             size_t i)
{
	const struct md_str line = md_body_lines_range(lines, i, i + 1);
	const size_t end = page_end(line), size = lines->at[lines->n] - lines->at[i];

	for (size_t at = end; end < line.len && at > 0 && end - at < INSERTED_MOST; at--) {
		struct md_buf was = { .mem = m->mem };

		if (line.p[at - 1] != '<' || !md_mend_spend(m, size))
			continue;
		md_buf_add(&was, (struct md_str){ line.p, at - 1 });
		md_buf_add(&was, md_str_skip(line, end));
		if (!gap_matches(m, lines, before,
		                 (struct gap){ i, i + 1, { was.p, was.len } }))
			continue;
		md_say_change(
		        m,
		        md_printf(m->mem,
		                  "line %zu got HTML in front of its </body> after signing, "
		                  "like the image that tells when a mail is read",
		                  md_say_line(m, i)),
		        md_say_line(m, i), "",
		        md_mend_part(m->mem,
		                     (struct md_str){ line.p + at - 1, end - (at - 1) }));
		return true;
	}
	return false;
}

static bool
inserted_html(struct md_mend *m, const struct md_body_lines *lines)
{
	struct feed before = feed_new(m);
	unsigned char unused[MD_HASH_MOST];
	bool found = false;

	for (size_t i = 0; i < md_body_lines_filled(lines) && !found; i++) {
		found = try_page_end(m, lines, &before, i);
		feed_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_hashing_end(&before.digest, unused);
	return found;
}

bool
md_mend_body(struct md_mend *m)
{
	struct md_body_lines lines;

	if (m->message->body.len > BODY_MOST)
		return false;
	lines = md_body_lines_make(m->mem, m->signature->body_canon, m->message->body);
	if (cut(m, &lines))
		return true;
	for (const struct md_body_form *f = md_body_forms; f->what != NULL; f++)
		if (form(m, f))
			return true;
	return other_canon(m) || one_line(m, &lines) || inserted_html(m, &lines) ||
	       block(m, &lines);
}
