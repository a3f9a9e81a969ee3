/* How old the receipt of a message is, where the records may have changed since. */
#include <inttypes.h>

#include "rules.h"

const char *
md_envelope_age(struct md_ctx *c, const struct md_envelope *e)
{
	enum { RECENT = 3, A_DAY = 24 * 60 * 60 };
	const int64_t days = (md_now(c) - e->received_at) / A_DAY;

	/* With --now the time of today is not known. */
	if (e->received_at < 0 || md_subject(c)->now_given || days < RECENT)
		return "";
	return md_printf(md_mem(c), "; by the records of today, %" PRId64 " days after receipt",
	                 days);
}
