/*
 * check_host() against the openspf suite for RFC 7208, results and explanations.
 *
 * The suite is found in $MAILDIAG_SHARED or ../shared; without it the test is skipped.  Each
 * case's zone becomes a facts file; names that the zone lacks are added as NXDOMAIN when the
 * evaluation asks for them.
 */
#include "unit.h"

#include <stdio.h>

#include "offline.h"
#include "spf/check_host.h"
#include "suite.h"

static struct {
	const char *mail_from;
	struct md_spf_query query;
	char result[16], explanation[1024], why[1024];
} now;

static void
evaluate(struct md_ctx *c)
{
	struct md_spf_query query = now.query;
	const struct md_spf_verdict *v;

	query.mail_from = md_reverse_path_read(md_mem(c), now.mail_from);
	v = md_spf_check_host(c, &query);
	snprintf(now.result, sizeof(now.result), "%s", md_spf_result_name(v->result));
	snprintf(now.explanation, sizeof(now.explanation), "%s", v->explanation);
	snprintf(now.why, sizeof(now.why), "%s", v->why);
}

static const struct md_check spf_check = { .name = "spf", .title = "SPF", .run = evaluate };

/* ---- a case's zone as facts ---- */

static void
put_line(FILE *out, const char *name, const char *type, const char *key, json_t *value)
{
	json_t *line = json_pack("{ss ss ss so}", "fact", "dns", "name", name, "type", type,
	                         key, value);

	assert_non_null(line);
	json_dumpf(line, out, JSON_COMPACT);
	fputc('\n', out);
	json_decref(line);
}

/* The suite writes an octet as the code point of that number; one of them is NUL. */
static void
add_octets(struct md_buf *out, const json_t *string)
{
	const char *utf8 = json_string_value(string);
	const size_t len = json_string_length(string);

	for (size_t i = 0; i < len; i++) {
		unsigned octet = (unsigned char)utf8[i];

		if (octet >= 0x80)
			octet = ((octet & 3u) << 6) | ((unsigned char)utf8[++i] & 0x3fu);
		md_buf_printf(out, "\\%03u", octet);
	}
}

static const char *
txt_rdata(struct md_arena *mem, json_t *strings)
{
	struct md_buf out = { .mem = mem };
	json_t *string;
	size_t i;

	json_array_foreach(strings, i, string)
	{
		md_buf_printf(&out, "%s\"", i > 0 ? " " : "");
		add_octets(&out, string);
		md_buf_printf(&out, "\"");
	}
	return i > 0 ? md_buf_str(&out) : "\"\"";
}

static void
put_records(FILE *out, const char *name, const char *type, json_t *values)
{
	struct md_arena *mem = md_arena_new();
	json_t *rdata = json_array(), *value;
	size_t i;

	json_array_foreach(values, i, value)
	{
		const char *text =
		        json_is_array(value) ? txt_rdata(mem, value) : json_string_value(value);

		if (strcmp(text, "TIMEOUT") == 0 || strcmp(text, "SERVFAIL") == 0) {
			put_line(out, name, type, "why", json_string(text));
			json_decref(rdata);
			md_arena_free(mem);
			return;
		}
		if (strcmp(text, "0 ") == 0) /* the suite's way to write the root */
			text = "0 .";
		json_array_append_new(rdata, json_string(text));
	}
	put_line(out, name, type, "rdata", rdata);
	md_arena_free(mem);
}

static void
put_zone(FILE *out, json_t *zone)
{
	const char *name, *type;
	json_t *types, *values;

	json_object_foreach(zone, name, types)
	{
		json_object_foreach(types, type, values)
		{
			if (strcmp(type, "SPF") != 0) /* RFC 7208 3.1: TXT only */
				put_records(out, name, type, values);
		}
		if (json_object_get(types, "ANY") == NULL &&
		    json_object_get(types, "CNAME") == NULL)
			put_line(out, name, "ANY", "rcode", json_string("NOERROR"));
	}
}

/* ---- one evaluation ---- */

/* Adds what was asked and is not in the file; false when nothing was. */
static bool
add_missing(const struct md_report *report, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	bool missing = false;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_dns *fact =
		        (const struct md_dns *)(const void *)report->facts[i];

		if (fact->fact.state != MD_UNKNOWN || !fact->fact.by_choice)
			continue;
		put_line(out, fact->canonical, md_type_name(mem, fact->question.type), "rcode",
		         json_string("NXDOMAIN"));
		missing = true;
	}
	md_arena_free(mem);
	return missing;
}

static bool
as_expected(json_t *c)
{
	const char *explanation = suite_text(c, "explanation");
	json_t *word;
	size_t i;
	bool expected = false;

	json_array_foreach(json_object_get(c, "expect"), i, word)
	{
		expected = expected || strcmp(json_string_value(word), now.result) == 0;
	}
	/* Ours has no default explanation: no text is what stands for it. */
	if (strcmp(explanation, "DEFAULT") == 0)
		return expected && now.explanation[0] == '\0';
	return expected &&
	       (explanation[0] == '\0' || strcmp(explanation, now.explanation) == 0);
}

static bool
try_case(json_t *c)
{
	static const struct md_run_options example = { .domain = "example.com",
		                                       .now = 1000000000 };
	struct offline f;
	bool good, missing = true;

	offline_open(&f, "");
	put_zone(f.file, json_object_get(c, "zone"));
	now.mail_from = suite_text(c, "mailfrom");
	now.query = (struct md_spf_query){ .helo = suite_text(c, "helo") };
	assert_true(md_addr_parse(md_str(suite_text(c, "ip")), &now.query.ip));
	for (unsigned i = 0; i < 50 && missing; i++) {
		offline_run(&f, &spf_check, &example);
		missing = add_missing(f.report, f.file);
	}
	offline_close(&f);
	good = as_expected(c);
	if (!good)
		print_message(
		        "  %s: %s (%s) \"%s\"; expected %s \"%s\"\n", suite_text(c, "id"),
		        now.result, now.why, now.explanation,
		        json_string_value(json_array_get(json_object_get(c, "expect"), 0)),
		        suite_text(c, "explanation"));
	return good;
}

static void
the_suite_passes(void **state)
{
	(void)state;
	suite_passes("spf-rfc7208/cases.jsonl", 200, try_case);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_suite_passes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
