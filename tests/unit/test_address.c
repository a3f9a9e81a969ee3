/* Mailbox lists: RFC 5322 3.4 with its examples (A.1, A.5, A.6.1), and what attackers send. */
#include "unit.h"

#include "base/arena.h"
#include "mail/address.h"
#include "mail/message.h"

/* Mailboxes as NAME|LOCAL|DOMAIN, one after the other with semicolons. */
static const struct {
	const char *value, *mailboxes, *fault; /* fault: a part of it; "" for none */
} lists[] = {
	{ "John Doe <jdoe@machine.example>", "John Doe|jdoe|machine.example", "" },
	{ "jdoe@machine.example", "|jdoe|machine.example", "" },
	{ "\"Joe Q. Public\" <john.q.public@example.com>",
	  "Joe Q. Public|john.q.public|example.com", "" },
	{ "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
	  "Mary Smith|mary|x.test;|jdoe|example.org;Who?|one|y.test", "" },
	{ "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
	  "|boss|nil.test;Giant; \"Big\" Box|sysservices|example.net", "" },
	{ "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
	  "Ed Jones|c|a.test;|joe|where.test;John|jdoe|one.test", "" },
	{ "Undisclosed recipients:;", "", "" },
	{ "Undisclosed recipients:;, a@x.test", "|a|x.test", "" },
	{ "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
	  "Pete|pete|silly.test", "" },
	{ "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n"
	  "         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end)",
	  "Chris Jones|c|public.example;|joe|example.org;John|jdoe|one.test", "" },
	{ "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", "", "" },
	{ "Joe Q. Public <john.q.public@example.com>",
	  "Joe Q. Public|john.q.public|example.com", "" },
	{ "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
	  "Mary Smith|mary|example.net;|jdoe|test.example", "" },
	{ "<@a.test,@b.test:c@d.test>", "|c|d.test", "" },
	{ "jdoe@machine.example (John Doe)", "John Doe|jdoe|machine.example", "" },
	{ "\"john..doe\"@Example.COM", "|john..doe|example.com", "" },
	{ "root@[192.0.2.1]", "|root|", "" },
	{ "=?utf-8?q?J=C3=A9r=C3=B4me?= =?iso-8859-1?q?_Ren=E9?= <j@example.com>",
	  "J\xc3\xa9r\xc3\xb4me Ren\xc3\xa9|j|example.com", "" },
	{ "J\xc3\xa9 <j@b\xc3\xbc"
	  "cher.example>",
	  "J\xc3\xa9|j|xn--bcher-kva.example", "" },
	{ "J\xe9 <j@example.com>", "J\xc3\xa9|j|example.com", "" },
	/* what is meant is clear, and wrong all the same */
	{ "Ann ann@example.com", "Ann|ann|example.com", "without angle brackets" },
	{ "ann@example.com Ann", "|ann|", "no domain name" },
	{ "Ann <ann@example.com", "Ann|ann|example.com", "not closed" },
	{ "Ann ann@example.com>", "Ann|ann|example.com", "without angle brackets" },
	{ "a@x.test; b@y.test", "|a|x.test;|b|y.test", "semicolon" },
	{ "a..b@x.test", "|a..b|x.test", "local part" },
	{ ".a@x.test", "|.a|x.test", "local part" },
	{ "a@x.test.", "|a|x.test", "domain" },
	{ "<a b@x.test>", "|ab|x.test", "local part" },
	{ "Group: a@x.test", "|a|x.test", "semicolon" },
	{ "a@x.test (endless", "endless|a|x.test", "comment" },
	{ "\"endless <a@x.test>", "|endless <a@x.test>|", "quoted string" },
	{ "Ann <ann@example.com> Lee", "Ann|ann|example.com", "after an address" },
	/* no address, or none that all would read alike */
	{ "", "", "no address" },
	{ "(nothing)", "", "no address" },
	{ ", ,", "", "no address" },
	{ "root", "|root|", "without @" },
	{ "Ann Lee", "|Ann Lee|", "no address" },
	{ "<>", "||", "empty" },
	{ "Ann <>", "Ann||", "empty" },
	{ "<@example.com>", "||", "before the @" },
	{ "<ann@>", "|ann|", "after the @" },
	{ "a@b@c.test", "|a|", "several @" },
	{ "<a@b.test@c.test>", "|a|", "several @" },
	{ "a@exa mple.com", "|a|", "" },
	{ "a@x,y.test", "|a|x;|y.test|", "without @" },
	{ "a@b.test\\@c.test", "|a|", "stray" },
	/* which one is shown, and which one is judged? */
	{ "a@b.test <c@d.test>", "a@b.test|c|d.test", "outside quotes" },
	{ "\"a@b.test\" <c@d.test>", "a@b.test|c|d.test", "" },
	{ "<a@b.test> <c@d.test>", "|a|b.test;|c|d.test", "without a comma" },
	{ "<a@b.test> c@d.test", "|a|b.test;|c|d.test", "without a comma" },
	{ "a@b.test, c@d.test", "|a|b.test;|c|d.test", "" },
	{ "a@b.test (<c@d.test>)", "<c@d.test>|a|b.test", "" },
	{ "(a@b.test) c@d.test", "|c|d.test", "" },
	{ "\"<a@b.test>\" <c@d.test>", "<a@b.test>|c|d.test", "" },
	{ "\"a@b.test> <\"@d.test", "|a@b.test> <|d.test", "" },
	{ "=?utf-8?q?a=40b=2Etest?= <c@d.test>", "a@b.test|c|d.test", "" },
	{ "=?utf-8?q?=3Ca=40b=2Etest=3E?=@d.test", "|=?utf-8?q?=3Ca=40b=2Etest=3E?=|d.test",
	  "" },
};

