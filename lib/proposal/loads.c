/* Would a name server load the zone?  What it refuses however right each record is. */
#include <string.h>

#include "base/name.h"
#include "proposal/read.h"

/* The records of a zone by owner. */
struct zone {
	struct md_input *in;
	const struct md_rr *const *rr;
	const char *apex;
};

/* The first record of a name; in->n when there is none. */
static size_t
first_of(const struct zone *z, const char *name)
{
	size_t low = 0, high = z->in->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (strcmp(z->rr[middle]->owner, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < z->in->n && strcmp(z->rr[low]->owner, name) == 0 ? low : z->in->n;
}

/* The name's first record of a type, or NULL. */
static const struct md_rr *
find(const struct zone *z, const char *name, uint16_t type)
{
	for (size_t i = first_of(z, name); i < z->in->n; i++) {
		if (strcmp(z->rr[i]->owner, name) != 0)
			break;
		if (z->rr[i]->type == type)
			return z->rr[i];
	}
	return NULL;
}

static void
refused(const struct zone *z, const struct md_rr *rr, const char *evidence)
{
	md_input_fault(z->in, rr, "zone.refused", evidence);
}

/* RFC 1035 5.2: "Exactly one SOA RR should be present at the top of the zone." */
static void
judge_soas(const struct zone *z, const struct md_rr *soa)
{
	struct md_arena *mem = z->in->mem;

	for (size_t i = 0; i < z->in->n; i++) {
		const struct md_rr *rr = z->rr[i];

		if (rr->type != MD_SOA || !md_name_under(rr->owner, z->apex))
			continue;
		if (strcmp(rr->owner, z->apex) != 0)
			refused(z, rr,
			        md_printf(mem, "SOA of %s, which is not the top of the zone %s",
			                  rr->owner, z->apex));
		else if (md_rr_compare(rr, soa) != 0)
			refused(z, rr,
			        md_printf(mem, "more than one SOA record of %s", z->apex));
	}
}

/* Is the name below a cut, or could a wildcard stand for it? */
static bool
is_elsewhere(const struct zone *z, const char *name)
{
	for (; strcmp(name, z->apex) != 0; name = md_name_parent(name))
		if (find(z, name, MD_NS) != NULL ||
		    first_of(z, md_printf(z->in->mem, "*.%s", md_name_parent(name))) < z->in->n)
			return true;
	return false;
}

static void
judge_server(const struct zone *z, const struct md_rr *ns)
{
	const char *host = ns->name;

	if (!md_name_under(host, z->apex) || find(z, host, MD_A) != NULL ||
	    find(z, host, MD_AAAA) != NULL)
		return;
	if (find(z, host, MD_CNAME) != NULL)
		refused(z, ns,
		        md_printf(z->in->mem, "NS of %s leads to %s, which is an alias (CNAME)",
		                  z->apex, host));
	else if (!is_elsewhere(z, host))
		refused(z, ns,
		        md_printf(z->in->mem,
		                  "NS of %s leads to %s, which has no address record", z->apex,
		                  host));
}

/* Cloudflare's exports come without name servers, and go back to where these are added. */
static bool
is_export(const struct md_input *in, const struct md_rr *soa)
{
	enum { MOST_LINES = 10 };
	struct md_str rest = in->text, line;

	for (size_t i = 0; i < MOST_LINES && md_str_cut(&rest, '\n', &line); i++)
		if (md_str_starts(md_str_trim(line, "; \t"), "Exported:"))
			return true;
	return md_name_under(soa->soa.mname, "cloudflare.com");
}

void
md_input_judge_loading(struct md_input *in, const struct md_rr *const *sorted, const char *apex)
{
	const struct zone z = { in, sorted, apex };
	const struct md_rr *soa = find(&z, apex, MD_SOA);

	/* Without SOA it is a list of records for a provider who adds what is missing. */
	if (soa == NULL || strcmp(apex, ".") == 0 || is_export(in, soa))
		return;
	judge_soas(&z, soa);
	if (find(&z, apex, MD_NS) == NULL)
		refused(&z, soa, md_printf(in->mem, "no NS record of %s", apex));
	for (size_t i = first_of(&z, apex); i < in->n && strcmp(sorted[i]->owner, apex) == 0;
	     i++)
		if (sorted[i]->type == MD_NS)
			judge_server(&z, sorted[i]);
}
