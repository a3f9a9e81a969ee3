/* SPF macros against the examples of RFC 7208 section 7.4 and its corners. */
#include "unit.h"

#include "base/arena.h"
#include "record/spf/macro.h"

static const struct {
	const char *text, *v4, *v6;
} expansions[] = {
	/* RFC 7208 7.4 */
	{ "%{s}", "strong-bad@email.example.com", NULL },
	{ "%{o}", "email.example.com", NULL },
	{ "%{d}", "email.example.com", NULL },
	{ "%{d4}", "email.example.com", NULL },
	{ "%{d3}", "email.example.com", NULL },
	{ "%{d2}", "example.com", NULL },
	{ "%{d1}", "com", NULL },
	{ "%{dr}", "com.example.email", NULL },
	{ "%{d2r}", "example.email", NULL },
	{ "%{l}", "strong-bad", NULL },
	{ "%{l-}", "strong.bad", NULL },
	{ "%{lr}", "strong-bad", NULL },
	{ "%{lr-}", "bad.strong", NULL },
	{ "%{l1r-}", "strong", NULL },
	{ "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com",
	  "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example."
	  "com" },
	{ "%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com", NULL },
	{ "%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net",
	  NULL },
	/* The rest of 7.2 and 7.3 */
	{ "a%%b%_c%-d", "a%b c%20d", NULL },
	{ "%{S}", "strong-bad%40email.example.com", NULL },
	{ "%{h}/%{p}/%{r}/%{c}/%{t}", "mx.example.org/unknown/me.example.net/192.0.2.3/1234",
	  "mx.example.org/unknown/me.example.net/2001:db8::cb01/1234" },
	{ "%{d999999999999}", "email.example.com", NULL },
	{ "%{d-.}", "email.example.com", NULL },
	{ "%{s1@}", "", NULL }, /* no delimiter: a fault, which expands to nothing */
};

static void
macros_expand_as_in_the_rfc(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_spf_macro_values values = {
		.local = md_str("strong-bad"),
		.sender_domain = md_str("email.example.com"),
		.domain = md_str("email.example.com"),
		.helo = md_str("mx.example.org"),
		.validated = md_str("unknown"),
		.receiver = md_str("me.example.net"),
		.now = 1234,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(expansions); i++) {
		const struct md_str text = md_str(expansions[i].text);
		const char *v6 = expansions[i].v6;
		struct md_str got;

		md_addr_parse(md_str("192.0.2.3"), &values.ip);
		got = md_spf_macro_expand(mem, text, MD_SPF_IN_EXPLANATION, &values);
		assert_string_equal(got.p, expansions[i].v4);
		md_addr_parse(md_str("2001:db8::cb01"), &values.ip);
		got = md_spf_macro_expand(mem, text, MD_SPF_IN_EXPLANATION, &values);
		assert_true(md_eq_nocase(got.p, v6 != NULL ? v6 : expansions[i].v4));
	}
	md_arena_free(mem);
}

static void
long_names_lose_labels_on_the_left(void **state)
{
	char name[401];
	struct md_str cut;

	(void)state;
	for (size_t i = 0; i < 400; i++)
		name[i] = i % 10 == 9 ? '.' : 'a';
	name[400] = '\0';
	name[390] = '.'; /* "…aaaaaaaaa..aaaaaaaa." */
	cut = md_spf_macro_fit(md_str(name));
	assert_int_equal(cut.len, 249); /* 399 without the final dot, less 15 labels of 10 */
	assert_ptr_equal(cut.p, name + 150);
	memset(name, 'a', 400);
	assert_int_equal(md_spf_macro_fit(md_str(name)).len, 0);
	assert_int_equal(md_spf_macro_fit(md_str("example.com.")).len, 11);
}

static void
used_letters_are_found(void **state)
{
	(void)state;
	assert_true(md_spf_macro_uses(md_str("a.%{P}.b"), "p"));
	assert_true(md_spf_macro_uses(md_str("%%%{p}"), "lp"));
	assert_false(md_spf_macro_uses(md_str("%%{p}"), "p"));
	assert_false(md_spf_macro_uses(md_str("%{d}p"), "p"));
	assert_false(md_spf_macro_uses(md_str("%{"), "p"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(macros_expand_as_in_the_rfc),
		cmocka_unit_test(long_names_lose_labels_on_the_left),
		cmocka_unit_test(used_letters_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
