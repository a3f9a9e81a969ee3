/* SPF records against the grammar of RFC 7208 section 12. */
#include "unit.h"

#include "base/arena.h"
#include "record/spf/spf.h"

static const struct {
	const char *txt;
	bool record, lookalike;
} texts[] = {
	{ "v=spf1", true, false },
	{ "v=spf1 -all", true, false },
	{ "V=SPF1 -all", true, false },
	{ "v=spf1 ", true, false },
	{ "v=spf10 -all", false, true },
	{ "v=spf1; -all", false, true },
	{ "v=spf1,-all", false, true },
	{ "v=spf1\t-all", false, true },
	{ "v=spf1include:example.com -all", false, true },
	{ " v=spf1 -all", false, true },
	{ "\"v=spf1 -all\"", false, true },
	{ "\xef\xbb\xbfv=spf1 -all", false, true },
	{ "v=spf 1 -all", false, true },
	{ "v = spf1 -all", false, true },
	{ "spf1 -all", false, true },
	{ "spf2.0/pra -all", false, false },
	{ "google-site-verification=v=spf1", false, false },
	{ "v=DKIM1; p=", false, false },
	{ "", false, false },
};

static void
records_are_told_from_lookalikes(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct md_str txt = md_str(texts[i].txt);
		size_t at;

		print_message("  %s\n", md_quote(mem, txt));
		assert_int_equal(md_spf_is_record(txt), texts[i].record);
		assert_int_equal(md_spf_lookalike(mem, txt, &at) != NULL, texts[i].lookalike);
	}
	md_arena_free(mem);
}

