/* Times of RRSIG records. */
#include "auth/signature.h"

enum { THREE_DAYS = 3 * 24 * 60 * 60 };

int64_t
md_signature_left(uint32_t time, int64_t now)
{
	const uint32_t ahead = time - (uint32_t)(uint64_t)now;

	return ahead <= INT32_MAX ? (int64_t)ahead : (int64_t)ahead - (INT64_C(1) << 32);
}

const struct md_rr *
md_signature_last(const struct md_dns *d, int64_t now)
{
	const struct md_rr *last = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct md_rr *rr = &d->rr[i];

		if (rr->type != MD_RRSIG || rr->sec.covered != d->question.type)
			continue;
		if (last == NULL || md_signature_left(rr->sec.expiration, now) >
		                            md_signature_left(last->sec.expiration, now))
			last = rr;
	}
	return last;
}

bool
md_signature_overdue(const struct md_rr *rrsig, int64_t now)
{
	const int64_t left = md_signature_left(rrsig->sec.expiration, now);
	const int64_t life = left - md_signature_left(rrsig->sec.inception, now);

	return left < THREE_DAYS && left * 4 < life;
}
