/* The head of the report of `maildiag spf`: a sentence for each address, or the cost. */
#include <inttypes.h>

#include "base/arena.h"
#include "render/tell.h"

enum { INDENT = 6 };

enum md_ink
md_text_spf_ink(enum md_spf_result result)
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
put_indented(const struct md_page *page, const char *text)
{
	md_page_blank(page, INDENT);
	md_page_wrap(page, INDENT, INDENT + 2, text);
}

/* Whether receivers that run libspf2 agree. */
static void
put_opinion(const struct md_page *page, const struct md_spf_opinion *opinion)
{
	if (opinion == NULL || opinion->fact->fact.state != MD_PRESENT)
		return;
	put_indented(page,
	             opinion->differs
	                     ? md_printf(page->mem, "Not so everywhere: %s.", opinion->text)
	                     : md_printf(page->mem, "Second opinion: %s says %s as well.",
	                                 opinion->fact->engine, opinion->fact->result));
}

/* The term that decided, with a caret under it; the explanation; who sees it otherwise. */
static void
put_reasons(const struct md_page *page, const struct md_spf_view *view,
            const struct md_spf_asked *asked)
{
	const struct md_spf_verdict *v = asked->verdict;
	const char *other = md_spf_other_reading(page->mem, asked, &view->limits);
	const struct md_excerpt *e = &v->decisive;

	if (e->text.p != NULL) {
		put_indented(page,
		             md_printf(page->mem, "The record of %s:", v->decisive_owner));
		md_page_point(page, INDENT + 2, e->text, e->offset, e->len);
	}
	if (v->explanation[0] != '\0')
		put_indented(page, md_printf(page->mem, "The domain explains: %s",
		                             md_quote(page->mem, md_str(v->explanation))));
	if (other[0] != '\0')
		put_indented(page, md_printf(page->mem, "Not so everywhere: %s.", other));
	put_opinion(page, asked->opinion);
}

/* In one line when nothing but the result is wished. */
static void
put_sentence(const struct md_page *page, unsigned at, const char *text,
             const struct md_style *style)
{
	text = md_printf(page->mem, "%s.", text);
	if (!style->quiet) {
		md_page_wrap(page, at, INDENT, text);
		return;
	}
	md_page_put(page, MD_PLAIN, text);
	putc('\n', page->out);
}

static void
put_result(const struct md_page *page, const struct md_spf_view *view,
           const struct md_spf_asked *asked, const struct md_style *style)
{
	const struct md_spf_verdict *v = asked->verdict;
	unsigned at =
	        md_page_put(page, md_text_spf_ink(v->result), md_spf_result_name(v->result));

	at += md_page_put(page, MD_PLAIN, ": ");
	put_sentence(page, at, sentence(page->mem, asked), style);
	if (view->n == 1 && !style->quiet)
		put_reasons(page, view, asked);
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
cost(struct md_arena *mem, const struct md_report *report)
{
	const struct md_spf_tree *tree = report->shown.spf->tree;

	if (tree == NULL)
		return lacking(mem, report->shown.spf->published);
	return md_printf(mem, "its SPF record needs %s%u of %u lookups, %u of %u void; %s",
	                 tree->cut[0] != '\0' ? "at least " : "", tree->terms,
	                 tree->limits.terms, tree->voids[0], tree->limits.voids,
	                 reach(mem, tree));
}

void
md_text_spf(const struct md_page *page, const struct md_report *report,
            const struct md_style *style)
{
	const struct md_spf_view *view = report->shown.spf;
	unsigned at;

	for (size_t i = 0; i < view->n; i++)
		put_result(page, view, &view->asked[i], style);
	if (view->n > 0)
		return;
	at = md_page_put(page, md_text_ink(report->verdict), md_text_word(report->verdict));
	at += md_page_put(page, MD_PLAIN, "  ");
	at += md_page_put(page, MD_STRONG, report->subject->domain);
	put_sentence(page, at, md_printf(page->mem, ": %s", cost(page->mem, report)), style);
}
