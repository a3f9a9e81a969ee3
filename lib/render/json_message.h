/* What `maildiag message` adds to the JSON report. */
#ifndef MD_JSON_MESSAGE_H
#define MD_JSON_MESSAGE_H

#include "report/report.h"

struct md_json;

/* Adds envelope, spf, dkim, arc, dmarc, route, profiles and spam, as far as they were looked at
 * (docs/FORMATS.md). */
void md_json_message(struct md_json *, const struct md_report *);

/* The members of these names (json_message_parts.c). */
void md_json_dmarc(struct md_json *, const struct md_dmarc_message *);
void md_json_route(struct md_json *, const struct md_route *);
void md_json_profiles(struct md_json *, const struct md_profiles *);
void md_json_spams(struct md_json *, const struct md_spams *);

#endif
