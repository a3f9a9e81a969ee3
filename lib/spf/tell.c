/* The head of the report of `maildiag spf`: a sentence for each address, or the cost. */
#include <inttypes.h>

#include "base/arena.h"
#include "doc/doc.h"
#include "report/report.h"
#include "spf/json.h"
#include "spf/tell.h"
#include "spf/view.h"

enum md_ink
md_spf_result_ink(enum md_spf_result result)
{
	switch (result) {
	case MD_SPF_RESULT_PASS:
		return MD_GOOD;
	case MD_SPF_RESULT_TEMPERROR:
		return MD_DOUBT;
	case MD_SPF_RESULT_NEUTRAL:
	case MD_SPF_RESULT_SOFTFAIL:
		return MD_RISK;
	default:
		return MD_BAD;
	}
}

/* RFC 7208 2.6, in plain words. */
static const char *
sentence(struct md_arena *mem, const struct md_spf_asked *asked)
{
	const struct md_spf_verdict *v = asked->verdict;
	const char *ip = md_addr_print(mem, asked->ip);

	switch (v->result) {
	case MD_SPF_RESULT_PASS:
		return md_printf(mem, "%s may send for %s, because %s", ip, v->domain, v->why);
	case MD_SPF_RESULT_FAIL:
		return md_printf(mem, "%s may not send for %s, because %s", ip, v->domain,
		                 v->why);
	case MD_SPF_RESULT_SOFTFAIL:
		return md_printf(mem, "%s probably may not send for %s, because %s", ip,
		                 v->domain, v->why);
	case MD_SPF_RESULT_NEUTRAL:
		return md_printf(mem, "%s does not say whether %s may send for it, because %s",
		                 v->domain, ip, v->why);
	case MD_SPF_RESULT_NONE:
		return md_printf(mem, "nothing says whether %s may send: %s", ip, v->why);
	case MD_SPF_RESULT_TEMPERROR:
		return md_printf(mem, "whether %s may send for %s cannot be known now: %s", ip,
		                 v->domain, v->why);
	default:
		return md_printf(mem, "for %s the SPF of %s is in error: %s", ip, v->domain,
		                 v->why);
	}
}

static void
say(struct md_doc *d, const char *text)
{
	md_doc_add(d, md_doc_line(d, MD_HANGING), MD_FOREIGN, text);
}

/* Whether receivers that run libspf2 agree. */
static void
tell_opinion(struct md_doc *d, const struct md_spf_opinion *opinion)
{
	if (opinion == NULL || opinion->fact->fact.state != MD_PRESENT)
		return;
	say(d, opinion->differs ? md_printf(d->mem, "Not so everywhere: %s.", opinion->text)
	                        : md_printf(d->mem, "Second opinion: %s says %s as well.",
	                                    opinion->fact->engine, opinion->fact->result));
}

/* The term that decided, with a caret under it; the explanation; who sees it otherwise. */
static void
tell_reasons(struct md_doc *d, const struct md_spf_view *view, const struct md_spf_asked *asked)
{
	const struct md_spf_verdict *v = asked->verdict;
	const char *other = md_spf_other_reading(d->mem, asked, &view->limits);
	const struct md_excerpt *e = &v->decisive;

	md_doc_open(d, MD_DOC_BODY);
	if (e->text.p != NULL) {
		say(d, md_printf(d->mem, "The record of %s:", v->decisive_owner));
		md_doc_excerpt(d, e->text, e->offset, e->len);
	}
	if (v->explanation[0] != '\0')
		say(d, md_printf(d->mem, "The domain explains: %s",
		                 md_quote(d->mem, md_str(v->explanation))));
	if (other[0] != '\0')
		say(d, md_printf(d->mem, "Not so everywhere: %s.", other));
	tell_opinion(d, asked->opinion);
	md_doc_close(d);
}

/* In one line when nothing but the result is wished. */
static struct md_doc_text *
begin(struct md_doc *d, const struct md_style *style)
{
	return md_doc_headline(d, style->quiet ? MD_WHOLE : MD_FLUSH);
}

