/* The DMARC records of a name, before and after: policies, modes and report addresses. */
#include <string.h>

#include "base/arena.h"
#include "plan/proof.h"
#include "plan/watch.h"
#include "record/tags.h"

/* What a record asks for, for each of whom it concerns. */
enum { SELF, SUBDOMAIN, NONEXISTENT, SELF_7489, SUBDOMAIN_7489, NSCOPES };

struct policies {
	enum md_dmarc_request of[NSCOPES];
};

static struct policies
policies_of(const struct md_dmarc *record)
{
	enum md_dmarc_tag tag;
	struct policies p = { { MD_DMARC_ABSENT } };

	if (record == NULL)
		return p;
	p.of[SELF] = md_dmarc_policy_of(record, MD_DMARC_SELF, &tag);
	p.of[SUBDOMAIN] = md_dmarc_policy_of(record, MD_DMARC_SUBDOMAIN, &tag);
	p.of[NONEXISTENT] = md_dmarc_policy_of(record, MD_DMARC_NONEXISTENT, &tag);
	p.of[SELF_7489] = md_dmarc_policy_of_7489(record, MD_DMARC_SELF);
	p.of[SUBDOMAIN_7489] = md_dmarc_policy_of_7489(record, MD_DMARC_SUBDOMAIN);
	return p;
}

/* No policy and one that asks for nothing come to the same. */
static int
strength(enum md_dmarc_request policy)
{
	return policy < MD_DMARC_NONE ? (int)MD_DMARC_NONE : (int)policy;
}

/* The one record of a list, NULL for none or several. */
static const struct md_dmarc *
one_of(struct md_arena *mem, const struct md_rdata_list *list, size_t *n)
{
	const struct md_dmarc *one = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const struct md_str text = md_rdata_text(mem, list->p[i]);
		const char *says;
		struct md_str at;

		if (md_dmarc_starts(text, &says, &at) != MD_DMARC_RECORD)
			continue;
		one = md_dmarc_parse(mem, text);
		(*n)++;
	}
	return *n == 1 ? one : NULL;
}

/* The records that count as meant: the one in force, else all that were tried, mended. */
struct asked {
	size_t n;
	const struct md_dmarc **records;
};

static void
ask(struct md_arena *mem, struct asked *asked, const struct md_rdata_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct md_str text = md_rdata_text(mem, list->p[i]);
		const char *says;
		struct md_str at;

		if (text.p != NULL && md_dmarc_starts(text, &says, &at) != MD_DMARC_OTHER)
			MD_PUSH(mem, asked->records, asked->n,
			        md_dmarc_parse(mem, md_str(md_dmarc_mend(mem, text, NULL, 0))));
	}
}

/* Not stricter than what was in force or asked for, and not weaker than the weakest of these.
 */
static bool
keeps_policies(const struct md_proof_set *set, const struct md_dmarc *was,
               const struct asked *asked, const struct md_dmarc *is)
{
	const struct md_report *from = set->proof->from;
	const struct md_plan_watch *w = md_plan_watched(from);
	const bool parked = set->proof->parked && !w->said_to_send &&
	                    strcmp(set->owner + strlen("_dmarc."), from->subject->domain) == 0;
	const struct policies before = policies_of(was), after = policies_of(is);

	for (size_t scope = 0; scope < NSCOPES; scope++) {
		const int now = strength(after.of[scope]);
		int most = strength(before.of[scope]), least = MD_DMARC_REJECT;

		for (size_t i = 0; i < asked->n; i++) {
			const int policy = strength(policies_of(asked->records[i]).of[scope]);

			most = policy > most ? policy : most;
			least = policy < least ? policy : least;
		}
		if (now > most && !parked)
			return false;
		if (now < strength(before.of[scope]) || (asked->n > 0 && now < least))
			return false;
	}
	return true;
}

/* RFC 7489's pct, the modes of alignment, and t=y stay as they are. */
static bool
keeps_modes(const struct asked *asked, const struct md_dmarc *is)
{
	for (size_t i = 0; i < asked->n; i++) {
		const struct md_dmarc *was = asked->records[i];

		if (was->adkim_strict != is->adkim_strict ||
		    was->aspf_strict != is->aspf_strict || was->testing != is->testing ||
		    (was->pct != is->pct && is->p > MD_DMARC_NONE))
			return false;
	}
	return true;
}

