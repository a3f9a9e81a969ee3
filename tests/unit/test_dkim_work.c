/* What the repair search computes for a message: bounded, and no more than linear in its size.
 */
#include "unit.h"

#include "repair/budget.h"
#include "repair/field.h"
#include "repair/mend.h"
#include "signed.h"

/* More than any of these takes. */
enum { PLENTY = 2000000000 };

static const struct md_message *
read(struct signer *s, struct md_str text)
{
	const char *why = "";
	const struct md_message *m = md_message_read(s->mem, text, &why);

	assert_non_null(m);
	return m;
}

/* A header of n signed fields of 2000 octets, simple; the Subject is not the one signed. */
static struct md_str
long_fields(struct signer *s, size_t n)
{
	struct md_buf text = { .mem = s->mem }, tags = { .mem = s->mem };
	struct md_str all;

	md_buf_add(&tags, md_str("c=simple/simple; h=from:subject"));
	md_buf_add(&text, md_str("From: a@example.com\r\nSubject: one\r\n"));
	for (size_t i = 0; i < n; i++) {
		md_buf_printf(&tags, ":x-%zu", i);
		md_buf_printf(&text, "X-%zu:", i);
		for (unsigned k = 0; k < 200; k++)
			md_buf_printf(&text, " word, %03u%s", k, k % 6 == 5 ? "\r\n" : "");
		md_buf_add(&text, md_str("\r\n"));
	}
	md_buf_add(&text, md_str("\r\nHi\r\n"));
	all = sign(s, false, md_buf_str(&tags), md_buf_view(&text));
	return replace(s->mem, all, "Subject: one", "Subject: other");
}

/* A body of n lines; the one that is not the signed one cannot be guessed. */
static struct md_str
long_body(struct signer *s, size_t n)
{
	struct md_buf text = { .mem = s->mem };
	struct md_str all;

	md_buf_add(&text, md_str("From: a@example.com\r\n\r\nfirst\r\n"));
	for (size_t i = 0; i < n; i++)
		md_buf_add(&text, md_str(".\r\n"));
	all = sign(s, false, "c=relaxed/relaxed; h=from", md_buf_view(&text));
	return replace(s->mem, all, "first", "other");
}

/* Steps that the search spends on the message, of so many. */
static uint64_t
steps_of(struct signer *s, struct md_str text, uint64_t steps, struct md_dkim_diagnosis *d)
{
	const struct md_message *m = read(s, text);
	struct md_budget budget = md_budget_make(steps, NULL, NULL);

	*d = *md_dkim_repair(s->mem, s->ring, m, verdict_on(s, m), &budget);
	return steps - budget.left;
}

/* What all guesses about a field of n words cost: steps, and octets of memory. */
static void
guess_all(const char *name, size_t n, uint64_t *steps, size_t *octets)
{
	struct md_budget budget = md_budget_make(PLENTY, NULL, NULL);
	struct md_arena *mem = md_arena_new();
	struct md_buf value = { .mem = mem };
	struct md_guesses g = { .name = md_str(name), .domain = "example.com" };
	const struct md_message nothing = { .n = 0 };
	size_t before;

	for (size_t i = 0; i < n; i++)
		md_buf_printf(&value, " w%zu,%s", i % 10, i % 10 == 9 ? "\r\n" : "");
	before = md_arena_size(mem);
	g.mem = mem;
	g.message = &nothing;
	g.value = md_buf_view(&value);
	g.budget = &budget;
	md_guess_field(&g);
	md_guess_layouts(&g);
	assert_true(g.n > 0);
	*steps = PLENTY - budget.left;
	*octets = md_arena_size(mem) - before;
	md_arena_free(mem);
}

/* A field eight times as long: at most ten times the work, and the memory. */
static void
guesses_grow_with_the_field(void **state)
{
	static const char *const names[] = { "X-Long", "Subject", "To", "References" };

	(void)state;
	for (size_t i = 0; i < MD_COUNT(names); i++) {
		uint64_t few, many;
		size_t small, large;

		guess_all(names[i], 200, &few, &small);
		guess_all(names[i], 1600, &many, &large);
		assert_true(many <= 10 * few && large <= 10 * small);
		/* what is written has been paid for */
		assert_true(large <= many);
	}
}

