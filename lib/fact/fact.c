/* States in words, and the end of a fact. */
#include "fact/fact.h"

#include <stdlib.h>

const char *
md_state_name(enum md_state state)
{
	static const char *const names[] = {
		[MD_WANTED] = "wanted",
		[MD_PRESENT] = "present",
		[MD_ABSENT] = "absent",
		[MD_UNKNOWN] = "unknown",
	};

	return names[state];
}

void
md_fact_unpin(struct md_fact *fact)
{
	if (fact->pins > 0)
		fact->pins--;
	if (fact->pins == 0)
		free(fact);
}
