/* DMARC of a message: RFC 9989 5.3, and RFC 7489 beside it, from made-up SPF and DKIM. */
#include "unit.h"

#include "dmarc/message_judge.h"
#include "world.h"

/* What comes of the evidence by RFC 9989, with the legs that pass aligned, and by RFC 7489. */
struct message {
	const char *what;
	const char *evidence; /* "From AUTHOR; SPF RESULT DOMAIN; DKIM RESULT DOMAIN; ..." */
	const char *result, *result_7489;
	const char *disposition, *disposition_7489; /* a part of it */
};

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
	  "From reject.example; SPF pass esp.example; DKIM pass reject.example", "pass by dkim",
	  "pass", "no reason", "no reason" },
	{ "aligned by SPF alone, relaxed",
	  "From reject.example; SPF pass bounce.reject.example; DKIM pass esp.example",
	  "pass by spf", "pass", "no reason", "no reason" },
	{ "the second of two signatures",
	  "From reject.example; SPF fail esp.example; DKIM pass esp.example; "
	  "DKIM pass mail.reject.example",
	  "pass by dkim", "pass", "", "" },
	{ "nothing aligned", "From reject.example; SPF pass esp.example; DKIM pass esp.example",
	  "fail", "fail", "quarantined where nothing else speaks against it",
	  "policy reject: refused" },
	{ "aligned, but neither passes",
	  "From reject.example; SPF fail reject.example; DKIM fail reject.example", "fail",
	  "fail", "p=reject", "refused" },
	{ "no signature", "From none.example; SPF pass esp.example", "fail", "fail",
	  "p=none: treated as if there were no DMARC", "policy none" },
	{ "strict: a subdomain is not enough",
	  "From strict.example; SPF pass a.strict.example; DKIM pass a.strict.example", "fail",
	  "fail", "p=reject", "" },
	{ "strict: the same name",
	  "From strict.example; SPF pass a.strict.example; DKIM pass strict.example",
	  "pass by dkim", "pass", "", "" },
	{ "t=y lowers for the new only", "From testing.example; SPF pass esp.example", "fail",
	  "fail", "p=reject, which t=y lowers to quarantine", "policy reject: refused" },
	{ "sp of a parent, lowered", "From sub.sp.example; SPF pass esp.example", "fail",
	  "fail", "sp=quarantine, which t=y lowers to none", "policy quarantine: quarantined" },
	{ "np of a name that is not there", "From gone.np.example; SPF pass esp.example",
	  "fail", "fail", "np=reject", "policy none" },
	{ "pct for the old", "From some.example; SPF pass esp.example", "fail", "fail",
	  "p=reject", "pct=20: of such mail 20 in 100 are refused" },
	{ "pct=0 for the old", "From zero.example; SPF pass esp.example", "fail", "fail",
	  "p=quarantine", "pct=0: treated as if" },
	{ "a record without policy", "From bare.example; SPF pass esp.example", "none", "none",
	  "does not apply", "does not apply" },
	{ "a record with rua alone", "From rua.example; SPF pass esp.example", "fail", "fail",
	  "counts as p=none", "policy none" },
	{ "no record", "From silent.example; SPF pass silent.example", "none by spf", "none",
	  "", "" },
	{ "two records: the old stop, the new go up",
	  "From twice.none.example; SPF pass esp.example", "fail", "none", "p=none",
	  "does not apply" },
	{ "psd=n parts what the list joins", "From sub.dept.example; SPF pass dept.example",
	  "fail", "pass", "p=reject", "no reason" },
	{ "the record is not known",
	  "From down.example; SPF pass down.example; DKIM pass down.example",
	  "temperror by spf and dkim", "temperror", "a receiver whose lookups fail", "" },
	{ "5.3.6: an aligned lookup failed",
	  "From reject.example; SPF pass esp.example; DKIM temperror reject.example",
	  "temperror", "temperror", "a receiver whose lookups fail", "" },
	{ "an aligned pass beside a failed lookup",
	  "From reject.example; SPF temperror reject.example; DKIM pass reject.example",
	  "pass by dkim", "pass", "", "" },
	{ "a failed lookup that could not help",
	  "From strict.example; SPF fail esp.example; DKIM temperror esp.example", "fail",
	  "fail", "p=reject", "" },
	{ "alignment not known", "From reject.example; SPF pass lame.reject.example",
	  "temperror", "pass", "", "" },
	{ "no envelope, and nothing else", "From reject.example; SPF unknown", "unknown",
	  "unknown", "does not tell", "" },
	{ "no address, but a stranger's path", "From reject.example; SPF unknown esp.example",
	  "fail", "fail", "", "" },
	{ "no envelope, but a signature",
	  "From reject.example; SPF unknown; DKIM pass reject.example", "pass by dkim", "pass",
	  "", "" },
	{ "no author", "SPF pass reject.example; DKIM pass reject.example", "permerror",
	  "permerror", "cannot judge", "cannot judge" },
};

