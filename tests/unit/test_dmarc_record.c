/* DMARC records by RFC 9989 sections 4.7, 4.8 and 4.10.1, and as RFC 7489 reads them. */
#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "record/dmarc.h"

static const struct {
	const char *text;
	enum md_dmarc_start start;
	const char *says;
} starts[] = {
	{ "v=DMARC1", MD_DMARC_RECORD, "" },
	{ "v=DMARC1;", MD_DMARC_RECORD, "" },
	{ "v=DMARC1 ; p=none", MD_DMARC_RECORD, "" },
	{ "v = DMARC1;p=none", MD_DMARC_RECORD, "" },
	{ "v\t=\tDMARC1;p=none", MD_DMARC_RECORD, "" },
	{ "V=DMARC1; p=none", MD_DMARC_RECORD, "" }, /* ABNF: "v" is any case */
	{ "v=dmarc1; p=none", MD_DMARC_BROKEN, "capitals" },
	{ "v=DMARC2; p=none", MD_DMARC_BROKEN, "only version" },
	{ "v=DMARC10; p=none", MD_DMARC_BROKEN, "no more" },
	{ "v=DMARC1 p=none", MD_DMARC_BROKEN, "semicolon" },
	{ "v=DMARC1,p=none", MD_DMARC_BROKEN, "semicolon" },
	{ " v=DMARC1; p=none", MD_DMARC_BROKEN, "blank" },
	{ "\"v=DMARC1; p=none\"", MD_DMARC_BROKEN, "something stands before" },
	{ "\xe2\x80\x9cv=DMARC1; p=none", MD_DMARC_BROKEN, "something stands before" },
	{ "p=none; v=DMARC1", MD_DMARC_BROKEN, "not the first tag" },
	{ "p=reject; rua=mailto:a@example.com", MD_DMARC_BROKEN, "missing" },
	{ "DMARC1; p=reject", MD_DMARC_BROKEN, "missing" },
	{ "v=spf1 -all", MD_DMARC_OTHER, "" },
	{ "v=DKIM1; p=", MD_DMARC_OTHER, "" },
	{ "v=TLSRPTv1; rua=mailto:a@example.com", MD_DMARC_OTHER, "" },
	{ "google-site-verification=abc", MD_DMARC_OTHER, "" },
	{ "k=rsa; p=MIGf", MD_DMARC_OTHER, "" },
	{ "", MD_DMARC_OTHER, "" },
	{ "v=", MD_DMARC_OTHER, "" },
	{ "v", MD_DMARC_OTHER, "" },
};

static void
records_begin_with_the_version(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(starts); i++) {
		const struct md_str text = md_str(starts[i].text);
		const char *says = "";
		struct md_str at = text;

		print_message("  %s\n", starts[i].text);
		assert_int_equal(md_dmarc_starts(text, &says, &at), starts[i].start);
		assert_non_null(strstr(says, starts[i].says));
		assert_true(at.p >= text.p && at.p + at.len <= text.p + text.len);
	}
}

enum { ABSENT, INVALID, NONE, QUARANTINE, REJECT };

static const struct {
	const char *text;
	unsigned p, sub, nx; /* policy of the domain, of subdomains, of names that are not */
	unsigned old_p, old_sub; /* as RFC 7489 has it */
} policies[] = {
	{ "v=DMARC1; p=reject", REJECT, REJECT, REJECT, REJECT, REJECT },
	{ "v=DMARC1; p=Reject", REJECT, REJECT, REJECT, REJECT, REJECT },
	{ "v=DMARC1; p=reject; sp=none", REJECT, NONE, NONE, REJECT, NONE },
	{ "v=DMARC1; p=none; sp=quarantine; np=reject", NONE, QUARANTINE, REJECT, NONE,
	  QUARANTINE },
	{ "v=DMARC1; p=none; np=reject", NONE, NONE, REJECT, NONE, NONE },
	/* t=y: one level lower, p, sp and np alike; none stays */
	{ "v=DMARC1; p=reject; sp=quarantine; np=none; t=y", QUARANTINE, NONE, NONE, REJECT,
	  QUARANTINE },
	{ "v=DMARC1; p=reject; t=n", REJECT, REJECT, REJECT, REJECT, REJECT },
	/* no valid p: none with a valid rua, else no DMARC */
	{ "v=DMARC1", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT },
	{ "v=DMARC1; rua=mailto:a@example.com", NONE, NONE, NONE, NONE, NONE },
	{ "v=DMARC1; p=rejct; rua=mailto:a@example.com", NONE, NONE, NONE, NONE, NONE },
	{ "v=DMARC1; p=rejct; rua=a@example.com", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT },
	{ "v=DMARC1; p=; rua=mailto:a@example.com", NONE, NONE, NONE, NONE, NONE },
	/* "Any valid URI can be specified" (4.7) */
	{ "v=DMARC1; rua=https://example.com/", NONE, NONE, NONE, NONE, NONE },
	/* an invalid sp or np spoils the record even for the domain itself */
	{ "v=DMARC1; p=reject; sp=foo", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT },
	{ "v=DMARC1; p=reject; sp=foo; rua=mailto:a@example.com", NONE, NONE, NONE, NONE,
	  NONE },
	{ "v=DMARC1; p=reject; np=foo", ABSENT, ABSENT, ABSENT, REJECT, REJECT },
	/* the first of repeated tags */
	{ "v=DMARC1; p=none; p=reject", NONE, NONE, NONE, NONE, NONE },
	/* a swallowed semicolon makes p invalid */
	{ "v=DMARC1; p=reject rua=mailto:a@example.com", ABSENT, ABSENT, ABSENT, ABSENT,
	  ABSENT },
};