static bool
has_uri(const struct md_uris *uris, struct md_str text)
{
	for (size_t i = 0; i < uris->n; i++)
		if (md_str_same_nocase(uris->uri[i].text, text))
			return true;
	return false;
}

static bool
keeps_uris(const struct md_uris *was, const struct md_uris *is)
{
	if (was->omitted > 0)
		return false; /* too many to look at each */
	for (size_t i = 0; i < was->n; i++)
		if (*was->uri[i].fault == '\0' && !has_uri(is, was->uri[i].text))
			return false;
	return true;
}

/* To the right name, whose records are then held against what was meant. */
static bool
is_moved(const struct md_proof_set *set)
{
	const char *right =
	        md_printf(set->proof->mem, "_dmarc.%s", set->proof->from->subject->domain);
	const struct md_rrset_change *there = md_changes_find(set->proof->after, right, MD_TXT);

	return strcmp(set->owner, right) != 0 && there != NULL && there->is.n > 0;
}

/* The value of the tag in the text; false when it is not there. */
static bool
tag_of(struct md_str text, struct md_str name, struct md_str *value)
{
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	while (md_tag_next(&list, &tag))
		if (md_str_same_nocase(tag.name, name)) {
			*value = tag.value;
			return true;
		}
	return false;
}

/*
 * What a text asks for can be told from it: no tag says two things, those for alignment and
 * policies have one in the new record, and no other name has a policy as its value.
 */
static bool
is_told(struct md_str text, struct md_str is)
{
	static const char *const kept[] = { "p", "sp", "np", "adkim", "aspf", "t" };
	static const char *const policies[] = { "none", "quarantine", "reject" };
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	while (md_tag_next(&list, &tag)) {
		struct md_str other = { "", 0 };
		bool known = false;

		if (tag.repeated && tag.value.len > 0 && tag_of(text, tag.name, &other) &&
		    !md_str_same_nocase(other, tag.value))
			return false;
		for (size_t i = 0; i < MD_COUNT(kept); i++) {
			if (!md_str_eq_nocase(tag.name, kept[i]) || tag.value.len == 0)
				continue;
			known = true;
			if (!tag_of(is, tag.name, &other))
				return false;
		}
		for (size_t i = 0; !known && i < MD_COUNT(policies); i++)
			if (md_str_eq_nocase(tag.value, policies[i]))
				return false;
	}
	return true;
}

bool
md_proof_keeps_dmarc(const struct md_proof_set *set)
{
	struct md_arena *mem = set->proof->mem;
	struct asked asked = { 0, NULL };
	size_t nwas = 0, nis = 0;
	const struct md_dmarc *was = one_of(mem, set->was, &nwas);
	const struct md_dmarc *is = one_of(mem, set->is, &nis);

	if (nis == 0 && nwas > 0) /* moved from a name where it was of no use */
		return is_moved(set);
	if (nis > 1)
		return false;
	if (is == NULL)
		return true; /* a text that never was a record goes */
	if (was != NULL)
		MD_PUSH(mem, asked.records, asked.n,
		        md_dmarc_parse(mem, md_str(md_dmarc_mend(mem, was->text, NULL, 0))));
	else
		ask(mem, &asked, set->gone);
	for (size_t i = 0; i < asked.n; i++)
		if (!keeps_uris(&asked.records[i]->rua, &is->rua) ||
		    (is->psd != 'y' && !keeps_uris(&asked.records[i]->ruf, &is->ruf)))
			return false; /* RFC 9989 10.2: a registry must have no ruf */
	for (size_t i = 0; i < asked.n; i++)
		if (!is_told(was != NULL ? was->text : asked.records[i]->text, is->text))
			return false;
	return keeps_policies(set, was, &asked, is) && keeps_modes(&asked, is);
}

bool
md_proof_keeps_stray_dmarc(const struct md_proof_set *set)
{
	for (size_t i = 0; i < set->was->n; i++)
		if (!md_rdata_has(set->is, set->was->p[i]) &&
		    md_str_starts_nocase(md_rdata_text(set->proof->mem, set->was->p[i]),
		                         "v=DMARC1"))
			return is_moved(set);
	return true;
}