/* Bodies and headers eight times as large stay within the budget, whatever they hold. */
static void
large_messages_stay_within(void **state)
{
	static struct md_str (*const makers[])(struct signer *, size_t) = { long_fields,
		                                                            long_body };
	static const size_t sizes[] = { 60, 100000 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct md_dkim_diagnosis d;
		struct signer s;

		signer_open(&s);
		assert_true(steps_of(&s, makers[i](&s, sizes[i] / 8), MD_BUDGET_WHOLE, &d) > 0);
		assert_true(steps_of(&s, makers[i](&s, sizes[i]), MD_BUDGET_WHOLE, &d) <=
		            MD_BUDGET_WHOLE);
		assert_int_equal(d.n, 0);
		signer_close(&s);
	}
}

/* Whatever is left over of the budget, what is over is told, and the search ends. */
static void
what_is_over_is_told(void **state)
{
	struct md_dkim_diagnosis d = { 0 };
	struct signer s;
	struct md_str text;

	(void)state;
	signer_open(&s);
	text = long_fields(&s, 40);
	for (uint64_t steps = 1; steps <= MD_BUDGET_WHOLE; steps *= 20) {
		assert_true(steps_of(&s, text, steps, &d) <= steps);
		if (steps < 1000000)
			assert_true(d.unfinished);
	}
	signer_close(&s);
}

/* ---- the budget itself ---- */

static bool
at_once(const void *arg)
{
	(void)arg;
	return true;
}

static bool
at_third_look(const void *arg)
{
	unsigned *looks;

	memcpy(&looks, arg, sizeof(looks));
	return ++*looks == 3;
}

static void
budgets(void **state)
{
	struct md_budget b = md_budget_make(100, NULL, NULL);
	unsigned looks = 0, *const counter = &looks;

	(void)state;
	md_budget_keep(&b, 60);
	assert_int_equal(md_budget_open(&b), 40);
	assert_true(md_budget_spend(&b, 40));
	assert_false(md_budget_spend(&b, 1));
	assert_true(b.over && !b.stopped);
	md_budget_keep(&b, 0);
	assert_true(md_budget_spend(&b, 10));
	assert_false(md_budget_spend(&b, 51));
	assert_false(md_budget_spend(&b, 1)); /* what is over stays over */
	b = md_budget_make(100, at_once, NULL);
	assert_false(md_budget_spend(&b, 1));
	md_budget_keep(&b, 0);
	assert_false(md_budget_spend(&b, 1)); /* who said stop meant it */
	assert_true(b.stopped);
	/* asked now and then only */
	b = md_budget_make(PLENTY, at_third_look, &counter);
	while (md_budget_spend(&b, 1000))
		continue;
	assert_true(b.stopped && b.left > PLENTY - 4000000);
	assert_int_equal(looks, 3);
}

/* Twenty signatures cost no more than the budget that they share. */
static void
signatures_share(void **state)
{
	struct md_budget b = md_budget_make(MD_BUDGET_BULK, NULL, NULL);
	const struct md_message *m;
	const struct md_dkim_verdict *v;
	struct signer s;

	(void)state;
	signer_open(&s);
	m = read(&s, long_fields(&s, 20));
	v = verdict_on(&s, m);
	for (unsigned later = 20; later-- > 0;) {
		md_budget_keep(&b, b.left / (later + 1) * later);
		md_dkim_repair(s.mem, s.ring, m, v, &b);
		assert_true(b.left >= MD_BUDGET_BULK / 20 * later);
	}
	signer_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guesses_grow_with_the_field),
		cmocka_unit_test(large_messages_stay_within),
		cmocka_unit_test(what_is_over_is_told),
		cmocka_unit_test(budgets),
		cmocka_unit_test(signatures_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
