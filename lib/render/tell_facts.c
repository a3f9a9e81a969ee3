/* The facts, for -v: every question, its answer, and how long which server took for it. */
#include "render/tell.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "dns/dns.h"
#include "fact/opinion.h"

static const char *
answer_text(struct md_arena *mem, const struct md_dns *dns)
{
	if (dns->fact.state == MD_UNKNOWN || dns->fact.state == MD_WANTED)
		return md_printf(mem, "unknown: %s", dns->fact.why);
	if (dns->fact.state == MD_ABSENT)
		return dns->rcode == MD_NXDOMAIN ? "NXDOMAIN" : "no such record";
	if (dns->n == 1)
		return md_rr_text(mem, &dns->rr[0]);
	return md_text_count(mem, dns->n, "record", "records");
}

/* What else there is to say of an answer: " (TTL 300, authenticated; example.com.zone)". */
static const char *
remarks(struct md_arena *mem, const struct md_dns *dns)
{
	const bool network = dns->nattempts > 0 || dns->origin[0] == '\0';
	const char *slash = strrchr(dns->origin, '/');
	struct md_buf list = { .mem = mem };

	if (dns->fact.state == MD_PRESENT)
		md_buf_printf(&list, "TTL %" PRIu32, dns->ttl);
	if (dns->ad)
		md_buf_printf(&list, "%sauthenticated", list.len > 0 ? ", " : "");
	if (!network)
		md_buf_printf(&list, "%s%s", list.len > 0 ? "; " : "",
		              slash != NULL ? slash + 1 : dns->origin);
	return list.len > 0 ? md_printf(mem, "  (%s)", md_buf_str(&list)) : "";
}

/* Records stay in one piece, so that they can be copied. */
static void
put_record(const struct md_page *page, const struct md_rr *rr)
{
	md_page_blank(page, 4);
	md_page_put(page, MD_PLAIN, md_rr_text(page->mem, rr));
	putc('\n', page->out);
}

static void
put_attempt(const struct md_page *page, const struct md_attempt *a)
{
	md_page_blank(page, 6);
	md_page_put(page, MD_FAINT,
	            md_printf(page->mem, "%s over %s: %s, %.1f ms%s", a->server,
	                      a->tcp ? "TCP" : "UDP", a->outcome, a->microseconds / 1000.0,
	                      a->truncated ? ", truncated" : ""));
	putc('\n', page->out);
}

static void
put_fact(const struct md_page *page, const struct md_dns *dns)
{
	md_page_blank(page, 2);
	md_page_put(page, MD_LABEL, md_question_text(page->mem, &dns->question));
	for (size_t i = 0; i < dns->naliases; i++)
		md_page_put(page, MD_PLAIN,
		            md_printf(page->mem, ", an alias of %s", dns->aliases[i].name));
	md_page_put(page, MD_PLAIN, md_printf(page->mem, ": %s", answer_text(page->mem, dns)));
	md_page_put(page, MD_FAINT, remarks(page->mem, dns));
	putc('\n', page->out);
	for (size_t i = 0; dns->n > 1 && i < dns->n; i++)
		put_record(page, &dns->rr[i]);
	for (size_t i = 0; i < dns->nattempts; i++)
		put_attempt(page, &dns->attempts[i]);
}

static void
put_opinion(const struct md_page *page, const struct md_opinion *o)
{
	const char *answer = o->fact.why;

	if (o->fact.state == MD_PRESENT)
		answer = md_printf(page->mem, "%s (%s)", o->result, o->detail);
	md_page_blank(page, 2);
	md_page_put(page, MD_LABEL, md_printf(page->mem, "opinion of %s", o->engine));
	md_page_put(page, MD_PLAIN, md_printf(page->mem, ": %s", answer));
	md_page_put(
	        page, MD_FAINT,
	        md_printf(page->mem, "  (asked for %s)", md_show(page->mem, md_str(o->input))));
	putc('\n', page->out);
}

static size_t
count_questions(const struct md_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nfacts; i++)
		n += report->facts[i]->kind == MD_FACT_DNS;
	return n;
}

void
md_text_facts(const struct md_page *page, const struct md_report *report)
{
	putc('\n', page->out);
	md_page_put(page, MD_STRONG,
	            md_printf(page->mem, "What was asked: %s in %" PRIu32 " ms",
	                      md_text_count(page->mem, count_questions(report), "question",
	                                    "questions"),
	                      report->milliseconds));
	for (size_t i = 0; report->resolvers != NULL && report->resolvers[i] != NULL; i++)
		md_page_put(page, MD_PLAIN,
		            md_printf(page->mem, "%s%s", i > 0 ? ", " : ", of ",
		                      report->resolvers[i]));
	putc('\n', page->out);
	for (size_t i = 0; i < report->nfacts; i++) {
		if (report->facts[i]->kind == MD_FACT_DNS)
			put_fact(page, (const void *)report->facts[i]);
		else
			put_opinion(page, (const void *)report->facts[i]);
	}
}
