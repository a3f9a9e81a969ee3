/* The plan of cure of a report: what to change in the DNS, and what the report then says. */
#ifndef MD_PLAN_H
#define MD_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct md_report;

/* Of one owner and type: the records that go, and those that come. */
struct md_plan_change {
	const char *owner; /* canonical text, without the last dot */
	uint16_t type;
	const char *type_name;
	size_t nremove, nadd;
	const char *const *remove, *const *add; /* rdata as in a zone file */
	size_t nrules;
	const char *const *rules; /* ids of what it cures, each once, in the report's order */
};

/* How many findings of each severity there are. */
struct md_plan_counts {
	size_t fail, warn, info;
};

/* Proved: the same checks have judged the same facts with these changes (lib/plan). */
struct md_plan {
	size_t n;
	const struct md_plan_change
	        *changes; /* in the order of the findings that ask for them */
	struct md_plan_counts before, after;
	const char *verdict; /* of the report with the changes */
	size_t ncured;
	const char *const *cured; /* ids of rules whose findings are all gone, each once */
	size_t nremarks;
	const char *const *remarks; /* what cannot be known, and what to do first: sentences */
};

#endif
