/* check_host() of RFC 7208: records, their terms in order, limits, and the explanation. */
#include "spf/check_host.h"

#include <string.h>

#include "base/name.h"
#include "spf/trace.h"

/* The limits bound the depth as well; this is for callers who lift them. */
enum { DEEPEST = 40 };

static const char *const result_names[] = {
	[MD_SPF_RESULT_NONE] = "none",           [MD_SPF_RESULT_NEUTRAL] = "neutral",
	[MD_SPF_RESULT_PASS] = "pass",           [MD_SPF_RESULT_FAIL] = "fail",
	[MD_SPF_RESULT_SOFTFAIL] = "softfail",   [MD_SPF_RESULT_TEMPERROR] = "temperror",
	[MD_SPF_RESULT_PERMERROR] = "permerror",
};

const char *
md_spf_result_name(enum md_spf_result result)
{
	return result_names[result];
}

/* ---- terms ---- */

static enum md_spf_result check_domain(struct md_spf_eval *, struct md_str domain,
                                       unsigned depth, const char *record);

/* RFC 7208 6.2: whatever goes wrong here leaves the result as it is. */
static void
explain(struct md_spf_eval *e, const struct md_spf *record)
{
	const struct md_dns *txt;
	struct md_spf_macro piece;
	struct md_str text;
	size_t pos = 0;
	const char *target = md_show(e->mem, md_spf_target(e, record->exp->domain));

	if (!md_name_fits(target))
		return;
	e->verdict->exp = txt = md_dns(e->c, MD_TXT, target);
	if (txt->fact.state != MD_PRESENT || txt->n != 1)
		return;
	text = txt->rr[0].txt.joined;
	while (md_spf_macro_next(e->mem, text, MD_SPF_IN_EXPLANATION, &pos, &piece))
		if (piece.fault != NULL)
			return;
	e->verdict->explanation = md_spf_expand(e, text, MD_SPF_IN_EXPLANATION).p;
}

/* Evaluates the target's record with its own domain as the macro d, then comes back. */
static enum md_spf_result
descend(struct md_spf_eval *e, struct md_str target, unsigned depth)
{
	const struct md_str domain = e->values.domain;
	enum md_spf_result result = MD_SPF_RESULT_PERMERROR;

	if (e->nested < DEEPEST) {
		e->nested++;
		result = check_domain(e, target, depth, NULL);
		e->nested--;
	} else {
		md_spf_blame(e, "records are nested more than %d deep", DEEPEST);
	}
	e->values.domain = domain;
	e->void_lookup = false;
	return result;
}

/* RFC 7208 5.2, the table of results. */
static enum md_spf_match
match_include(struct md_spf_eval *e, struct md_str target, unsigned depth)
{
	switch (descend(e, target, depth + 1)) {
	case MD_SPF_RESULT_PASS:
		return MD_SPF_MATCH;
	case MD_SPF_RESULT_TEMPERROR:
		return MD_SPF_MATCH_TEMPERROR;
	case MD_SPF_RESULT_NONE:
		md_spf_blame(e, "the included domain %s has no SPF record",
		             md_show(e->mem, target));
		return MD_SPF_MATCH_PERMERROR;
	case MD_SPF_RESULT_PERMERROR:
		return MD_SPF_MATCH_PERMERROR;
	default:
		return MD_SPF_NO_MATCH;
	}
}

static bool
within_limit(struct md_spf_eval *e, const struct md_spf_term *term, const char *owner)
{
	if (!md_spf_counts(term))
		return true;
	md_spf_step_at(e, e->step)->number = ++e->verdict->terms;
	if (e->verdict->terms <= e->limits.terms)
		return true;
	md_spf_blame(e, "more than %u terms that query the DNS; %s of %s is one too many",
	             e->limits.terms, md_show(e->mem, term->text), owner);
	return false;
}