static const struct md_dmarc_message *judged[COUNT(messages)];

static const char *
word(struct md_ctx *c, struct md_str *rest)
{
	struct md_str piece = { "", 0 };

	md_str_cut(rest, ' ', &piece);
	return md_strndup(md_mem(c), piece.p, piece.len);
}

static void
add_spf(struct md_dmarc_evidence *e, const char *result, const char *domain)
{
	e->spf_domain = domain;
	e->spf_result = result;
	e->spf_pass = strcmp(result, "pass") == 0;
	e->spf_temporary = strcmp(result, "temperror") == 0;
	e->spf_unknown = e->spf_temporary || strcmp(result, "unknown") == 0;
}

static struct md_dkim_verdict
signed_by(struct md_ctx *c, const char *result, const char *domain)
{
	struct md_dkim_signature *signature = md_alloc(md_mem(c), sizeof(*signature));
	struct md_dkim_verdict verdict = { .signature = signature, .result = MD_DKIM_PASS };

	signature->domain = domain;
	while (strcmp(md_dkim_result_name(verdict.result), result) != 0) {
		assert_true(verdict.result < MD_DKIM_PERMERROR);
		verdict.result++;
	}
	return verdict;
}

/* Reads evidence from the table's words. */
static const struct md_dmarc_message *
judge(struct md_ctx *c, const char *words)
{
	struct md_dmarc_evidence e = {
		.no_author = "there are two From fields",
		.spf_why = "the message does not tell who handed it over",
	};
	struct md_dkim_verdicts *dkim = md_alloc(md_mem(c), sizeof(*dkim));
	struct md_dkim_verdict *all = NULL;
	struct md_str rest = md_str(words), part;

	while (md_str_cut(&rest, ';', &part)) {
		part = md_str_trim(part, " ");

		const char *kind = word(c, &part), *first = word(c, &part);
		const char *domain = word(c, &part);

		if (strcmp(kind, "From") == 0)
			e.author = first;
		else if (strcmp(kind, "SPF") == 0)
			add_spf(&e, first, domain);
		else
			MD_PUSH(md_mem(c), all, dkim->n, signed_by(c, first, domain));
	}
	dkim->all = all;
	e.dkim = dkim;
	return md_dmarc_judge(c, &e);
}

static void
judge_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(messages); i++)
		judged[i] = judge(c, messages[i].evidence);
}

/* "pass by spf and dkim": the result, and the legs that pass aligned. */
static const char *
in_words(struct md_arena *mem, const struct md_dmarc_message *m)
{
	struct md_buf b = { .mem = mem };

	md_buf_printf(&b, "%s%s%s%s%s", md_dmarc_result_name(m->result),
	              m->by_spf || m->by_dkim ? " by " : "", m->by_spf ? "spf" : "",
	              m->by_spf && m->by_dkim ? " and " : "", m->by_dkim ? "dkim" : "");
	return md_buf_str(&b);
}

static void
messages_pass_and_fail(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), judge_all);
	for (size_t i = 0; i < COUNT(messages); i++) {
		const struct message *want = &messages[i];
		const struct md_dmarc_message *m = judged[i];

		print_message("  %s: %s / %s\n", want->what, m->why, m->disposition);
		assert_string_equal(in_words(mem, m), want->result);
		assert_string_equal(md_dmarc_result_name(m->result_7489), want->result_7489);
		assert_non_null(strstr(m->disposition, want->disposition));
		assert_non_null(strstr(m->disposition_7489, want->disposition_7489));
		assert_true(m->why[0] != '\0');
	}
	world_close(&w);
	md_arena_free(mem);
}

/* An aligned pass decides: what else was not answered is no gap of DMARC. */
static void
judge_one_that_passes(struct md_ctx *c)
{
	judged[0] = judge(c, "From reject.example; SPF pass lame.reject.example; "
	                     "DKIM pass reject.example; DKIM pass lame.reject.example");
}

static void
a_pass_has_no_gaps(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), judge_one_that_passes);
	assert_int_equal(judged[0]->result, MD_DMARC_RESULT_PASS);
	assert_null(w.known.report->results[0].gaps);
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
