/* The signatures of a message as a report shows them: verdicts, and what is known besides. */
#ifndef MD_SIGNATURES_H
#define MD_SIGNATURES_H

#include "dkim/dkim.h"
#include "dkim/opinion.h"
#include "repair/repair.h"

/* The part "dkim": all of the same signatures, in the same order. */
struct md_signatures {
	const struct md_dkim_verdicts *verdicts;
	const struct md_dkim_opinions *opinions;
	const struct md_dkim_diagnoses *diagnoses;
};

extern const struct md_report_part md_part_dkim;

#endif
