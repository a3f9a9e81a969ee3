/* Times of RRSIG records, and algorithms that are out of date. */
#include "domain/rrsig.h"

enum { THREE_DAYS = 3 * 24 * 60 * 60 };

int64_t
md_rrsig_left(uint32_t time, int64_t now)
{
	const uint32_t ahead = time - (uint32_t)(uint64_t)now;

	return ahead <= INT32_MAX ? (int64_t)ahead : (int64_t)ahead - (INT64_C(1) << 32);
}

const struct md_rr *
md_rrsig_last(const struct md_dns *d, int64_t now)
{
	const struct md_rr *last = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct md_rr *rr = &d->rr[i];

		if (rr->type != MD_RRSIG || rr->sec.covered != d->question.type)
			continue;
		if (last == NULL || md_rrsig_left(rr->sec.expiration, now) >
		                            md_rrsig_left(last->sec.expiration, now))
			last = rr;
	}
	return last;
}

bool
md_rrsig_overdue(const struct md_rr *rrsig, int64_t now)
{
	const int64_t left = md_rrsig_left(rrsig->sec.expiration, now);
	const int64_t life = left - md_rrsig_left(rrsig->sec.inception, now);

	return left < THREE_DAYS && left * 4 < life;
}

const char *
md_rrsig_weak(uint8_t algorithm)
{
	static const char *const names[] = {
		[1] = "RSAMD5",
		[3] = "DSA",
		[5] = "RSASHA1",
		[6] = "DSA-NSEC3-SHA1",
		[7] = "RSASHA1-NSEC3-SHA1",
		[12] = "ECC-GOST",
	};

	return algorithm < MD_COUNT(names) ? names[algorithm] : NULL;
}

const char *
md_rrsig_weak_digest(uint8_t type)
{
	return type == 1 ? "SHA-1" : type == 3 ? "GOST R 34.11-94" : NULL;
}
