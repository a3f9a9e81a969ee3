/* Tags of a DMARC record that mean nothing, or nothing any more. */
#include "rules.h"

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
	md_dmarc_publish(c, place, md_dmarc_mend(md_mem(c), r->text, edits, n));
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
	md_dmarc_publish_with(c, place, "fo", NULL);
}

void
md_dmarc_judge_unused(struct md_ctx *c, const struct md_dmarc_place *place)
{
	judge_historic(c, place);
	judge_fo(c, place);
}
