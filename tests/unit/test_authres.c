/* Authentication-Results by RFC 8601 2.2, its appendix B, and as receivers really write it. */
#include "unit.h"

#include "base/arena.h"
#include "mail/authres.h"

/*
 * A value, and what it says: "authserv-id|method=result (reason) type.name=value ...|...", with
 * "!fault" at its end.
 */
static const struct {
	const char *value, *meaning;
} cases[] = {
	/* RFC 8601 appendix B */
	{ " example.org 1; none", "example.org" },
	{ " example.com;\r\n          spf=pass smtp.mailfrom=example.net",
	  "example.com|spf=pass smtp.mailfrom=example.net" },
	{ " example.com;\r\n\tauth=pass (cram-md5) smtp.auth=sender@example.net;\r\n"
	  "\tspf=pass smtp.mailfrom=example.net",
	  "example.com|auth=pass (cram-md5) smtp.auth=sender@example.net"
	  "|spf=pass smtp.mailfrom=example.net" },
	{ " example.com; iprev=pass\r\n          policy.iprev=192.0.2.200",
	  "example.com|iprev=pass policy.iprev=192.0.2.200" },
	{ " example.com;\r\n\tdkim=pass (good signature) header.d=example.com",
	  "example.com|dkim=pass (good signature) header.d=example.com" },
	{ " example.com;\r\n\tdkim=pass reason=\"good signature\"\r\n"
	  "\t  header.i=@mail-router.example.net;\r\n"
	  "\tdkim=fail reason=\"bad signature\"\r\n\t  header.i=@newyork.example.com",
	  "example.com|dkim=pass (good signature) header.i=@mail-router.example.net"
	  "|dkim=fail (bad signature) header.i=@newyork.example.com" },
	/* B.7: comments everywhere */
	{ " foo.example.net (foobar) 1 (baz);\r\n"
	  "    dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
	  "      policy (A dot can go here) . (like that) expired\r\n"
	  "      (this surprised me) = (as I wasn't expecting it) 1362471462",
	  "foo.example.net|dkim=fail policy.expired=1362471462" },
	/* as large receivers write it */
	{ " mx.google.com;\r\n"
	  "       dkim=pass header.i=@example.com header.s=s1 header.b=Ab12+d/e;\r\n"
	  "       spf=pass (google.com: domain of a@example.com designates 192.0.2.1 as\r\n"
	  " permitted sender) smtp.mailfrom=a@example.com;\r\n"
	  "       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com",
	  "mx.google.com|dkim=pass header.i=@example.com header.s=s1 header.b=Ab12+d/e"
	  "|spf=pass (google.com: domain of a@example.com designates 192.0.2.1 as permitted "
	  "sender) smtp.mailfrom=a@example.com"
	  "|dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com" },
	{ " spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.com;"
	  " dkim=pass (signature was verified)\r\n header.d=example.com;"
	  "dmarc=pass action=none\r\n header.from=example.com;compauth=pass reason=100",
	  "|spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com"
	  "|dkim=pass (signature was verified) header.d=example.com"
	  "|dmarc=pass .action=none header.from=example.com|compauth=pass (100)"
	  "!it does not say who wrote it (authserv-id)" },
	{ " hotmail.example; spf=pass (sender IP is 192.0.2.1)"
	  " smtp.mailfrom=a@example.com; dkim=none header.d=example.com; x-hmca=pass"
	  " header.id=a@example.com",
	  "hotmail.example|spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a@example.com"
	  "|dkim=none header.d=example.com|x-hmca=pass header.id=a@example.com" },
	{ " atlas.mail.yahoo.example;\r\n dkim=pass header.i=@example.com header.s=s1;\r\n"
	  " spf=pass smtp.mailfrom=example.com;\r\n"
	  " dmarc=success(p=REJECT) header.from=example.com;\r\n",
	  "atlas.mail.yahoo.example|dkim=pass header.i=@example.com header.s=s1"
	  "|spf=pass smtp.mailfrom=example.com|dmarc=success (p=REJECT) "
	  "header.from=example.com!a semicolon has no result after it" },
	{ " mta1.mail.yahoo.example  from=example.com; domainkeys=neutral (no sig);"
	  " from=example.com; dkim=pass (ok)",
	  "mta1.mail.yahoo.example|from=example.com|domainkeys=neutral (no sig)"
	  "|from=example.com|dkim=pass (ok)"
	  "!there is no semicolon after the authserv-id" },
	{ " mx4.fastmail.example;\r\n"
	  "    dkim=pass (2048-bit rsa key sha256) header.d=example.com\r\n"
	  "    header.i=@example.com header.b=Ab12Cd34 header.a=rsa-sha256 header.s=s1\r\n"
	  "    x-bits=2048;\r\n"
	  "    dmarc=pass policy.applied-disposition=none (p=reject,d=none)\r\n"
	  "    policy.policy-from=p header.from=example.com;\r\n"
	  "    iprev=pass smtp.remote-ip=2001:db8::1 (mail.example.com);\r\n"
	  "    x-tls=pass smtp.version=TLSv1.3 smtp.bits=256/256",
	  "mx4.fastmail.example|dkim=pass (2048-bit rsa key sha256) header.d=example.com "
	  "header.i=@example.com header.b=Ab12Cd34 header.a=rsa-sha256 header.s=s1 .x-bits=2048"
	  "|dmarc=pass policy.applied-disposition=none policy.policy-from=p "
	  "header.from=example.com|iprev=pass smtp.remote-ip=2001:db8::1"
	  "|x-tls=pass smtp.version=TLSv1.3 smtp.bits=256/256"
	  "!the property x-bits= has no type in front" },
	{ " mx.example.org;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=example.com"
	  " header.i=@example.com header.a=rsa-sha256 header.s=s1 header.b=\"Ab1/Cd34\";\r\n"
	  "\tdkim-atps=neutral",
	  "mx.example.org|dkim=pass (2048-bit key; unprotected) header.d=example.com "
	  "header.i=@example.com header.a=rsa-sha256 header.s=s1 header.b=Ab1/Cd34"
	  "|dkim-atps=neutral" },
	{ " OpenDMARC; dmarc=fail (p=none dis=none) header.from=example.com",
	  "OpenDMARC|dmarc=fail (p=none dis=none) header.from=example.com" },
	{ " mx.example.org; spf=none (mailfrom) smtp.mailfrom=<> (client-ip=192.0.2.1;\r\n"
	  " helo=h.example.com; envelope-from=<>)",
	  "mx.example.org|spf=none (mailfrom) smtp.mailfrom=<>" },
	{ " mx.example.org; spf=pass smtp.mailfrom=\"bounce+a=b\"@example.com",
	  "mx.example.org|spf=pass smtp.mailfrom=bounce+a=b@example.com" },
	{ " mx.example.org; spf=pass smtp.mailfrom=bounce+a=b@example.com",
	  "mx.example.org|spf=pass smtp.mailfrom=bounce+a=b@example.com" },
	/* what the grammar allows */
	{ "a;b=c", "a|b=c" },
	{ " \"my server\" 1 ; DKIM/1 = Pass HEADER.D = example.com",
	  "my server|dkim=pass header.d=example.com" },
	{ " a; dkim=pass (a (nested (comment)) \\) here) header.d=b",
	  "a|dkim=pass (a (nested (comment)) ) here) header.d=b" },
	{ " a; dkim=fail (one) (two) reason=\"t\\\"h\\\\ree\"", "a|dkim=fail (t\"h\\ree)" },
	/* and what it does not */
	{ "", "!it does not say who wrote it (authserv-id)" },
	{ ";", "!it does not say who wrote it (authserv-id)" },
	{ " a", "a!it holds no result" },
	{ " a;", "a!a semicolon has no result after it" },
	{ " a;; b=c", "a|b=c!a semicolon has no result after it" },
	{ " a 2; dkim=pass", "a!version \"2\" of it is not known" },
	{ " a; dkim/2=pass; spf=pass", "a|spf=pass!\"dkim/2\" is no version that is known" },
	{ " a; dkim=pass (open header.d=b; spf=fail", "a|dkim=pass (open header.d=b; spf=fail)"
	                                              "!a comment is not closed" },
	{ " a; dkim=pass reason=\"open; spf=fail", "a|dkim=pass (open; spf=fail)"
	                                           "!a quoted value is not closed" },
	{ " a; dkim=pass header.d=b spf=fail smtp.mailfrom=c",
	  "a|dkim=pass header.d=b|spf=fail smtp.mailfrom=c!there is no semicolon before spf=" },
	{ " a; what is this \"; x\"; dkim=pass",
	  "a|dkim=pass!\"what is this \\\"; x\\\"\" is no result: it has no \"=\"" },
	{ " a; dkim=; spf=pass", "a|spf=pass!dkim= has no result" },
	{ " a; =pass", "a!= has no result" },
	{ " a; dkim=pass ) header.d=b",
	  "a|dkim=pass header.d=b!\")\" is neither a result nor a property" },
	{ " a; dkim=pass header.d", "a|dkim=pass!\"header.d\" is neither a result nor a "
	                            "property" },
};

