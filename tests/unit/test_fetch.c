/* The stack of sources: which file answers, and how a chain goes on from one to the next. */
#include "unit.h"

#include "asking.h"
#include "fact/replay.h"
#include "fetching.h"
#include "kind/kinds.h"
#include "proposal/proposal.h"

static const char facts[] =
        "{\"fact\":\"dns\",\"name\":\"www.a.example\",\"type\":\"CNAME\",\"rdata\":["
        "\"host.b.example.\"],\"ttl\":60}\n"
        "{\"fact\":\"dns\",\"name\":\"both.b.example\",\"type\":\"A\",\"rdata\":[\"192.0.2.9\"]"
        "}\n"
        "{\"fact\":\"dns\",\"name\":\"round.a.example\",\"type\":\"CNAME\",\"rdata\":["
        "\"round.b.example.\"]}\n";

static const char world[] = "$ORIGIN .\n"
                            ". SOA a. b. 1 2 3 4 5\n"
                            "b.example. A 192.0.2.1\n"
                            "out.b.example. A 192.0.2.2\n"
                            "c.example. A 192.0.2.3\n";

static const char zone[] = "$ORIGIN b.example.\n"
                           "@ SOA a b 1 2 3 4 5\n"
                           "@ NS a\n"
                           "host 300 A 192.0.2.4\n"
                           "both 300 A 192.0.2.5\n"
                           "round CNAME round.a.example.\n"
                           "me CNAME me\n"
                           "out CNAME c.example.\n"
                           "cut NS ns.example.\n";

static const struct {
	const char *name;
	enum md_state state;
	const char *canonical, *address, *origin, *why;
	uint32_t ttl;
} cases[] = {
	/* from the replay file into the zone */
	{ "www.a.example", MD_PRESENT, "host.b.example", "192.0.2.4", "b.zone", "", 60 },
	/* the replay file is asked first */
	{ "both.b.example", MD_PRESENT, "both.b.example", "192.0.2.9", "x.facts", "", 3600 },
	/* the zone nearest to the name answers, and its NXDOMAIN is final */
	{ "b.example", MD_ABSENT, "b.example", NULL, "b.zone", "", 0 },
	{ "x.b.example", MD_ABSENT, "x.b.example", NULL, "b.zone", "", 0 },
	/* out of that zone into the one at the root, which has delegations, too */
	{ "out.b.example", MD_PRESENT, "c.example", "192.0.2.3", "world", "", 300 },
	{ "x.cut.b.example", MD_ABSENT, "x.cut.b.example", NULL, "world", "", 0 },
	/* what is an alias of itself, or leads back to one, has no records: no later answer
	   will change that */
	{ "round.a.example", MD_ABSENT, "round.a.example", NULL, "b.zone", "", 300 },
	{ "me.b.example", MD_ABSENT, "me.b.example", NULL, "b.zone", "", 300 },
};

static void
the_first_source_that_knows_the_name_answers(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *why = "";
	struct md_replay *replay =
	        md_replay_read(mem, "x.facts", md_str(facts), md_kinds, &why);
	struct md_zone *zones[] = { zone_of(mem, "world", world),
		                    zone_of(mem, "b.zone", zone) };
	const struct md_sources sources = { .replay = replay, .nzones = 2, .zones = zones };

	(void)state;
	assert_non_null(replay);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_dns *d = fetch(&sources, cases[i].name, MD_A);

		print_message("  %s\n", cases[i].name);
		assert_int_equal(d->fact.state, cases[i].state);
		assert_string_equal(d->fact.why, cases[i].why);
		assert_string_equal(d->canonical, cases[i].canonical);
		assert_string_equal(d->origin, cases[i].origin);
		assert_int_equal(d->ttl, cases[i].ttl);
		assert_int_equal(d->n, cases[i].address != NULL);
		if (cases[i].address != NULL)
			assert_string_equal(md_rr_text(mem, &d->rr[0]), cases[i].address);
		md_fact_unpin(&d->fact);
	}
	for (size_t i = 0; i < COUNT(zones); i++)
		md_zone_free(zones[i]);
	md_replay_free(replay);
	md_arena_free(mem);
}

