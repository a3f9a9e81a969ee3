/* How the kinds of subjects are told: a kind is a line in subjects.c. */
#ifndef MD_SUBJECTS_H
#define MD_SUBJECTS_H

#include "doc/doc.h"
#include "maildiag.h"
#include "report/report.h"

struct md_json;

struct md_told_subject {
	const struct md_subject_kind *kind;

	/* What its checks may show, in the order of the JSON report; ends with NULL. */
	const struct md_report_part *const *parts;

	/* The verdict and what it is about; of the rest of the text nothing when it is quiet.
	 */
	void (*headline)(struct md_doc *, const struct md_report *, const struct md_style *);
	void (*tell)(struct md_doc *, const struct md_report *, bool verbose);

	/* A line in a table of many, the first with a heading; NULL: it is told like one. */
	void (*row)(struct md_doc *, const struct md_report *, bool heading);

	/* Its members of "subject". */
	void (*json)(struct md_json *, const struct md_report *);
};

const struct md_told_subject *md_told_subject(const struct md_subject_kind *);

#endif
