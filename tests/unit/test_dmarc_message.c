/* DMARC of a message: RFC 9989 5.3, and RFC 7489 beside it, from made-up SPF and DKIM. */
#include "unit.h"

#include "dmarc/message_judge.h"
#include "world.h"

/* An SPF or DKIM result for a domain; NULL ends the list. */
struct leg {
	const char *domain;
	enum { PASS, FAIL, TEMPORARY, UNTOLD } is;
};

struct message {
	const char *what, *author;
	struct leg spf, dkim[3];
	enum md_dmarc_result result, result_7489;
	bool by_spf, by_dkim;
	const char *disposition, *disposition_7489; /* a part of it */
};

#define R(outcome) MD_DMARC_RESULT_##outcome

static const struct record records[] = {
	{ "_dmarc.none.example", "TXT", "v=DMARC1; p=none" },
	{ "_dmarc.reject.example", "TXT", "v=DMARC1; p=reject" },
	{ "_dmarc.strict.example", "TXT", "v=DMARC1; p=reject; adkim=s; aspf=s" },
	{ "_dmarc.testing.example", "TXT", "v=DMARC1; p=reject; t=y" },
	{ "_dmarc.sp.example", "TXT", "v=DMARC1; p=reject; sp=quarantine; t=y" },
	{ "sub.sp.example", "MX", "10 mail.sp.example." },
	{ "_dmarc.some.example", "TXT", "v=DMARC1; p=reject; pct=20" },
	{ "_dmarc.zero.example", "TXT", "v=DMARC1; p=quarantine; pct=0" },
	{ "_dmarc.bare.example", "TXT", "v=DMARC1" },
	{ "_dmarc.rua.example", "TXT", "v=DMARC1; rua=mailto:d@rua.example" },
	{ "_dmarc.twice.none.example", "TXT", "v=DMARC1; p=reject" },
	{ "_dmarc.twice.none.example", "TXT", "v=DMARC1; p=none" },
	{ "_dmarc.np.example", "TXT", "v=DMARC1; p=none; np=reject" },
	{ "_dmarc.down.example", "TXT", NULL },
	{ "_dmarc.sub.dept.example", "TXT", "v=DMARC1; p=reject; psd=n" },
	{ "_dmarc.dept.example", "TXT", "v=DMARC1; p=reject" },
	/* its organisation cannot be known: a name on the way does not answer */
	{ "_dmarc.lame.reject.example", "TXT", NULL },
};