static const char *
match_words(const struct md_spf_eval *e, enum md_spf_match match)
{
	static const char *const words[] = { "no match", "match", "temperror", "permerror" };

	return match == MD_SPF_NO_MATCH && e->void_lookup ? "no match (void lookup)"
	                                                  : words[match];
}

/* The innermost term that decides is pointed at; a match that an include ignores is not. */
static void
point(struct md_spf_eval *e, const struct md_spf_step *at, enum md_spf_match match)
{
	struct md_excerpt *decisive = &e->verdict->decisive;

	if (match == MD_SPF_NO_MATCH) {
		*decisive = (struct md_excerpt){ 0 };
	} else if (decisive->text.p == NULL) {
		*decisive = (struct md_excerpt){ at->record->text, at->term->offset,
			                         at->term->text.len, false };
		e->verdict->decisive_owner = at->owner;
	}
}

static enum md_spf_match
try_term(struct md_spf_eval *e, const struct md_spf_step *at)
{
	const struct md_spf_term *term = at->term;
	const size_t step = md_spf_step_begin(e, *at);
	enum md_spf_match match = MD_SPF_MATCH_PERMERROR;
	struct md_str target = { "", 0 };

	if (within_limit(e, term, at->owner)) {
		if (md_spf_counts(term))
			target = md_spf_target(e, term->domain);
		md_spf_step_at(e, step)->target = md_show(e->mem, target);
		match = term->kind == MD_SPF_INCLUDE
		                ? match_include(e, target, at->depth)
		                : md_spf_match_term(e, term, md_spf_step_at(e, step)->target);
	}
	md_spf_step_at(e, step)->matched = match == MD_SPF_MATCH;
	md_spf_step_end(e, step, match_words(e, match));
	point(e, at, match);
	return match;
}

/* RFC 7208 6.1 */
static enum md_spf_result
follow_redirect(struct md_spf_eval *e, const struct md_spf_step *at)
{
	const size_t step = md_spf_step_begin(e, *at);
	enum md_spf_result result = MD_SPF_RESULT_PERMERROR;
	struct md_str target;

	if (within_limit(e, at->term, at->owner)) {
		target = md_spf_target(e, at->term->domain);
		md_spf_step_at(e, step)->target = md_show(e->mem, target);
		result = descend(e, target, at->depth);
		if (result == MD_SPF_RESULT_NONE) {
			md_spf_blame(e, "%s, the target of redirect, has no SPF record",
			             md_spf_step_at(e, step)->target);
			result = MD_SPF_RESULT_PERMERROR;
		}
	}
	md_spf_step_end(e, step, md_spf_result_name(result));
	if (result == MD_SPF_RESULT_PERMERROR || result == MD_SPF_RESULT_TEMPERROR)
		point(e, at, MD_SPF_MATCH_PERMERROR);
	return result;
}

static enum md_spf_result
result_of(enum md_spf_match match, char qualifier)
{
	if (match == MD_SPF_MATCH_TEMPERROR)
		return MD_SPF_RESULT_TEMPERROR;
	if (match == MD_SPF_MATCH_PERMERROR)
		return MD_SPF_RESULT_PERMERROR;
	return qualifier == '+'   ? MD_SPF_RESULT_PASS
	       : qualifier == '-' ? MD_SPF_RESULT_FAIL
	       : qualifier == '~' ? MD_SPF_RESULT_SOFTFAIL
	                          : MD_SPF_RESULT_NEUTRAL;
}

static void
blame_match(struct md_spf_eval *e)
{
	const struct md_excerpt *d = &e->verdict->decisive;

	md_spf_blame(e, "%s of %s matched",
	             md_show(e->mem, (struct md_str){ d->text.p + d->offset, d->len }),
	             e->verdict->decisive_owner);
}

