/* Finding: what check.h lets a check say. */
#include "ask/check.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "ask/ctx.h"
#include "base/name.h"

/* More of a foreign text proves nothing more, and strangers pay nothing for its length. */
enum { EVIDENCE_MOST = 4000, EXCERPT_BEFORE = 1000 };

/* Where a text may be cut: not in an escape, nor inside a character of UTF-8. */
static size_t
cut_before(const char *text, size_t at)
{
	size_t back = 0;

	while (back < 3 && ((unsigned char)text[at - back] & 0xc0) == 0x80)
		back++;
	at -= back;
	for (back = 1; back <= 3; back++)
		if (text[at - back] == '\\')
			return at - back;
	return at;
}

static const char *evidence(struct md_ctx *, const char *fmt, va_list) MD_PRINTF(2, 0);

static const char *
evidence(struct md_ctx *c, const char *fmt, va_list ap)
{
	char *text = md_vprintf(c->mem, fmt, ap);
	const size_t len = strlen(text);
	size_t at;

	if (len <= EVIDENCE_MOST)
		return text;
	at = cut_before(text, EVIDENCE_MOST);
	text[at] = '\0';
	return md_printf(c->mem, "%s... (%zu octets more)", text, len - at);
}

static struct md_finding *
find(const struct md_result *result, const struct md_rule *rule, const char *subject)
{
	for (struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (f->rule == rule && strcmp(f->subject, subject) == 0)
			return f;
	return NULL;
}

/* Findings stand in the order of rule, then subject. */
static void
insert(struct md_result *result, struct md_finding *f)
{
	struct md_finding **at = &result->findings;

	while (*at != NULL &&
	       ((*at)->rule < f->rule ||
	        ((*at)->rule == f->rule && strcmp((*at)->subject, f->subject) < 0)))
		at = &(*at)->next;
	f->next = *at;
	*at = f;
}

void
md_found(struct md_ctx *c, unsigned rule, const char *subject, const char *fmt, ...)
{
	struct md_finding *f = md_alloc(c->mem, sizeof(*f));
	va_list ap;

	f->rule = md_rule_of(c, rule);
	assert(f->rule != NULL && f->rule->severity != MD_UNSURE);
	f->severity = f->rule->severity;
	f->way = f->rule->way != MD_WAY_OF_CHECK ? f->rule->way : c->task->check->way;
	f->subject = md_strdup(c->mem, subject);
	f->record = f->ask_of = f->ask = "";
	f->about = c->about;
	va_start(ap, fmt);
	f->evidence = evidence(c, fmt, ap);
	va_end(ap);
	c->last = f;
	if (find(&c->task->result, f->rule, subject) == NULL)
		insert(&c->task->result, f);
}

void
md_at(struct md_ctx *c, const struct md_rr *rr)
{
	c->about = (struct md_about){ NULL, 0, NULL };
	if (rr != NULL)
		c->about = (struct md_about){ rr->owner, rr->type, rr };
}

void
md_at_name(struct md_ctx *c, uint16_t type, const char *name)
{
	c->about = (struct md_about){ md_name_normal(c->mem, md_str(name)), type, NULL };
}

void
md_at_txt(struct md_ctx *c, const struct md_dns *txt, const char *beginning)
{
	md_at_name(c, txt->question.type, txt->question.name);
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_rr *rr = &txt->rr[i];

		if (rr->type == MD_TXT && strcmp(rr->owner, txt->question.name) == 0 &&
		    md_str_starts_nocase(md_str_trim(rr->txt.joined, " \""), beginning) &&
		    (c->about.rr == NULL || rr->line >= c->about.rr->line))
			md_at(c, rr);
	}
}

void
md_ask_of(struct md_ctx *c, const char *whom, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	c->last->ask = md_vprintf(c->mem, fmt, ap);
	va_end(ap);
	c->last->ask_of = whom;
}

