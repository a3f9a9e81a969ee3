/* The resolver with thousands of questions: pace, dead names, overload, outages. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "asking.h"
#include "base/arena.h"
#include "loaded.h"
#include "resolver/pace.h"

/* ---- the pace ---- */

static void
test_pace(void **state)
{
	static const struct {
		unsigned rate;
		uint64_t step; /* microseconds between looks */
	} cases[] = { { 1, 1000 },     { 7, 3000 },           { 100, 1000 },
		      { 999, 20000 },  { 50000, 1000 },       { 1000000, 7000 },
		      { 30, 1100000 }, { UINT32_MAX, 500000 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const uint64_t start = 12345678, end = start + 10 * 1000 * 1000;
		const uint64_t rate = cases[i].rate;
		uint64_t taken = 0, burst = 0;
		struct md_pace p;

		md_pace_init(&p, cases[i].rate, start);
		for (uint64_t now = start; now < end; now += cases[i].step) {
			uint64_t n = 0;

			while (n < 100000 && md_pace_take(&p, now))
				n++;
			taken += n;
			burst = n > burst ? n : burst;
		}
		assert_true(burst <= (rate / 20 > 2 ? rate / 20 : 2));
		assert_true(taken <= 10 * rate + 2);
		if (cases[i].step <= 20000 && rate <= 1000000)
			assert_true(taken * 100 >= 10 * rate * 99);
	}
}

static void
test_pace_tells_when(void **state)
{
	struct md_pace p, none;

	(void)state;
	md_pace_init(&none, 0, 0);
	assert_true(md_pace_take(&none, 5));
	assert_int_equal(md_pace_wait(&none, 5), 0);
	md_pace_init(&p, 3, 1000);
	assert_int_equal(md_pace_burst(&p), 2);
	assert_true(md_pace_take(&p, 1000));
	for (uint64_t now = 1000; now < 5000000; now += 1234) {
		const uint64_t wait = md_pace_wait(&p, now);

		assert_true(wait == 0 || !md_pace_take(&p, now + wait - 1));
		assert_int_equal(md_pace_wait(&p, now + wait), 0);
		if (wait == 0)
			assert_true(md_pace_take(&p, now));
	}
}

/* ---- many questions ---- */

struct many {
	struct md_arena *mem;
	struct loaded server;
	struct md_resolver *resolver;
	unsigned asked, called, answered, unexplained;
	unsigned dead; /* one in so many names; 0: none */
	char why[200]; /* of the last that had no answer */
};

static void
open_many(struct many *m, double delay, unsigned capacity, struct md_resolver_options o)
{
	const char *why = "", *names[] = { m->server.name, NULL };

	*m = (struct many){ .mem = md_arena_new() };
	loaded_open(&m->server, delay, capacity);
	o.servers = names;
	m->resolver = md_resolver_new(m->mem, &o, &why);
	assert_non_null(m->resolver);
}

static void
close_many(struct many *m)
{
	md_resolver_free(m->resolver);
	loaded_close(&m->server);
	md_arena_free(m->mem);
}

static void
count(void *arg, const struct md_resolved *r)
{
	struct many *m = arg;

	m->called++;
	m->answered += r->reply != NULL;
	m->unexplained += r->reply == NULL && r->why[0] == '\0';
	if (r->reply == NULL)
		snprintf(m->why, sizeof(m->why), "%s", r->why);
}

static void
ask_more(struct many *m, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		const bool dead = m->dead > 0 && m->asked % m->dead == 0;
		struct md_question q = { .type = MD_A, .server = "" };
		char name[48];

		snprintf(name, sizeof(name), "n%u.%s.example", m->asked++,
		         dead ? "dead" : "ok");
		q.name = name;
		md_resolver_ask(m->resolver, &q, count, m);
	}
}

/* A while is told, and no test fails for it. */
static double
answer_all(struct many *m, double longest)
{
	const double start = seconds();

	loaded_run(&m->server, m->resolver, longest);
	assert_int_equal(m->called, m->asked);
	return seconds() - start;
}

