/* A token bucket: how many questions a second leave, in short bursts at most. */
#include "resolver/pace.h"

/* A burst is what leaves in 1/20 s; two at least, or each late wake-up would cost some rate. */
enum { ONE = 1000 * 1000, BURSTS = 20, LEAST_BURST = 2 };

unsigned
md_pace_burst(const struct md_pace *p)
{
	if (p->rate == 0)
		return 0;
	return p->rate / BURSTS > LEAST_BURST ? p->rate / BURSTS : LEAST_BURST;
}

static uint64_t
saved(const struct md_pace *p, uint64_t now)
{
	const uint64_t full = (uint64_t)md_pace_burst(p) * ONE;
	const uint64_t passed = now > p->at ? now - p->at : 0;

	/* A second fills every bucket, and more might not fit in the product. */
	if (passed >= 2 * (uint64_t)ONE || p->saved + passed * p->rate > full)
		return full;
	return p->saved + passed * p->rate;
}

void
md_pace_init(struct md_pace *p, unsigned rate, uint64_t now)
{
	*p = (struct md_pace){ .rate = rate, .saved = ONE, .at = now };
}

bool
md_pace_take(struct md_pace *p, uint64_t now)
{
	if (p->rate == 0)
		return true;
	p->saved = saved(p, now);
	p->at = now;
	if (p->saved < ONE)
		return false;
	p->saved -= ONE;
	return true;
}

uint64_t
md_pace_wait(const struct md_pace *p, uint64_t now)
{
	const uint64_t have = p->rate == 0 ? ONE : saved(p, now);

	return have >= ONE ? 0 : (ONE - have + p->rate - 1) / p->rate;
}
