/* libopendkim itself: what it says of signatures, and that its crashing inputs are no harm. */
#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "dkim/opinion.h"
#include "mail/message.h"
#include "offline.h"
#include "opinion_messages.h"

#ifndef WITNESS
#define WITNESS NULL /* built without libopendkim */
#endif

/* RFC 8463 appendix A. */
#define ED25519                                                                                \
	"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"                        \
	" d=football.example.com; i=@football.example.com;\r\n"                                \
	" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"                              \
	" subject : date : message-id : from : subject : date;\r\n"                            \
	" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"                                \
	" b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"                      \
	" Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
#define RSA                                                                                    \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"                            \
	" d=football.example.com; i=@football.example.com;\r\n"                                \
	" q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"                        \
	" date : message-id : from : subject : date;\r\n"                                      \
	" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"                                \
	" b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"                      \
	" DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"                      \
	" dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"
#define HEADER                                                                                 \
	"From: Joe SixPack <joe@football.example.com>\r\n"                                     \
	"To: Suzie Q <suzie@shopping.example.net>\r\n"                                         \
	"Subject: Is dinner ready?\r\n"                                                        \
	"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"                                      \
	"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
#define BODY "\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"

#define ED25519_KEY "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define RSA_KEY                                                                                \
	"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3"       \
	"idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR"         \
	"+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QID"         \
	"AQAB"
#define TXT(selector, text)                                                                    \
	"{\"fact\":\"dns\",\"name\":\"" selector "._domainkey.football.example.com\","         \
	"\"type\":\"TXT\",\"rdata\":[\"" text "\"]}\n"
#define KEYS TXT("brisbane", ED25519_KEY) TXT("test", RSA_KEY)

/*
 * Time stands still, so that no opinion is missing because the machine had other work to do.  A
 * witness that thinks too long is ended by its limit of the processor (cmd/witness/confine.c),
 * one that sleeps by the test's.  test_witness.c has what the clock does.
 */
uint64_t __wrap_md_clock(void);

uint64_t
__wrap_md_clock(void)
{
	return 1;
}

static char heard[4000];

static void
ask(struct md_ctx *c)
{
	struct md_arena *mem = md_mem(c);
	const struct md_opinion_value value = {
		"message", md_message_sha256(mem, md_subject(c)->message)
	};
	const struct md_opinion *o =
	        md_opinion(c, "libopendkim", md_opinion_input(mem, &value, 1));
	struct md_buf all = { .mem = mem };

	md_buf_printf(&all, "%s%s", o->fact.why, o->result);
	for (size_t i = 0; i < o->nparts; i++)
		md_buf_printf(&all, "; %s", o->parts[i]);
	snprintf(heard, sizeof(heard), "%s", md_buf_str(&all));
}

static const struct md_check check = { .name = "t", .title = "T", .run = ask };

static void
judge_octets(const char *octets, size_t len, const char *facts)
{
	const struct md_message_source source = { .name = "m", .octets = octets, .len = len };
	const struct md_run_options options = { .message = &source };
	struct offline f;

	if (WITNESS == NULL)
		skip();
	offline_open(&f, facts);
	f.with.witness = WITNESS;
	offline_run(&f, &check, &options);
	offline_close(&f);
}

static void
judge(const char *message, const char *facts)
{
	judge_octets(message, strlen(message), facts);
}

static const struct {
	const char *message, *facts, *expected;
} messages[] = {
	{ HEADER BODY, KEYS, "none" },
	{ ED25519 RSA HEADER BODY, KEYS,
	  "pass; football.example.com brisbane pass; football.example.com test pass" },
	{ RSA HEADER BODY "-- \r\nlist\r\n", KEYS,
	  "fail; football.example.com test fail the body hash does not match" },
	{ RSA "Subject: x\r\n" HEADER BODY, KEYS,
	  "fail; football.example.com test fail the signature does not verify" },
	{ RSA "Subject: x\r\n" HEADER BODY "x\r\n", KEYS,
	  "fail; football.example.com test fail neither body hash nor signature verifies" },
	{ RSA HEADER BODY,
	  "{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":"
	  "\"TXT\",\"rcode\":\"NXDOMAIN\"}\n",
	  "permerror; football.example.com test permerror there is no key" },
	{ RSA ED25519 HEADER BODY,
	  "{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":"
	  "\"TXT\",\"why\":\"SERVFAIL\"}\n" TXT("brisbane", ED25519_KEY),
	  "pass; football.example.com test temperror the key cannot be had; "
	  "football.example.com brisbane pass" },
	{ RSA HEADER BODY,
	  "{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":"
	  "\"TXT\",\"rdata\":[\"" RSA_KEY "\",\"v=DKIM1; p=\"]}\n",
	  "permerror; football.example.com test permerror there are several key records" },
	{ RSA HEADER BODY, TXT("test", "v=DKIM1; p="),
	  "permerror; football.example.com test permerror key revoked" },
	/* None of the tags that it takes for granted. */
	{ "DKIM-Signature: hello\r\n" RSA HEADER BODY, KEYS,
	  "pass; - - permerror domain tag missing; football.example.com test pass" },
	{ "DKIM-Signature: d=a..b; s=c\r\n" HEADER BODY, "",
	  "permerror; - c permerror version missing" },
};