static void
the_policy_depends_on_who_asks(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(policies); i++) {
		const struct md_dmarc *d = md_dmarc_parse(mem, md_str(policies[i].text));
		enum md_dmarc_tag tag;

		print_message("  %s\n", policies[i].text);
		assert_int_equal(md_dmarc_policy_of(d, MD_DMARC_SELF, &tag), policies[i].p);
		assert_int_equal(md_dmarc_policy_of(d, MD_DMARC_SUBDOMAIN, &tag),
		                 policies[i].sub);
		assert_int_equal(md_dmarc_policy_of(d, MD_DMARC_NONEXISTENT, &tag),
		                 policies[i].nx);
		assert_int_equal(md_dmarc_policy_of_7489(d, MD_DMARC_SELF), policies[i].old_p);
		assert_int_equal(md_dmarc_policy_of_7489(d, MD_DMARC_SUBDOMAIN),
		                 policies[i].old_sub);
	}
	md_arena_free(mem);
}

/* Each fault as KIND@offset+length, in order. */
static const struct {
	const char *text, *faults, *mended;
} faulty[] = {
	{ "v=DMARC1; p=none", "", "v=DMARC1; p=none" },
	{ "v=DMARC1;p=none;;", "", "v=DMARC1; p=none" },
	{ "v=DMARC1; p = none ; adkim=S; aspf=r; fo=1:d:s; psd=n; t=y", "",
	  "v=DMARC1; p=none; adkim=s; aspf=r; fo=1:d:s; psd=n; t=y" },
	{ "v=DMARC1; p:reject", "syntax@11+1", "v=DMARC1; p=reject" },
	{ "v=DMARC1; p", "syntax@10+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=", "syntax@10+2", "v=DMARC1; p=none" },
	{ "v=DMARC1; =none", "syntax@10+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; x1=y", "syntax@19+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; my_tag=y", "syntax@20+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=no\tne", "syntax@14+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; rua=mailto:\xc3\xa4@example.com", "syntax@29+1",
	  "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none rua=mailto:a@example.com; sp=reject", "syntax@17+1 value:p@12+29",
	  "v=DMARC1; p=none; rua=mailto:a@example.com; sp=reject" },
	{ "v=DMARC1; p=reject,sp=none", "syntax@19+1 value:p@12+14",
	  "v=DMARC1; p=reject; sp=none" },
	{ "v=DMARC1; p=none; rua=mailto:a@example.com;mailto:b@example.com", "syntax@43+20",
	  "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com" },
	{ "v=DMARC1; p=rejct; sp=foo", "value:p@12+5 value:sp@22+3",
	  "v=DMARC1; p=reject; sp=none" },
	{ "v=DMARC1; p=none; adkim=strict; psd=yes; t=1; fo=2",
	  "value:adkim@24+6 value:psd@36+3 value:t@43+1 value:fo@49+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; fo=0:1", "value:fo@21+3", "v=DMARC1; p=none; fo=1" },
	{ "v=DMARC1; p=none; fo=d:0:s", "", "v=DMARC1; p=none; fo=0:d:s" },
	{ "v=DMARC1; p=none; fo=1:1", "value:fo@21+3", "v=DMARC1; p=none; fo=1" },
	{ "v=DMARC1; p=none; p=reject", "duplicate:p@18+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; ru=mailto:a@example.com; aspt=r",
	  "unknown(rua)@18+2 unknown(aspf)@43+4",
	  "v=DMARC1; p=none; rua=mailto:a@example.com; aspf=r" },
	{ "v=DMARC1; p=none; xyzzy=1; foo=bar; fo=1", "unknown@18+5 unknown(fo)@27+3",
	  "v=DMARC1; p=none; fo=1" },
	{ "v=DMARC1; P=none", "case:p@10+1", "v=DMARC1; p=none" },
	{ "V=DMARC1; p=none", "case:v@0+1", "v=DMARC1; p=none" },
	{ "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400", "",
	  "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400" },
	{ "v=DMARC1; sp=none; p=reject", "", "v=DMARC1; p=reject; sp=none" },
	/* records that are none are mended too */
	{ "v=DMARC1 p=none rua=a@example.com", "syntax@9+1",
	  "v=DMARC1; p=none; rua=mailto:a@example.com" },
	{ "\"v=DMARC1; p=reject\"", "syntax@0+1 value:p@13+7", "v=DMARC1; p=reject" },
	{ "rua=mailto:a@example.com; p=reject; v=DMARC1", "",
	  "v=DMARC1; p=reject; rua=mailto:a@example.com" },
};

