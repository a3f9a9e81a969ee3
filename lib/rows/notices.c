/* Gathers findings and gaps as rows. */
#include "rows/notices.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "rows/render.h"

struct md_notices *
md_notices_new(struct md_arena *mem)
{
	struct md_notices *o = md_alloc(mem, sizeof(*o));

	*o = (struct md_notices){
		.mem = mem,
		.headline = "",
		.verdict = MD_PASS,
		.complete = true,
		.told = { .mem = mem },
		.texts = { .mem = mem },
	};
	return o;
}

static const char *
kept(struct md_arena *mem, const char *text)
{
	return text != NULL && text[0] != '\0' ? md_strdup(mem, text) : "";
}

/* The same, of texts that many rows have: once for all of them. */
static const char *
shared(struct md_notices *o, const char *text)
{
	void **known;

	if (text == NULL || text[0] == '\0')
		return "";
	known = md_index_at(&o->texts, md_str(text));
	if (*known == NULL)
		*known = md_strdup(o->mem, text);
	return *known;
}

/* Rows of a subject belong together. */
static const char *
subject_of(const struct md_notices *o, const char *text)
{
	if (o->n > 0 && strcmp(o->all[o->n - 1].subject, text) == 0)
		return o->all[o->n - 1].subject;
	return kept(o->mem, text);
}

/* GitHub and GitLab know paths from the top of the repository, without "./" before them. */
static const char *
plain_path(const char *path)
{
	while (path != NULL && strncmp(path, "./", 2) == 0)
		for (path += 2; *path == '/';)
			path++;
	return path;
}

static bool
is_same(const struct md_notice *a, const struct md_notice *b)
{
	return strcmp(a->rule, b->rule) == 0 && strcmp(a->about, b->about) == 0;
}

/* How many rows of the same subject and check, all at the end, are about the same. */
static unsigned
count_same(const struct md_notices *o, const struct md_notice *row)
{
	unsigned n = 0;

	for (size_t i = o->n; i > 0; i--) {
		const struct md_notice *other = &o->all[i - 1];

		if (strcmp(other->subject, row->subject) != 0 ||
		    strcmp(other->check, row->check) != 0)
			break;
		n += is_same(other, row);
	}
	return n;
}

void
md_notices_add(struct md_notices *o, const struct md_notice *row)
{
	struct md_notice copy = *row;
	const char **texts[] = { &copy.about, &copy.evidence, &copy.record };
	const char **often[] = {
		&copy.check, &copy.check_title, &copy.rule,   &copy.title,
		&copy.fix,   &copy.file,        &copy.waived, &copy.reference
	};

	for (size_t i = 0; i < MD_COUNT(texts); i++)
		*texts[i] = kept(o->mem, *texts[i]);
	for (size_t i = 0; i < MD_COUNT(often); i++)
		*often[i] = shared(o, *often[i]);
	copy.subject = subject_of(o, copy.subject);
	copy.file = plain_path(copy.file);
	copy.nth = count_same(o, &copy);
	MD_PUSH(o->mem, o->all, o->n, copy);
}

/* ---- of a report ---- */

bool
md_notice_counts(enum md_verdict severity, const char *fail_on)
{
	static const struct {
		const char *word;
		enum md_verdict least;
	} levels[] = { { "fail", MD_FAIL }, { "warn", MD_WARN }, { "info", MD_INFO } };

	for (size_t i = 0; i < MD_COUNT(levels); i++)
		if (strcmp(fail_on, levels[i].word) == 0)
			return severity >= levels[i].least && severity != MD_UNSURE;
	return false;
}

static void
add_finding(struct md_notices *o, struct md_notice row, const struct md_finding *f,
            const char *fail_on)
{
	row.kind = MD_NOTICE_FINDING;
	row.rule = f->rule->id;
	row.title = f->rule->title;
	row.fix = f->rule->fix;
	row.reference = f->rule->reference;
	row.severity = f->severity;
	row.about = f->subject;
	row.evidence = f->evidence;
	row.record = f->record;
	row.waived = f->ignored ? "--ignore" : "";
	row.fails = !f->ignored && md_notice_counts(f->severity, fail_on);
	md_notices_add(o, &row);
}

static void
add_gap(struct md_notices *o, struct md_notice row, const struct md_gap *g)
{
	row.kind = MD_NOTICE_GAP;
	row.severity = MD_UNSURE;
	row.about = g->fact;
	row.evidence = g->why;
	if (g->rule != NULL) {
		row.rule = g->rule->id;
		row.title = g->rule->title;
		row.fix = g->rule->fix;
		row.reference = g->rule->reference;
	}
	md_notices_add(o, &row);
}

static void
add_result(struct md_notices *o, const char *subject, const struct md_result *result,
           const char *fail_on)
{
	const struct md_notice row = {
		.subject = subject,
		.check = result->check->name,
		.check_title = result->check->title,
	};
	struct md_notice whole = row;
	const size_t before = o->n;

	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (f->severity > MD_PASS)
			add_finding(o, row, f, fail_on);
	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		if (g->kind == MD_INCONCLUSIVE)
			add_gap(o, row, g);
	if (o->n > before)
		return;
	whole.kind = result->skipped[0] != '\0' ? MD_NOTICE_SKIPPED : MD_NOTICE_PASS;
	whole.evidence = result->skipped;
	md_notices_add(o, &whole);
}

