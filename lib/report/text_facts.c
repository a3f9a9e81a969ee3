/* The facts, for -v: every question, its answer, and how long which server took for it. */
#include "report/text.h"

#include <inttypes.h>

#include "base/arena.h"
#include "fact/dns.h"

static const char *
answer_text(struct md_arena *mem, const struct md_dns *dns)
{
	if (dns->fact.state == MD_UNKNOWN || dns->fact.state == MD_WANTED)
		return md_printf(mem, "unknown: %s", dns->fact.why);
	if (dns->fact.state == MD_ABSENT)
		return dns->rcode == MD_NXDOMAIN ? "no such name (NXDOMAIN)"
		                                 : "no such record (NODATA)";
	return md_printf(mem, "%s, TTL %" PRIu32 "%s",
	                 md_text_count(mem, dns->n, "record", "records"), dns->ttl,
	                 dns->ad ? ", authenticated (AD)" : "");
}

static void
put_attempt(const struct md_page *page, const struct md_attempt *a)
{
	md_page_blank(page, 6);
	md_page_wrap(page, 6, 8,
	             md_printf(page->mem, "%s over %s: %s in %.1f ms%s", a->server,
	                       a->tcp ? "TCP" : "UDP", a->outcome, a->microseconds / 1000.0,
	                       a->truncated ? ", truncated" : ""));
}

static void
put_fact(const struct md_page *page, const struct md_dns *dns)
{
	md_page_blank(page, 2);
	md_page_wrap(page, 2, 4,
	             md_printf(page->mem, "%s: %s [%s]",
	                       md_question_text(page->mem, &dns->question),
	                       answer_text(page->mem, dns), dns->origin));
	for (size_t i = 0; i < dns->naliases; i++) {
		md_page_blank(page, 4);
		md_page_wrap(page, 4, 6,
		             md_printf(page->mem, "%s CNAME %s", dns->aliases[i].owner,
		                       md_rr_text(page->mem, &dns->aliases[i])));
	}
	for (size_t i = 0; i < dns->n && dns->fact.state == MD_PRESENT; i++) {
		md_page_blank(page, 4);
		md_page_wrap(page, 4, 6, md_rr_text(page->mem, &dns->rr[i]));
	}
	for (size_t i = 0; i < dns->nattempts; i++)
		put_attempt(page, &dns->attempts[i]);
}

void
md_text_facts(const struct md_page *page, const struct md_report *report)
{
	putc('\n', page->out);
	md_page_put(page, MD_BOLD,
	            md_printf(page->mem, "What was asked: %s in %" PRIu32 " ms",
	                      md_text_count(page->mem, report->nfacts, "question", "questions"),
	                      report->milliseconds));
	putc('\n', page->out);
	for (size_t i = 0; i < report->nfacts; i++)
		if (report->facts[i]->kind == MD_FACT_DNS)
			put_fact(page, (const struct md_dns *)(const void *)report->facts[i]);
}