static const char *
fault_text(struct md_arena *mem, const struct md_dmarc *d)
{
	static const char *const kinds[] = { "syntax", "value", "duplicate", "unknown",
		                             "case" };
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < d->nfaults; i++) {
		const struct md_dmarc_fault *f = &d->faults[i];

		md_buf_printf(&out, "%s%s", i > 0 ? " " : "", kinds[f->kind]);
		if (f->tag < MD_DMARC_NTAGS)
			md_buf_printf(&out, ":%s", md_dmarc_tag_name(f->tag));
		if (f->nearest != NULL)
			md_buf_printf(&out, "(%s)", f->nearest);
		md_buf_printf(&out, "@%zu+%zu", (size_t)(f->at.p - d->text.p), f->at.len);
	}
	return md_buf_str(&out);
}

static void
every_fault_is_listed_and_mended(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(faulty); i++) {
		const struct md_str text = md_str(faulty[i].text);

		print_message("  %s\n", faulty[i].text);
		assert_string_equal(fault_text(mem, md_dmarc_parse(mem, text)),
		                    faulty[i].faults);
		assert_string_equal(md_dmarc_mend(mem, text, NULL, 0), faulty[i].mended);
	}
	md_arena_free(mem);
}

static void
single_tags_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_dmarc *d = md_dmarc_parse(
	        mem, md_str("v=DMARC1; adkim=s; p=none; aspf=S; psd=Y; pct=20; "
	                    "rua=mailto:a@example.com, mailto:b@example.net; ruf="));

	(void)state;
	assert_true(d->adkim_strict && d->aspf_strict);
	assert_int_equal(d->psd, 'y');
	assert_int_equal(d->pct, 20);
	assert_false(d->p_is_second);
	assert_int_equal(d->rua.n, 2);
	assert_string_equal(d->rua.uri[1].host, "example.net");
	assert_null(d->value[MD_DMARC_RUF].p);
	d = md_dmarc_parse(mem, md_str("v=DMARC1;;p=none; psd=x; pct=101"));
	assert_true(d->p_is_second);
	assert_false(d->adkim_strict || d->aspf_strict || d->testing);
	assert_int_equal(d->psd, 'u');
	assert_int_equal(d->pct, 100);
	md_arena_free(mem);
}

static void
edits_replace_append_and_remove(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_dmarc_edit edits[] = {
		{ "p", "reject" },
		{ "pct", NULL },
		{ "rua", "mailto:a@example.com" },
		{ "sp", NULL },
	};

	(void)state;
	assert_string_equal(md_dmarc_mend(mem, md_str("v=DMARC1; pct=5; p=none; adkim=s"),
	                                  edits, COUNT(edits)),
	                    "v=DMARC1; p=reject; adkim=s; rua=mailto:a@example.com");
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_begin_with_the_version),
		cmocka_unit_test(the_policy_depends_on_who_asks),
		cmocka_unit_test(every_fault_is_listed_and_mended),
		cmocka_unit_test(single_tags_are_read),
		cmocka_unit_test(edits_replace_append_and_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