/* RFC 7208 4.6: directives in order, then redirect; 4.7: nothing matched. */
static enum md_spf_result
evaluate(struct md_spf_eval *e, const struct md_spf_step *record)
{
	struct md_spf_step at = *record;
	enum md_spf_result result;

	if (md_eager(e->c))
		md_spf_ask_ahead(e, record->record);
	for (size_t i = 0; i < record->record->n; i++) {
		enum md_spf_match match;

		at.term = &record->record->terms[i];
		if (at.term->kind >= MD_SPF_REDIRECT)
			continue;
		match = try_term(e, &at);
		if (match == MD_SPF_NO_MATCH)
			continue;
		result = result_of(match, at.term->qualifier);
		if (match == MD_SPF_MATCH && at.depth == 0)
			blame_match(e);
		if (result == MD_SPF_RESULT_FAIL && at.depth == 0 && at.record->exp != NULL)
			explain(e, at.record);
		return result;
	}
	if (record->record->redirect != NULL && record->record->all == NULL) {
		at.term = record->record->redirect;
		return follow_redirect(e, &at);
	}
	if (at.depth == 0)
		md_spf_blame(e, "no term of %s matched", at.owner);
	return MD_SPF_RESULT_NEUTRAL;
}

/* ---- check_host() ---- */

bool
md_spf_is_domain(const char *name)
{
	const char *last = md_name_last(name, 1);

	if (!md_name_fits(name) || last == name)
		return false;
	for (const char *s = last; *s != '\0'; s++)
		if (!md_is_alnum(*s) && *s != '-')
			return false;
	return strspn(last, "0123456789") < strlen(last);
}

/* RFC 7208 4.4 and 4.5.  MD_SPF_RESULT_PASS: there is one good record, in step->record. */
static enum md_spf_result
load(struct md_spf_eval *e, struct md_spf_step *step)
{
	const struct md_spf_published *found = md_spf_published(e->c, step->owner);
	const struct md_dns *txt = found->txt;

	MD_PUSH(e->mem, step->lookups, step->nlookups, txt);
	if (txt->fact.state == MD_WANTED || txt->fact.state == MD_UNKNOWN) {
		md_spf_unanswered(e, txt);
		return MD_SPF_RESULT_TEMPERROR;
	}
	step->record = found->record;
	if (found->n > 1)
		md_spf_blame(e, "%s has %zu SPF records", step->owner, found->n);
	return found->n == 0   ? MD_SPF_RESULT_NONE
	       : found->n == 1 ? MD_SPF_RESULT_PASS
	                       : MD_SPF_RESULT_PERMERROR;
}

static enum md_spf_result
refuse_faulty(struct md_spf_eval *e, const struct md_spf_step *step)
{
	for (size_t i = 0; i < step->record->n; i++) {
		const struct md_spf_term *term = &step->record->terms[i];

		if (term->fault == MD_SPF_SOUND || e->verdict->decisive.text.p != NULL)
			continue;
		md_spf_blame(e, "%s of %s: %s", md_show(e->mem, term->text), step->owner,
		             term->why);
		e->verdict->decisive =
		        (struct md_excerpt){ step->record->text, term->fault_offset,
			                     term->fault_len, false };
		e->verdict->decisive_owner = step->owner;
	}
	return MD_SPF_RESULT_PERMERROR;
}

/* `record` is judged instead of what is published; or NULL. */
static enum md_spf_result
check_domain(struct md_spf_eval *e, struct md_str domain, unsigned depth, const char *record)
{
	struct md_spf_step step = { .depth = depth, .target = "" };
	enum md_spf_result result = MD_SPF_RESULT_PASS;

	step.owner = md_show(e->mem, domain);
	if (!md_spf_is_domain(step.owner))
		return MD_SPF_RESULT_NONE;
	if (record != NULL)
		step.record = md_spf_parse(e->mem, md_str(record));
	else
		result = load(e, &step);
	md_spf_step_end(e, md_spf_step_begin(e, step),
	                result == MD_SPF_RESULT_PASS ? "record found"
	                                             : md_spf_result_name(result));
	if (result != MD_SPF_RESULT_PASS)
		return result;
	if (step.record->nfaults > 0)
		return refuse_faulty(e, &step);
	step.lookups = NULL;
	step.nlookups = 0;
	e->values.domain = domain;
	return evaluate(e, &step);
}

