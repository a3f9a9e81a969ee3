/* Holds the answers of both sides against each other. */
#include "gate/differs.h"

#include <string.h>

#include "ask/check.h"

bool
md_gate_same_answer(const struct md_dns *a, const struct md_dns *b)
{
	if (a->fact.state != b->fact.state || a->n != b->n || a->rcode != b->rcode ||
	    strcmp(a->canonical, b->canonical) != 0)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (md_rr_compare(&a->rr[i], &b->rr[i]) != 0)
			return false;
	return true;
}

/* Records whose names say what they are for, and the checks that read them. */
static const struct {
	const char *label, *checks;
} named[] = {
	{ "_dmarc.", " dmarc alignment bimi zone " },
	{ "_domainkey.", " dkim alignment zone " },
	{ "_mta-sts.", " mta-sts zone " },
	{ "_tls.", " tls-rpt zone " },
	{ "_bimi.", " bimi " },
};

static const char *
readers(const struct md_question *q)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (strstr(q->name, named[i].label) != NULL)
			return named[i].checks;
	switch (q->type) {
	case MD_TXT:
		return " spf dns alignment helo zone ";
	case MD_NS:
		return " dns zone ";
	case MD_SOA:
		return " "; /* its serial is raised by every change */
	case MD_DS:
	case MD_DNSKEY:
		return " dnssec ";
	case MD_MX:
		return " mx spf ptr helo mta-sts dns zone ";
	default:
		return " mx spf ptr helo mta-sts dns dnsbl zone ";
	}
}

static bool
reads(const char *check, const struct md_question *q)
{
	const char *at = readers(q);
	const size_t len = strlen(check);

	while ((at = strstr(at, check)) != NULL) {
		if (at[-1] == ' ' && at[len] == ' ')
			return true;
		at += len;
	}
	return false;
}

static const struct md_dns *
same_question(const struct md_report *report, const struct md_question *q)
{
	for (size_t i = 0; i < report->nfacts; i++)
		if (report->facts[i]->kind == MD_FACT_DNS &&
		    md_question_same(&((const struct md_dns *)report->facts[i])->question, q))
			return (const struct md_dns *)report->facts[i];
	return NULL;
}

bool
md_gate_differs(const struct md_gate_sides *sides, const char *check)
{
	for (size_t i = 0; i < sides->proposed->nfacts; i++) {
		const struct md_dns *after = (const struct md_dns *)sides->proposed->facts[i];
		const struct md_dns *before;

		if (after->fact.kind != MD_FACT_DNS ||
		    (check != NULL && !reads(check, &after->question)))
			continue;
		before = same_question(sides->base, &after->question);
		if (before != NULL && !md_gate_same_answer(before, after))
			return true;
	}
	return false;
}

bool
md_gate_same_at(const struct md_gate_sides *sides, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, 0, "" };
	const struct md_dns *before = same_question(sides->base, &q);
	const struct md_dns *after = same_question(sides->proposed, &q);

	return before != NULL && after != NULL && before->fact.state == MD_PRESENT &&
	       md_gate_same_answer(before, after);
}

bool
md_gate_is_first_seen(const struct md_gate_sides *sides, const char *check)
{
	for (size_t i = 0; i < sides->proposed->nfacts; i++) {
		const struct md_dns *after = (const struct md_dns *)sides->proposed->facts[i];
		const struct md_dns *before;

		if (after->fact.kind != MD_FACT_DNS || after->fact.state == MD_UNKNOWN ||
		    !reads(check, &after->question))
			continue;
		before = same_question(sides->base, &after->question);
		if (before != NULL && before->fact.state == MD_UNKNOWN)
			return true;
	}
	return false;
}
