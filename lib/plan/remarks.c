/* What stands beside a plan: what it cannot know, and what to do before it is published. */
#include <string.h>

#include "base/arena.h"
#include "plan/plan.h"
#include "plan/records.h"
#include "record/spf/spf.h"

static void
say(struct md_arena *mem, struct md_plan_remarks *remarks, const char *text)
{
	for (size_t i = 0; i < remarks->n; i++)
		if (strcmp(remarks->p[i], text) == 0)
			return;
	MD_PUSH(mem, remarks->p, remarks->n, text);
}

static bool
stands_in(struct md_arena *mem, const struct md_rdata_list *list, struct md_str part)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct md_str text = md_rdata_text(mem, list->p[i]);

		if (text.len >= part.len && memmem(text.p, text.len, part.p, part.len) != NULL)
			return true;
	}
	return false;
}

/* "include:NAME", also where = was written for : ; NULL for all other terms. */
static const char *
include_of(struct md_arena *mem, const struct md_spf_term *term)
{
	const char *meant = md_spf_mechanism_meant(mem, term);

	if (term->fault == MD_SPF_SOUND && term->kind == MD_SPF_INCLUDE)
		return md_strndup(mem, term->text.p, term->text.len);
	return meant != NULL && md_str_starts_nocase(md_str(meant), "include:") ? meant : NULL;
}

static size_t
count_includes(struct md_arena *mem, const struct md_spf *spf)
{
	size_t n = 0;

	for (size_t i = 0; i < spf->n; i++)
		n += include_of(mem, &spf->terms[i]) != NULL;
	return n;
}

/* Includes that went, with none in their place: the name in them may have been mistyped. */
static void
remark_on_lost(struct md_arena *mem, struct md_plan_remarks *remarks,
               const struct md_rrset_change *set, const struct md_spf *was,
               const struct md_spf *is)
{
	if (count_includes(mem, is) >= count_includes(mem, was))
		return;
	for (size_t i = 0; i < was->n; i++) {
		const char *include = include_of(mem, &was->terms[i]);

		if (include != NULL &&
		    !md_str_eq_nocase(md_str(include + strlen("include:")), set->owner) &&
		    !stands_in(mem, &set->is, md_str(include)))
			say(mem, remarks,
			    md_printf(
			            mem,
			            "%s goes because it leads to no record. If its name is only "
			            "mistyped, put the right one in its place instead.",
			            md_show(mem, was->terms[i].text)));
	}
}

/* Is it "v=spf1 -all" in any spelling: that the domain sends no mail? */
static bool
says_nobody(const struct md_spf *spf)
{
	return spf->n == 1 && spf->all != NULL && spf->all->qualifier == '-';
}

static const char *
all_of(const struct md_spf *spf)
{
	static const char *const texts[] = { "+all", "-all", "~all", "?all" };

	for (size_t i = 0; spf->all != NULL && i < MD_COUNT(texts); i++)
		if (texts[i][0] == spf->all->qualifier)
			return texts[i];
	return "no all";
}

/* A record that goes said something else of those that it does not name. */
static void
remark_on_all(struct md_arena *mem, struct md_plan_remarks *remarks, const struct md_spf *was,
              bool counted, const struct md_spf *is)
{
	if (was->all == NULL || is->all == NULL || was->all->qualifier == is->all->qualifier)
		return;
	if (was->all->qualifier != '+')
		say(mem, remarks,
		    md_printf(mem, "%s becomes %s. If the other was meant, publish that.",
		              all_of(was), all_of(is)));
	else if (counted)
		say(mem, remarks,
		    "+all goes, because it lets the whole Internet send in your name.");
	else
		say(mem, remarks,
		    md_printf(mem,
		              "+all becomes %s: once the record is mended, +all would let the "
		              "whole Internet send in your name.",
		              all_of(is)));
}

