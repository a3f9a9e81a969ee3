/* The kinds of subjects, and what the report of each is made of. */
#include "render/subjects.h"

#include "message/message.h"
#include "render/json_domain.h"
#include "render/tell.h"
#include "spf/view.h"

static const struct md_report_part *const domain_parts[] = { &md_part_spf, NULL };

static void
tell_domain(struct md_doc *d, const struct md_report *report, bool verbose)
{
	md_tell_checks(d, report);
	md_tell_middle(d, report, domain_parts, verbose);
	md_tell_more(d, report);
	md_tell_notes(d, report, verbose);
	if (verbose)
		md_tell_facts(d, report);
	if (report->role != MD_ROLE_PARKED && md_tell_concerns(report, MD_OUTWARD))
		md_tell_chain(d);
	md_tell_plan(d, report);
}

static void
tell_message(struct md_doc *d, const struct md_report *report, bool verbose)
{
	md_tell_middle(d, report, md_message_parts, verbose);
	if (verbose) {
		md_tell_checks(d, report);
		md_tell_notes(d, report, true);
		md_tell_facts(d, report);
	}
	md_tell_more(d, report);
}

static const struct md_told_subject subjects[] = {
	{
	        .kind = &md_subject_domain,
	        .parts = domain_parts,
	        .headline = md_tell_domain,
	        .tell = tell_domain,
	        .json = md_json_domain,
	},
	{
	        .kind = &md_subject_message,
	        .parts = md_message_parts,
	        .headline = md_message_headline,
	        .tell = tell_message,
	        .row = md_message_row,
	        .json = md_message_json,
	},
};

const struct md_told_subject *
md_told_subject(const struct md_subject_kind *kind)
{
	const struct md_told_subject *s = subjects;

	while (s->kind != kind)
		s++;
	return s;
}
