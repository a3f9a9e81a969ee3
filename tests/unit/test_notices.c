/* What CI systems are told: rows as each format writes them, by the format's own rules. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/arena.h"
#include "rows/render.h"

/* A change that breaks something, leaves something as it was, and mends something. */
static const struct md_notice rows[] = {
	{
	        .kind = MD_NOTICE_FINDING,
	        .novelty = MD_UNCHANGED,
	        .subject = "example.com",
	        .check = "spf",
	        .check_title = "SPF",
	        .rule = "spf.soft",
	        .title = "Soft",
	        .severity = MD_WARN,
	        .about = "example.com",
	        .evidence = "~all",
	},
	{
	        .kind = MD_NOTICE_FINDING,
	        .novelty = MD_NEW,
	        .subject = "example.com",
	        .check = "spf",
	        .check_title = "SPF",
	        .rule = "spf.lookups",
	        .title = "Too many",
	        .fix = "Remove one.",
	        .severity = MD_FAIL,
	        .about = "example.com",
	        .evidence = "11 of 10|::x::,\nb",
	        .file = "./zones/example.com,1",
	        .line = 12,
	        .fails = true,
	},
	{
	        .kind = MD_NOTICE_FINDING,
	        .novelty = MD_FIXED,
	        .subject = "example.com",
	        .check = "dmarc",
	        .rule = "dmarc.gone",
	        .title = "Gone",
	        .severity = MD_FAIL,
	        .about = "example.com",
	        .evidence = "was there",
	},
	{
	        .kind = MD_NOTICE_FINDING,
	        .novelty = MD_NEW,
	        .subject = "example.com",
	        .check = "dmarc",
	        .rule = "dmarc.borne",
	        .title = "Borne",
	        .severity = MD_FAIL,
	        .about = "example.com",
	        .evidence = "known",
	        .waived = "until spring",
	},
	{
	        .kind = MD_NOTICE_GAP,
	        .subject = "example.com",
	        .check = "dkim",
	        .severity = MD_UNSURE,
	        .about = "TXT s._domainkey.example.com",
	        .evidence = "no answer",
	},
	{
	        .kind = MD_NOTICE_SKIPPED,
	        .subject = "example.com",
	        .check = "helo",
	        .check_title = "HELO",
	        .evidence = "no # address",
	},
};

static char *
rendered(const char *format, const struct md_notice *all, size_t n)
{
	struct md_arena *mem = md_arena_new();
	struct md_notices *o = md_notices_new(mem);
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	for (size_t i = 0; i < n; i++)
		md_notices_add(o, &all[i]);
	assert_true(md_notices_render(format, o, out));
	fclose(out);
	md_arena_free(mem);
	assert_int_equal(strlen(text), len);
	return text;
}

static void
writes_workflow_commands_worst_first(void **state)
{
	char *text = rendered("github", rows, COUNT(rows));

	assert_string_equal(text,
	                    "::error file=zones/example.com%2C1,line=12,title=maildiag%3A "
	                    "spf.lookups::example.com: Too many: example.com: 11 of "
	                    "10|::x::,\\010b%0ARemove one.\n"
	                    "::warning title=maildiag%3A maildiag.unknown::example.com: Not "
	                    "known: TXT s._domainkey.example.com: no answer\n"
	                    "::warning title=maildiag%3A spf.soft::example.com: Soft: "
	                    "example.com: ~all\n");
	free(text);
	(void)state;
}

static void
counts_tests_failures_errors_and_skipped(void **state)
{
	char *text = rendered("junit", rows, COUNT(rows));

	assert_non_null(strstr(text, "<testsuites name=\"maildiag\" tests=\"6\" "
	                             "failures=\"1\" errors=\"1\" skipped=\"2\" time=\"0\">"));
	assert_non_null(strstr(text, "<skipped message=\"until spring\"/>"));
	assert_non_null(strstr(text, "zones/example.com,1:12: Remove one."));
	free(text);
	(void)state;
}

static void
writes_directives_and_diagnostics(void **state)
{
	char *text = rendered("tap", rows, COUNT(rows));

	assert_int_equal(strncmp(text, "TAP version 13\n1..6\nok 1 - ", 27), 0);
	assert_non_null(strstr(text, "\nnot ok 2 - example.com: spf.lookups: "));
	assert_non_null(strstr(text, "\n  ---\n  message: \"11 of 10|::x::,\\\\010b\"\n"));
	assert_non_null(strstr(text, " # SKIP no \\# address\n"));
	assert_non_null(strstr(text, "\n  line: 12\n  ...\n"));
	free(text);
	text = rendered("tap", rows, 0);
	assert_string_equal(text, "TAP version 13\n1..0 # SKIP nothing was examined\n");
	free(text);
	(void)state;
}

/* Services show as open whatever is in these. */
static void
leaves_out_what_is_fixed_or_waived(void **state)
{
	char *sarif = rendered("sarif", rows, COUNT(rows));
	char *gitlab = rendered("gitlab", rows, COUNT(rows));
	json_t *document = json_loads(gitlab, 0, NULL), *one;

	assert_int_equal(json_array_size(document), 3);
	one = json_object_get(json_array_get(document, 0), "location");
	assert_string_equal(json_string_value(json_object_get(one, "path")),
	                    "zones/example.com,1");
	json_decref(document);
	document = json_loads(sarif, 0, NULL);
	one = json_array_get(json_object_get(document, "runs"), 0);
	assert_int_equal(json_array_size(json_object_get(one, "results")), 2);
	one = json_array_get(json_object_get(one, "invocations"), 0);
	one = json_object_get(one, "toolExecutionNotifications");
	assert_int_equal(json_array_size(one), 1);
	json_decref(document);
	free(sarif);
	free(gitlab);
	(void)state;
}

