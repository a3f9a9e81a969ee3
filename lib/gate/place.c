/* From a finding back to the line that caused it. */
#include "gate/place.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "fact/kind.h"

/* Of a record's kinds of text, the one that the check reads. */
static bool
is_meant(struct md_arena *mem, const struct md_rr *rr, const char *mention)
{
	if (rr->type == MD_MX)
		return strcmp(rr->mx.exchange, mention) == 0;
	if (rr->type == MD_TXT)
		return md_str_starts_nocase(md_str_trim(rr->txt.joined, " \""), mention);
	return strstr(md_rr_text(mem, rr), mention) != NULL;
}

struct md_place
md_gate_place_at(const struct md_proposal *p, struct md_arena *mem, const char *name,
                 uint16_t type, const char *mention)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_place place = md_proposal_place(p, name, type);
	struct md_dns dns = { .origin = "" };
	const struct md_rr *last = NULL;

	if (place.file[0] == '\0' || mention[0] == '\0')
		return place;
	md_proposal_find(p, mem, &q, &dns);
	for (size_t i = 0; i < dns.n; i++)
		if (is_meant(mem, &dns.rr[i], mention) &&
		    (last == NULL || dns.rr[i].line > last->line))
			last = &dns.rr[i]; /* of two SPF records the later one is too many */
	return last != NULL ? md_proposal_place_of(p, last) : place;
}

/* ---- as the check says ---- */

/* Of the records that are proposed there, the very one. */
static struct md_place
place_of(const struct md_proposal *p, struct md_arena *mem, const struct md_about *about)
{
	const struct md_question q = { about->name, about->type, 0, "" };
	struct md_place place = md_proposal_place(p, about->name, about->type);
	struct md_dns dns = { .origin = "" };

	if (place.file[0] == '\0' || about->rr == NULL)
		return place;
	md_proposal_find(p, mem, &q, &dns);
	for (size_t i = 0; i < dns.n; i++)
		if (md_rr_compare(&dns.rr[i], about->rr) == 0)
			return md_proposal_place_of(p, &dns.rr[i]);
	return place;
}

/* The same; where the proposal has no part in it the domain's own record of that sort. */
static struct md_place
place_said(const struct md_proposal *p, struct md_arena *mem, const char *domain,
           const struct md_about *about)
{
	struct md_place place = place_of(p, mem, about);
	struct md_str begins;

	if (place.file[0] != '\0' || about->rr == NULL || about->type != MD_TXT)
		return place;
	begins = about->rr->txt.joined;
	begins.len = strcspn(md_strndup(mem, begins.p, begins.len), " ;");
	return md_gate_place_at(p, mem, domain, MD_TXT, md_strndup(mem, begins.p, begins.len));
}

/* ---- by what it has read ---- */

/*
 * How well a name that was read fits the one that is meant: 2 for the name below a label that
 * says what it is for ("_dmarc.example.com"), 1 for the name itself, 0 for any other.
 */
static int
nearness(const char *read, const char *meant)
{
	const size_t len = strlen(read), of = strlen(meant);

	if (strcmp(read, meant) == 0)
		return 1;
	return read[0] == '_' && len > of && strcmp(read + len - of, meant) == 0 &&
	                       read[len - of - 1] == '.'
	               ? 2
	               : 0;
}

/* The best place among the facts that the check has read, for a name that is meant. */
static struct md_place
place_read(const struct md_proposal *p, const struct md_report *report,
           const struct md_result *r, const char *meant)
{
	struct md_place best = { "", 0, NULL };
	int nearest = 0;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_fact_kind *kind = report->facts[i]->kind;
		struct md_place place;
		const char *name;
		uint16_t type;
		int near;

		if (!md_bits_has(&r->reads.all, i) || kind->name_in_dns == NULL)
			continue;
		name = kind->name_in_dns(kind->question(report->facts[i]), &type);
		near = nearness(name, meant);
		if (near == 0)
			continue;
		place = md_proposal_place(p, name, type);
		near += place.line > 0 ? 2 : 0;
		if (place.file[0] != '\0' && near > nearest) {
			best = place;
			nearest = near;
		}
	}
	return best;
}

struct md_place
md_gate_place(const struct md_proposal *p, struct md_arena *mem, const struct md_report *report,
              const struct md_result *r, const struct md_finding *f)
{
	struct md_place place;

	if (f->about.name != NULL)
		return place_said(p, mem, report->subject->domain, &f->about);
	place = place_read(p, report, r, md_name_normal(mem, md_str(f->subject)));
	if (place.file[0] == '\0')
		place = place_read(p, report, r, report->subject->domain);
	return place;
}

void
md_gate_set_place(struct md_arena *mem, struct md_notice *row, struct md_place place)
{
	row->file = place.file;
	row->line = place.line;
	if (place.within != NULL)
		row->evidence = md_printf(mem, "%s: %s", md_show(mem, md_str(place.within)),
		                          row->evidence);
}
