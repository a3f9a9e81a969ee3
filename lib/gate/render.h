/* The gate's report in text and JSON; the formats of CI systems are in rows/notices.h. */
#ifndef MD_GATE_RENDER_H
#define MD_GATE_RENDER_H

#include "maildiag.h"
#include "rows/notices.h"

/* Completes headline, verdict and complete of rows that are all there. */
void md_gate_conclude(struct md_notices *);

/* Does any row stop the change; is there anything unknown that counts? */
bool md_gate_stops(const struct md_notices *);
bool md_gate_is_unknown(const struct md_notices *);

void md_gate_text(const struct md_notices *, const struct md_style *, FILE *);

/* docs/FORMATS.md, "maildiag-gate/1"; on one line or on many. */
void md_gate_json(const struct md_notices *, bool one_line, FILE *);

#endif