static void
writes_a_table_with_the_columns_it_needs(void **state)
{
	char *text = rendered("markdown", rows, COUNT(rows));

	assert_string_equal(
	        text,
	        "### maildiag: example.com: pass\n\n1 failure, 1 unknown, 1 warning\n\n"
	        "| | What | Where | Rule |\n|---|---|---|---|\n"
	        "| ❌ fail | Too many: example.com: `11 of 10\\|::x::,\\010b` | "
	        "`zones/example.com,1:12` | spf.lookups |\n"
	        "| ❔ unknown | Not known: TXT s.\\_domainkey.example.com: no answer |  |  |\n"
	        "| ⚠️ warn, as before | Soft: example.com: `~all` |  | spf.soft |\n"
	        "| ❌ fail | Borne: example.com: known (does not count: until spring) |  | "
	        "dmarc.borne |\n"
	        "| ✅ fixed | Gone: example.com: was there |  | dmarc.gone |\n"
	        "\n<details><summary>How to mend it</summary>\n"
	        "\n**Too many**: Remove one.\n\n</details>\n");
	free(text);
	(void)state;
}

/* What would be markup in a cell is code there; and prose stays prose. */
static void
keeps_foreign_text_from_being_markup(void **state)
{
	static const struct {
		const char *evidence, *shown;
	} cases[] = {
		{ "2 records (\"a\", 'b'): no; why?", "2 records (\"a\", 'b'): no; why?" },
		{ "OFR_515 < a -> b", "OFR\\_515 &lt; a -&gt; b" },
		{ "_dmarc.a", "\\_dmarc.a" },
		{ "@team", "`@team`" },
		{ "a@b.example", "`a@b.example`" },
		{ "see http://x.example", "`see http://x.example`" },
		{ "at WWW.x.example", "`at WWW.x.example`" },
		{ "a :boom: b", "`a :boom: b`" },
		{ "GH-1", "`GH-1`" },
		{ "deadbeef", "`deadbeef`" },
		{ "a|b", "`a\\|b`" },
		{ "a\\|b", "`a\\ \\|b`" },
		{ "`x`", "`` `x` ``" },
		{ "a```b", "```` a```b ````" },
		{ "<b>", "&lt;b&gt;" },
		{ "\x1b[2J", "`\\027[2J`" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_notice row = rows[0];
		char *text, *cell;

		row.evidence = cases[i].evidence;
		text = rendered("markdown", &row, 1);
		cell = strstr(text, "Soft: example.com: ");
		assert_non_null(cell);
		cell += strlen("Soft: example.com: ");
		assert_int_equal(strncmp(cell, cases[i].shown, strlen(cases[i].shown)), 0);
		assert_int_equal(strncmp(cell + strlen(cases[i].shown), " | ", 3), 0);
		free(text);
	}
	(void)state;
}

static void
no_message_of_sarif_holds_a_link_or_placeholder(void **state)
{
	struct md_notice row = rows[0];
	char *text;

	row.evidence = "{0} [x](y) %{i}";
	text = rendered("sarif", &row, 1);
	assert_non_null(strstr(text, "{{0}} [x] (y) %{{i}}"));
	free(text);
	(void)state;
}

static void
tells_a_lacking_fact_once(void **state)
{
	struct md_notice gaps[] = { rows[4], rows[4], rows[4], rows[4] };
	char *text;

	gaps[1].check = "dmarc";
	gaps[1].rule = "dmarc.temperror";
	gaps[2].check = "spf";
	gaps[3].subject = "example.net";
	text = rendered("github", gaps, COUNT(gaps));
	assert_non_null(strstr(text, "dmarc.temperror::"));
	assert_non_null(strstr(text, "::example.net: Not known"));
	assert_null(strstr(text, "maildiag.unknown::example.com"));
	free(text);
	(void)state;
}

static void
two_of_a_kind_have_fingerprints_of_their_own(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_notices *o = md_notices_new(mem);

	for (size_t i = 0; i < 2; i++)
		md_notices_add(o, &rows[1]);
	assert_string_not_equal(md_notice_fingerprint(mem, &o->all[0]),
	                        md_notice_fingerprint(mem, &o->all[1]));
	md_arena_free(mem);
	(void)state;
}

static void
makes_uris_of_paths(void **state)
{
	static const struct {
		const char *path, *uri;
	} cases[] = {
		{ "zones/a b", "zones/a%20b" },
		{ "inbox:17", "inbox%3A17" },
		{ "/srv/z?#", "file:///srv/z%3F%23" },
		{ "\xc3\xbc%", "%C3%BC%25" },
	};
	struct md_arena *mem = md_arena_new();

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(md_uri_path(mem, cases[i].path), cases[i].uri);
	md_arena_free(mem);
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_workflow_commands_worst_first),
		cmocka_unit_test(counts_tests_failures_errors_and_skipped),
		cmocka_unit_test(writes_directives_and_diagnostics),
		cmocka_unit_test(leaves_out_what_is_fixed_or_waived),
		cmocka_unit_test(writes_a_table_with_the_columns_it_needs),
		cmocka_unit_test(keeps_foreign_text_from_being_markup),
		cmocka_unit_test(no_message_of_sarif_holds_a_link_or_placeholder),
		cmocka_unit_test(tells_a_lacking_fact_once),
		cmocka_unit_test(two_of_a_kind_have_fingerprints_of_their_own),
		cmocka_unit_test(makes_uris_of_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