/* A term, its fault, the part that is blamed, and what was meant. */
static const struct {
	const char *term;
	enum md_spf_kind kind;
	enum md_spf_fault fault;
	const char *part, *meant;
} terms[] = {
	{ "all", MD_SPF_ALL, MD_SPF_SOUND, "", NULL },
	{ "-ALL", MD_SPF_ALL, MD_SPF_SOUND, "", NULL },
	{ "-all.", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "all.", "-all" },
	{ "~all;", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "all", "~all" },
	{ "all:x", MD_SPF_ALL, MD_SPF_SYNTAX, ":x", NULL },
	{ "all/8", MD_SPF_ALL, MD_SPF_SYNTAX, "/8", NULL },
	{ "a", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "A/24//64", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a//64", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a/0", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a/64", MD_SPF_A, MD_SPF_SYNTAX, "64", NULL },
	{ "a/024", MD_SPF_A, MD_SPF_SYNTAX, "024", NULL },
	{ "a//129", MD_SPF_A, MD_SPF_SYNTAX, "129", NULL },
	{ "a/24/64", MD_SPF_A, MD_SPF_SYNTAX, "/64", NULL },
	{ "a/", MD_SPF_A, MD_SPF_SYNTAX, "", NULL },
	{ "a:", MD_SPF_A, MD_SPF_SYNTAX, ":", NULL },
	{ "a:host", MD_SPF_A, MD_SPF_SYNTAX, "host", NULL },
	{ "a:example.com", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:example.com.", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:example.com..", MD_SPF_A, MD_SPF_SYNTAX, "", "a:example.com" },
	{ "a:foo:bar/baz.example.com", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:example.com/24", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:example.com/24x", MD_SPF_A, MD_SPF_SYNTAX, "/24x", NULL },
	{ "a:example.1-2", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:example.-com", MD_SPF_A, MD_SPF_SYNTAX, "-com", NULL },
	{ "a:example.111", MD_SPF_A, MD_SPF_SYNTAX, "111", NULL },
	{ "a:192.0.2.1", MD_SPF_A, MD_SPF_HAS_IP, "192.0.2.1", "ip4:192.0.2.1" },
	{ "~mx:192.0.2.0/24", MD_SPF_MX, MD_SPF_HAS_IP, "192.0.2.0", "~ip4:192.0.2.0/24" },
	{ "include:2001:db8::1", MD_SPF_INCLUDE, MD_SPF_HAS_IP, "2001:db8::1",
	  "ip6:2001:db8::1" },
	{ "a:%{d}/24", MD_SPF_A, MD_SPF_SOUND, "", NULL },
	{ "a:%{d}com", MD_SPF_A, MD_SPF_SYNTAX, "com", NULL },
	{ "mx:%{d2}.example.com", MD_SPF_MX, MD_SPF_SOUND, "", NULL },
	{ "ptr", MD_SPF_PTR, MD_SPF_SOUND, "", NULL },
	{ "ptr:", MD_SPF_PTR, MD_SPF_SYNTAX, ":", NULL },
	{ "ptr/24", MD_SPF_PTR, MD_SPF_SYNTAX, "/24", NULL },
	{ "ip4:192.0.2.1", MD_SPF_IP4, MD_SPF_SOUND, "", NULL },
	{ "ip4:192.0.2.0/24", MD_SPF_IP4, MD_SPF_SOUND, "", NULL },
	{ "ip4:192.0.2.0/0", MD_SPF_IP4, MD_SPF_SOUND, "", NULL },
	{ "ip4:192.0.2.0/032", MD_SPF_IP4, MD_SPF_SYNTAX, "032", NULL },
	{ "ip4:192.0.2.0/33", MD_SPF_IP4, MD_SPF_SYNTAX, "33", NULL },
	{ "ip4:192.0.2.0//24", MD_SPF_IP4, MD_SPF_SYNTAX, "/24", NULL },
	{ "ip4:192.0.2/24", MD_SPF_IP4, MD_SPF_SYNTAX, "192.0.2", NULL },
	{ "ip4:192.0.2.001", MD_SPF_IP4, MD_SPF_SYNTAX, "192.0.2.001", NULL },
	{ "ip4:192.0.2.1,", MD_SPF_IP4, MD_SPF_SYNTAX, "192.0.2.1,", "ip4:192.0.2.1" },
	{ "ip4:2001:db8::1", MD_SPF_IP4, MD_SPF_SYNTAX, "2001:db8::1", "ip6:2001:db8::1" },
	{ "ip4", MD_SPF_IP4, MD_SPF_SYNTAX, "", NULL },
	{ "ip6:2001:db8::/32", MD_SPF_IP6, MD_SPF_SOUND, "", NULL },
	{ "ip6:::1.2.3.4/128", MD_SPF_IP6, MD_SPF_SOUND, "", NULL },
	{ "ip6:2001:db8::/129", MD_SPF_IP6, MD_SPF_SYNTAX, "129", NULL },
	{ "ip6:192.0.2.1", MD_SPF_IP6, MD_SPF_SYNTAX, "192.0.2.1", "ip4:192.0.2.1" },
	{ "ipv4:192.0.2.1", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "ipv4", "ip4:192.0.2.1" },
	{ "ip:2001:db8::1", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "ip", "ip6:2001:db8::1" },
	{ "inlcude:example.com", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "inlcude",
	  "include:example.com" },
	{ "+include=example.com", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "include",
	  "+include:example.com" },
	{ "redirect:example.com", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "redirect",
	  "redirect=example.com" },
	{ "mail", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "mail", NULL },
	{ "mail.example.com", MD_SPF_UNKNOWN_TERM, MD_SPF_UNKNOWN_NAME, "mail.example.com",
	  NULL },
	{ "192.0.2.1", MD_SPF_UNKNOWN_TERM, MD_SPF_SYNTAX, "192.0.2.1", "ip4:192.0.2.1" },
	{ "-", MD_SPF_UNKNOWN_TERM, MD_SPF_SYNTAX, "", NULL },
	{ "\xe2\x80\x93"
	  "all",
	  MD_SPF_UNKNOWN_TERM, MD_SPF_SYNTAX, "\xe2", "-all" },
	{ "a:example.com\tmx", MD_SPF_A, MD_SPF_SYNTAX, "\t", NULL },
	{ "include", MD_SPF_INCLUDE, MD_SPF_SYNTAX, "", NULL },
	{ "include:", MD_SPF_INCLUDE, MD_SPF_SYNTAX, ":", NULL },
	{ "include:example.com/24", MD_SPF_INCLUDE, MD_SPF_SYNTAX, "/24", NULL },
	{ "exists:%{ir}.%{v}._spf.%{d2}", MD_SPF_EXISTS, MD_SPF_SOUND, "", NULL },
	{ "exists:%{x}.example.com", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "x", NULL },
	{ "exists:%{c}.example.com", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "c", NULL },
	{ "exists:%{d0}.example.com", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "0", NULL },
	{ "exists:%{d2;}", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, ";", NULL },
	{ "exists:%{d2", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "", NULL },
	{ "exists:%(d).example.com", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "%", NULL },
	{ "exists:100%.example.com", MD_SPF_EXISTS, MD_SPF_BAD_MACRO, "%", NULL },
	{ "exists:%%.example.com", MD_SPF_EXISTS, MD_SPF_SOUND, "", NULL },
	{ "redirect=example.com", MD_SPF_REDIRECT, MD_SPF_SOUND, "", NULL },
	{ "redirect=", MD_SPF_REDIRECT, MD_SPF_SYNTAX, "=", NULL },
	{ "redirect=192.0.2.1", MD_SPF_REDIRECT, MD_SPF_HAS_IP, "192.0.2.1", NULL },
	{ "exp=%{d}.example.com", MD_SPF_EXP, MD_SPF_SOUND, "", NULL },
	{ "anything=", MD_SPF_UNKNOWN_MODIFIER, MD_SPF_SOUND, "", NULL },
	{ "op.t-1_x=%{l}/24", MD_SPF_UNKNOWN_MODIFIER, MD_SPF_SOUND, "", NULL },
	{ "anything=%{q}", MD_SPF_UNKNOWN_MODIFIER, MD_SPF_BAD_MACRO, "q", NULL },
	{ "=x", MD_SPF_UNKNOWN_TERM, MD_SPF_SYNTAX, "=", NULL },
};

static void
terms_are_read_by_the_grammar(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(terms); i++) {
		const char *text = md_printf(mem, "v=spf1 %s", terms[i].term);
		const struct md_spf *spf = md_spf_parse(mem, md_str(text));
		const struct md_spf_term *t = spf->terms;

		print_message("  %s: %s\n", md_show(mem, md_str(text)), t->why);
		assert_int_equal(spf->n, 1);
		assert_int_equal(t->kind, terms[i].kind);
		assert_int_equal(t->fault, terms[i].fault);
		assert_int_equal(t->why[0] != '\0', t->fault != MD_SPF_SOUND);
		assert_string_equal(md_strndup(mem, text + t->fault_offset, t->fault_len),
		                    terms[i].part);
		assert_int_equal(t->meant != NULL, terms[i].meant != NULL);
		if (t->meant != NULL)
			assert_string_equal(t->meant, terms[i].meant);
	}
	md_arena_free(mem);
}

static void
all_faults_are_listed(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_spf *spf = md_spf_parse(
	        mem, md_str("v=spf1  ipv4:192.0.2.1 a -ip4:192.0.2.0/24 redirect=a.example.com "
	                    "redirect=b.example.com ~all mx "));

	(void)state;
	assert_int_equal(spf->n, 7);
	assert_int_equal(spf->nfaults, 2);
	assert_int_equal(spf->terms[2].qualifier, '-');
	assert_int_equal(spf->terms[2].prefix4, 24);
	assert_int_equal(spf->terms[4].fault, MD_SPF_SYNTAX); /* RFC 7208 6: once only */
	assert_ptr_equal(spf->redirect, &spf->terms[3]);
	assert_ptr_equal(spf->all, &spf->terms[5]);
	assert_true(md_spf_reached(spf, &spf->terms[1]));
	assert_false(md_spf_reached(spf, spf->redirect)); /* RFC 7208 6.1: all is there */
	assert_false(md_spf_reached(spf, &spf->terms[6]));
	assert_null(md_spf_mended(mem, spf));
	spf = md_spf_parse(mem, md_str("v=spf1  ip:192.0.2.1 a:2001:db8::1 -alll"));
	assert_string_equal(md_spf_mended(mem, spf),
	                    "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all");
	md_arena_free(mem);
}

static const struct {
	const char *first, *second;
	size_t bad;
} joints[] = {
	{ "v=spf1 include:example.com", "-all", 2 },
	{ "v=spf1 ip4:192.0.2.1", "include:example.com -all", 2 },
	{ "v=spf1 ip4:192.0.2.1", "mx -all", 2 },
	{ "v=spf1", "-all", 2 },
	{ "v=spf1 include:example.com ", "-all", 0 },
	{ "v=spf1 include:example.com", " -all", 0 },
	{ "v=spf1 include:exam", "ple.com -all", 0 },
	{ "v=spf1 include:example.c", "a -all", 0 },
	{ "v=spf1 ip4:192.0.2.1", "0 -all", 0 },
};

static void
joints_that_lack_a_blank_are_seen(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(joints); i++) {
		const char *joined = md_printf(mem, "%s%s", joints[i].first, joints[i].second);
		const size_t len = strlen(joints[i].first);
		const struct md_str strings[] = { { joined, len },
			                          { joined + len, strlen(joined) - len } };

		print_message("  %s\n", joined);
		assert_int_equal(md_spf_bad_joint(mem, strings, 2), joints[i].bad);
	}
	md_arena_free(mem);
}

/* Every joint is mended, the first behind the version itself; a cut name stays whole. */
static void
strings_are_joined_as_they_were_meant(void **state)
{
	static const char whole[] = "v=spf1include:_spf.exam"
	                            "ple.netip4:192.0.2.1-all";
	static const size_t lengths[] = { 6, 17, 7, 13, 4 };
	struct md_arena *mem = md_arena_new();
	struct md_str strings[COUNT(lengths)];
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		strings[i] = (struct md_str){ whole + at, lengths[i] };
		at += lengths[i];
	}
	assert_string_equal(md_spf_rejoin(mem, strings, COUNT(lengths)),
	                    "v=spf1 include:_spf.example.net ip4:192.0.2.1 -all");
	assert_null(md_spf_rejoin(mem, strings + 1, 2));
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_told_from_lookalikes),
		cmocka_unit_test(terms_are_read_by_the_grammar),
		cmocka_unit_test(all_faults_are_listed),
		cmocka_unit_test(joints_that_lack_a_blank_are_seen),
		cmocka_unit_test(strings_are_joined_as_they_were_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
