/* What `maildiag message` adds to the JSON report. */
#ifndef MD_JSON_MESSAGE_H
#define MD_JSON_MESSAGE_H

#include <jansson.h>

#include "report/report.h"

/* Adds envelope, spf, dkim, arc, dmarc, route, profiles and spam, as far as they were looked at
 * (docs/FORMATS.md). */
void md_json_message(struct md_arena *, json_t *document, const struct md_report *);

/* The parts (json_message_parts.c). */
struct md_dmarc_message;
struct md_route;
struct md_profiles;
struct md_spams;
json_t *md_json_dmarc(struct md_arena *, const struct md_dmarc_message *);
json_t *md_json_route(struct md_arena *, const struct md_route *);
json_t *md_json_profiles(struct md_arena *, const struct md_profiles *);
json_t *md_json_spams(struct md_arena *, const struct md_spams *);

#endif