static void
tell_result(struct md_doc *d, const struct md_spf_view *view, const struct md_spf_asked *asked,
            const struct md_style *style)
{
	const struct md_spf_verdict *v = asked->verdict;
	struct md_doc_text *line = begin(d, style);

	md_doc_lead(d, line, md_spf_result_ink(v->result), md_spf_result_name(v->result));
	md_doc_lead(d, line, MD_PLAIN, ": ");
	md_doc_add(d, line, MD_FOREIGN, md_printf(d->mem, "%s.", sentence(d->mem, asked)));
	if (view->n == 1 && !style->quiet)
		tell_reasons(d, view, asked);
}

/* "256 IPv4 addresses and 1 IPv6 network (/64)"; "" for none. */
static const char *
networks(struct md_arena *mem, const struct md_spf_tree *tree)
{
	struct md_buf out = { .mem = mem };

	if (tree->ipv4 > 0)
		md_buf_printf(&out, "%" PRIu64 " IPv4 %s", tree->ipv4,
		              tree->ipv4 == 1 ? "address" : "addresses");
	if (tree->ipv6 > 0 && tree->ipv4 > 0)
		md_buf_printf(&out, " and ");
	if (tree->ipv6 == UINT64_MAX)
		md_buf_printf(&out, "all of IPv6");
	else if (tree->ipv6 > 0)
		md_buf_printf(&out, "%" PRIu64 " IPv6 %s (/64)", tree->ipv6,
		              tree->ipv6 == 1 ? "network" : "networks");
	return md_buf_str(&out);
}

static const char *
reach(struct md_arena *mem, const struct md_spf_tree *tree)
{
	const char *known = networks(mem, tree);

	if (tree->everybody)
		return "everybody may send";
	if (known[0] != '\0')
		return md_printf(mem, "%s may send%s%s", known,
		                 tree->by_sender > 0
		                         ? ", and more by terms that depend on the message"
		                         : "",
		                 tree->in_part ? ", and more that could not be looked up" : "");
	if (tree->in_part)
		return "who may send could not be looked up";
	return tree->by_sender > 0 ? "who may send depends on the message" : "nobody may send";
}

static const char *
lacking(struct md_arena *mem, const struct md_spf_published *published)
{
	if (published == NULL)
		return "not the name of a domain on the Internet";
	if (published->txt->fact.state == MD_UNKNOWN)
		return "its SPF record could not be looked up";
	if (published->n == 0)
		return "it has no SPF record";
	return md_printf(mem, "it has %zu SPF records, where one must be", published->n);
}

static const char *
cost(struct md_arena *mem, const struct md_spf_view *view)
{
	const struct md_spf_tree *tree = view->tree;

	if (tree == NULL)
		return lacking(mem, view->published);
	return md_printf(mem, "its SPF record needs %s%u of %u lookups, %u of %u void; %s",
	                 tree->cut[0] != '\0' ? "at least " : "", tree->terms,
	                 tree->limits.terms, tree->voids[0], tree->limits.voids,
	                 reach(mem, tree));
}

static void
headline(struct md_doc *d, const struct md_report *report, const struct md_style *style,
         const void *part)
{
	const struct md_spf_view *view = part;
	struct md_doc_text *line;

	for (size_t i = 0; i < view->n; i++)
		tell_result(d, view, &view->asked[i], style);
	if (view->n > 0)
		return;
	line = md_doc_lead_as(d, begin(d, style), MD_WORD, md_verdict_ink(report->verdict), "");
	md_doc_lead(d, line, MD_PLAIN, "  ");
	md_doc_lead(d, line, MD_STRONG, report->subject->domain);
	md_doc_add(d, line, MD_FOREIGN, md_printf(d->mem, ": %s.", cost(d->mem, view)));
}

static void
tell(struct md_doc *d, const struct md_report *report, const void *part, bool verbose)
{
	const struct md_spf_view *view = part;

	(void)report;
	for (size_t i = 0; i < view->n; i++)
		if (view->n == 1 || verbose)
			md_spf_tell_trace(d, view, &view->asked[i]);
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	md_json_spf(j, part);
}

const struct md_report_part md_part_spf = {
	.name = "spf",
	.place = MD_BELOW_FINDINGS,
	.headline = headline,
	.tell = tell,
	.json = put_json,
};
