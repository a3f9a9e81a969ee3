/* From a finding back to the line that caused it. */
#include "gate/place.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"

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

/* Where a check's records stand: before the domain or the finding's subject. */
static const struct {
	const char *check, *prefix;
	uint16_t type;
	const char *mention;
} spots[] = {
	{ "spf", "", MD_TXT, "v=spf1" },
	{ "alignment", "_dmarc.", MD_TXT, "v=DMARC1" },
	{ "alignment", "", MD_TXT, "v=spf1" },
	{ "dmarc", "_dmarc.", MD_TXT, "v=DMARC1" },
	{ "mta-sts", "_mta-sts.", MD_TXT, "v=STSv1" },
	{ "tls-rpt", "_smtp._tls.", MD_TXT, "v=TLSRPTv1" },
	{ "bimi", "default._bimi.", MD_TXT, "v=BIMI1" },
	{ "dkim", "", MD_TXT, "" },
	{ "mx", "", MD_MX, "" },
	{ "dns", "", MD_TXT, "" },
	{ "dns", "", MD_NS, "" },
	{ "helo", "", MD_A, "" },
	{ "ptr", "", MD_A, "" },
};

/* Places that are told by name and type: the best so far. */
static bool
better(struct md_place *best, struct md_place place)
{
	if (place.file[0] != '\0' && (best->file[0] == '\0' || best->line == 0))
		*best = place;
	return best->line > 0;
}

static struct md_place
of_mx(const struct md_proposal *p, struct md_arena *mem, const char *domain, const char *about)
{
	struct md_place best = { "", 0 };

	better(&best, md_gate_place_at(p, mem, domain, MD_MX, about));
	return best;
}

struct md_place
md_gate_place(const struct md_proposal *p, struct md_arena *mem, const char *check,
              const char *domain, const char *about)
{
	const char *names[] = { md_name_normal(mem, md_str(about)), domain };
	struct md_place best = { "", 0 };

	if (strcmp(check, "mx") == 0)
		return of_mx(p, mem, domain, names[0]);
	if (strcmp(check, "dkim") == 0)
		names[1] = names[0]; /* a key's name is all that there is to it */
	for (size_t n = 0; n < MD_COUNT(names); n++) {
		for (size_t i = 0; i < MD_COUNT(spots); i++) {
			const char *name;

			if (strcmp(spots[i].check, check) != 0)
				continue;
			name = md_str_starts(md_str(names[n]), spots[i].prefix)
			               ? names[n]
			               : md_printf(mem, "%s%s", spots[i].prefix, names[n]);
			if (md_name_fits(name) &&
			    better(&best, md_gate_place_at(p, mem, name, spots[i].type,
			                                   spots[i].mention)))
				return best;
		}
	}
	return best;
}