static const struct message messages[] = {
	{ "aligned by DKIM alone",
	  "reject.example",
	  { "esp.example", PASS },
	  { { "reject.example", PASS } },
	  R(PASS),
	  R(PASS),
	  false,
	  true,
	  "no reason",
	  "no reason" },
	{ "aligned by SPF alone, relaxed",
	  "reject.example",
	  { "bounce.reject.example", PASS },
	  { { "esp.example", PASS } },
	  R(PASS),
	  R(PASS),
	  true,
	  false,
	  "no reason",
	  "no reason" },
	{ "the second of two signatures",
	  "reject.example",
	  { "esp.example", FAIL },
	  { { "esp.example", PASS }, { "mail.reject.example", PASS } },
	  R(PASS),
	  R(PASS),
	  false,
	  true,
	  "",
	  "" },
	{ "nothing aligned",
	  "reject.example",
	  { "esp.example", PASS },
	  { { "esp.example", PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "quarantined where nothing else speaks against it",
	  "policy reject: refused" },
	{ "aligned, but neither passes",
	  "reject.example",
	  { "reject.example", FAIL },
	  { { "reject.example", FAIL } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=reject",
	  "refused" },
	{ "no signature",
	  "none.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=none: treated as if there were no DMARC",
	  "policy none" },
	{ "strict: a subdomain is not enough",
	  "strict.example",
	  { "a.strict.example", PASS },
	  { { "a.strict.example", PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=reject",
	  "" },
	{ "strict: the same name",
	  "strict.example",
	  { "a.strict.example", PASS },
	  { { "strict.example", PASS } },
	  R(PASS),
	  R(PASS),
	  false,
	  true,
	  "",
	  "" },
	{ "t=y lowers for the new only",
	  "testing.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=reject, which t=y lowers to quarantine",
	  "policy reject: refused" },
	{ "sp of a parent, lowered",
	  "sub.sp.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "sp=quarantine, which t=y lowers to none",
	  "policy quarantine: quarantined" },
	{ "np of a name that is not there",
	  "gone.np.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "np=reject",
	  "policy none" },
	{ "pct for the old",
	  "some.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=reject",
	  "pct=20: of such mail 20 in 100 are refused" },
	{ "pct=0 for the old",
	  "zero.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=quarantine",
	  "pct=0: treated as if" },
	{ "a record without policy",
	  "bare.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(NONE),
	  R(NONE),
	  false,
	  false,
	  "does not apply",
	  "does not apply" },
	{ "a record with rua alone",
	  "rua.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "counts as p=none",
	  "policy none" },
	{ "no record",
	  "silent.example",
	  { "silent.example", PASS },
	  { { NULL, PASS } },
	  R(NONE),
	  R(NONE),
	  true,
	  false,
	  "",
	  "" },
	{ "two records: the old stop, the new go up",
	  "twice.none.example",
	  { "esp.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(NONE),
	  false,
	  false,
	  "p=none",
	  "does not apply" },
	{ "psd=n parts what the list joins",
	  "sub.dept.example",
	  { "dept.example", PASS },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(PASS),
	  false,
	  false,
	  "p=reject",
	  "no reason" },
	{ "the record is not known",
	  "down.example",
	  { "down.example", PASS },
	  { { "down.example", PASS } },
	  R(TEMPERROR),
	  R(TEMPERROR),
	  true,
	  true,
	  "a receiver whose lookups fail",
	  "" },
	{ "5.3.6: an aligned lookup failed",
	  "reject.example",
	  { "esp.example", PASS },
	  { { "reject.example", TEMPORARY } },
	  R(TEMPERROR),
	  R(TEMPERROR),
	  false,
	  false,
	  "a receiver whose lookups fail",
	  "" },
	{ "an aligned pass beside a failed lookup",
	  "reject.example",
	  { "reject.example", TEMPORARY },
	  { { "reject.example", PASS } },
	  R(PASS),
	  R(PASS),
	  false,
	  true,
	  "",
	  "" },
	{ "a failed lookup that could not help",
	  "strict.example",
	  { "esp.example", FAIL },
	  { { "esp.example", TEMPORARY } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "p=reject",
	  "" },
	{ "alignment not known",
	  "reject.example",
	  { "lame.reject.example", PASS },
	  { { NULL, PASS } },
	  R(TEMPERROR),
	  R(PASS),
	  false,
	  false,
	  "",
	  "" },
	{ "no envelope, and nothing else",
	  "reject.example",
	  { "", UNTOLD },
	  { { NULL, PASS } },
	  R(UNKNOWN),
	  R(UNKNOWN),
	  false,
	  false,
	  "does not tell",
	  "" },
	{ "no address, but a stranger's path",
	  "reject.example",
	  { "esp.example", UNTOLD },
	  { { NULL, PASS } },
	  R(FAIL),
	  R(FAIL),
	  false,
	  false,
	  "",
	  "" },
	{ "no envelope, but a signature",
	  "reject.example",
	  { "", UNTOLD },
	  { { "reject.example", PASS } },
	  R(PASS),
	  R(PASS),
	  false,
	  true,
	  "",
	  "" },
	{ "no author",
	  NULL,
	  { "reject.example", PASS },
	  { { "reject.example", PASS } },
	  R(PERMERROR),
	  R(PERMERROR),
	  false,
	  false,
	  "cannot judge",
	  "cannot judge" },
};

static const struct md_dmarc_message *judged[COUNT(messages)];

static const struct md_dkim_verdicts *
verdicts_of(struct md_ctx *c, const struct leg *legs)
{
	struct md_dkim_verdicts *verdicts = md_alloc(md_mem(c), sizeof(*verdicts));
	struct md_dkim_verdict *all = NULL;

	for (; legs->domain != NULL; legs++) {
		struct md_dkim_signature *signature = md_alloc(md_mem(c), sizeof(*signature));
		const struct md_dkim_verdict verdict = {
			.signature = signature,
			.result = legs->is == PASS   ? MD_DKIM_PASS
			          : legs->is == FAIL ? MD_DKIM_FAIL
			                             : MD_DKIM_TEMPERROR,
		};

		signature->domain = legs->domain;
		MD_PUSH(md_mem(c), all, verdicts->n, verdict);
	}
	verdicts->all = all;
	return verdicts;
}

static void
judge_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(messages); i++) {
		const struct message *m = &messages[i];
		const struct md_dmarc_evidence evidence = {
			.author = m->author,
			.no_author = "there are two From fields",
			.spf_domain = m->spf.domain,
			.spf_result = m->spf.is == PASS        ? "pass"
			              : m->spf.is == FAIL      ? "fail"
			              : m->spf.is == TEMPORARY ? "temperror"
			                                       : "unknown",
			.spf_pass = m->spf.is == PASS,
			.spf_unknown = m->spf.is == TEMPORARY || m->spf.is == UNTOLD,
			.spf_temporary = m->spf.is == TEMPORARY,
			.spf_why = "the message does not tell who handed it over",
			.dkim = verdicts_of(c, m->dkim),
		};

		judged[i] = md_dmarc_judge(c, &evidence);
	}
}

static void
messages_pass_and_fail(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), judge_all);
	for (size_t i = 0; i < COUNT(messages); i++) {
		const struct message *want = &messages[i];
		const struct md_dmarc_message *m = judged[i];

		print_message("  %s: %s / %s\n", want->what, m->why, m->disposition);
		assert_string_equal(md_dmarc_result_name(m->result),
		                    md_dmarc_result_name(want->result));
		assert_string_equal(md_dmarc_result_name(m->result_7489),
		                    md_dmarc_result_name(want->result_7489));
		assert_int_equal(m->by_spf, want->by_spf);
		assert_int_equal(m->by_dkim, want->by_dkim);
		assert_non_null(strstr(m->disposition, want->disposition));
		assert_non_null(strstr(m->disposition_7489, want->disposition_7489));
		assert_true(m->why[0] != '\0');
	}
	world_close(&w);
}

/* An aligned pass decides: what else was not answered is no gap of DMARC. */
static void
judge_one_that_passes(struct md_ctx *c)
{
	static const struct leg legs[] = { { "reject.example", PASS },
		                           { "lame.reject.example", PASS },
		                           { NULL, PASS } };
	const struct md_dmarc_evidence evidence = {
		.author = "reject.example",
		.spf_domain = "lame.reject.example",
		.spf_result = "pass",
		.spf_pass = true,
		.dkim = verdicts_of(c, legs),
	};

	judged[0] = md_dmarc_judge(c, &evidence);
}

static void
a_pass_has_no_gaps(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), judge_one_that_passes);
	assert_int_equal(judged[0]->result, MD_DMARC_RESULT_PASS);
	assert_null(md_run_report(w.run)->results[0].gaps);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_pass_and_fail),
		cmocka_unit_test(a_pass_has_no_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
