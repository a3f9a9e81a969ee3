/* The resolver with many questions: sharing, cancelling, windows, asking from callbacks. */
#include "unit.h"

#include <stdio.h>

#include "asking.h"

static void
test_shares_questions(void **state)
{
	struct seen s[3] = { 0 };
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	for (size_t i = 0; i < COUNT(s); i++)
		ask(p.resolver, "shared.example", "", &s[i]);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 1);
	for (size_t i = 0; i < COUNT(s); i++)
		assert_int_equal(s[i].calls, 1);
	ask(p.resolver, "shared.example", "", &s[0]); /* shared in flight, not remembered */
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 2);
	close_pair(&p);
}

static void
test_cancel(void **state)
{
	struct seen kept = { 0 }, gone = { 0 };
	uint64_t ticket;
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	ask(p.resolver, "both.example", "", &kept);
	ticket = ask(p.resolver, "both.example", "", &gone);
	md_resolver_cancel(p.resolver, ticket);
	md_resolver_cancel(p.resolver, ticket); /* once too often does no harm */
	ticket = ask(p.resolver, "alone.example", "", &gone);
	md_resolver_cancel(p.resolver, ticket);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(kept.calls, 1);
	assert_int_equal(gone.calls, 0);
	assert_int_equal(p.server.udp_queries, 1);

	ticket = ask(p.resolver, "sent.example", "", &gone);
	md_resolver_step(p.resolver); /* now it is on its way */
	md_resolver_cancel(p.resolver, ticket);
	assert_int_equal(md_resolver_timeout(p.resolver), -1);
	run(p.resolver, &p.server, 1, 5);
	md_resolver_step(p.resolver);
	assert_int_equal(gone.calls, 0);
	close_pair(&p);
}

struct chain {
	struct md_resolver *r;
	struct seen seen;
	uint64_t other;
	unsigned left;
};

static void
ask_more(void *arg, const struct md_resolved *resolved)
{
	struct chain *c = arg;
	const struct md_question q = { .name = "more.example", .type = MD_A, .server = "" };

	note(&c->seen, resolved);
	md_resolver_cancel(c->r, c->other);
	if (c->left-- > 0)
		md_resolver_ask(c->r, &q, ask_more, c);
}

static void
test_asks_within_the_callback(void **state)
{
	const struct md_question q = { .name = "more.example", .type = MD_A, .server = "" };
	struct seen other = { 0 };
	struct chain c = { .left = 5 };
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	c.r = p.resolver;
	md_resolver_ask(p.resolver, &q, ask_more, &c);
	c.other = md_resolver_ask(p.resolver, &q, note, &other);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(c.seen.calls, 6);
	assert_int_equal(other.calls, 0);
	assert_int_equal(p.server.udp_queries, 6);
	close_pair(&p);
}

/* Asks so many different questions. */
static void
ask_many(struct pair *p, struct seen *s, unsigned n)
{
	char name[32];

	for (unsigned i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "n%u.example", i);
		ask(p->resolver, name, "", &s[i]);
	}
}

/* 128 at once to begin with; the others follow as these are answered. */
static void
test_window(void **state)
{
	enum { QUESTIONS = 300, WINDOW = 128 };
	struct seen s[QUESTIONS] = { 0 };
	unsigned ports = 0;
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	ask_many(&p, s, QUESTIONS);
	md_resolver_step(p.resolver);
	faulty_step(&p.server);
	assert_int_equal(p.server.udp_queries, WINDOW);
	for (unsigned i = 1; i < WINDOW; i++)
		ports += p.server.ports[i] != p.server.ports[i - 1];
	assert_true(ports >= WINDOW / 64 - 1); /* 64 at most share a port */
	run(p.resolver, &p.server, 1, 5);
	for (unsigned i = 0; i < QUESTIONS; i++)
		assert_true(s[i].calls == 1 && s[i].answered);
	assert_int_equal(p.server.udp_queries, QUESTIONS);
	close_pair(&p);
}

/* It grows while all is answered, and shrinks to what it was when nothing is. */
static void
test_window_adapts(void **state)
{
	enum { FLOOR = 128, MANY = 5 * FLOOR };
	struct seen s[2 * MANY] = { 0 };
	unsigned most = 0, before;
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	ask_many(&p, s, MANY);
	run(p.resolver, &p.server, 1, 5);
	p.server.udp_script = "-";
	ask_many(&p, s + MANY, MANY);
	md_resolver_step(p.resolver);
	faulty_step(&p.server);
	before = p.server.udp_queries;
	assert_true(before > MANY + FLOOR);
	for (unsigned rounds = 0; rounds < 10; rounds++) {
		before = p.server.udp_queries;
		run(p.resolver, &p.server, 1, WAIT);
		if (rounds >= 5 && p.server.udp_queries - before > most)
			most = p.server.udp_queries - before;
	}
	assert_in_range(most, 1, 2 * FLOOR);
	close_pair(&p);
}

static void
test_forgets_open_questions(void **state)
{
	struct seen s = { 0 };
	struct pair p;

	(void)state;
	open_pair(&p, "-");
	ask(p.resolver, "open.example", "", &s);
	md_resolver_step(p.resolver);
	ask(p.resolver, "due.example", "", &s);
	ask(p.resolver, "refused.example", "10.0.0.1", &s);
	close_pair(&p);
	assert_int_equal(s.calls, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares_questions),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_asks_within_the_callback),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_window_adapts),
		cmocka_unit_test(test_forgets_open_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
