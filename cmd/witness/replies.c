/* What spam filters reply, read: their rules and points. */
#include "replies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "json/scan.h"

enum { LONGEST_NAME = 60, LONGEST_TEXT = 120, LONGEST_NUMBER = 20 };

static const char *
short_text(struct md_arena *mem, struct md_str octets, size_t most)
{
	const struct md_str some = { octets.p, octets.len < 4 * most ? octets.len : 4 * most };
	const char *shown = md_show(mem, some);

	return md_strndup(mem, shown, strnlen(shown, most));
}

static void
add_rule(struct md_arena *mem, struct filter_reply *r, double points, struct md_str name,
         struct md_str text)
{
	if (r->n == FILTER_RULES || name.len == 0)
		return;
	r->rules[r->n++] = (struct filter_rule){ .points = points,
		                                 .name = short_text(mem, name, LONGEST_NAME),
		                                 .text = short_text(mem, text, LONGEST_TEXT) };
}

static int
by_points(const void *a, const void *b)
{
	const struct filter_rule *x = a, *y = b;

	if (x->points != y->points)
		return x->points < y->points ? 1 : -1;
	return strcmp(x->name, y->name);
}

static bool
finish(struct filter_reply *r, const char **why)
{
	if (!isfinite(r->score) || !isfinite(r->threshold)) {
		*why = "its score is no number";
		return false;
	}
	qsort(r->rules, r->n, sizeof(*r->rules), by_points);
	return true;
}

/* ---- spamd ---- */

static bool
take_line(struct md_str *rest, struct md_str *line)
{
	if (!md_str_cut(rest, '\n', line))
		return false;
	if (line->len > 0 && line->p[line->len - 1] == '\r')
		line->len--;
	return true;
}

/* Takes a word and the blanks around it off *rest. */
static struct md_str
take_word(struct md_str *rest)
{
	struct md_str word;

	*rest = md_str_trim(*rest, " \t");
	word = (struct md_str){ rest->p, md_str_find(*rest, ' ') };
	*rest = md_str_trim(md_str_skip(*rest, word.len), " \t");
	return word;
}

/* "-0.1", "1000": strtod would take more. */
static bool
number(struct md_str word, double *value)
{
	size_t digits = 0, points = 0;

	for (size_t i = 0; i < word.len; i++) {
		digits += md_is_digit(word.p[i]);
		points += word.p[i] == '.';
		if (!md_is_digit(word.p[i]) && word.p[i] != '.' &&
		    !(i == 0 && word.p[i] == '-'))
			return false;
	}
	if (digits == 0 || points > 1 || word.len > LONGEST_NUMBER)
		return false;
	*value = strtod(word.p, NULL); /* which ends where the word does */
	return true;
}

/* "Spam: True ; 1000.0 / 5.0" */
static bool
read_verdict(struct md_str line, struct filter_reply *r)
{
	struct md_str word;

	take_word(&line);
	word = take_word(&line);
	r->spam = md_str_eq_nocase(word, "true") || md_str_eq_nocase(word, "yes");
	r->action = r->spam ? "spam" : "ham";
	return md_str_eq(take_word(&line), ";") && number(take_word(&line), &r->score) &&
	       md_str_eq(take_word(&line), "/") && number(take_word(&line), &r->threshold);
}

/* The header up to its empty line: is it a good reply with a verdict? */
static bool
read_header(struct md_arena *mem, struct md_str *rest, struct filter_reply *r, const char **why)
{
	bool verdict = false;
	struct md_str line;

	*why = "its reply is not spamd's";
	if (!take_line(rest, &line) || !md_str_starts(line, "SPAMD/"))
		return false;
	take_word(&line);
	if (!md_str_eq(take_word(&line), "0")) {
		*why = md_printf(mem, "it refuses: %s", short_text(mem, line, LONGEST_TEXT));
		return false;
	}
	while (take_line(rest, &line) && line.len > 0)
		if (md_str_starts_nocase(line, "Spam:"))
			verdict = read_verdict(line, r);
	return verdict;
}

static bool
is_rule_off(struct md_str line)
{
	return md_str_starts(line, "---- --") || md_str_starts(line, " --- --");
}

/* " 1.8 DRUGS_ERECTILE         Refers to an erectile drug", perhaps going on below. */
static void
read_rule(struct md_arena *mem, struct md_str line, struct filter_reply *r)
{
	struct md_str rest = line;
	double points;

	if (number(take_word(&rest), &points)) {
		const struct md_str name = take_word(&rest);

		add_rule(mem, r, points, name, rest);
	} else if (r->n > 0 && md_str_starts(line, "     ")) {
		struct filter_rule *last = &r->rules[r->n - 1];
		const char *all = md_printf(mem, "%s %s", last->text,
		                            md_show(mem, md_str_trim(line, " \t")));

		last->text = md_strndup(mem, all, strnlen(all, LONGEST_TEXT));
	}
}

