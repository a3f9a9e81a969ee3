/* A DNS fact in words: the question, its answer, and how long which server took for it. */
#include "kind/dns.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "doc/doc.h"

static const char *
answer_text(struct md_arena *mem, const struct md_dns *dns)
{
	if (dns->fact.state == MD_UNKNOWN || dns->fact.state == MD_WANTED)
		return md_printf(mem, "unknown: %s", dns->fact.why);
	if (dns->fact.state == MD_ABSENT)
		return dns->rcode == MD_NXDOMAIN ? "NXDOMAIN" : "no such record";
	if (dns->n == 1)
		return md_rr_text(mem, &dns->rr[0]);
	return md_plural(mem, dns->n, "record", "records");
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
		md_buf_item(&list, ", ", "authenticated");
	if (!network)
		md_buf_item(&list, "; ", "%s", slash != NULL ? slash + 1 : dns->origin);
	return list.len > 0 ? md_printf(mem, "  (%s)", md_buf_str(&list)) : "";
}

static void
tell_attempt(struct md_doc *d, const struct md_attempt *a)
{
	md_doc_lead(d, md_doc_line(d, MD_WHOLE), MD_FAINT,
	            md_printf(d->mem, "%s over %s: %s, %.1f ms%s", a->server,
	                      a->tcp ? "TCP" : "UDP", a->outcome, a->microseconds / 1000.0,
	                      a->truncated ? ", truncated" : ""));
}

/* Records stay in one piece, so that they can be copied. */
static void
tell_details(struct md_doc *d, const struct md_dns *dns)
{
	md_doc_open(d, MD_DOC_INSET);
	for (size_t i = 0; dns->n > 1 && i < dns->n; i++)
		md_doc_say(d, MD_WHOLE, md_rr_text(d->mem, &dns->rr[i]));
	md_doc_open(d, MD_DOC_INSET);
	for (size_t i = 0; i < dns->nattempts; i++)
		tell_attempt(d, &dns->attempts[i]);
	md_doc_close(d);
	md_doc_close(d);
}

void
md_dns_tell(struct md_doc *d, const struct md_fact *fact)
{
	const struct md_dns *dns = (const struct md_dns *)fact;
	struct md_doc_text *line = md_doc_line(d, MD_WHOLE);

	md_doc_lead(d, line, MD_LABEL, md_question_text(d->mem, &dns->question));
	for (size_t i = 0; i < dns->naliases; i++)
		md_doc_lead(d, line, MD_PLAIN,
		            md_printf(d->mem, ", an alias of %s", dns->aliases[i].name));
	md_doc_lead(d, line, MD_PLAIN, md_printf(d->mem, ": %s", answer_text(d->mem, dns)));
	md_doc_lead(d, line, MD_FAINT, remarks(d->mem, dns));
	tell_details(d, dns);
}