/*
 * RFC 7208 2.4 and 4.3: postmaster for a sender without local-part, HELO without a sender.  A
 * HELO that nobody told is "unknown" in macros, as p and r are (7.3): an empty label would make
 * names that include %{h} impossible.  Stray blanks and brackets around a sender are not of it.
 */
static void
read_sender(struct md_arena *mem, const struct md_spf_query *query,
            struct md_spf_macro_values *values)
{
	const struct md_str bare = md_str_trim(md_str(query->mail_from.text), "<> ");
	const struct md_reverse_path path =
	        md_reverse_path_read(mem, md_strndup(mem, bare.p, bare.len));

	values->helo = md_str(query->helo[0] != '\0' ? query->helo : "unknown");
	values->local = md_str(path.local[0] != '\0' ? path.local : "postmaster");
	values->sender_domain = md_str(path.given ? path.domain : query->helo);
	values->domain = md_spf_macro_fit(values->sender_domain);
}

bool
md_spf_is_mail_domain(const char *name)
{
	return md_spf_is_domain(name) && strpbrk(name, " \"(),:;<>@[\\]") == NULL;
}

static unsigned
limit(unsigned wished, unsigned usual)
{
	return wished > 0 ? wished : usual;
}

const struct md_spf_verdict *
md_spf_check_host(struct md_ctx *c, const struct md_spf_query *query)
{
	struct md_spf_verdict *v = md_alloc(md_mem(c), sizeof(*v));
	struct md_spf_eval e = { .c = c, .mem = md_mem(c), .verdict = v };
	const struct md_spf_limits *ours = &md_subject(c)->spf_limits;

	e.limits = (struct md_spf_limits){
		.terms = limit(query->limits.terms, ours->terms),
		.voids = limit(query->limits.voids, ours->voids),
		.mx_names = limit(query->limits.mx_names, ours->mx_names),
		.ptr_names = limit(query->limits.ptr_names, ours->ptr_names),
	};
	e.values.ip = md_addr_from_mapped(query->ip);
	e.values.receiver = md_str(query->receiver != NULL ? query->receiver : "unknown");
	e.values.now = md_now(c);
	read_sender(e.mem, query, &e.values);
	v->domain = md_show(e.mem, e.values.domain);
	v->explanation = v->why = v->decisive_owner = "";
	if (md_spf_is_mail_domain(v->domain))
		v->result = check_domain(&e, e.values.domain, 0, query->record);
	if (v->domain[0] == '\0')
		md_spf_blame(&e, "MAIL FROM (without one, HELO) names no domain");
	else if (!md_spf_is_mail_domain(v->domain))
		md_spf_blame(&e, "%s is not the name of a domain on the Internet", v->domain);
	else if (v->result == MD_SPF_RESULT_NONE)
		md_spf_blame(&e, "%s has no SPF record", v->domain);
	return v;
}

struct md_spf_query
md_spf_sender_query(struct md_ctx *c, struct md_addr ip)
{
	const struct md_subject *subject = md_subject(c);
	const struct md_reverse_path own = md_reverse_path_read(md_mem(c), subject->domain);

	return (struct md_spf_query){
		.ip = ip,
		.mail_from = subject->mail_from.given ? subject->mail_from : own,
		.helo = subject->helo,
	};
}

static const void *
judge_sender(struct md_ctx *c, const char *address)
{
	struct md_addr ip = { 0 };
	struct md_spf_query query;

	md_addr_parse(md_str(address), &ip);
	query = md_spf_sender_query(c, ip);
	return md_spf_check_host(c, &query);
}

const struct md_spf_verdict *
md_spf_sender(struct md_ctx *c, struct md_addr ip)
{
	return md_derive(c, judge_sender, md_addr_print(md_mem(c), ip));
}