static const struct {
	const char *value;
	unsigned instance;
	const char *meaning;
} arc[] = {
	{ " i=1; a; dkim=pass", 1, "a|dkim=pass" },
	{ " (c) i (d) = (e) 50 (f) ; (g) a 1; none", 50, "a" },
	{ " i=1;spf=pass", 1, "|spf=pass!it does not say who wrote it (authserv-id)" },
	/* the faults of RFC 8617 3.9 and 4.2.1 */
	{ " a; dkim=pass", 0,
	  "a|dkim=pass!it does not begin with i= from 1 to 50 and a semicolon" },
	{ " a; i=1; dkim=pass", 0,
	  "a|i=1|dkim=pass!it does not begin with i= from 1 to 50 and a semicolon" },
	{ " i=1 a; dkim=pass", 0,
	  "a|dkim=pass!it does not begin with i= from 1 to 50 and a semicolon" },
	{ " i=0; a; none", 0, "a!it does not begin with i= from 1 to 50 and a semicolon" },
	{ " i=51; a; none", 0, NULL },
	{ " i=; a; none", 0, NULL },
	{ " i=x; a; none", 0, NULL },
	{ " I=1; a; none", 0, NULL },
};

static void
describe(struct md_buf *out, const struct md_authres *a)
{
	md_buf_printf(out, "%s", a->authserv_id);
	for (size_t i = 0; i < a->n; i++) {
		const struct md_authres_result *r = &a->results[i];

		md_buf_printf(out, "|%s=%s", r->method, r->result);
		if (r->reason[0] != '\0')
			md_buf_printf(out, " (%s)", r->reason);
		for (size_t j = 0; j < r->n; j++)
			md_buf_printf(out, " %s.%s=%s", r->properties[j].type,
			              r->properties[j].name, r->properties[j].value);
	}
	if (a->fault[0] != '\0')
		md_buf_printf(out, "!%s", a->fault);
}

