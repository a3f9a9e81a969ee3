/* The wrong ways in which signers have hashed bodies. */
#include "repair/hashed.h"

#include "base/arena.h"
#include "repair/trial.h"

/* Writes what was hashed; false: the same as it should be. */
typedef bool hashed_fn(struct md_buf *out, const struct md_body_lines *);

/* RFC 6376 5.3: "bare CR or LF characters ... MUST be converted to the SMTP-standard CRLF". */
static bool
with_lf(struct md_buf *out, const struct md_body_lines *lines)
{
	for (size_t i = 0; i < lines->filled; i++) {
		struct md_str line = md_body_lines_range(lines, i, i + 1);

		md_buf_add(out, (struct md_str){ line.p, line.len - 2 });
		md_buf_addc(out, '\n');
	}
	return lines->filled > 0;
}

/* RFC 6376 3.4.3: empty lines at the end are ignored. */
static bool
with_empty_end(struct md_buf *out, const struct md_body_lines *lines)
{
	md_buf_add(out, md_body_lines_range(lines, 0, lines->n));
	return lines->filled < lines->n;
}

/* RFC 6376 3.4.3, 3.4.4: a body that is not empty ends in CRLF. */
static bool
without_last_end(struct md_buf *out, const struct md_body_lines *lines)
{
	struct md_str all = md_body_lines_range(lines, 0, lines->filled);

	if (all.len < 2)
		return false;
	all.len -= 2;
	md_buf_add(out, all);
	return true;
}

/* RFC 6376 3.4.3: an empty body is CRLF when simple; 3.4.4: it is nothing when relaxed. */
static bool
as_nothing(struct md_buf *out, const struct md_body_lines *lines)
{
	(void)out;
	return lines->filled == 0;
}

static bool
as_one_line(struct md_buf *out, const struct md_body_lines *lines)
{
	md_buf_add(out, md_str("\r\n"));
	return lines->filled == 0;
}

static const struct {
	hashed_fn *hashed;
	bool simple, relaxed; /* in which canonicalisation it is wrong */
	const char *what;
} ways[] = {
	{ as_nothing, true, false,
	  "bh= is the hash of nothing: the signer has hashed the empty body as relaxed "
	  "canonicalisation does, but c= says simple, where it is one CRLF" },
	{ as_one_line, false, true,
	  "bh= is the hash of CRLF: the signer has hashed the empty body as simple "
	  "canonicalisation does, but c= says relaxed, where it is nothing" },
	{ with_lf, true, true,
	  "the signer has hashed lines that end in LF, but mail travels with CRLF, and that is "
	  "what is hashed" },
	{ with_empty_end, true, true,
	  "the signer has hashed the empty lines at the end of the body, which do not count" },
	{ without_last_end, true, true,
	  "the signer has hashed the last line of the body without its CRLF" },
};

static bool
try_way(struct md_mend *m, const struct md_body_lines *lines, size_t i)
{
	struct md_arena *scratch = md_arena_new();
	struct md_buf text = { .mem = scratch };
	bool found = false;

	if (md_budget_spend(m->budget, lines->at[lines->n] + lines->n * 4) &&
	    ways[i].hashed(&text, lines) && md_trial_text(m, md_buf_view(&text))) {
		const struct md_dkim_change change = { .body = true,
			                               .signer = true,
			                               .what = ways[i].what,
			                               .before = "",
			                               .after = "" };

		m->body = (struct md_str){ md_strndup(m->mem, m->body.p, m->body.len),
			                   m->body.len };
		MD_PUSH(m->mem, m->changes, m->n, change);
		found = true;
	}
	md_arena_free(scratch);
	return found;
}

bool
md_mend_hashed(struct md_mend *m, const struct md_body_lines *lines)
{
	const bool simple = m->signature->body_canon == MD_SIMPLE;

	for (size_t i = 0; i < MD_COUNT(ways); i++)
		if ((simple ? ways[i].simple : ways[i].relaxed) && try_way(m, lines, i))
			return true;
	return false;
}
