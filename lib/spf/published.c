/* The SPF records published at a name, or proposed for it. */
#include <string.h>

#include "base/name.h"
#include "kind/dns.h"
#include "spf/check_host.h"

/* What a lookup would find, had the proposed record been published. */
static const struct md_dns *
proposed_txt(struct md_arena *mem, const char *name, const char *record)
{
	struct md_dns *txt = md_alloc(mem, sizeof(*txt));
	struct md_rr *rr = md_alloc(mem, sizeof(*rr));

	name = md_strdup(mem, name);
	rr->owner = name;
	rr->type = MD_TXT;
	rr->txt.joined = md_str(record);
	rr->txt.n = 1;
	rr->txt.strings = &rr->txt.joined;
	*txt = (struct md_dns){
		.fact = { .kind = &md_dns_kind, .state = MD_PRESENT, .why = "" },
		.question = { .name = name, .type = MD_TXT, .server = "" },
		.canonical = name,
		.n = 1,
		.rr = rr,
		.origin = "--spf",
	};
	return txt;
}

static const void *
find_published(struct md_ctx *c, const char *name)
{
	struct md_spf_published *found = md_alloc(md_mem(c), sizeof(*found));
	const char *proposed = md_subject(c)->spf_record;
	const struct md_rr *record = NULL;

	if (proposed != NULL && strcmp(name, md_domain(c)) == 0)
		found->txt = proposed_txt(md_mem(c), name, proposed);
	else
		found->txt = md_dns(c, MD_TXT, name);
	for (size_t i = 0; i < found->txt->n; i++) {
		if (found->txt->rr[i].type != MD_TXT ||
		    !md_spf_is_record(found->txt->rr[i].txt.joined))
			continue;
		record = &found->txt->rr[i];
		found->n++;
	}
	if (found->n == 1)
		found->record = md_spf_parse(md_mem(c), record->txt.joined);
	return found;
}

const struct md_spf_published *
md_spf_published(struct md_ctx *c, const char *name)
{
	return md_derive(c, find_published, md_name_normal(md_mem(c), md_str(name)));
}