static void
fields_are_read_as_they_are_written(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_field field = { .value = md_str(cases[i].value) };
		struct md_buf out = { .mem = mem };

		describe(&out, md_authres_parse(mem, &field, false));
		assert_string_equal(md_buf_str(&out), cases[i].meaning);
	}
	md_arena_free(mem);
}

static void
those_of_arc_begin_with_their_instance(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(arc); i++) {
		const struct md_field field = { .value = md_str(arc[i].value) };
		const struct md_authres *a = md_authres_parse(mem, &field, true);
		struct md_buf out = { .mem = mem };

		print_message("  %s\n", arc[i].value);
		assert_int_equal(a->instance, arc[i].instance);
		describe(&out, a);
		if (arc[i].meaning != NULL)
			assert_string_equal(md_buf_str(&out), arc[i].meaning);
		else
			assert_string_not_equal(a->fault, "");
	}
	md_arena_free(mem);
}

static void
properties_are_found_by_type_and_name(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_field field = { .value = md_str("a; dkim=pass Header.D=x action=y") };
	const struct md_authres_result *r = md_authres_parse(mem, &field, false)->results;

	(void)state;
	assert_string_equal(md_authres_value(r, "header", "d"), "x");
	assert_string_equal(md_authres_value(r, "", "action"), "y");
	assert_null(md_authres_value(r, "header", "s"));
	md_arena_free(mem);
}

static void
what_never_ends_is_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	const struct md_authres *a;

	(void)state;
	md_buf_printf(&text, "a");
	for (int i = 0; i < 1000; i++)
		md_buf_printf(&text, "; dkim=pass");
	for (int i = 0; i < 1000; i++)
		md_buf_printf(&text, " a.b=c");
	for (int i = 0; i < 100000; i++)
		md_buf_addc(&text, '(');
	a = md_authres_parse(mem, &(struct md_field){ .value = { text.p, text.len } }, false);
	assert_int_equal(a->n, 100);
	assert_int_equal(a->results[99].n, 0);
	assert_string_not_equal(a->fault, "");
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_read_as_they_are_written),
		cmocka_unit_test(those_of_arc_begin_with_their_instance),
		cmocka_unit_test(properties_are_found_by_type_and_name),
		cmocka_unit_test(what_never_ends_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
