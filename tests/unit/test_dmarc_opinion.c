/* libopendmarc itself: what it concludes, and why that is not what we do. */
#include "unit.h"

#include <stdio.h>

#include "dmarc/opinion.h"
#include "offline.h"

#ifndef WITNESS
#define WITNESS NULL /* built without libopendmarc */
#endif

/* RFC 9989 and RFC 7489 say what is ours; what is theirs is as libopendmarc 1.4.2 does. */
static const struct {
	const char *author, *record, *found_at, *spf_domain, *spf_result, *dkim[3], *ours,
	        *theirs, *cause;
} cases[] = {
	{ "example.com",
	  "v=DMARC1; p=reject",
	  "example.com",
	  "",
	  "",
	  { "example.com" },
	  "pass",
	  "pass",
	  "" },
	{ "example.com",
	  "v=DMARC1; p=reject",
	  "example.com",
	  "example.com",
	  "softfail",
	  { NULL },
	  "reject",
	  "reject",
	  "" },
	{ "a.example.co.uk",
	  "v=DMARC1; p=reject; sp=quarantine",
	  "example.co.uk",
	  "b.example.net",
	  "pass",
	  { NULL },
	  "quarantine",
	  "quarantine",
	  "" },
	{ "a.example.co.uk",
	  "v=DMARC1; p=reject",
	  "example.co.uk",
	  "",
	  "",
	  { "b.example.co.uk" },
	  "pass",
	  "pass",
	  "" },
	/* An aligned pass stays one, whatever follows. */
	{ "example.com",
	  "v=DMARC1; p=reject",
	  "example.com",
	  "",
	  "",
	  { "example.com", "example.net" },
	  "pass",
	  "pass",
	  "" },
	/* Strict alignment (RFC 7489 3.1.1). */
	{ "a.example.com",
	  "v=DMARC1; p=reject; adkim=s",
	  "a.example.com",
	  "",
	  "",
	  { "b.example.com" },
	  "reject",
	  "pass",
	  "to it b.example.com is aligned with a.example.com in spite of adkim=s" },
	{ "example.com",
	  "v=DMARC1; p=reject; adkim=s",
	  "example.com",
	  "",
	  "",
	  { "mail.example.com" },
	  "reject",
	  "pass",
	  "to it mail.example.com is aligned with example.com in spite of adkim=s" },
	{ "example.com",
	  "v=DMARC1; p=none; aspf=s",
	  "example.com",
	  "mail.example.com",
	  "pass",
	  { NULL },
	  "none",
	  "pass",
	  "to it mail.example.com is aligned with example.com in spite of aspf=s" },
	/* Nobody is aligned with a public suffix (RFC 7489 3.2). */
	{ "example.com",
	  "v=DMARC1; p=reject",
	  "example.com",
	  "",
	  "",
	  { "com" },
	  "reject",
	  "pass",
	  "to it com, a public suffix, is aligned with all names below" },
	{ "example.co.uk",
	  "v=DMARC1; p=reject",
	  "example.co.uk",
	  "",
	  "",
	  { "co.uk" },
	  "reject",
	  "pass",
	  "to it co.uk, a public suffix, is aligned with all names below" },
	/* Policies. */
	{ "example.com",
	  "v=DMARC1; p=reject; t=y",
	  "example.com",
	  "",
	  "",
	  { NULL },
	  "quarantine",
	  "reject",
	  "it does not know t=y" },
	{ "example.com",
	  "v=DMARC1; p=r; rua=mailto:a@example.com",
	  "example.com",
	  "",
	  "",
	  { NULL },
	  "none",
	  "reject",
	  "it takes p=r for reject" },
	{ "example.com",
	  "v=DMARC1; p=bob; rua=mailto:a@example.com",
	  "example.com",
	  "",
	  "",
	  { NULL },
	  "none",
	  "absent",
	  "it does not take the record (Found DMARC record contained a bad token value)" },
	{ "x.example.com",
	  "v=DMARC1; p=none; np=reject",
	  "example.com",
	  "",
	  "",
	  { NULL },
	  "reject",
	  "none",
	  "it does not know np=" },
	{ "example.com",
	  "v=DMARC1; p=reject; rf=iodef",
	  "example.com",
	  "mail.example.com",
	  "pass",
	  { NULL },
	  "pass",
	  "pass",
	  "" },
	/* A walk of the tree finds what no list has (RFC 9989 4.10.2). */
	{ "a.dept.example.com",
	  "v=DMARC1; p=reject; psd=n",
	  "a.dept.example.com",
	  "",
	  "",
	  { "b.example.com" },
	  "reject",
	  "pass",
	  "by the Public Suffix List, all that it knows, b.example.com belongs to "
	  "example.com, as does the author domain" },
};

static size_t at;
static char result[200], cause[400], sentence[600];

static void
ask(struct md_ctx *c)
{
	struct md_dmarc_opinion_query query = {
		.author = cases[at].author,
		.record = md_str(cases[at].record),
		.found_at = cases[at].found_at,
		.spf_domain = cases[at].spf_domain,
		.spf_result = cases[at].spf_result,
		.dkim = cases[at].dkim,
		.ours = cases[at].ours,
	};
	const struct md_dmarc_opinion *o;

	while (query.dkim[query.ndkim] != NULL)
		query.ndkim++;
	o = md_dmarc_opinion(c, &query);
	snprintf(result, sizeof(result), "%s%s", o->fact->result, o->fact->fact.why);
	snprintf(cause, sizeof(cause), "%s", o->cause);
	snprintf(sentence, sizeof(sentence), "%s", o->text);
}

static const struct md_check check = { .name = "t", .title = "T", .run = ask };

static void
differences_have_causes(void **state)
{
	static const struct md_run_options example = { .domain = "example.com" };

	(void)state;
	if (WITNESS == NULL)
		skip();
	for (at = 0; at < COUNT(cases); at++) {
		struct offline f;

		offline_open(&f, "");
		f.with.witness = WITNESS;
		offline_run(&f, &check, &example);
		offline_close(&f);
		assert_string_equal(result, cases[at].theirs);
		assert_string_equal(cause, cases[at].cause);
		if (strcmp(cases[at].ours, cases[at].theirs) == 0)
			assert_string_equal(sentence, "");
		else
			assert_non_null(strstr(sentence, cause));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(differences_have_causes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