static void
remark_on_old_spf(struct md_arena *mem, struct md_plan_remarks *remarks,
                  const struct md_rrset_change *set, const struct md_spf *is)
{
	size_t nrecords = 0;

	for (size_t i = 0; i < set->was.n; i++)
		nrecords += md_spf_is_record(md_rdata_text(mem, set->was.p[i]));
	for (size_t i = 0; i < set->was.n; i++) {
		const struct md_str text = md_rdata_text(mem, set->was.p[i]);
		const struct md_spf *meant = md_spf_meant(mem, text);
		const struct md_spf *was =
		        md_spf_is_record(text) ? md_spf_parse(mem, text) : NULL;

		if (meant == NULL || md_rdata_has(&set->is, set->was.p[i]) ||
		    (nrecords == 1 && was == NULL))
			continue; /* beside the one that counts, a leftover said nothing */
		if (was != NULL)
			remark_on_lost(mem, remarks, set, was, is);
		if (says_nobody(meant) && !says_nobody(is))
			say(mem, remarks,
			    "v=spf1 -all goes: it says that the domain sends no mail. If that is "
			    "so, keep it, and remove the other record instead.");
		else
			remark_on_all(mem, remarks, meant,
			              was != NULL && was->nfaults == 0 && nrecords == 1, is);
	}
}

static void
remark_on_spf(struct md_arena *mem, struct md_plan_remarks *remarks,
              const struct md_rrset_change *set)
{
	const struct md_spf *spf = NULL;
	bool added = false;

	for (size_t i = 0; i < set->is.n; i++) {
		const struct md_str text = md_rdata_text(mem, set->is.p[i]);

		if (!md_spf_is_record(text))
			continue;
		spf = md_spf_parse(mem, text);
		added = !md_rdata_has(&set->was, set->is.p[i]);
	}
	if (spf == NULL)
		return;
	remark_on_old_spf(mem, remarks, set, spf);
	if (added && says_nobody(spf))
		say(mem, remarks,
		    "With this SPF record the domain sends no mail: publish it only if that is so.");
	else if (added)
		say(mem, remarks,
		    "The SPF record can only name senders that are known here: if other machines "
		    "or services send for the domain, add them first.");
}

static bool
stood(struct md_arena *mem, const struct md_changes *changes, struct md_str part)
{
	for (size_t i = 0; i < changes->n; i++)
		if (changes->sets[i].type == MD_TXT &&
		    stands_in(mem, &changes->sets[i].was, part))
			return true;
	return false;
}

/* Report addresses that stood nowhere before. */
static void
remark_on_mailboxes(struct md_arena *mem, struct md_plan_remarks *remarks,
                    const struct md_changes *changes, const struct md_rrset_change *set)
{
	for (size_t i = 0; i < set->is.n; i++) {
		struct md_str rest = md_rdata_text(mem, set->is.p[i]), piece;

		while (md_str_cut(&rest, ';', &piece)) {
			struct md_str tag = md_str_trim(piece, " \t"), address;

			if (!md_str_starts_nocase(tag, "rua=mailto:"))
				continue;
			address = md_str_skip(tag, strlen("rua=mailto:"));
			address.len = md_str_find(address, ',');
			if (!stood(mem, changes, address))
				say(mem, remarks,
				    md_printf(
				            mem,
				            "Create the mailbox %s first, or name one that exists.",
				            md_show(mem, address)));
		}
	}
}

static void
remark_on_time(struct md_arena *mem, struct md_plan_remarks *remarks, uint32_t ttl)
{
	enum { HOUR = 3600, SHORT = 600 };

	if (ttl >= HOUR)
		say(mem, remarks,
		    md_printf(mem, "Receivers may see the old records for %s more (their TTL).",
		              md_plural(mem, ttl / HOUR, "hour", "hours")));
	else if (ttl >= SHORT)
		say(mem, remarks,
		    md_printf(mem,
		              "Receivers may see the old records for %u minutes more (their "
		              "TTL).",
		              (unsigned)(ttl / 60)));
}

struct md_plan_remarks
md_plan_remarks(struct md_arena *mem, const struct md_changes *changes)
{
	struct md_plan_remarks remarks = { 0, NULL };
	uint32_t ttl = 0;

	for (size_t i = 0; i < changes->n; i++) {
		const struct md_rrset_change *set = &changes->sets[i];

		ttl = set->ttl > ttl ? set->ttl : ttl;
		if (set->type != MD_TXT)
			continue;
		remark_on_spf(mem, &remarks, set);
		remark_on_mailboxes(mem, &remarks, changes, set);
	}
	if (changes->n > 0)
		remark_on_time(mem, &remarks, ttl);
	return remarks;
}
