/* Why is the body hash wrong?  Undoes likely changes of the body until bh= matches. */
#include <string.h>

#include "base/arena.h"
#include "repair/blocks.h"
#include "repair/footers.h"
#include "repair/hashed.h"
#include "repair/say.h"
#include "repair/trial.h"

/* A banner is at most so many lines. */
enum { TOP_LINES = 60 };

/* A body without a line is CRLF, or nothing when relaxed (RFC 6376 3.4.3, 3.4.4). */
static bool
was_empty(struct md_mend *m)
{
	return md_trial_text(m, md_str(m->signature->body_canon == MD_SIMPLE ? "\r\n" : ""));
}

/* The body as it stands, without lines at its ends. */
static bool
cut(struct md_mend *m, const struct md_body_lines *lines)
{
	/* a banner may take a quarter of what there is */
	const uint64_t open = md_budget_open(m->budget), reserve = open - open / 4;
	size_t end;

	for (size_t top = 0; top < lines->filled && top <= TOP_LINES; top++) {
		if (top > 0 &&
		    md_budget_open(m->budget) <
		            reserve + lines->at[lines->filled] + lines->filled * MD_COST_TRIAL)
			break;
		if (md_trial_end(m, lines, top, &end)) {
			md_say_cut(m, lines, top, end);
			return true;
		}
	}
	if (!was_empty(m) || lines->filled == 0)
		return false;
	md_say_added(m, lines, 0, lines->filled);
	return true;
}

/* Tries other lines, which live in `scratch` only. */
static bool
other_lines(struct md_mend *m, const char *what, const struct md_body_lines *lines)
{
	size_t end;

	if (!md_trial_end(m, lines, 0, &end))
		return false;
	m->body = (struct md_str){ md_strndup(m->mem, m->body.p, m->body.len), m->body.len };
	md_say_form(m, what, lines);
	if (end < lines->filled)
		md_say_change(
		        m, "besides, lines at the end of the body were added", 0, "",
		        md_mend_part(m->mem, md_body_lines_range(lines, end, lines->filled)));
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

	/* to write it costs about what it costs to hash it, and octet by octet more */
	if (!(f->plain_only && m->signature->body_canon == MD_RELAXED) &&
	    md_budget_spend(m->budget, m->message->body.len * 2) &&
	    f->undo(&text, m->message) &&
	    md_trial_lines(m, scratch, m->signature->body_canon, md_buf_view(&text), &lines))
		found = other_lines(m, f->what, &lines);
	md_arena_free(scratch);
	return found;
}

/* The other canonicalisation: a signer that says one thing and does the other. */
static bool
other_canon(struct md_mend *m)
{
	const bool simple = m->signature->body_canon == MD_SIMPLE;
	struct md_arena *scratch = md_arena_new();
	struct md_body_lines lines;
	const bool found =
	        md_trial_lines(m, scratch, simple ? MD_RELAXED : MD_SIMPLE, m->message->body,
	                       &lines) &&
	        other_lines(
	                m,
	                simple ? "the body hash is right for relaxed canonicalisation, but c= says "
	                         "simple: blanks were added after signing, or the signer trims them"
	                       : "the body hash is right for simple canonicalisation, but c= says "
	                         "relaxed: the signer did not trim blanks",
	                &lines);

	md_arena_free(scratch);
	return found;
}

/* The body as it stands, a banner and a footer in plain lines besides: `what`, and those. */
static bool
form_and_ends(struct md_mend *m, const char *what, const struct md_body_lines *lines)
{
	size_t end;

	for (size_t top = 0; top < lines->filled && top <= TOP_LINES; top++) {
		if (top > 0 && md_budget_open(m->budget) / 4 < lines->at[lines->filled])
			break;
		if (!md_trial_end(m, lines, top, &end))
			continue;
		m->body = (struct md_str){ md_strndup(m->mem, m->body.p, m->body.len),
			                   m->body.len };
		md_say_form(m, what, lines);
		if (top > 0 || end < lines->filled)
			md_say_cut(m, lines, top, end);
		return true;
	}
	return false;
}

/* Is the last of these numbers none of those before? */
static bool
is_new(const size_t *seen, unsigned last)
{
	for (unsigned i = 0; i < last; i++)
		if (seen[i] == seen[last])
			return false;
	return true;
}

/* Links that a filter has rewritten, which the new links still hold. */
static bool
links(struct md_mend *m)
{
	size_t seen[MD_LINK_WAYS] = { 0 };
	bool found = false, any = true;

	for (unsigned way = 0; way < MD_LINK_WAYS && any && !found; way++) {
		struct md_arena *scratch = md_arena_new();
		struct md_buf text = { .mem = scratch };
		struct md_body_lines lines;
		const char *by = "";

		any = md_budget_spend(m->budget, m->message->body.len * 8) &&
		      md_undo_links(&text, m->message, way, &by);
		seen[way] = md_str_hash(md_buf_view(&text));
		found = any && is_new(seen, way) &&
		        md_trial_lines(m, scratch, m->signature->body_canon, md_buf_view(&text),
		                       &lines) &&
		        form_and_ends(m,
		                      md_printf(m->mem,
		                                "links were rewritten after signing, by %s",
		                                by),
		                      &lines);
		md_arena_free(scratch);
	}
	return found;
}

/* What is tried once, whatever the size of the body. */
static bool
each_once(struct md_mend *m, const struct md_body_lines *lines)
{
	if (md_mend_hashed(m, lines) || cut(m, lines))
		return true;
	for (const struct md_body_form *f = md_body_forms; f->what != NULL; f++)
		if (form(m, f))
			return true;
	return links(m) || other_canon(m) || md_mend_inserted_html(m, lines) ||
	       md_mend_footers(m, lines);
}

bool
md_mend_body(struct md_mend *m)
{
	struct md_body_lines lines;
	bool found;

	found = md_trial_lines(m, m->mem, m->signature->body_canon, m->message->body, &lines) &&
	        each_once(m, &lines);
	m->unfinished = m->unfinished || (!found && m->budget->over);
	return found ||
	       (!m->budget->over && (md_mend_one_line(m, &lines) || md_mend_block(m, &lines)));
}