static void
test_rate(void **state)
{
	static const unsigned rates[] = { 50, 400, 3000 };
	struct many m;

	(void)state;
	for (size_t i = 0; i < COUNT(rates); i++) {
		const unsigned n = rates[i] / 2;
		double took;

		open_many(&m, 0, LOADED_ROOM, (struct md_resolver_options){ .rate = rates[i] });
		ask_more(&m, n);
		took = answer_all(&m, 20);
		assert_int_equal(m.answered, n);
		print_message("%u questions at %u a second: %.3f s\n", n, rates[i], took);
		assert_true(took > 0.4); /* that many sooner would be too fast */
		close_many(&m);
	}
}

/* Many open at once cost each no more than few. */
static void
test_twenty_thousand(void **state)
{
	struct many m;

	(void)state;
	for (unsigned n = 1000; n <= 20000; n *= 20) {
		double took;

		open_many(&m, 0, LOADED_ROOM, (struct md_resolver_options){ .tries = 9 });
		took = -seconds();
		ask_more(&m, n);
		took += seconds() + answer_all(&m, 60);
		assert_int_equal(m.answered, n);
		print_message("%u at once: %.1f us each\n", n, took / n * 1e6);
		close_many(&m);
	}
}

/* Keeps n open until so many have been answered; seconds. */
static double
keep_open(struct many *m, unsigned n, unsigned all)
{
	const double start = seconds();

	while (m->called < all && seconds() < start + 60) {
		if (m->asked - m->called < n && m->asked < all)
			ask_more(m, n - (m->asked - m->called));
		loaded_run(&m->server, m->resolver, 0.001);
	}
	return seconds() - start;
}

/* What the living are answered must hardly be slower for the dead among them. */
static void
test_dead_names(void **state)
{
	enum { ALL = 10000, OPEN = 4000 };
	double took[2];
	struct many m;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		open_many(&m, 0.02, LOADED_ROOM,
		          (struct md_resolver_options){ .query_timeout = 2 });
		m.dead = i * 100;
		took[i] = keep_open(&m, OPEN, ALL - i * ALL / 100);
		close_many(&m);
	}
	print_message("%d questions: %.2f s, with 1 %% of dead names %.2f s\n", ALL, took[0],
	              took[1]);
}

/* A server with room for few is not flooded, loses no question, and is used again. */
static void
test_overload(void **state)
{
	enum { ROOM = 300 };
	unsigned seen[3], dropped[3];
	struct many m;

	(void)state;
	open_many(&m, 0.02, LOADED_ROOM,
	          (struct md_resolver_options){ .query_timeout = 0.3, .tries = 20 });
	keep_open(&m, 3000, 20000);
	m.server.capacity = ROOM;
	for (unsigned i = 0; i < 3; i++) {
		const unsigned queries = m.server.queries, lost = m.server.dropped;

		keep_open(&m, 3000, m.called + 4000);
		seen[i] = m.server.queries - queries;
		dropped[i] = m.server.dropped - lost;
		print_message("room for %d: %u queries, %u dropped\n", ROOM, seen[i],
		              dropped[i]);
	}
	assert_true(dropped[2] * 4 < seen[2]); /* what it is sent is what it can take */
	m.server.capacity = LOADED_ROOM;
	m.server.most = 0;
	keep_open(&m, 3000, m.called + 20000);
	answer_all(&m, 20);
	assert_int_equal(m.answered, m.asked);
	print_message("with room again: %u at once\n", m.server.most);
	assert_true(m.server.most > ROOM);
	close_many(&m);
}

static void
test_few_descriptors(void **state)
{
	struct rlimit before, few;
	struct many m;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &before);
	few = before;
	open_many(&m, 0.01, LOADED_ROOM, (struct md_resolver_options){ .query_timeout = 1 });
	few.rlim_cur = (rlim_t)m.server.udp + 5;
	setrlimit(RLIMIT_NOFILE, &few);
	ask_more(&m, 3000);
	answer_all(&m, 20);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_int_equal(m.answered, m.asked);
	close_many(&m);
}

/* ---- outages ---- */

static const struct md_resolver_options impatient = { .query_timeout = WAIT, .tries = 2 };

static struct md_resolver_options
patient(double seconds)
{
	struct md_resolver_options o = impatient;

	o.patience = seconds;
	return o;
}

