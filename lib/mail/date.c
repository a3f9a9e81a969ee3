/* Dates of header fields: pure arithmetic, whatever locale and time zone this machine has. */
#include "mail/date.h"

#include <inttypes.h>

#include "base/arena.h"

static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

enum { A_DAY = 24 * 60 * 60 };

/* The text, and what was found in it so far. */
struct reading {
	struct md_str rest;
	struct md_date date;
	int weekday; /* 0: Sunday; -1: not told */
	int64_t year;
	unsigned month, day, hour, minute, second;
};

/* Readable, and yet not as it should be.  The first fault is told. */
static void
odd(struct reading *r, const char *why)
{
	if (r->date.why[0] == '\0')
		r->date.why = why;
}

static bool
unreadable(struct reading *r, const char *why)
{
	r->date.why = why;
	return false;
}

/* ---- words ---- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* RFC 5322 3.2.2: a comment, with those inside it; all of an unfinished one. */
static size_t
comment_length(struct md_str s)
{
	size_t depth = 0, i;

	for (i = 0; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '(')
			depth++;
		else if (s.p[i] == ')' && --depth == 0)
			return i + 1;
	}
	return s.len;
}

/* True when a comment was among it. */
static bool
skip_blanks(struct reading *r)
{
	bool comment = false;

	while (r->rest.len > 0 && (is_space(r->rest.p[0]) || r->rest.p[0] == '(')) {
		const bool here = r->rest.p[0] == '(';

		comment = comment || here;
		r->rest = md_str_skip(r->rest, here ? comment_length(r->rest) : 1);
	}
	return comment;
}

/* RFC 5322 4.3: comments between the parts are obsolete. */
static void
skip_between(struct reading *r)
{
	if (skip_blanks(r))
		r->date.obsolete = true;
}

static struct md_str
take(struct reading *r, bool (*fits)(char))
{
	struct md_str word = { r->rest.p, 0 };

	while (word.len < r->rest.len && fits(r->rest.p[word.len]))
		word.len++;
	r->rest = md_str_skip(r->rest, word.len);
	return word;
}

static bool
take_char(struct reading *r, char c)
{
	skip_between(r);
	if (r->rest.len == 0 || r->rest.p[0] != c)
		return false;
	r->rest = md_str_skip(r->rest, 1);
	return true;
}

/* How many digits; 0: none, or too many. */
static size_t
take_number(struct reading *r, size_t most, unsigned *number)
{
	struct md_str digits;
	unsigned long n;

	skip_between(r);
	digits = take(r, md_is_digit);
	if (digits.len > most || !md_str_number(digits, 99999999, &n))
		return 0;
	*number = (unsigned)n;
	return digits.len;
}

static int
place(struct md_str word, const char *const *list, int n)
{
	for (int i = 0; i < n; i++)
		if (md_str_eq_nocase(word, list[i]))
			return i;
	return -1;
}

/* ---- the parts ---- */

static bool
read_weekday(struct reading *r)
{
	struct md_str word;

	r->weekday = -1;
	skip_between(r);
	if (r->rest.len == 0)
		return unreadable(r, "it is empty");
	word = take(r, md_is_alpha);
	if (word.len == 0)
		return true;
	r->weekday = place(word, days, 7);
	if (r->weekday < 0)
		odd(r, "its day of the week is none of the seven");
	if (take_char(r, ','))
		return true;
	odd(r, "the comma after the day of the week is missing");
	return r->weekday >= 0 || unreadable(r, "it does not begin with a day");
}

/* RFC 5322 4.3: 00 to 49 are of this century, three digits count from 1900. */
static bool
read_year(struct reading *r)
{
	unsigned year = 0;
	const size_t digits = take_number(r, 8, &year);

	if (digits < 2)
		return unreadable(r, "it has no year");
	if (digits == 2 || digits == 3)
		r->date.obsolete = true;
	r->year = digits == 2 && year < 50 ? 2000 + year : digits <= 3 ? 1900 + year : year;
	if (r->year < 1900 || r->year > 9999)
		return unreadable(r, "the year is before 1900 or after 9999");
	return true;
}

