/* The lines of a $GENERATE, one after the other, as BIND's reference manual describes them. */
#include "zone/generate.h"

#include <string.h>

struct md_zone_series {
	struct md_str text; /* "$" stands for the number */
	size_t line;
	unsigned long next, stop, step;
};

enum { MOST = INT32_MAX, WIDEST = 63 };

static bool
cut_number(struct md_str *s, unsigned long *number)
{
	size_t n = 0;

	while (n < s->len && md_is_digit(s->p[n]))
		n++;
	if (n == 0 || !md_str_number((struct md_str){ s->p, n }, MOST, number))
		return false;
	*s = md_str_skip(*s, n);
	return true;
}

static bool
read_range(struct md_str range, struct md_zone_series *s)
{
	s->step = 1;
	if (!cut_number(&range, &s->next) || !md_str_starts(range, "-"))
		return false;
	range = md_str_skip(range, 1);
	if (!cut_number(&range, &s->stop))
		return false;
	if (md_str_starts(range, "/")) {
		range = md_str_skip(range, 1);
		if (!cut_number(&range, &s->step))
			return false;
	}
	return range.len == 0 && s->step > 0 && s->next <= s->stop;
}

bool
md_zone_series_begin(struct md_zone_reader *r, const struct md_zone_entry *e,
                     struct md_str words)
{
	struct md_zone_series *s = md_alloc(r->mem, sizeof(*s));
	const size_t blank = md_str_find(words, ' ');

	if (!read_range((struct md_str){ words.p, blank }, s))
		return md_zone_fail(r, e->line, "$GENERATE %s is no range",
		                    md_excerpt(r->mem, (struct md_str){ words.p, blank }));
	words = md_str_trim(md_str_skip(words, blank), " ");
	if (words.len == 0)
		return md_zone_fail(r, e->line, "$GENERATE without a record");
	if ((s->stop - s->next) / s->step >= MD_ZONE_MOST_COPIES - r->copies) {
		if (!r->lenient)
			return md_zone_fail(r, e->line, "$GENERATE makes more than %d records",
			                    MD_ZONE_MOST_COPIES);
		return md_zone_pass_over(
		        r, e->line,
		        &(struct md_not_judged){
		                .what = md_printf(r->mem, "$GENERATE %s",
		                                  md_excerpt(r->mem, words)),
		                .why = md_printf(r->mem,
		                                 "it makes more than %d records, and was not "
		                                 "read",
		                                 MD_ZONE_MOST_COPIES) });
	}
	s->text.p = md_strndup(r->mem, words.p, words.len);
	s->text.len = words.len;
	s->line = e->line;
	r->series = s;
	return true;
}

/* ---- one line ---- */

/* "{OFFSET[,WIDTH[,BASE]]}" behind a "$". */
struct form {
	long offset;
	unsigned long width;
	char base;
};

static bool
cut_form(struct md_str *s, struct form *f)
{
	const size_t end = md_str_find(*s, '}');
	struct md_str words = { s->p + 1, end - 1 }, offset, width, base;
	unsigned long number;
	bool minus;

	if (end == s->len)
		return false;
	*s = md_str_skip(*s, end + 1);
	if (!md_str_cut(&words, ',', &offset))
		return false;
	minus = md_str_starts(offset, "-");
	if (!md_str_number(md_str_skip(offset, minus), MOST, &number))
		return false;
	f->offset = minus ? -(long)number : (long)number;
	if (md_str_cut(&words, ',', &width) && !md_str_number(width, WIDEST, &f->width))
		return false;
	if (md_str_cut(&words, ',', &base)) {
		if (base.len != 1 || memchr("doxXnN", base.p[0], 6) == NULL)
			return false;
		f->base = base.p[0];
	}
	return words.len == 0;
}

/* Nibbles from the least on, with dots: as names of ip6.arpa have them. */
static void
put_nibbles(struct md_buf *out, unsigned long n, const struct form *f)
{
	const char *digits = f->base == 'N' ? "0123456789ABCDEF" : "0123456789abcdef";
	size_t written = 0;

	do {
		if (written > 0)
			md_buf_addc(out, '.');
		md_buf_addc(out, digits[n & 15]);
		n >>= 4;
		written += written > 0 ? 2 : 1;
	} while (n > 0 || written + 1 < f->width);
}

static void
put_number(struct md_buf *out, unsigned long n, const struct form *f)
{
	const int width = (int)f->width;

	switch (f->base) {
	case 'o':
		md_buf_printf(out, "%0*lo", width, n);
		break;
	case 'x':
		md_buf_printf(out, "%0*lx", width, n);
		break;
	case 'X':
		md_buf_printf(out, "%0*lX", width, n);
		break;
	case 'n':
	case 'N':
		put_nibbles(out, n, f);
		break;
	default:
		md_buf_printf(out, "%0*lu", width, n);
		break;
	}
}

/* A "$", which stands at the beginning of *rest. */
static bool
put_dollar(struct md_buf *out, struct md_str *rest, unsigned long number)
{
	struct form f = { .base = 'd' };

	*rest = md_str_skip(*rest, 1);
	if (md_str_starts(*rest, "$")) {
		*rest = md_str_skip(*rest, 1);
		md_buf_addc(out, '$');
		return true;
	}
	if (md_str_starts(*rest, "{") && !cut_form(rest, &f))
		return false;
	if ((long)number + f.offset < 0)
		return false;
	put_number(out, (unsigned long)((long)number + f.offset), &f);
	return true;
}

bool
md_zone_series_next(struct md_zone_reader *r, struct md_zone_entry *e)
{
	struct md_zone_series *s = r->series;
	struct md_buf out = { .mem = r->mem };
	struct md_str rest;

	if (s == NULL || r->why != NULL)
		return false;
	for (rest = s->text; rest.len > 0;) {
		if (rest.p[0] == '$') {
			if (!put_dollar(&out, &rest, s->next))
				return md_zone_fail(r, s->line, "$GENERATE: %s is no number",
				                    md_excerpt(r->mem, s->text));
			continue;
		}
		if (md_str_starts(rest, "\\$"))
			rest = md_str_skip(rest, 1);
		else if (rest.p[0] == '\\' && rest.len > 1)
			md_buf_addc(&out, '\\'), rest = md_str_skip(rest, 1);
		md_buf_addc(&out, rest.p[0]);
		rest = md_str_skip(rest, 1);
	}
	*e = (struct md_zone_entry){ .text = md_buf_view(&out),
		                     .line = s->line,
		                     .comment = { "", 0 } };
	r->series = s->stop - s->next < s->step ? NULL : s;
	s->next += s->step;
	r->copies++;
	return true;
}
