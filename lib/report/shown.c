/* The parts that checks show, brought together. */
#include "report/shown.h"

#include <stddef.h>

#define TAKE(part)                                                                             \
	if (from->part != NULL)                                                                \
	into->part = from->part

void
md_shown_add(struct md_shown *into, const struct md_shown *from)
{
	TAKE(spf);
	TAKE(envelope);
	TAKE(envelope_spf);
	TAKE(dkim);
	TAKE(dkim_opinions);
	TAKE(diagnoses);
	TAKE(arc);
	TAKE(dmarc);
	TAKE(route);
	TAKE(profiles);
	TAKE(spams);
	TAKE(zone);
}
