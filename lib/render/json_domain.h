/* The members of "subject" of a domain. */
#ifndef MD_JSON_DOMAIN_H
#define MD_JSON_DOMAIN_H

#include "report/report.h"

struct md_json;

/* Its name, its role, and whose services it uses (docs/FORMATS.md). */
void md_json_domain(struct md_json *, const struct md_report *);

#endif