/* It falls silent with questions on the air and others to come, and all are answered. */
static void
test_short_outage(void **state)
{
	unsigned before;
	struct many m;

	(void)state;
	open_many(&m, 0.005, LOADED_ROOM, patient(30));
	ask_more(&m, 500);
	answer_all(&m, 5);
	m.server.deaf = true;
	ask_more(&m, 1000);
	loaded_run(&m.server, m.resolver, 10 * WAIT);
	assert_true(md_resolver_silent(m.resolver));
	ask_more(&m, 1000);
	before = m.server.queries - m.server.probes;
	loaded_run(&m.server, m.resolver, 10 * WAIT);
	assert_int_equal(m.server.queries - m.server.probes, before); /* it is left alone */
	assert_true(md_resolver_room(m.resolver) < 0);
	m.server.deaf = false;
	answer_all(&m, 5);
	assert_false(md_resolver_silent(m.resolver));
	assert_int_equal(m.answered, 2500);
	assert_true(m.server.probes > 0);
	close_many(&m);
}

/* Nobody listens for a while: the system says so at once, which is no answer, either. */
static void
test_restart(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct seen s[40] = { 0 };
	struct md_resolver_options o = patient(30);
	struct md_resolver *r;
	const char *why = "";
	struct faulty f;

	(void)state;
	faulty_open(&f, "a", NULL);
	o.servers = (const char *[]){ f.name, NULL };
	r = md_resolver_new(mem, &o, &why);
	assert_non_null(r);
	faulty_stop(&f);
	for (size_t i = 0; i < COUNT(s); i++) {
		char name[32];

		snprintf(name, sizeof(name), "n%zu.example", i);
		ask(r, name, "", &s[i]);
	}
	run(r, NULL, 0, 3 * WAIT);
	faulty_start(&f);
	run(r, &f, 1, 5);
	for (size_t i = 0; i < COUNT(s); i++)
		assert_true(s[i].calls == 1 && s[i].answered);
	md_resolver_free(r);
	faulty_close(&f);
	md_arena_free(mem);
}

/* After a while questions are refused, quickly; and the first answer ends that. */
static void
test_long_outage(void **state)
{
	const double end = seconds() + 10;
	struct many m;

	(void)state;
	open_many(&m, 0, LOADED_ROOM, patient(0.6));
	m.server.deaf = true;
	ask_more(&m, 300);
	answer_all(&m, 5);
	assert_int_equal(m.answered, 0);
	assert_string_equal(m.why, "no resolver has answered for 0.6 s: not asked");
	assert_false(md_resolver_silent(m.resolver));
	ask_more(&m, 300);
	md_resolver_step(m.resolver);
	assert_int_equal(m.called, 600);
	m.server.deaf = false;
	while (m.answered == 0 && seconds() < end) {
		ask_more(&m, 1); /* refused, too; but now and then a probe goes with it */
		answer_all(&m, 5);
	}
	ask_more(&m, 300);
	answer_all(&m, 5);
	assert_in_range(m.answered, 300, 301);
	close_many(&m);
}

/* Only dead names are left: the resolver lives, and they fail as they do without patience. */
static void
test_no_outage(void **state)
{
	double took[2];
	struct many m;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		open_many(&m, 0, LOADED_ROOM, i == 0 ? impatient : patient(30));
		m.dead = 1;
		ask_more(&m, 20);
		took[i] = answer_all(&m, 5);
		assert_int_equal(m.answered, 0);
		assert_non_null(strstr(m.why, "within 0.1 s (2 tries)"));
		close_many(&m);
	}
	print_message("dead names only: %.2f s, with patience %.2f s\n", took[0], took[1]);
}

/*
 * More dead names than fit in the window, one outage after the other that is none: each has all
 * its tries nevertheless, and none is given up without being sent.
 */
static void
test_false_alarms(void **state)
{
	enum { NAMES = 700 };
	struct many m;

	(void)state;
	open_many(&m, 0, LOADED_ROOM, patient(30));
	m.dead = 1;
	ask_more(&m, NAMES);
	answer_all(&m, 20);
	assert_int_equal(m.answered, 0);
	assert_int_equal(m.unexplained, 0);
	assert_true(m.server.probes > 0);
	assert_int_equal(m.server.queries - m.server.probes, NAMES * impatient.tries);
	close_many(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_pace_tells_when),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_twenty_thousand),
		cmocka_unit_test(test_dead_names),
		cmocka_unit_test(test_overload),
		cmocka_unit_test(test_few_descriptors),
		cmocka_unit_test(test_short_outage),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_long_outage),
		cmocka_unit_test(test_no_outage),
		cmocka_unit_test(test_false_alarms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
