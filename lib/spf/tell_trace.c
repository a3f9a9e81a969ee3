/* How an SPF evaluation went, told step by step. */
#include "spf/tell.h"

#include <string.h>

#include "base/arena.h"

/* The steps under an include stand further in. */
enum { DEEPEST = 12 };

struct telling {
	struct md_doc *d;
	struct md_arena *mem;
	const struct md_spf_view *view;
	const struct md_spf_asked *asked;
	const struct md_spf_verdict *v;
};

static unsigned
level_of(const struct md_spf_step *s)
{
	return s->depth < DEEPEST ? s->depth : DEEPEST;
}

/* So many steps further in than the trace. */
static void
tell_line(const struct telling *t, unsigned level, const char *text)
{
	for (unsigned i = 0; i < level; i++)
		md_doc_open(t->d, MD_DOC_INSET);
	md_doc_add(t->d, md_doc_line(t->d, MD_HANGING), MD_FOREIGN, text);
	for (unsigned i = 0; i < level; i++)
		md_doc_close(t->d);
}

/* ---- lookups ---- */

static const char *
answer(struct md_arena *mem, const struct md_dns *dns)
{
	enum { FEW = 6 };
	struct md_buf list = { .mem = mem };

	if (dns->fact.state == MD_UNKNOWN)
		return dns->fact.why;
	if (dns->fact.state != MD_PRESENT)
		return dns->rcode == MD_NXDOMAIN ? "no such name (NXDOMAIN)" : "no such record";
	if (dns->question.type == MD_TXT) /* the record itself is told by its step */
		return md_plural(mem, dns->n, "record", "records");
	for (size_t i = 0; i < dns->n && i < FEW; i++)
		md_buf_item(&list, ", ", "%s", md_rr_text(mem, &dns->rr[i]));
	if (dns->n > FEW)
		md_buf_printf(&list, " and %zu more", dns->n - FEW);
	return md_buf_str(&list);
}

/* " [12.3 ms, 192.0.2.53]", or which file it is from. */
static const char *
source(struct md_arena *mem, const struct md_dns *dns)
{
	const char *slash = strrchr(dns->origin, '/');
	const struct md_attempt *last;

	if (dns->nattempts == 0)
		return dns->origin[0] == '\0' || strcmp(dns->origin, "network") == 0
		               ? ""
		               : md_printf(mem, "  [%s]",
		                           slash != NULL ? slash + 1 : dns->origin);
	last = &dns->attempts[dns->nattempts - 1];
	return md_printf(mem, "  [%.1f ms, %s%s%s]", last->microseconds / 1000.0, last->server,
	                 last->tcp ? " over TCP" : "",
	                 dns->nattempts > 1 ? md_printf(mem, ", attempt %zu", dns->nattempts)
	                                    : "");
}

static void
tell_lookups(const struct telling *t, const struct md_spf_step *s)
{
	enum { MOST = 40 };
	const unsigned level = level_of(s) + 2;

	for (size_t i = 0; i < s->nlookups && i < MOST; i++)
		tell_line(t, level,
		          md_printf(t->mem, "%s: %s%s",
		                    md_question_text(t->mem, &s->lookups[i]->question),
		                    answer(t->mem, s->lookups[i]),
		                    source(t->mem, s->lookups[i])));
	if (s->nlookups > MOST)
		tell_line(t, level,
		          md_printf(t->mem, "and %zu more lookups", s->nlookups - MOST));
}

/* ---- steps ---- */

/* "example.com", and how it came to be where macros were expanded. */
static const char *
target(struct md_arena *mem, const struct md_spf_step *s)
{
	if (memchr(s->term->domain.p != NULL ? s->term->domain.p : "", '%',
	           s->term->domain.len) == NULL)
		return s->target;
	return md_printf(mem, "%s (that is what %s expands to)", s->target,
	                 md_show(mem, s->term->domain));
}

/* "no match", or "match, which means softfail". */
static const char *
outcome(struct md_arena *mem, const struct md_spf_step *s)
{
	if (!s->matched)
		return s->outcome;
	return md_printf(mem, "match, which means %s",
	                 s->term->qualifier == '+'   ? "pass"
	                 : s->term->qualifier == '-' ? "fail"
	                 : s->term->qualifier == '~' ? "softfail"
	                                             : "neutral");
}

/* What the term asks, as a phrase. */
static const char *
question(const struct telling *t, const struct md_spf_step *s)
{
	const char *address = md_addr_print(t->mem, t->asked->ip);

	switch (s->term->kind) {
	case MD_SPF_ALL:
		return "that is everybody:";
	case MD_SPF_IP4:
	case MD_SPF_IP6:
		return md_printf(t->mem, "is %s in that network?", address);
	case MD_SPF_A:
		return md_printf(t->mem, "is %s an address of %s?", address, target(t->mem, s));
	case MD_SPF_MX:
		return md_printf(t->mem, "is %s an address of a mail host of %s?", address,
		                 target(t->mem, s));
	case MD_SPF_PTR:
		return md_printf(t->mem, "has %s a name at or under %s?", address,
		                 target(t->mem, s));
	case MD_SPF_EXISTS:
		return md_printf(t->mem, "is there any A record of %s?", target(t->mem, s));
	case MD_SPF_INCLUDE:
		return md_printf(t->mem, "does the record of %s let %s pass?",
		                 target(t->mem, s), address);
	default:
		return md_printf(t->mem, "the record of %s decides", target(t->mem, s));
	}
}

