/* The file of block lists, and what answers mean. */
#include "unit.h"

#include "base/arena.h"
#include "domain/dnsbl.h"

static const char file[] =
        "# comment\n"
        "ip.example\tip4,ip6\t-\t-\t127.0.0.2=listed:spam, mostly;127.0.0.10=policy:a range;"
        "127.255.255.254=error:refused\thttps://ip.example/\n"
        "bits.example\tdomain\ttest.bits.example\t-\t127.0.0.1=error:refused;&8=listed:phishing;"
        "&64=note:new\n"
        "plain.example\tip4\n"
        "bad.example\tip5\n"
        "onlyazone.example\n";

static const struct {
	size_t list;
	const char *answer;
	enum md_dnsbl_code code;
	const char *meaning;
} answers[] = {
	{ 0, "127.0.0.2", MD_DNSBL_LISTED, "spam, mostly" },
	{ 0, "127.0.0.10", MD_DNSBL_POLICY, "a range" },
	{ 0, "127.255.255.254", MD_DNSBL_ERROR, "refused" },
	{ 0, "127.0.0.3", MD_DNSBL_OTHER, "" },
	{ 0, "192.0.2.1", MD_DNSBL_OUTSIDE, "" }, /* RFC 5782 2.3 */
	{ 0, "::1", MD_DNSBL_OUTSIDE, "" },
	{ 1, "127.0.0.1", MD_DNSBL_ERROR, "refused" },
	{ 1, "127.0.0.8", MD_DNSBL_LISTED, "phishing" },
	{ 1, "127.0.0.72", MD_DNSBL_LISTED, "phishing" },
	{ 1, "127.0.0.64", MD_DNSBL_NOTE, "new" },
	{ 1, "127.0.0.4", MD_DNSBL_OTHER, "" },
	{ 2, "127.0.0.2", MD_DNSBL_LISTED, "listed" }, /* RFC 5782 2.1 */
	{ 2, "127.0.0.3", MD_DNSBL_OTHER, "" },
};

static void
answers_have_the_list_s_meaning(void **state)
{
	struct md_tsv rows = { .rest = md_str(file) };
	struct md_dnsbl lists[4];
	unsigned senseless = 0;
	size_t n = 0;

	(void)state;
	while (n < COUNT(lists) && md_dnsbl_next(&rows, &lists[n], &senseless))
		n++;
	assert_int_equal(n, 3);
	assert_int_equal(senseless, 2);
	assert_int_equal(lists[0].kinds, MD_DNSBL_IP4 | MD_DNSBL_IP6);
	assert_int_equal(lists[1].kinds, MD_DNSBL_DOMAIN);
	assert_true(md_str_eq(lists[1].test_listed, "test.bits.example"));
	assert_int_equal(lists[1].test_unlisted.len, 0);
	assert_true(md_str_eq(lists[0].page, "https://ip.example/"));
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct md_addr addr;
		struct md_str meaning;

		print_message("  %s\n", answers[i].answer);
		assert_true(md_addr_parse(md_str(answers[i].answer), &addr));
		assert_int_equal(md_dnsbl_code(&lists[answers[i].list], addr, &meaning),
		                 answers[i].code);
		assert_true(md_str_eq(meaning, answers[i].meaning));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_have_the_list_s_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
