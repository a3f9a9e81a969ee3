/* The text of a DMARC record: every fault of it, with what follows from it. */
#include "rules.h"

/* ---- tags that mean nothing, or nothing any more ---- */

/* RFC 9989 9.3: historic tags.  RFC 7489 6.6.4: receivers of its time still sample by pct. */
static void
judge_historic(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dmarc *r = place->record;
	const bool partial = r->pct < 100 && (r->p > MD_DMARC_NONE || r->sp > MD_DMARC_NONE);
	struct md_dmarc_edit edits[3];
	struct md_buf list = { .mem = md_mem(c) };
	size_t n = 0;

	if (partial) {
		md_found(c, DMARC_PCT_PARTIAL, md_dmarc_subject(c, place->name, 1),
		         "pct=%u with p=%s", r->pct, md_dmarc_request_name(r->p));
		md_dmarc_point(c, place, r->value[MD_DMARC_PCT]);
	}
	for (enum md_dmarc_tag tag = MD_DMARC_PCT; tag <= MD_DMARC_RI; tag++) {
		if (r->value[tag].p == NULL || (tag == MD_DMARC_PCT && partial))
			continue;
		md_buf_item(&list, "; ", "%s=%s", md_dmarc_tag_name(tag),
		            md_dmarc_show(c, r->value[tag]));
		edits[n++] = (struct md_dmarc_edit){ md_dmarc_tag_name(tag), NULL };
	}
	if (n == 0)
		return;
	md_found(c, DMARC_TAG_REMOVED, md_dmarc_subject(c, place->name, 1), "%s",
	         md_buf_str(&list));
	md_dmarc_wish(c, place, NULL, md_dmarc_mend(md_mem(c), r->text, edits, n));
}

/* RFC 9989 4.7 (fo): the "content MUST be ignored if a ruf tag is not also specified". */
static void
judge_fo(struct md_ctx *c, const struct md_dmarc_place *place)
{
	if (place->record->value[MD_DMARC_FO].p == NULL ||
	    place->record->value[MD_DMARC_RUF].p != NULL)
		return;
	md_found(c, DMARC_RUF_FO,
	         md_dmarc_subject(c, place->name, *place->record->fo_fault != '\0' ? 2 : 1),
	         "fo=%s without ruf=", md_dmarc_show(c, place->record->value[MD_DMARC_FO]));
	md_dmarc_point(c, place, place->record->name[MD_DMARC_FO]);
	md_dmarc_wish_with(c, place, "fo", NULL);
}

static void
judge_unused(struct md_ctx *c, const struct md_dmarc_place *place)
{
	judge_historic(c, place);
	judge_fo(c, place);
}

/* ---- faults ---- */

/* The record under judgement, and how many findings of each rule there are. */
struct judged {
	const struct md_dmarc_place *place;
	const struct md_dmarc *record;
	unsigned count[MD_DMARC_RULES];
};

static const char *
subject(struct md_ctx *c, struct judged *j, unsigned rule)
{
	return md_dmarc_subject(c, j->place->name, ++j->count[rule]);
}

/* The fault in words: what stands there, and what is wrong with it. */
static const char *
sentence(struct md_ctx *c, const struct md_dmarc *record, const struct md_dmarc_fault *fault)
{
	const char *at = md_dmarc_show(c, fault->at);

	switch (fault->kind) {
	case MD_DMARC_VALUE:
		return md_printf(md_mem(c), "%s=%s %s", md_dmarc_tag_name(fault->tag), at,
		                 fault->says);
	case MD_DMARC_SYNTAX:
		return md_printf(md_mem(c), "at octet %zu: %s",
		                 (size_t)(fault->at.p - record->text.p) + 1, fault->says);
	default:
		return md_printf(md_mem(c), "%s= %s", at, fault->says);
	}
}

/* With the mended record to publish. */
static void
found(struct md_ctx *c, struct judged *j, unsigned rule, const struct md_dmarc_fault *fault)
{
	md_found(c, rule, subject(c, j, rule), "%s", sentence(c, j->record, fault));
	md_dmarc_point(c, j->place, fault->at);
	md_dmarc_wish_with(c, j->place, NULL, NULL);
}

static void
found_unknown(struct md_ctx *c, struct judged *j, const struct md_dmarc_fault *fault)
{
	if (fault->nearest == NULL) {
		found(c, j, DMARC_TAG_UNKNOWN, fault);
		return;
	}
	md_found(c, DMARC_TAG_UNKNOWN, subject(c, j, DMARC_TAG_UNKNOWN),
	         "%s; did you mean %s=?", sentence(c, j->record, fault), fault->nearest);
	md_dmarc_point(c, j->place, fault->at);
	md_dmarc_wish_with(c, j->place, NULL, NULL);
}

