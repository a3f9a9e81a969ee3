/* Dates of header fields: RFC 5322's examples, its obsolete forms, and what is no date. */
#include "unit.h"

#include "base/arena.h"
#include "mail/date.h"

enum { VALID = 1, OBSOLETE = 2, ODD = 4 };

/* Seconds by Python's calendar.timegm. */
static const struct {
	const char *text;
	int64_t seconds;
	int zone;
	unsigned is;
} dates[] = {
	/* RFC 5322 A.1.1, A.1.2, A.5, A.6.2 */
	{ "Fri, 21 Nov 1997 09:55:06 -0600", 880127706, -360, VALID },
	{ "Tue, 1 Jul 2003 10:52:37 +0200", 1057049557, 120, VALID },
	{ "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n"
	  "               -0330 (Newfoundland Time)",
	  -27723480, -210, VALID },
	{ "21 Nov 97 09:55:06 GMT", 880106106, 0, VALID | OBSOLETE },
	{ "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", 880127706, -360,
	  VALID | OBSOLETE },
	{ " Sat, 21 Nov 2026 07:00:00 +0000\r\n", 1795244400, 0, VALID },
	{ "21 Nov 2026 07:00:00 -0000", 1795244400, 0, VALID },
	{ "Sat, 21 Nov 2026 02:00:00 -0500 (EST)", 1795244400, -300, VALID },
	{ "sAT, 21 nOV 2026 02:00:00 est", 1795244400, -300, VALID | OBSOLETE },
	{ "Sat, 21 Nov 2026 07:00:00 UTC", 1795244400, 0, VALID | OBSOLETE },
	{ "Sat, 21 Nov 26 07:00:00 UT", 1795244400, 0, VALID | OBSOLETE },
	{ "Sat, 21 Nov 126 07:00:00 +0000", 1795244400, 0, VALID | OBSOLETE },
	{ "Thu, 29 Feb 2024 23:59:60 +0000", 1709251200, 0, VALID },
	{ "Tue, 29 Feb 2000 00:00 +0000", 951782400, 0, VALID },
	{ "Mon, 01 Jan 1900 00:00:00 +0000", -2208988800, 0, VALID },
	{ "Fri, 31 Dec 9999 23:59:59 +0000", 253402300799, 0, VALID },
	/* RFC 5322 4.3: letters of the military mean nothing that is agreed upon */
	{ "Sat, 21 Nov 2026 07:00:00 A", 1795244400, 0, VALID | OBSOLETE | ODD },
	{ "Sat, 21 Nov 2026 07:00:00 CEST", 1795244400, 0, VALID | OBSOLETE | ODD },
	{ "Sat, 21 Nov 2026 07:00:00 Z", 1795244400, 0, VALID | OBSOLETE },
	/* readable, and not as they should be */
	{ "Sun, 21 Nov 2026 07:00:00 +0000", 1795244400, 0, VALID | ODD },
	{ "Samstag, 21 Nov 2026 07:00:00 +0000", 1795244400, 0, VALID | ODD },
	{ "Sat 21 Nov 2026 07:00:00 +0000", 1795244400, 0, VALID | ODD },
	{ "Sat, 21 Nov 2026 7:00:00 +0000", 1795244400, 0, VALID | ODD },
	{ "Sat, 21 Nov 2026 08:00:00 +01:00", 1795244400, 60, VALID | ODD },
	{ "Sat, 21 Nov 2026 08:00:00 +0100 CET", 1795244400, 60, VALID | ODD },
	/* no date */
	{ "", 0, 0, 0 },
	{ "(nothing)", 0, 0, 0 },
	{ "Sat, 31 Nov 2026 07:00:00 +0000", 0, 0, 0 },
	{ "Sun, 29 Feb 2026 07:00:00 +0000", 0, 0, 0 },
	{ "Thu, 29 Feb 1900 07:00:00 +0000", 0, 0, 0 },
	{ "Sat, 0 Nov 2026 07:00:00 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 1899 07:00:00 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 12026 07:00:00 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 24:00:00 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:60:00 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00:61 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00: +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 +0000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00:00 +01", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00:00 +0160", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00:00 +010000", 0, 0, 0 },
	{ "Sat, 21 Nov 2026 07:00:00", 0, 0, 0 },
	{ "Sat Nov 21 07:00:00 2026", 0, 0, 0 },
	{ "Sat, 21-Nov-2026 07:00:00 +0000", 0, 0, 0 },
	{ "2026-11-21T07:00:00Z", 0, 0, 0 },
	{ "Sat, 21 November 2026 07:00:00 +0000", 0, 0, 0 },
};

static void
reads_dates(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dates); i++) {
		const struct md_date d = md_date_parse(md_str(dates[i].text));
		const unsigned is = (d.valid ? VALID : 0u) |
		                    (d.obsolete && d.valid ? OBSOLETE : 0u) |
		                    (d.valid && d.why[0] != '\0' ? ODD : 0u);

		if (is != dates[i].is || (d.valid && (d.seconds != dates[i].seconds ||
		                                      d.zone_minutes != dates[i].zone)))
			fail_msg("%s: %u, %lld, zone %d, %s", dates[i].text, is,
			         (long long)d.seconds, d.zone_minutes, d.why);
		assert_true(d.valid || d.why[0] != '\0');
	}
}

static void
prints_what_it_reads(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	assert_string_equal(md_date_print(mem, 1795244400), "Sat, 21 Nov 2026 07:00:00 +0000");
	assert_string_equal(md_date_print(mem, -1), "Wed, 31 Dec 1969 23:59:59 +0000");
	assert_string_equal(md_date_print(mem, 951782400), "Tue, 29 Feb 2000 00:00:00 +0000");
	for (int64_t s = -2208988800; s < 253402300800; s += 86400 * 97 + 12345) {
		const struct md_date d = md_date_parse(md_str(md_date_print(mem, s)));

		assert_true(d.valid && !d.obsolete && d.why[0] == '\0');
		assert_int_equal(d.seconds, s);
	}
	md_date_print(mem, INT64_MAX);
	md_date_print(mem, INT64_MIN);
	md_arena_free(mem);
}

/* Every day of 400 years, counted one by one. */
static void
counts_days(void **state)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct md_arena *mem = md_arena_new();
	int64_t seconds = -2208988800;

	(void)state;
	for (int year = 1900; year < 2300; year++) {
		for (int month = 0; month < 12; month++) {
			for (int day = 1; day <= 31; day++) {
				const char *text = md_printf(mem, "%d %s %d 00:00:00 +0000",
				                             day, months[month], year);
				const struct md_date d = md_date_parse(md_str(text));

				if (!d.valid)
					continue;
				assert_int_equal(d.seconds, seconds);
				seconds += 86400;
			}
		}
	}
	assert_int_equal(seconds, INT64_C(146097) * 86400 - 2208988800);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dates),
		cmocka_unit_test(prints_what_it_reads),
		cmocka_unit_test(counts_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
