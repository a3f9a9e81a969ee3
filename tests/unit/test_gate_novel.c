/* A check that the gate has never heard of is compared rightly, with file and line. */
#include "unit.h"

#include <stdlib.h>

#include "ask/check.h"
#include "base/arena.h"
#include "gate/compare.h"
#include "maildiag.h"
#include "zone/zone.h"

enum { BAD };
static const struct md_rule rules[] = {
	[BAD] = {
		.id = "novel.bad",
		.severity = MD_FAIL,
		.title = "The novel record is bad",
		.fix = "Make it good.",
		.reference = "none",
	},
};

static bool says_where; /* md_at; else the engine has to find out */

static void
judge(struct md_ctx *c)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "_novel.%s", md_domain(c));

	md_known(c, &md_dns(c, MD_A, "elsewhere.example")->fact); /* never known here */
	if (!md_known(c, &txt->fact) || txt->n == 0)
		return;
	if (says_where)
		md_at(c, &txt->rr[0]);
	if (md_str_eq(txt->rr[0].txt.joined, "bad"))
		md_found(c, BAD, md_domain(c), "it is bad");
}

static const struct md_check novel = {
	.name = "novel", .title = "Novel", MD_RULES(rules), .run = judge
};

#define HEAD                                                                                   \
	"$ORIGIN example.com.\n"                                                               \
	"@ SOA ns hostmaster 1 2 3 4 5\n"                                                      \
	"@ NS ns\n"

static const char base[] = HEAD "_novel TXT \"good\"\nwww A 192.0.2.1\n";

static const struct {
	const char *proposed, *rows;
} cases[] = {
	/* what is new, and where; the gap is no news by itself, but it may hide more now */
	{ HEAD "www A 192.0.2.1\n_novel TXT \"bad\"\n", "+novel.bad new.zone:5 +?" },
	/* nothing that the check has read has changed */
	{ HEAD "_novel TXT \"good\"\nwww A 192.0.2.77\n", "" },
	/* a serial is raised by every change */
	{ "$ORIGIN example.com.\n@ SOA ns hostmaster 9 2 3 4 5\n@ NS ns\n_novel TXT \"good\"\n",
	  "" },
};

static const struct md_report *
run_side(struct md_engine *e, bool proposed, struct md_run **run)
{
	static const struct md_check *const checks[] = { &novel, NULL };
	const struct md_run_options o = { .domain = "example.com", .proposed = proposed };
	char *why = NULL;

	*run = md_run_new(e, checks, &o, &why);
	assert_non_null(*run);
	while (!md_run_done(*run))
		md_engine_step(e, -1);
	return md_run_report(*run);
}

static const char *
compared(struct md_arena *mem, struct md_engine *e, const struct md_proposal *p)
{
	struct md_notices *rows = md_notices_new(mem);
	struct md_run *before, *after;
	const struct md_gate_sides sides = {
		.mem = mem,
		.proposal = p,
		.base = run_side(e, false, &before),
		.proposed = run_side(e, true, &after),
		.config = md_gate_config_none(),
		.fail_on = "fail",
	};
	struct md_buf out = { .mem = mem };

	md_gate_compare(&sides, rows);
	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind == MD_NOTICE_FINDING)
			md_buf_item(&out, " ", "%c%s %s:%u", row->novelty == MD_NEW ? '+' : '=',
			            row->rule, row->file, (unsigned)row->line);
		else if (row->kind == MD_NOTICE_GAP)
			md_buf_item(&out, " ", "%c?", row->novelty == MD_NEW ? '+' : '=');
	}
	md_run_free(before);
	md_run_free(after);
	return md_buf_str(&out);
}

static void
it_is_compared_by_what_it_has_read(void **state)
{
	char path[] = "/tmp/maildiag-test-XXXXXX";
	const char *const zones[] = { path, NULL };
	const int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	(void)state;
	assert_non_null(file);
	fputs(base, file);
	fclose(file);
	for (size_t i = 0; i < 2 * COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const char *text = cases[i / 2].proposed, *reason = "";
		struct md_engine_options o = { .offline = true, .zones = zones };
		struct md_zone *zone = md_zone_read(mem, "new.zone", md_str(text), &reason);
		struct md_engine *e;
		char *why = NULL;

		assert_non_null(zone);
		md_proposal_take_zone(b, zone);
		o.proposal = md_proposal_done(b);
		e = md_engine_new(&o, &why);
		assert_non_null(e);
		says_where = i % 2 == 1;
		assert_string_equal(compared(mem, e, o.proposal), cases[i / 2].rows);
		md_engine_free(e);
		md_arena_free(mem);
	}
	remove(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_compared_by_what_it_has_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
