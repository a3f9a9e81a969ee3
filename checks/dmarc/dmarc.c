/* DMARC: which policy applies to the domain, and does the record mean what it seems to? */
#include <string.h>

#include "rules.h"

/* ---- the main facts ---- */

static const char *const origin_words[] = {
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

/* Where the policy is from, and what it asks for. */
static void
tell_main(struct md_ctx *c, const struct md_dmarc_discovery *found,
          const struct md_dmarc_walk *walk)
{
	enum md_dmarc_tag tag;

	if (found->known) {
		md_main(c, MD_MAIN_DMARC, "%s", origin_words[found->origin]);
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

/* ---- notes ---- */

static const char *const origins[] = {
	[MD_DMARC_FROM_NOWHERE] = "",
	[MD_DMARC_FROM_AUTHOR] = "its own record",
	[MD_DMARC_FROM_ORGANISATIONAL] = "record of the organisational domain",
	[MD_DMARC_FROM_SUFFIX] = "record of the public suffix",
};

static const char *
policy_text(struct md_ctx *c, const struct md_dmarc *record, enum md_dmarc_scope scope)
{
	enum md_dmarc_tag tag;
	const enum md_dmarc_request policy = md_dmarc_policy_of(record, scope, &tag);

	if (policy == MD_DMARC_ABSENT)
		return "DMARC does not apply (no valid p= and rua=)";
	if (tag == MD_DMARC_V)
		return "none (invalid or missing tags count as p=none)";
	return md_printf(md_mem(c), "%s (%s=%.*s%s)", md_dmarc_request_name(policy),
	                 md_dmarc_tag_name(tag), MD_FMT(record->value[tag]),
	                 record->testing ? "; t=y" : "");
}

/* Where a receiver of the older standard comes to another policy for the domain's own mail. */
static void
note_older_receivers(struct md_ctx *c, const struct md_dmarc_discovery *now)
{
	const struct md_dmarc_discovery *old = md_dmarc_discover_7489(c, md_domain(c));

	if (!old->known || (old->policy == now->policy && old->place == now->place))
		return;
	if (old->place == NULL || old->policy == MD_DMARC_ABSENT)
		md_note(c, "policy", "receivers of RFC 7489: no DMARC");
	else
		md_note(c, "policy", "receivers of RFC 7489: %s, from _dmarc.%s",
		        md_dmarc_request_name(old->policy), old->place->name);
}

/* Of the domain's own mail. */
static void
note_policy(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	enum md_dmarc_scope scope = MD_DMARC_SUBDOMAIN;

	if (!found->known)
		return;
	if (found->place == NULL) {
		md_note(c, "policy", "%s: none found", md_domain(c));
		return;
	}
	if (found->origin == MD_DMARC_FROM_AUTHOR)
		scope = MD_DMARC_SELF;
	else if (found->tag == MD_DMARC_NP)
		scope = MD_DMARC_NONEXISTENT;
	md_note(c, "record", "_dmarc.%s%s: %s", found->place->name,
	        md_dmarc_alias(c, found->place),
	        md_show(md_mem(c), found->place->record->text));
	md_note(c, "policy", "%s: %s, from _dmarc.%s (%s)", md_domain(c),
	        policy_text(c, found->place->record, scope), found->place->name,
	        origins[found->origin]);
	note_older_receivers(c, found);
}

/* Of names below that have no record of their own. */
static void
note_subdomains(struct md_ctx *c, const struct md_dmarc_place *covering)
{
	if (covering == NULL)
		return;
	md_note(c, "policy", "subdomains without a record: %s, from _dmarc.%s",
	        policy_text(c, covering->record, MD_DMARC_SUBDOMAIN), covering->name);
	md_note(c, "policy", "subdomains that do not exist: %s, from _dmarc.%s",
	        policy_text(c, covering->record, MD_DMARC_NONEXISTENT), covering->name);
}

static void
note_organisational(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const char *by_list = md_subject(c)->organisation;

	if (strcmp(walk->organisational, by_list) == 0)
		md_note(c, "organisational domain", "%s (tree walk and Public Suffix List)",
		        by_list);
	else
		md_note(c, "organisational domain",
		        "%s by tree walk, %s by the Public Suffix List", walk->organisational,
		        by_list);
}

static void
run(struct md_ctx *c)
{
	const struct md_dmarc_place *own = md_dmarc_at(c, md_domain(c));
	const struct md_dmarc_walk *walk = md_dmarc_walk(c, md_domain(c));
	const struct md_dmarc_discovery *found = md_dmarc_discover(c, md_domain(c));

	md_at_txt(c, own->txt, "v=DMARC1");
	if (own->known && own->record == NULL)
		md_dmarc_judge_absence(c, own);
	/* A registry's record is not the domain owner's to mend. */
	if (found->place != NULL && !md_dmarc_is_registrys(c, found->place)) {
		md_at_txt(c, found->place->txt, "v=DMARC1");
		md_dmarc_judge_alias(c, found->place);
		md_dmarc_judge_record(c, found->place);
		md_dmarc_judge_reports(c, found->place);
	}
	note_policy(c, found);
	tell_main(c, found, walk);
	if (walk->organisational == NULL) {
		md_dmarc_judge_own_policy(c, found); /* it does not hang on the names above */
		return;
	}
	md_dmarc_judge_tree(c, walk);
	md_dmarc_judge_policy(c, walk);
	note_subdomains(c, walk->covering);
	note_organisational(c, walk);
}

const struct md_check md_check_dmarc = {
	.name = "dmarc",
	.title = "DMARC policy",
	.way = MD_OUTWARD,
	.question = "What shall receivers do with forged mail, and who is told?",
	MD_RULES(md_dmarc_rules),
	.run = run,
};
