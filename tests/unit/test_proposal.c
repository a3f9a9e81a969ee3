/* A proposal over a frozen base: what it decides, and what shines through. */
#include "unit.h"

#include "fact/store.h"
#include "fetching.h"
#include "kind/kinds.h"
#include "proposal/proposal.h"

static const char base[] = "$ORIGIN example.\n"
                           "@ SOA a b 1 2 3 4 5\n"
                           "plain 300 A 192.0.2.1\n"
                           "kept 300 A 192.0.2.2\n"
                           "alias CNAME plain\n"
                           "far CNAME www.proposed.example.\n"
                           "gone TXT \"base\"\n"
                           "turned A 192.0.2.3\n"
                           "proposed A 192.0.2.4\n"
                           "old.proposed A 192.0.2.5\n";

static const char whole[] = "$ORIGIN proposed.example.\n"
                            "@ SOA a b 1 2 3 4 5\n"
                            "www A 192.0.2.80\n"
                            "back CNAME kept.example.\n";

static const char *const sets[] = {
	"plain.example A 192.0.2.11",        "PLAIN.example. 60 IN A 192.0.2.12",
	"new.example TXT \"v=spf1 -all\"",   "turned.example CNAME kept.example.",
	"www.proposed.example TXT unquoted", NULL,
};
static const char *const unsets[] = { "gone.example TXT", "alias.example CNAME", NULL };

static const struct {
	const char *name;
	uint16_t type;
	enum md_state state;
	const char *canonical, *first; /* the first record; NULL for none */
} cases[] = {
	/* single changes; of several records of one RRset all */
	{ "plain.example", MD_A, MD_PRESENT, "plain.example", "192.0.2.11" },
	{ "new.example", MD_TXT, MD_PRESENT, "new.example", "\"v=spf1 -all\"" },
	{ "gone.example", MD_TXT, MD_ABSENT, "gone.example", NULL },
	/* nothing is said of it: the base's */
	{ "kept.example", MD_A, MD_PRESENT, "kept.example", "192.0.2.2" },
	{ "none.example", MD_A, MD_ABSENT, "none.example", NULL },
	/* an alias of the base is gone, another comes and leads into the base */
	{ "alias.example", MD_A, MD_ABSENT, "alias.example", NULL },
	{ "turned.example", MD_TXT, MD_ABSENT, "kept.example", NULL },
	{ "turned.example", MD_A, MD_PRESENT, "kept.example", "192.0.2.2" },
	/* from the base into the whole zone, and back */
	{ "far.example", MD_A, MD_PRESENT, "www.proposed.example", "192.0.2.80" },
	{ "back.proposed.example", MD_A, MD_PRESENT, "kept.example", "192.0.2.2" },
	/* a whole zone replaces all that was there; single changes stand before it */
	{ "old.proposed.example", MD_A, MD_ABSENT, "old.proposed.example", NULL },
	{ "proposed.example", MD_A, MD_ABSENT, "proposed.example", NULL },
	{ "www.proposed.example", MD_TXT, MD_PRESENT, "www.proposed.example", "\"unquoted\"" },
};

static const struct md_proposal *
proposal(struct md_arena *mem)
{
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why = "";

	md_proposal_take_zone(b, zone_of(mem, "proposed.zone", whole));
	for (size_t i = 0; sets[i] != NULL; i++)
		assert_true(md_proposal_set(b, sets[i], &why));
	for (size_t i = 0; unsets[i] != NULL; i++)
		assert_true(md_proposal_unset(b, unsets[i], &why));
	md_proposal_take_change(b, &(struct md_change){ .kind = MD_CHANGE_UNKNOWN,
	                                                .name = "later.example",
	                                                .type = MD_A,
	                                                .why = "known after apply",
	                                                .place = { "plan.json", 0, NULL } });
	return md_proposal_done(b);
}

static void
it_precedes_the_base(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_zone *zone = zone_of(mem, "base.zone", base);
	struct md_zone *zones[] = { zone };
	struct md_store frozen;
	const struct md_sources below = { .nzones = 1, .zones = zones };
	struct md_sources side = below;
	struct md_dns *d;

	(void)state;
	md_store_init(&frozen, mem);
	side.base = &below;
	side.frozen = &frozen;
	side.proposal = proposal(mem);
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("  %s\n", cases[i].name);
		d = fetch(&side, cases[i].name, cases[i].type);
		assert_int_equal(d->fact.state, cases[i].state);
		assert_string_equal(d->canonical, cases[i].canonical);
		assert_int_equal(d->n > 0, cases[i].first != NULL);
		if (cases[i].first != NULL)
			assert_string_equal(md_rr_text(mem, &d->rr[0]), cases[i].first);
		md_fact_unpin(&d->fact);
	}
	d = fetch(&side, "plain.example", MD_A);
	assert_int_equal(d->n, 2);
	md_fact_unpin(&d->fact);
	d = fetch(&side, "later.example", MD_A);
	assert_int_equal(d->fact.state, MD_UNKNOWN);
	assert_string_equal(d->fact.why, "known after apply");
	md_fact_unpin(&d->fact);
	/* The other side of the same base sees nothing of it. */
	side.proposal = NULL;
	d = fetch(&side, "plain.example", MD_A);
	assert_string_equal(md_rr_text(mem, &d->rr[0]), "192.0.2.1");
	md_fact_unpin(&d->fact);
	md_store_done(&frozen);
	md_zone_free(zone);
	md_arena_free(mem);
}

static void
it_knows_where_records_stand(void **state)
{
	static const struct {
		const char *name;
		uint16_t type;
		const char *file;
		uint32_t line;
	} places[] = {
		{ "www.proposed.example", MD_A, "proposed.zone", 3 },
		{ "x.proposed.example", MD_A, "proposed.zone", 0 },
		{ "plain.example", MD_A, "--set", 0 },
		{ "gone.example", MD_TXT, "--unset", 0 },
		{ "kept.example", MD_A, "", 0 },
	};
	struct md_arena *mem = md_arena_new();
	const struct md_proposal *p = proposal(mem);

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		const struct md_place at = md_proposal_place(p, places[i].name, places[i].type);

		assert_string_equal(at.file, places[i].file);
		assert_int_equal(at.line, places[i].line);
	}
	md_arena_free(mem);
}

static void
bad_trials_are_refused(void **state)
{
	static const char *const bad_sets[] = { "",
		                                "example.com",
		                                "example.com TXT",
		                                "example.com WHAT x",
		                                "a..b A 192.0.2.1",
		                                "example.com A 300.1.1.1" };
	static const char *const bad_unsets[] = { "", "example.com", "example.com TXT x" };
	struct md_arena *mem = md_arena_new();
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why;

	(void)state;
	for (size_t i = 0; i < COUNT(bad_sets); i++) {
		why = NULL;
		assert_false(md_proposal_set(b, bad_sets[i], &why));
		assert_non_null(why);
	}
	for (size_t i = 0; i < COUNT(bad_unsets); i++) {
		why = NULL;
		assert_false(md_proposal_unset(b, bad_unsets[i], &why));
		assert_non_null(why);
	}
	assert_int_equal(md_proposal_done(b)->nchanges, 0);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_precedes_the_base),
		cmocka_unit_test(it_knows_where_records_stand),
		cmocka_unit_test(bad_trials_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
