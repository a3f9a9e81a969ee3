/* What spam filters reply, read: their rules and points. */
#include "replies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"

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

static struct md_str
text_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return (struct md_str){ "", 0 };
	return (struct md_str){ json_string_value(value), json_string_length(value) };
}

static void
read_symbols(struct md_arena *mem, json_t *symbols, struct filter_reply *r)
{
	const char *name;
	json_t *symbol;

	json_object_foreach(symbols, name, symbol)
	{
		add_rule(mem, r, json_number_value(json_object_get(symbol, "score")),
		         md_str(name), text_of(symbol, "description"));
	}
}

bool
reply_of_rspamd(struct md_arena *mem, struct md_str reply, struct filter_reply *r,
                const char **why)
{
	json_t *object = json_loadb(reply.p, reply.len, JSON_DISABLE_EOF_CHECK, NULL);
	const json_t *score = json_object_get(object, "score");
	const json_t *threshold = json_object_get(object, "required_score");
	const struct md_str action = text_of(object, "action"),
	                    error = text_of(object, "error");
	bool good = json_is_number(score) && json_is_number(threshold);

	*r = (struct filter_reply){ .score = json_number_value(score),
		                    .threshold = json_number_value(threshold),
		                    .action = short_text(mem, action, LONGEST_NAME) };
	r->spam = r->score >= r->threshold;
	if (good) {
		read_symbols(mem, json_object_get(object, "symbols"), r);
		good = finish(r, why);
	} else if (error.len > 0) {
		*why = md_printf(mem, "it refuses: %s", short_text(mem, error, LONGEST_TEXT));
	} else {
		*why = "its reply is not rspamd's";
	}
	json_decref(object);
	return good;
}