static const char *
counts(const struct telling *t, const struct md_spf_step *s)
{
	if (!md_spf_counts(s->term))
		return "";
	return md_printf(t->mem, "  (%u of %u lookups, %u of %u void)", s->terms,
	                 t->view->limits.terms, s->voids, t->view->limits.voids);
}

static bool
leads_on(const struct md_spf_step *s)
{
	return s->term != NULL &&
	       (s->term->kind == MD_SPF_INCLUDE || s->term->kind == MD_SPF_REDIRECT);
}

static void
tell_record(const struct telling *t, const struct md_spf_step *s)
{
	if (s->record != NULL)
		tell_line(t, level_of(s),
		          md_printf(t->mem, "The record of %s is %s", s->owner,
		                    md_quote(t->mem, s->record->text)));
	else
		tell_line(t, level_of(s),
		          md_printf(t->mem, "The record of %s: %s", s->owner, s->outcome));
	tell_lookups(t, s);
}

static void
tell_term(const struct telling *t, const struct md_spf_step *s)
{
	const char *text = md_show(t->mem, s->term->text);

	if (leads_on(s) && s->number <= t->view->limits.terms)
		tell_line(t, level_of(s), md_printf(t->mem, "%s: %s", text, question(t, s)));
	else if (s->number > t->view->limits.terms)
		tell_line(t, level_of(s),
		          md_printf(t->mem, "%s: %s, for this is lookup %u of %u", text,
		                    s->outcome, s->number, t->view->limits.terms));
	else
		tell_line(t, level_of(s),
		          md_printf(t->mem, "%s: %s %s%s", text, question(t, s),
		                    outcome(t->mem, s), counts(t, s)));
	tell_lookups(t, s);
}

/* The include at step `from` is done: what came of it. */
static void
tell_return(const struct telling *t, const struct md_spf_step *s)
{
	if (s->term->kind == MD_SPF_INCLUDE && s->number <= t->view->limits.terms)
		tell_line(t, level_of(s),
		          md_printf(t->mem, "%s: so %s%s", md_show(t->mem, s->term->text),
		                    outcome(t->mem, s), counts(t, s)));
}

/* Networks that the address is not in: the first of many, and how many, in a line. */
static size_t
tell_misses(const struct telling *t, size_t i)
{
	const struct md_spf_step *first = &t->v->steps[i];
	size_t n = 0;

	while (i + n < t->v->nsteps) {
		const struct md_spf_step *s = &t->v->steps[i + n];

		if (s->depth != first->depth || s->term == NULL || s->matched ||
		    (s->term->kind != MD_SPF_IP4 && s->term->kind != MD_SPF_IP6))
			break;
		n++;
	}
	if (n > 1)
		tell_line(t, level_of(first),
		          md_printf(t->mem, "%s and %s: %s is in none of them",
		                    md_show(t->mem, first->term->text),
		                    md_plural(t->mem, n - 1, "network more", "networks more"),
		                    md_addr_print(t->mem, t->asked->ip)));
	return n > 1 ? n : 0;
}

/* Those includes that end before a step of this depth, innermost first. */
static void
tell_returns(const struct telling *t, const struct md_spf_step **open, size_t *n,
             unsigned depth)
{
	while (*n > 0 && open[*n - 1]->depth >= depth)
		tell_return(t, open[--*n]);
}

static void
tell_steps(const struct telling *t)
{
	const struct md_spf_step **open = md_alloc(t->mem, t->v->nsteps * sizeof(*open));
	size_t nopen = 0;

	for (size_t i = 0; i < t->v->nsteps;) {
		const struct md_spf_step *s = &t->v->steps[i];
		size_t misses;

		tell_returns(t, open, &nopen, s->depth);
		misses = tell_misses(t, i);
		i += misses > 0 ? misses : 1;
		if (misses > 0)
			continue;
		if (s->term == NULL)
			tell_record(t, s);
		else
			tell_term(t, s);
		if (leads_on(s) && s->term->kind == MD_SPF_INCLUDE)
			open[nopen++] = s;
	}
	tell_returns(t, open, &nopen, 0);
}

void
md_spf_tell_trace(struct md_doc *d, const struct md_spf_view *view,
                  const struct md_spf_asked *asked)
{
	const struct telling t = { d, d->mem, view, asked, asked->verdict };

	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(
	        d, md_printf(d->mem, "How %s was judged", md_addr_print(d->mem, asked->ip)));
	md_doc_open(d, MD_DOC_INSET);
	if (t.v->nsteps > 0)
		tell_steps(&t);
	else
		tell_line(&t, 0, md_printf(t.mem, "Nothing was looked up: %s", t.v->why));
	if (t.v->exp != NULL)
		tell_line(&t, 0,
		          md_printf(t.mem, "The explanation is in %s: %s%s",
		                    md_question_text(t.mem, &t.v->exp->question),
		                    answer(t.mem, t.v->exp), source(t.mem, t.v->exp)));
	md_doc_close(d);
	md_doc_close(d);
}