static void
what_no_file_knows_is_unknown_by_choice(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_zone *zones[] = { zone_of(mem, "b.zone", zone) };
	const struct md_sources sources = { .nzones = 1, .zones = zones };
	struct md_dns *d = fetch(&sources, "out.b.example", MD_A);

	(void)state;
	assert_int_equal(d->fact.state, MD_UNKNOWN);
	assert_true(d->fact.by_choice);
	assert_int_equal(d->naliases, 1);
	assert_string_equal(d->canonical, "c.example");
	md_fact_unpin(&d->fact);
	md_zone_free(zones[0]);
	md_arena_free(mem);
}

/* Asks the network for x.example, until it is known. */
static struct md_dns *
fetch_far(struct pair *p)
{
	const struct md_sources sources = { .resolver = p->resolver };
	const struct md_question q = { "x.example", MD_A, 0, "" };
	struct md_fetch *handle = NULL;
	struct md_dns *fact = NULL;

	start(&sources, &q, &fact, &handle);
	assert_non_null(handle);
	run(p->resolver, &p->server, 1, 5);
	assert_null(handle);
	assert_non_null(fact);
	return fact;
}

/* A resolver tells an alias and nothing of its target: that is asked for when the reply is
 * gone. */
static void
the_target_of_an_alias_is_asked_for(void **state)
{
	static const char *const chain[] = { "x.example", "t.x.example", "t.t.x.example" };
	static const struct {
		const char *script;
		enum md_state state;
		size_t naliases, nattempts;
	} ways[] = {
		{ "a", MD_PRESENT, 0, 1 },   { "la", MD_PRESENT, 1, 2 },
		{ "lla", MD_PRESENT, 2, 3 }, { "llx", MD_ABSENT, 2, 3 },
		{ "lr", MD_UNKNOWN, 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct pair p;
		struct md_dns *d;

		open_pair(&p, ways[i].script);
		d = fetch_far(&p);
		assert_int_equal(d->fact.state, ways[i].state);
		assert_string_equal(d->canonical, chain[ways[i].naliases]);
		assert_int_equal(d->naliases, ways[i].naliases);
		for (size_t k = 0; k < d->naliases; k++) {
			assert_string_equal(d->aliases[k].owner, chain[k]);
			assert_string_equal(d->aliases[k].name, chain[k + 1]);
		}
		assert_int_equal(d->nattempts, ways[i].nattempts);
		for (size_t k = 0; k < d->nattempts; k++)
			assert_string_equal(d->attempts[k].server, p.server.name);
		md_fact_unpin(&d->fact);
		close_pair(&p);
	}
}

/* Nobody waits any more, for the first question or for that of the target. */
static void
forgets_what_is_cancelled(void **state)
{
	(void)state;
	for (unsigned asked = 0; asked < 2; asked++) {
		const struct md_question q = { "x.example", MD_A, 0, "" };
		struct md_fetch *handle = NULL;
		struct md_sources sources = { 0 };
		struct md_dns *fact = NULL;
		struct pair p;

		open_pair(&p, "l-");
		sources.resolver = p.resolver;
		start(&sources, &q, &fact, &handle);
		for (unsigned steps = 0; p.server.udp_queries < asked + 1 && steps < 1000;
		     steps++)
			run(p.resolver, &p.server, 1, WAIT / 100);
		md_fetch_cancel(handle);
		run(p.resolver, &p.server, 1, 5);
		assert_null(fact);
		assert_int_equal(md_resolver_timeout(p.resolver), -1);
		close_pair(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_source_that_knows_the_name_answers),
		cmocka_unit_test(what_no_file_knows_is_unknown_by_choice),
		cmocka_unit_test(the_target_of_an_alias_is_asked_for),
		cmocka_unit_test(forgets_what_is_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