static unsigned
days_in(int64_t year, unsigned month)
{
	static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return lengths[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool
read_day(struct reading *r)
{
	struct md_str word;
	int month;

	if (take_number(r, 2, &r->day) == 0)
		return unreadable(r, "it has no day of the month");
	skip_between(r);
	word = take(r, md_is_alpha);
	month = place(word, months, 12);
	if (month < 0)
		return unreadable(r, "it has no month of the twelve");
	r->month = (unsigned)month + 1;
	if (!read_year(r))
		return false;
	if (r->day == 0 || r->day > days_in(r->year, r->month))
		return unreadable(r, "the month has no such day");
	return true;
}

static bool
read_time(struct reading *r)
{
	size_t digits[3] = { take_number(r, 2, &r->hour), 0, 2 };

	if (digits[0] == 0 || !take_char(r, ':'))
		return unreadable(r, "it has no time");
	digits[1] = take_number(r, 2, &r->minute);
	if (take_char(r, ':'))
		digits[2] = take_number(r, 2, &r->second);
	if (r->rest.len > 1 && r->rest.p[0] == '.' && md_is_digit(r->rest.p[1])) {
		r->rest = md_str_skip(r->rest, 1);
		take(r, md_is_digit);
		odd(r, "its time has a fraction of a second");
	}
	if (digits[1] == 0 || digits[2] == 0)
		return unreadable(r, "its time is not complete");
	if (r->hour > 23 || r->minute > 59 || r->second > 60) /* RFC 5322 3.3: leap seconds */
		return unreadable(r, "there is no such time");
	if (digits[0] + digits[1] + digits[2] < 6)
		odd(r, "a part of the time is not two digits");
	return true;
}

static bool
read_offset(struct reading *r)
{
	const int sign = r->rest.p[0] == '-' ? -1 : 1;
	struct md_str digits;
	unsigned long hours = 0, minutes = 0;
	bool colon;

	r->rest = md_str_skip(r->rest, 1);
	digits = take(r, md_is_digit);
	colon = digits.len == 2 && r->rest.len > 0 && r->rest.p[0] == ':';
	md_str_number((struct md_str){ digits.p, digits.len < 2 ? 0 : 2 }, 99, &hours);
	digits = md_str_skip(digits, 2);
	if (colon) {
		r->rest = md_str_skip(r->rest, 1);
		digits = take(r, md_is_digit);
		odd(r, "the time zone is written with a colon");
	}
	if (digits.len != 2 || !md_str_number(digits, 59, &minutes))
		return unreadable(r, "the time zone is not + or - and four digits");
	r->date.zone_minutes = sign * (int)(hours * 60 + minutes);
	return true;
}

/* RFC 5322 4.3; other names, those of one letter too, are to be taken for "-0000". */
static void
read_zone_name(struct reading *r)
{
	static const char *const names[] = { "UT",  "GMT", "Z",   "UTC", "EST", "EDT",
		                             "CST", "CDT", "MST", "MDT", "PST", "PDT" };
	static const int hours[] = { 0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7 };
	const int i = place(take(r, md_is_alpha), names, 12);

	r->date.obsolete = true;
	if (i < 0)
		odd(r, "the name of its time zone has no agreed meaning");
	else
		r->date.zone_minutes = hours[i] * 60;
}

static bool
read_zone(struct reading *r)
{
	skip_between(r);
	if (r->rest.len == 0)
		return unreadable(r, "it has no time zone");
	if (r->rest.p[0] == '+' || r->rest.p[0] == '-')
		return read_offset(r);
	if (!md_is_alpha(r->rest.p[0]))
		return unreadable(r, "it has no time zone");
	read_zone_name(r);
	return true;
}

/* Days since 1970-01-01 in the Gregorian calendar: years begin in March, in cycles of 400. */
static int64_t
day_number(int64_t year, unsigned month, unsigned day)
{
	const int64_t y = month <= 2 ? year - 1 : year; /* never negative: from 1900 on */
	const int64_t in_year = (153 * (((int64_t)month + 9) % 12) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + in_year - 719468;
}

/* 1970-01-01 was a Thursday. */
static int
weekday_of(int64_t day)
{
	return (int)((day % 7 + 11) % 7);
}

/* "2025-11-01 12:26:39.859 +0000 UTC", as programs in Go print a time, and ISO 8601. */
static bool
is_iso(struct md_str s)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; form[i] != '\0'; i++)
		if (i >= s.len || (form[i] == 'd' ? !md_is_digit(s.p[i]) : s.p[i] != form[i]))
			return false;
	return true;
}

static bool
read_iso_day(struct reading *r)
{
	unsigned year = 0;

	r->weekday = -1;
	odd(r, "it begins with the year");
	take_number(r, 4, &year);
	take_char(r, '-');
	take_number(r, 2, &r->month);
	take_char(r, '-');
	take_number(r, 2, &r->day);
	if (r->rest.len > 0 && (r->rest.p[0] == 'T' || r->rest.p[0] == 't'))
		r->rest = md_str_skip(r->rest, 1);
	r->year = year;
	if (r->year < 1900)
		return unreadable(r, "the year is before 1900 or after 9999");
	if (r->month == 0 || r->month > 12)
		return unreadable(r, "it has no month of the twelve");
	if (r->day == 0 || r->day > days_in(r->year, r->month))
		return unreadable(r, "the month has no such day");
	return true;
}

static bool
read_date(struct reading *r, bool iso)
{
	skip_between(r);
	if (iso && is_iso(r->rest))
		return read_iso_day(r);
	return read_weekday(r) && read_day(r);
}

static struct md_date
parse(struct md_str value, bool iso)
{
	struct reading r = { .rest = value, .date = { .why = "" } };
	int64_t day;

	if (!read_date(&r, iso) || !read_time(&r) || !read_zone(&r)) {
		r.date.valid = false;
		r.date.zone_minutes = 0;
		return r.date;
	}
	skip_blanks(&r); /* a comment at the end is not obsolete: "+0100 (CET)" */
	if (r.rest.len > 0)
		odd(&r, "there is text after the time zone");
	day = day_number(r.year, r.month, r.day);
	if (r.weekday >= 0 && r.weekday != weekday_of(day))
		odd(&r, "it was not that day of the week");
	r.date.valid = true;
	r.date.seconds = day * A_DAY + (int64_t)r.hour * 3600 + (int64_t)r.minute * 60 +
	                 r.second - (int64_t)r.date.zone_minutes * 60;
	return r.date;
}

struct md_date
md_date_parse(struct md_str value)
{
	return parse(value, false);
}

struct md_date
md_date_parse_trace(struct md_str value)
{
	return parse(value, true);
}

const char *
md_date_print(struct md_arena *mem, int64_t seconds)
{
	int64_t day = seconds / A_DAY, second = seconds % A_DAY, era, year;
	unsigned of_era, of_year, month;

	if (second < 0) {
		second += A_DAY;
		day--;
	}
	/* The same cycles backwards: 400 years have 146097 days. */
	era = (day + 719468) / 146097;
	if ((day + 719468) % 146097 < 0)
		era--;
	of_era = (unsigned)(day + 719468 - era * 146097);
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (unsigned)(365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	year += era * 400 + (month >= 10 ? 1 : 0);
	return md_printf(
	        mem,
	        "%s, %02u %s %04" PRId64 " %02" PRId64 ":%02" PRId64 ":%02" PRId64 " +0000",
	        days[weekday_of(day)], of_year - (153 * month + 2) / 5 + 1,
	        months[(month + 2) % 12], year, second / 3600, second / 60 % 60, second % 60);
}
