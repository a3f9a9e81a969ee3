/* When the engine takes new runs, and when it does not. */
#include "unit.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "asking.h"
#include "loaded.h"
#include "maildiag.h"

struct many {
	struct loaded server;
	struct md_engine *engine;
	double timeout; /* of each run */
	unsigned begun, ended, most, incomplete;
};

static void
open_many(struct many *m, struct md_engine_options o)
{
	const char *names[] = { m->server.name, NULL };
	char *why = NULL;

	*m = (struct many){ 0 };
	loaded_open(&m->server, 0.05, LOADED_ROOM);
	o.resolvers = names;
	o.witness = "";
	m->engine = md_engine_new(&o, &why);
	assert_non_null(m->engine);
}

static void
close_many(struct many *m)
{
	md_engine_free(m->engine);
	loaded_close(&m->server);
}

static struct md_run *
begin(struct md_engine *engine, unsigned i, double timeout)
{
	struct md_run_options o = { .bulk = true, .timeout = timeout };
	struct md_run *run;
	char name[32], *why = NULL;

	snprintf(name, sizeof(name), "d%u.example", i);
	o.domain = name;
	run = md_run_new(engine, md_checks_spf(), &o, &why);
	assert_non_null(run);
	return run;
}

static void
end_those_done(struct many *m)
{
	struct md_run *run;
	bool complete;

	while ((run = md_engine_next_done(m->engine)) != NULL) {
		md_report_verdict(md_run_report(run), &complete);
		m->incomplete += !complete;
		md_run_free(run);
		m->ended++;
	}
}

/* As a caller does who heeds md_engine_busy: up to n runs, or for so long. */
static void
examine(struct many *m, unsigned n, double longest)
{
	const double end = seconds() + longest;

	while (m->ended < n && seconds() < end) {
		struct pollfd p[] = { { .fd = md_engine_fd(m->engine), .events = POLLIN },
			              { .fd = m->server.udp, .events = POLLIN } };

		while (m->begun < n && !md_engine_busy(m->engine))
			begin(m->engine, m->begun++, m->timeout);
		m->most = m->begun - m->ended > m->most ? m->begun - m->ended : m->most;
		if (md_engine_timeout(m->engine) != 0)
			poll(p, 2, 1);
		md_engine_step(m->engine, 0);
		loaded_step(&m->server);
		end_those_done(m);
	}
}

static void
test_offline(void **state)
{
	char *why = NULL;
	struct md_engine *e =
	        md_engine_new(&(struct md_engine_options){ .offline = true }, &why);
	struct md_run *run;
	unsigned n = 0, done = 0;

	(void)state;
	assert_false(md_engine_busy(e));
	while (!md_engine_busy(e) && n < 10000)
		begin(e, n++, 0);
	assert_in_range(n, 1, 100); /* in lots, for each is held until it is looked at */
	md_engine_step(e, 0);
	assert_false(md_engine_busy(e));
	while ((run = md_engine_next_done(e)) != NULL) {
		md_run_free(run);
		done++;
	}
	assert_int_equal(done, n);
	md_engine_free(e);
}

static void
test_many(void **state)
{
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){ .query_timeout = 2 });
	examine(&m, 2000, 60);
	assert_int_equal(m.ended, 2000);
	assert_int_equal(m.incomplete, 0);
	print_message("without limit: %u under way\n", m.most);
	close_many(&m);
}

/* Runs are begun as they can be served: else all would run out of time together. */
static void
test_paced(void **state)
{
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){ .rate = 100 });
	examine(&m, 50, 30);
	assert_int_equal(m.ended, 50);
	assert_int_equal(m.incomplete, 0);
	print_message("at 100 questions a second: %u under way\n", m.most);
	assert_in_range(m.most, 1, 20);
	close_many(&m);
}

/* While no resolver answers those that are under way wait, and no others are begun. */
static void
test_silence(void **state)
{
	unsigned begun;
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){
	                      .query_timeout = WAIT, .tries = 2, .patience = 30 });
	examine(&m, 100, 5);
	m.server.deaf = true;
	examine(&m, 5000, 5 * WAIT);
	begun = m.begun;
	assert_true(md_engine_busy(m.engine));
	examine(&m, 5000, 5 * WAIT);
	assert_int_equal(m.begun, begun);
	m.server.deaf = false;
	examine(&m, begun + 100, 20);
	assert_int_equal(m.ended, begun + 100);
	assert_int_equal(m.incomplete, 0);
	close_many(&m);
}

/* None answers for long: what is asked ends in gaps, and not one of the runs hangs. */
static void
test_no_resolver(void **state)
{
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){
	                      .query_timeout = WAIT, .tries = 2, .patience = 0.5 });
	m.server.deaf = true;
	examine(&m, 500, 20);
	assert_int_equal(m.ended, 500);
	assert_int_equal(m.incomplete, 500);
	close_many(&m);
}

/* The time of a report stands still in an outage, and goes on with the first answer. */
static void
test_time_stands_still(void **state)
{
	unsigned begun;
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){
	                      .query_timeout = WAIT, .tries = 2, .patience = 30 });
	m.timeout = 20 * WAIT;
	examine(&m, 100, 5);
	m.server.deaf = true;
	examine(&m, 5000, 30 * WAIT);
	begun = m.begun;
	assert_true(m.ended < begun); /* it is waited for beyond their time */
	m.server.deaf = false;
	examine(&m, begun + 100, 20);
	assert_int_equal(m.ended, begun + 100);
	assert_int_equal(m.incomplete, 0);
	close_many(&m);
}

/* Silence, an answer, silence: nothing is refused; but no run stands still for ever. */
static void
test_on_and_off(void **state)
{
	struct many m;

	(void)state;
	open_many(&m, (struct md_engine_options){
	                      .query_timeout = WAIT, .tries = 2, .patience = 1 });
	m.timeout = 3 * WAIT;
	m.server.deaf = true;
	for (unsigned i = 0; i < 10 && m.ended == 0; i++) {
		examine(&m, 20, 5 * WAIT);
		m.server.deaf = false;
		examine(&m, 20, WAIT / 100);
		m.server.deaf = true;
	}
	assert_true(m.ended > 0);
	m.server.deaf = false;
	examine(&m, 20, 5);
	assert_int_equal(m.ended, 20);
	close_many(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offline),     cmocka_unit_test(test_many),
		cmocka_unit_test(test_paced),       cmocka_unit_test(test_silence),
		cmocka_unit_test(test_no_resolver), cmocka_unit_test(test_time_stands_still),
		cmocka_unit_test(test_on_and_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
