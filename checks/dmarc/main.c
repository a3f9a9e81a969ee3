/* The main facts of DMARC: where the policy is from, and what it asks for. */
#include "rules.h"

static const char *const origins[] = {
	[MD_DMARC_FROM_NOWHERE] = MD_MAIN_ABSENT,
	[MD_DMARC_FROM_AUTHOR] = "own",
	[MD_DMARC_FROM_ORGANISATIONAL] = "organisational",
	[MD_DMARC_FROM_SUFFIX] = "suffix",
};

static const char *
request_name(enum md_dmarc_request policy)
{
	return policy == MD_DMARC_ABSENT ? MD_MAIN_ABSENT : md_dmarc_request_name(policy);
}

static void
tell_record(struct md_ctx *c, const struct md_dmarc *record)
{
	bool reports = false;

	for (size_t i = 0; i < record->rua.n; i++)
		reports = reports || record->rua.uri[i].fault[0] == '\0';
	md_main(c, MD_MAIN_DMARC_T, "%c", record->testing ? 'y' : 'n');
	md_main(c, MD_MAIN_DMARC_PCT, "%u", record->pct);
	md_main(c, MD_MAIN_DMARC_RUA, "%s", reports ? "present" : MD_MAIN_ABSENT);
}

void
md_dmarc_tell_main(struct md_ctx *c, const struct md_dmarc_discovery *found,
                   const struct md_dmarc_walk *walk)
{
	enum md_dmarc_tag tag;

	if (found->known) {
		md_main(c, MD_MAIN_DMARC, "%s", origins[found->origin]);
		md_main(c, MD_MAIN_DMARC_P, "%s", request_name(found->policy));
		if (found->place != NULL)
			tell_record(c, found->place->record);
	}
	if (walk->organisational == NULL)
		return;
	md_main(c, MD_MAIN_DMARC_SP, "%s",
	        walk->covering == NULL
	                ? MD_MAIN_ABSENT
	                : request_name(md_dmarc_policy_of(walk->covering->record,
	                                                  MD_DMARC_SUBDOMAIN, &tag)));
}