static void
wish(struct md_ctx *c, struct md_wish change)
{
	struct md_wish **last = &c->last->wishes;

	while (*last != NULL)
		last = &(*last)->next;
	*last = md_alloc(c->mem, sizeof(**last));
	**last = change;
}

void
md_wish_add(struct md_ctx *c, const char *owner, uint16_t type, const char *fmt, ...)
{
	struct md_wish change = { .owner = md_name_normal(c->mem, md_str(owner)),
		                  .type = type };
	va_list ap;

	va_start(ap, fmt);
	change.add = md_vprintf(c->mem, fmt, ap);
	va_end(ap);
	wish(c, change);
}

void
md_wish_remove(struct md_ctx *c, const struct md_rr *rr)
{
	wish(c, (struct md_wish){ .owner = rr->owner,
	                          .type = rr->type,
	                          .remove = md_rr_text(c->mem, rr) });
}

void
md_wish_replace(struct md_ctx *c, const struct md_rr *rr, const char *fmt, ...)
{
	struct md_wish change = { .owner = rr->owner,
		                  .type = rr->type,
		                  .remove = md_rr_text(c->mem, rr) };
	va_list ap;

	va_start(ap, fmt);
	change.add = md_vprintf(c->mem, fmt, ap);
	va_end(ap);
	wish(c, change);
}

void
md_hurts(struct md_ctx *c, enum md_way way)
{
	c->last->way = way;
}

void
md_follows(struct md_ctx *c, const char *rule)
{
	c->last->cause = rule;
}

void
md_adds_to(struct md_ctx *c, const char *rule)
{
	c->last->cause = rule;
	c->last->adds = true;
}

void
md_point(struct md_ctx *c, struct md_str text, size_t offset, size_t len)
{
	struct md_excerpt *e = &c->last->excerpt;

	assert(offset <= text.len && len <= text.len - offset);
	if (text.len > EVIDENCE_MOST) {
		const size_t before = offset < EXCERPT_BEFORE ? offset : EXCERPT_BEFORE;

		text = md_str_skip(text, offset - before);
		text.len = text.len < EVIDENCE_MOST ? text.len : EVIDENCE_MOST;
		offset = before;
		len = len < text.len - offset ? len : text.len - offset;
	}
	e->text = (struct md_str){ md_strndup(c->mem, text.p, text.len), text.len };
	e->offset = offset;
	e->len = len;
}

void
md_point_shown(struct md_ctx *c, struct md_str text, size_t offset, size_t len)
{
	md_point(c, text, offset, len);
	c->last->excerpt.shown = true;
}

void
md_note(struct md_ctx *c, const char *label, const char *fmt, ...)
{
	struct md_note *n = md_alloc(c->mem, sizeof(*n));
	va_list ap;

	va_start(ap, fmt);
	n->label = label;
	n->text = evidence(c, fmt, ap);
	va_end(ap);
	*c->last_note = n;
	c->last_note = &n->next;
}

void
md_main(struct md_ctx *c, enum md_main fact, const char *fmt, ...)
{
	struct md_main_fact *told = md_alloc(c->mem, sizeof(*told));
	va_list ap;

	va_start(ap, fmt);
	told->text = evidence(c, fmt, ap);
	va_end(ap);
	told->fact = fact;
	told->next = c->task->result.main;
	c->task->result.main = told;
}

void
md_show_part(struct md_ctx *c, const struct md_report_part *part, const void *what)
{
	struct md_shown *shown = md_alloc(c->mem, sizeof(*shown));

	*shown = (struct md_shown){ c->task->result.shown, part, what };
	c->task->result.shown = shown;
}

void
md_gap(struct md_ctx *c, enum md_gap_kind kind, unsigned rule, const char *fact,
       const char *fmt, ...)
{
	struct md_gap gap = { .kind = kind,
		              .rule = md_rule_of(c, rule),
		              .fact = md_strdup(c->mem, fact) };
	va_list ap;

	va_start(ap, fmt);
	gap.why = evidence(c, fmt, ap);
	va_end(ap);
	md_gap_add(c, &gap);
}