/* What RFC 9989 4.10.1 makes of a record whose policy cannot be read. */
static const char *
counts_as(const struct md_dmarc *record)
{
	enum md_dmarc_tag tag;

	return md_dmarc_policy_of(record, MD_DMARC_SELF, &tag) == MD_DMARC_NONE
	               ? "the whole record counts as p=none"
	               : "the record counts as none at all";
}

/* Lies the fault before it, a missing semicolon, within this value? */
static bool
is_explained(const struct md_dmarc *record, size_t i)
{
	const struct md_dmarc_fault *fault = &record->faults[i], *before = fault - 1;

	return i > 0 && before->kind == MD_DMARC_SYNTAX && before->at.p > fault->at.p &&
	       before->at.p < fault->at.p + fault->at.len;
}

/* A registered tag with a value that it cannot have. */
static void
found_value(struct md_ctx *c, struct judged *j, size_t i)
{
	const struct md_dmarc_fault *fault = &j->record->faults[i];
	enum md_dmarc_tag tag;

	if (fault->tag == MD_DMARC_SP || fault->tag == MD_DMARC_NP) {
		md_found(c, DMARC_SP_NP_INVALID, subject(c, j, DMARC_SP_NP_INVALID),
		         "%s=%s: %s", md_dmarc_tag_name(fault->tag),
		         md_dmarc_show(c, fault->at), counts_as(j->record));
		md_dmarc_point(c, j->place, fault->at);
		md_dmarc_wish_with(c, j->place, NULL, NULL);
		return;
	}
	if (fault->tag == MD_DMARC_FO) {
		found(c, j, DMARC_RUF_FO, fault);
		return;
	}
	/* An invalid p without rua is dmarc.p-missing. */
	if (fault->tag == MD_DMARC_P &&
	    md_dmarc_policy_of(j->record, MD_DMARC_SELF, &tag) == MD_DMARC_ABSENT)
		return;
	if (!is_explained(j->record, i))
		found(c, j, DMARC_SYNTAX, fault);
}

static void
judge_fault(struct md_ctx *c, struct judged *j, size_t i)
{
	const struct md_dmarc_fault *fault = &j->record->faults[i];

	switch (fault->kind) {
	case MD_DMARC_SYNTAX:
		found(c, j, DMARC_SYNTAX, fault);
		return;
	case MD_DMARC_VALUE:
		found_value(c, j, i);
		return;
	case MD_DMARC_DUPLICATE:
		found(c, j, DMARC_TAG_DUPLICATE, fault);
		return;
	case MD_DMARC_UNKNOWN:
		found_unknown(c, j, fault);
		return;
	case MD_DMARC_CASE:
		found(c, j, DMARC_TAG_CASE, fault);
		return;
	}
}

/* RFC 9989 4.10.1: without a valid p it depends on rua whether there is DMARC at all. */
static void
judge_p(struct md_ctx *c, struct judged *j)
{
	const struct md_dmarc *record = j->record;
	enum md_dmarc_tag tag;
	unsigned rule = DMARC_P_MISSING;

	if (record->p >= MD_DMARC_NONE) {
		if (!record->p_is_second) {
			md_found(c, DMARC_P_ORDER, subject(c, j, DMARC_P_ORDER),
			         "p= stands after other tags");
			md_dmarc_point(c, j->place, record->name[MD_DMARC_P]);
			md_dmarc_wish_with(c, j->place, NULL, NULL);
		}
		return;
	}
	if (md_dmarc_policy_of(record, MD_DMARC_SELF, &tag) == MD_DMARC_NONE)
		rule = DMARC_P_IMPLIED_NONE;
	if (record->p == MD_DMARC_ABSENT) {
		md_found(c, rule, subject(c, j, rule), "no p= that can be read: %s",
		         counts_as(record));
	} else {
		md_found(c, rule, subject(c, j, rule), "p=%s: %s",
		         md_dmarc_show(c, record->value[MD_DMARC_P]), counts_as(record));
		md_dmarc_point(c, j->place, record->value[MD_DMARC_P]);
	}
	md_dmarc_wish_with(c, j->place, NULL, NULL);
}

void
md_dmarc_judge_record(struct md_ctx *c, const struct md_dmarc_place *place)
{
	struct judged j = { .place = place, .record = place->record };

	for (size_t i = 0; i < j.record->nfaults; i++)
		judge_fault(c, &j, i);
	judge_p(c, &j);
	judge_unused(c, place);
}
