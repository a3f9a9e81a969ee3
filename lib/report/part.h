/* What a check shows besides findings: kinds of parts, each told and written by its own room.
 */
#ifndef MD_PART_H
#define MD_PART_H

#include <stdbool.h>

struct md_doc;
struct md_json;
struct md_report;
struct md_result;
struct md_style;

/* Where a part stands in the text of a report. */
enum md_part_place {
	MD_ABOVE_FINDINGS, /* it explains them */
	MD_BELOW_FINDINGS,
	MD_AT_THE_END,
};

/* A kind of part.  Each function is NULL where there is nothing for it to say. */
struct md_report_part {
	const char *name;
	enum md_part_place place;

	/* Instead of the subject's: the report is about nothing else. */
	void (*headline)(struct md_doc *, const struct md_report *, const struct md_style *,
	                 const void *part);
	void (*tell)(struct md_doc *, const struct md_report *, const void *part, bool verbose);

	/* Adds its members to those of the report. */
	void (*json)(struct md_json *, const struct md_report *, const void *part);
};

/* One that a check has shown. */
struct md_shown {
	struct md_shown *next;
	const struct md_report_part *part;
	const void *what; /* lives as long as the report */
};

/* What was shown as this part, by the check whose result md_report_showing returns; or NULL. */
const void *md_report_part(const struct md_report *, const struct md_report_part *);
const struct md_result *md_report_showing(const struct md_report *,
                                          const struct md_report_part *);

#endif
