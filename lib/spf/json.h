/* What `maildiag spf` adds to the JSON report. */
#ifndef MD_SPF_JSON_H
#define MD_SPF_JSON_H

#include "spf/view.h"

struct md_json;

/* The evaluation of one address: ip, result, why, lookups, trace, second_opinion. */
void md_json_spf_asked(struct md_json *, const struct md_spf_asked *,
                       const struct md_spf_limits *);

/* Adds result, explanation, lookups, void_lookups, trace, tree and more (docs/FORMATS.md). */
void md_json_spf(struct md_json *, const struct md_spf_view *);

#endif