static const char *
printed(struct md_arena *mem, const struct md_mailboxes *list)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < list->n; i++)
		md_buf_printf(&out, "%s%s|%s|%s", i > 0 ? ";" : "", list->all[i].name,
		              list->all[i].local, list->all[i].domain);
	return md_buf_str(&out);
}

static void
lists_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		const struct md_mailboxes *list =
		        md_mailboxes_parse(mem, md_str(lists[i].value));

		print_message("  %s\n", lists[i].value);
		assert_string_equal(printed(mem, list), lists[i].mailboxes);
		assert_non_null(strstr(list->fault, lists[i].fault));
		if (*lists[i].fault == '\0' && strstr(lists[i].value, "mple.com") == NULL)
			assert_string_equal(list->fault, "");
	}
	md_arena_free(mem);
}

/* A NUL ends no name, else "good.test\0.evil.test" were good.test. */
static void
nul_hides_nothing(void **state)
{
	static const char value[] = "a\0b <a@good.test\0.evil.test>";
	struct md_arena *mem = md_arena_new();
	const struct md_mailboxes *list =
	        md_mailboxes_parse(mem, (struct md_str){ value, sizeof(value) - 1 });

	(void)state;
	assert_int_equal(list->n, 1);
	assert_string_equal(list->all[0].domain, "");
	assert_string_equal(list->all[0].name, "a\xef\xbf\xbd"
	                                       "b");
	assert_string_not_equal(list->fault, "");
	md_arena_free(mem);
}

static void
deep_and_long_is_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };

	(void)state;
	for (size_t i = 0; i < 200000; i++)
		md_buf_addc(&text, '(');
	assert_int_equal(md_mailboxes_parse(mem, md_str(md_buf_str(&text)))->n, 0);
	text.len = 0;
	for (size_t i = 0; i < 20000; i++)
		md_buf_printf(&text, "a@b.test,");
	assert_int_equal(md_mailboxes_parse(mem, md_str(md_buf_str(&text)))->n, 10000);
	md_arena_free(mem);
}

static const struct {
	const char *header, *domain; /* NULL: none, and this is a part of why: */
	const char *why;
} authors[] = {
	{ "From: Ann <ann@Example.COM>\n", "example.com", "" },
	{ "from : a@example.com\n", "example.com", "" },
	{ "From: a@b\xc3\xbc"
	  "cher.example\n",
	  "xn--bcher-kva.example", "" },
	{ "From: a@example.com, b@EXAMPLE.com\nSender: a@example.com\n", "example.com", "" },
	{ "From: G: a@example.com;\n", "example.com", "" },
	{ "From: \"x@evil.test\" <a@example.com>\n", "example.com", "" },
	{ "From: x@evil.test <a@example.com>\n", "example.com", "" },
	{ "Subject: x\n", NULL, "no From" },
	{ "From: a@x.test\nFrom: a@x.test\n", NULL, "2 From" },
	{ "From: a@x.test, b@y.test\nSender: a@x.test\n", NULL, "x.test and y.test" },
	{ "From: <a@x.test> <b@y.test>\n", NULL, "several domains" },
	{ "From: a@x.test@y.test, b@z.test\n", NULL, "several @" },
	{ "From: root\n", NULL, "no domain" },
	{ "From:\n", NULL, "no domain" },
	{ "From: a@[192.0.2.1]\n", NULL, "no domain" },
	{ "From: Hidden:;\n", NULL, "no domain" },
};

static void
author_domain_is_one_or_none(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(authors); i++) {
		const char *why;
		const struct md_message *m =
		        md_message_read(mem, md_str(authors[i].header), &why);
		const char *domain = md_author_domain(mem, m, &why);

		print_message("  %s", authors[i].header);
		if (authors[i].domain != NULL)
			assert_string_equal(domain, authors[i].domain);
		if (authors[i].domain != NULL)
			continue;
		assert_null(domain);
		assert_non_null(strstr(why, authors[i].why));
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read),
		cmocka_unit_test(nul_hides_nothing),
		cmocka_unit_test(deep_and_long_is_bounded),
		cmocka_unit_test(author_domain_is_one_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
