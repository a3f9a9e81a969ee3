/* Blocks of lines, lines and HTML that were put into a body or changed there. */
#include "repair/blocks.h"

#include "base/arena.h"
#include "repair/say.h"
#include "repair/trial.h"

/* A footer in front of a boundary is at most FOOTER_LINES, HTML that was put in INSERTED_MOST
 * octets. */
enum { BOUNDARIES = 16, FOOTER_LINES = 200, INSERTED_MOST = 2000 };

/* The hash of what is in front of a line, which goes on line by line; false: too costly. */
static bool
begin(struct md_mend *m, const struct md_body_lines *lines, struct md_trial *before)
{
	if (!md_budget_spend(m->budget,
	                     lines->at[lines->filled] + lines->filled * MD_COST_TRIAL / 4))
		return false;
	*before = md_trial_new(m);
	return true;
}

/* What it costs to try something once at each line. */
static uint64_t
once_each(const struct md_body_lines *lines)
{
	return (uint64_t)lines->filled * (lines->at[lines->filled] / 2 + MD_COST_TRIAL) + 1;
}

/* ---- blocks ---- */

/* Lines that begin MIME parts: a list puts its footer in front of one. */
struct boundaries {
	size_t n, at[BOUNDARIES];
};

static struct boundaries
find_boundaries(const struct md_body_lines *lines)
{
	struct boundaries b = { .n = 0 };

	for (size_t i = lines->filled; i > 0 && b.n < BOUNDARIES; i--)
		if (md_str_starts(md_body_lines_range(lines, i - 1, i), "--"))
			b.at[b.n++] = i - 1;
	return b;
}

/* What is looked for: blocks up to a boundary, and those of at most `longest` lines. */
struct wanted {
	struct boundaries boundaries;
	size_t longest;
};

/* Blocks that begin at gap->from. */
static bool
block_at(struct md_mend *m, const struct md_body_lines *lines, const struct md_trial *before,
         struct md_body_gap *gap, const struct wanted *wanted)
{
	const size_t from = gap->from, longest = wanted->longest;

	for (size_t k = 0; k < wanted->boundaries.n; k++) {
		gap->to = wanted->boundaries.at[k];
		if (gap->to > from + longest && gap->to <= from + FOOTER_LINES &&
		    md_trial_gap(m, lines, before, gap))
			return true;
	}
	for (gap->to = from + 1; gap->to < lines->filled && gap->to <= from + longest;
	     gap->to++)
		if (md_trial_gap(m, lines, before, gap))
			return true;
	return false;
}

bool
md_mend_block(struct md_mend *m, const struct md_body_lines *lines)
{
	const struct wanted wanted = {
		.boundaries = find_boundaries(lines),
		.longest = (size_t)(md_budget_open(m->budget) / 2 / once_each(lines)),
	};
	struct md_body_gap gap = { .instead = { { "", 0 }, { "", 0 } } };
	struct md_trial before;
	bool found = false;

	if (!begin(m, lines, &before))
		return false;
	for (size_t i = 0; i < lines->filled && !m->budget->over && !found; i++) {
		gap.from = i;
		found = block_at(m, lines, &before, &gap, &wanted);
		md_trial_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_trial_drop(&before);
	if (found)
		md_say_added(m, lines, gap.from, gap.to);
	return found;
}

/* ---- single lines ---- */

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
try_edit(struct md_mend *m, const struct md_body_lines *lines, const struct md_trial *before,
         size_t i, const struct edit *edit)
{
	const struct md_str line = md_body_lines_range(lines, i, i + 1);
	const bool longer = edit->begins[0] == '\0';
	struct md_body_gap gap = { i, i + 1, { md_str_skip(line, 1), { "", 0 } } };

	if (!md_str_starts(line, edit->begins) ||
	    (edit->plain_only && m->signature->body_canon == MD_RELAXED))
		return false;
	if (longer) {
		gap.instead[0] = (struct md_str){ line.p, line.len - 2 };
		gap.instead[1] = md_str(" \r\n");
	}
	if (!md_trial_gap(m, lines, before, &gap))
		return false;
	md_say_change(
	        m,
	        md_printf(m->mem, "line %zu %s after signing", md_say_line(m, i), edit->what),
	        md_say_line(m, i),
	        md_printf(m->mem, "%s%s", md_mend_part(m->mem, gap.instead[0]),
	                  md_mend_part(m->mem, gap.instead[1])),
	        md_mend_part(m->mem, line));
	return true;
}

bool
md_mend_one_line(struct md_mend *m, const struct md_body_lines *lines)
{
	struct md_trial before;
	bool found = false;

	if (once_each(lines) > md_budget_open(m->budget) / 4 || !begin(m, lines, &before))
		return false;
	for (size_t i = 0; i < lines->filled && !found; i++) {
		for (size_t e = 0; e < MD_COUNT(edits) && !found; e++)
			found = try_edit(m, lines, &before, i, &edits[e]);
		md_trial_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_trial_drop(&before);
	return found;
}

/* ---- HTML ---- */

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
try_page_end(struct md_mend *m, const struct md_body_lines *lines,
             const struct md_trial *before, size_t i)
{
	const struct md_str line = md_body_lines_range(lines, i, i + 1);
	const size_t end = page_end(line);

	for (size_t at = end; end < line.len && at > 0 && end - at < INSERTED_MOST; at--) {
		const struct md_body_gap gap = {
			i, i + 1, { { line.p, at - 1 }, md_str_skip(line, end) }
		};

		if (m->budget->over)
			return false;
		if (line.p[at - 1] != '<' || !md_trial_gap(m, lines, before, &gap))
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

bool
md_mend_inserted_html(struct md_mend *m, const struct md_body_lines *lines)
{
	struct md_trial before;
	bool found = false;

	if (!begin(m, lines, &before))
		return false;
	for (size_t i = 0; i < lines->filled && !m->budget->over && !found; i++) {
		found = try_page_end(m, lines, &before, i);
		md_trial_add(&before, md_body_lines_range(lines, i, i + 1));
	}
	md_trial_drop(&before);
	return found;
}