void
md_notices_add_report(struct md_notices *o, const struct md_report *report, const char *fail_on)
{
	const char *subject = md_subject_title(report->subject);

	for (size_t i = 0; i < report->nresults; i++)
		add_result(o, subject, &report->results[i], fail_on);
	if (report->verdict > o->verdict)
		o->verdict = report->verdict;
	o->complete = o->complete && report->complete;
}

void
md_notices_join(struct md_notices *o, const struct md_notices *more)
{
	for (size_t i = 0; i < more->n; i++)
		md_notices_add(o, &more->all[i]);
	if (more->verdict > o->verdict)
		o->verdict = more->verdict;
	o->complete = o->complete && more->complete;
}

/* ---- what the renderers ask ---- */

const char *
md_notice_rule(const struct md_notice *row)
{
	return row->rule[0] != '\0' ? row->rule : "maildiag.unknown";
}

const char *
md_notice_title(const struct md_notice *row)
{
	return row->title[0] != '\0' ? row->title : "Not known";
}

const char *
md_notice_text(struct md_arena *mem, const struct md_notice *row)
{
	const char *about = strstr(row->evidence, row->about) != NULL ? "" : row->about;

	return md_printf(mem, "%s: %s%s%s", md_notice_title(row), about,
	                 about[0] != '\0' ? ": " : "", row->evidence);
}

const char *
md_notice_fingerprint(struct md_arena *mem, const struct md_notice *row)
{
	/* Not the evidence: the same fault stays the same when its numbers change. */
	return md_sha256_hex(mem,
	                     md_str(md_printf(mem, "%s\n%s\n%s\n%s\n%u", row->check, row->rule,
	                                      row->subject, row->about, row->nth)));
}

/* Where it stands among those told: services show the first ten or so. */
static unsigned
rank(const struct md_notice *row)
{
	if (row->novelty == MD_FIXED)
		return 6;
	if (row->waived[0] != '\0')
		return 5;
	if (row->fails)
		return 0;
	return row->severity == MD_FAIL     ? 1
	       : row->severity == MD_UNSURE ? 2
	       : row->severity == MD_WARN   ? 3
	                                    : 4;
}

/* A fact that several checks lack is told once, with the rule that explains it. */
static bool
is_told_elsewhere(const struct md_notices *o, size_t at)
{
	const struct md_notice *row = &o->all[at];
	size_t first = at;

	if (row->kind != MD_NOTICE_GAP || row->rule[0] != '\0')
		return false;
	while (first > 0 && strcmp(o->all[first - 1].subject, row->subject) == 0)
		first--;
	for (size_t i = first; i < o->n; i++) {
		const struct md_notice *other = &o->all[i];

		if (strcmp(other->subject, row->subject) != 0)
			break;
		if (i != at && other->kind == MD_NOTICE_GAP &&
		    strcmp(other->about, row->about) == 0 &&
		    strcmp(other->evidence, row->evidence) == 0 &&
		    (other->rule[0] != '\0' || i < at))
			return true;
	}
	return false;
}

const struct md_notice *const *
md_notices_told(const struct md_notices *o, bool open, size_t *n)
{
	const struct md_notice **told = NULL;

	*n = 0;
	for (unsigned r = 0; r <= (open ? 4u : 6u); r++) {
		for (size_t i = 0; i < o->n; i++) {
			const struct md_notice *row = &o->all[i];

			if ((row->kind == MD_NOTICE_FINDING || row->kind == MD_NOTICE_GAP) &&
			    rank(row) == r && !is_told_elsewhere(o, i))
				MD_PUSH(o->mem, told, *n, row);
		}
	}
	return told;
}

const char *
md_uri_path(struct md_arena *mem, const char *path)
{
	struct md_buf uri = { .mem = mem };

	if (path[0] == '/')
		md_buf_printf(&uri, "file://");
	for (; *path != '\0'; path++) {
		if (md_is_alnum(*path) || strchr("-._~/!$&'()*+,;=@", *path) != NULL)
			md_buf_addc(&uri, *path);
		else
			md_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*path);
	}
	return md_buf_str(&uri);
}

static void
count(struct md_buf *out, const struct md_notices *o, enum md_verdict severity,
      const char *word)
{
	size_t all, n = 0;
	const struct md_notice *const *told = md_notices_told(o, true, &all);

	for (size_t i = 0; i < all; i++)
		n += told[i]->severity == severity;
	if (n > 0)
		md_buf_item(out, ", ", "%zu %s%s", n, word, n == 1 ? "" : "s");
}

const char *
md_notices_headline(const struct md_notices *o)
{
	struct md_buf out = { .mem = o->mem };

	if (o->headline[0] != '\0')
		return o->headline;
	count(&out, o, MD_FAIL, "failure");
	count(&out, o, MD_UNSURE, "unknown");
	count(&out, o, MD_WARN, "warning");
	count(&out, o, MD_INFO, "remark");
	return out.len > 0 ? md_buf_str(&out) : "nothing wrong found";
}
