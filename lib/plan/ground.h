/* What a plan changes. */
#ifndef MD_PLAN_GROUND_H
#define MD_PLAN_GROUND_H

#include "fact/store.h"

/* What is there before any change. */
struct md_plan_ground {
	struct md_store facts;
	const char *organisation; /* the organisational domain, which no wildcard has made */
};

#endif