static void
it_is_asked_about_each_signature(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		judge(messages[i].message, messages[i].facts);
		assert_string_equal(heard, messages[i].expected);
	}
}

/* ---- what it dies of ---- */

#define SIGNED(tags)                                                                           \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=football.example.com; "       \
	"s=test; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA; " tags "\r\n"

/* It writes a pointer beyond its list of fields, and glibc aborts. */
static void
a_name_too_many_is_refused(void **state)
{
	(void)state;
	judge("From: a@example.com\r\nTo: b\r\n" SIGNED("h=from:to:dkim-signature:x") "\r\n",
	      KEYS);
	assert_string_equal(heard, "no second opinion: refused: a signature names every field "
	                           "of the header, and more: libopendkim would write beyond "
	                           "its memory");
	judge("From: a@example.com\r\nTo: b\r\n" SIGNED("h=from:to:dkim-signature") "\r\n",
	      KEYS);
	assert_string_equal(heard, "fail; football.example.com test fail the signature "
	                           "does not verify");
	judge("From: a@example.com\r\nTo: b\r\n" SIGNED("h=from:from:from:x:y:z") "\r\n", KEYS);
	assert_string_equal(heard, "fail; football.example.com test fail the signature "
	                           "does not verify");
}

static const char *
with_long_tag(struct md_arena *mem, const char *tag, size_t len)
{
	char *value = md_alloc(mem, len + 1);

	memset(value, 'x', len);
	return md_printf(mem, "From: a@example.com\r\n" SIGNED("h=from; %s=%s") "\r\n", tag,
	                 value);
}

/* It copies z= into 32 KB. */
static void
a_long_z_is_refused(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	judge(with_long_tag(mem, "z", 40000), KEYS);
	assert_string_equal(heard, "no second opinion: refused: a signature is longer than "
	                           "32768 octets");
	judge(with_long_tag(mem, "z", 30000), KEYS);
	assert_string_equal(heard, "fail; football.example.com test fail the signature "
	                           "does not verify");
	md_arena_free(mem);
}

/* Nine octets on which dkim_chunk() with FIXCRLF asserts: neither is ever used. */
static void
nine_octets_are_no_harm(void **state)
{
	(void)state;
	judge("A:\r\n\r\n\r\r\n", "");
	assert_string_equal(heard, "none");
	judge("A: b\r\r\n\r", "");
	assert_string_equal(heard, "none");
}

/* Longer than its buffer of 1025 octets, as for RSA with 8192 bits. */
static void
a_long_key_does_not_fit(void **state)
{
	struct md_arena *mem = md_arena_new();
	char *key = md_alloc(mem, 255 + 1);
	const char *facts;

	(void)state;
	memset(key, 'A', 255);
	facts = md_printf(mem,
	                  TXT("test", "\\\"v=DKIM1; p=\\\" \\\"%s\\\" \\\"%s\\\" \\\"%s\\\" "
	                              "\\\"%s\\\" \\\"%s\\\""),
	                  key, key, key, key, key);
	judge(RSA HEADER BODY, facts);
	assert_string_equal(heard, "permerror; football.example.com test permerror the key "
	                           "record does not fit its buffer");
	md_arena_free(mem);
}

static void
many_signatures_are_refused(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf all = { .mem = mem };

	(void)state;
	for (int i = 0; i < 21; i++)
		md_buf_printf(&all, "%s", SIGNED("h=from"));
	md_buf_printf(&all, "%s", HEADER BODY);
	judge(md_buf_str(&all), KEYS);
	assert_string_equal(heard, "no second opinion: refused: the message has more than 20 "
	                           "signatures");
	md_arena_free(mem);
}