bool
reply_of_spamd(struct md_arena *mem, struct md_str reply, struct filter_reply *r,
               const char **why)
{
	struct md_str rest = reply, line;
	bool in_table = false;

	*r = (struct filter_reply){ .action = "" };
	/* strtod() reads strings of C */
	rest.p = md_strndup(mem, reply.p, reply.len);
	if (!read_header(mem, &rest, r, why))
		return false;
	while (take_line(&rest, &line)) {
		if (in_table && line.len > 0)
			read_rule(mem, line, r);
		in_table = in_table ? line.len > 0 : is_rule_off(line);
	}
	return finish(r, why);
}

/* ---- rspamd ---- */

/* What is read of a reply; of a key that stands there twice the last counts. */
struct rspamd {
	struct md_scan scan;
	struct md_arena *mem;
	bool has_score, has_threshold;
	const char *error;
};

/* Of a value that is no number: 0. */
static bool
scan_number(struct rspamd *in, double *value)
{
	struct md_str text;

	*value = 0;
	if (md_scan_kind(&in->scan) != '0') {
		md_scan_skip(&in->scan);
		return false;
	}
	if (!md_scan_number(&in->scan, &text))
		return false;
	*value = strtod(md_strndup(in->mem, text.p, text.len), NULL);
	return isfinite(*value) || md_scan_fault(&in->scan, "too big a number");
}

/* Of a value that is no text: "". */
static const char *
scan_text(struct rspamd *in)
{
	struct md_str text;

	if (md_scan_kind(&in->scan) == '"' && md_scan_text(&in->scan, &text))
		return md_scan_meant(in->mem, text);
	md_scan_skip(&in->scan);
	return "";
}

/* Enters an object; anything else is passed over. */
static bool
scan_object(struct rspamd *in)
{
	if (md_scan_kind(&in->scan) == '{')
		return md_scan_object(&in->scan);
	md_scan_skip(&in->scan);
	return false;
}

static void
scan_symbol(struct rspamd *in, struct md_str name, struct filter_reply *r)
{
	const char *text = "";
	double points = 0;
	struct md_str key;

	if (scan_object(in))
		while (md_scan_member(&in->scan, &key)) {
			if (md_str_eq(key, "score"))
				scan_number(in, &points);
			else if (md_str_eq(key, "description"))
				text = scan_text(in);
			else
				md_scan_skip(&in->scan);
		}
	add_rule(in->mem, r, points, md_str(md_scan_meant(in->mem, name)), md_str(text));
}

static void
scan_symbols(struct rspamd *in, struct filter_reply *r)
{
	struct md_str name;

	r->n = 0;
	if (scan_object(in))
		while (md_scan_member(&in->scan, &name))
			scan_symbol(in, name, r);
}

static void
scan_reply(struct rspamd *in, struct filter_reply *r)
{
	struct md_str key;

	if (!md_scan_object(&in->scan))
		return;
	while (md_scan_member(&in->scan, &key)) {
		if (md_str_eq(key, "score"))
			in->has_score = scan_number(in, &r->score);
		else if (md_str_eq(key, "required_score"))
			in->has_threshold = scan_number(in, &r->threshold);
		else if (md_str_eq(key, "action"))
			r->action = short_text(in->mem, md_str(scan_text(in)), LONGEST_NAME);
		else if (md_str_eq(key, "error"))
			in->error = scan_text(in);
		else if (md_str_eq(key, "symbols"))
			scan_symbols(in, r);
		else
			md_scan_skip(&in->scan);
	}
}

bool
reply_of_rspamd(struct md_arena *mem, struct md_str reply, struct filter_reply *r,
                const char **why)
{
	struct rspamd in = { .scan = md_scan(reply), .mem = mem, .error = "" };

	*r = (struct filter_reply){ .action = "" };
	scan_reply(&in, r);
	if (!md_escape_is_utf8((struct md_str){ reply.p, md_scan_offset(&in.scan) }))
		md_scan_fault(&in.scan, "invalid UTF-8");
	r->spam = r->score >= r->threshold;
	if (in.scan.fault == NULL && in.has_score && in.has_threshold)
		return finish(r, why);
	if (in.scan.fault == NULL && in.error[0] != '\0')
		*why = md_printf(mem, "it refuses: %s",
		                 short_text(mem, md_str(in.error), LONGEST_TEXT));
	else
		*why = "its reply is not rspamd's";
	return false;
}
