/* Times of signatures: serial arithmetic, and when re-signing is overdue. */
#include "unit.h"

#include "domain/rrsig.h"

enum { DAY = 24 * 60 * 60 };

/* RFC 4034 3.1.5: 32 bits of seconds that wrap; within 68 years of now. */
static const struct {
	uint32_t time;
	int64_t now, left;
} times[] = {
	{ 1795305600, 1795305600, 0 },
	{ 1795305601, 1795305600, 1 },
	{ 1795305599, 1795305600, -1 },
	{ 10, INT64_C(4294967290), 16 },           /* just before the wrap in 2106 */
	{ 4294967290U, INT64_C(4294967306), -16 }, /* just after */
	{ 1795305600, INT64_C(1795305600) + (INT64_C(1) << 32), 0 },
	{ 0x7fffffff, 0, INT32_MAX },
	{ 0x80000001, 0, -INT32_MAX },
};

static void
times_wrap(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(times); i++)
		assert_true(md_rrsig_left(times[i].time, times[i].now) == times[i].left);
}

/* Days before and after now: BIND's month, PowerDNS's three weeks, signing on the fly. */
static const struct {
	int began, ends;
	bool overdue;
} lives[] = {
	{ 20, 10, false }, { 28, 2, true }, { 25, 5, false }, { 7, 14, false },
	{ 19, 2, true },   { 1, 1, false }, { 1, 2, false },  { 30, -1, true },
};

static void
overdue_is_late_in_a_long_life(void **state)
{
	const int64_t now = 1795305600;

	(void)state;
	for (size_t i = 0; i < COUNT(lives); i++) {
		const struct md_rr rrsig = {
			.type = MD_RRSIG,
			.sec = { .inception = (uint32_t)(now - lives[i].began * DAY),
			         .expiration = (uint32_t)(now + lives[i].ends * DAY) },
		};

		assert_int_equal(md_rrsig_overdue(&rrsig, now), lives[i].overdue);
	}
}

static void
one_good_signature_is_enough(void **state)
{
	const struct md_rr rr[] = {
		{ .type = MD_MX },
		{ .type = MD_RRSIG, .sec = { .covered = MD_MX, .expiration = 100 } },
		{ .type = MD_RRSIG, .sec = { .covered = MD_MX, .expiration = 300 } },
		{ .type = MD_RRSIG, .sec = { .covered = MD_NS, .expiration = 900 } },
	};
	const struct md_dns d = { .question = { .type = MD_MX }, .n = COUNT(rr), .rr = rr };
	const struct md_dns none = { .question = { .type = MD_MX }, .n = 1, .rr = rr };

	(void)state;
	assert_ptr_equal(md_rrsig_last(&d, 200), &rr[2]);
	assert_null(md_rrsig_last(&none, 200));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_wrap),
		cmocka_unit_test(overdue_is_late_in_a_long_life),
		cmocka_unit_test(one_good_signature_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