/* 32 MB of header, of body; a NUL and a bare CR in each. */
static void
large_and_odd_messages(void **state)
{
	struct md_arena *mem = md_arena_new();
	const size_t len = 31 << 20;
	char *octets = md_alloc(mem, len);

	(void)state;
	memset(octets, 'x', len);
	memcpy(octets, RSA HEADER "X: ", sizeof(RSA HEADER "X: ") - 1);
	octets[5000] = '\0';
	octets[6000] = '\r';
	judge_octets(octets, len, KEYS);
	assert_string_equal(heard, "fail; football.example.com test fail the body hash "
	                           "does not match");
	memcpy(octets + 4000, "\r\n\r\n", 4);
	judge_octets(octets, len, KEYS);
	assert_string_equal(heard, "fail; football.example.com test fail the body hash "
	                           "does not match");
	md_arena_free(mem);
}

/* ---- compared with our verdicts ---- */

#define ED25519_WITH_RSA                                                                       \
	TXT("test", "v=DKIM1; k=ed25519; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzW"  \
	            "RiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACD"  \
	            "fzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3"  \
	            "G+2kryOTIKT+l/K4w3QIDAQAB")
#define TWO_KEYS                                                                               \
	"{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":"        \
	"\"TXT\",\"rdata\":[\"" RSA_KEY "\",\"v=DKIM1; p=\"]}\n"
#define OLD "a=rsa-sha256; d=football.example.com; s=test; h=from; bh=AAAA; b=AAAA"

static char text[1000];

static void
compare(struct md_ctx *c)
{
	const struct md_dkim_opinions *o = md_dkim_opinions(c);
	struct md_buf all = { .mem = md_mem(c) };

	for (size_t i = 0; i < o->n; i++)
		md_buf_printf(&all, "%s%s%s; ", o->all[i].result, o->all[i].differs ? ": " : "",
		              o->all[i].cause);
	snprintf(text, sizeof(text), "%s", md_buf_str(&all));
}

static const struct {
	const char *message, *facts, *expected;
} differences[] = {
	{ ED25519 RSA HEADER BODY, KEYS, "pass; pass; " },
	{ RSA HEADER BODY "x\r\n", KEYS, "fail; " },
	{ HEADER BODY, KEYS, "" },
	{ RSA HEADER BODY, TXT("test", "v=DKIM1; p="), "permerror; " },
	{ RSA HEADER BODY, ED25519_WITH_RSA,
	  "pass: it accepts an rsa signature under a key record with k=ed25519; " },
	{ RSA HEADER BODY, TWO_KEYS, "permerror: it takes none of 2 key records; " },
	{ SIGNED_SHA1, KEY_SHA1,
	  "pass: it accepts rsa-sha1, which must not be accepted (RFC 8301 3.1); " },
	{ SIGNED_LONG, KEY_LONG,
	  "permerror: the key record does not fit its buffer of 1025 octets; " },
	{ SIGNED_SHORT, KEY_SHORT, "permerror; " },
	/* t= of the year 2018, x= long past: at the time of t= it is not. */
	{ "DKIM-Signature: v=1; x=1; t=2; " OLD "\r\n" HEADER BODY, KEYS, "permerror; " },
};

static void
differences_have_causes(void **state)
{
	static const struct md_check comparing = { .name = "t", .title = "T", .run = compare };

	(void)state;
	if (WITNESS == NULL)
		skip();
	for (size_t i = 0; i < COUNT(differences); i++) {
		const struct md_message_source source = { .name = "m",
			                                  .octets = differences[i].message,
			                                  .len = strlen(
			                                          differences[i].message) };
		const struct md_run_options options = { .message = &source, .now = 1528637909 };
		struct offline f;

		offline_open(&f, differences[i].facts);
		f.with.witness = WITNESS;
		offline_run(&f, &comparing, &options);
		offline_close(&f);
		assert_string_equal(text, differences[i].expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_asked_about_each_signature),
		cmocka_unit_test(a_name_too_many_is_refused),
		cmocka_unit_test(a_long_z_is_refused),
		cmocka_unit_test(nine_octets_are_no_harm),
		cmocka_unit_test(a_long_key_does_not_fit),
		cmocka_unit_test(many_signatures_are_refused),
		cmocka_unit_test(large_and_odd_messages),
		cmocka_unit_test(differences_have_causes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
