/* Verifying by RFC 6376 6.1, RFC 8301 and RFC 8463: their examples, and each rule's limit. */
#include "unit.h"

#include "dkim/dkim.h"
#include "signer.h"
#include "world.h"

/* ---- the standards' own messages ---- */

#define JOE                                                                                    \
	"From: Joe SixPack <joe@football.example.com>\r\n"                                     \
	"To: Suzie Q <suzie@shopping.example.net>\r\n"                                         \
	"Subject: Is dinner ready?\r\n"                                                        \
	"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"                                      \
	"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"                     \
	"\r\n"                                                                                 \
	"Hi.\r\n\r\nWe lost the game. Are you hungry yet?\r\n\r\nJoe.\r\n"

/* With the one blank after "game." that the hash is of; the text of the RFC has two. */
static const char rfc6376[] =
        "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\r\n"
        "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\r\n"
        "      h=Received : From : To : Subject : Date : Message-ID;\r\n"
        "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\r\n"
        "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\r\n"
        "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\r\n"
        "      4bmp/YzhwvcubU4=;\r\n"
        "Received: from client1.football.example.com  [192.0.2.1]\r\n"
        "      by submitserver.example.com with SUBMISSION;\r\n"
        "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\r\n" JOE;

static const char rfc8463[] =
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
        " d=football.example.com; i=@football.example.com;\r\n"
        " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
        " subject : date : message-id : from : subject : date;\r\n"
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
        " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
        " d=football.example.com; i=@football.example.com;\r\n"
        " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
        " date : message-id : from : subject : date;\r\n"
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
        " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
        " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n" JOE;

static const struct record theirs[] = {
	{ "brisbane._domainkey.example.com", "TXT",
	  "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM"
	  "oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/R"
	  "tdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToI"
	  "MmPSPDdQPNUYckcQ2QIDAQAB" },
	{ "brisbane._domainkey.football.example.com", "TXT",
	  "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" },
	{ "test._domainkey.football.example.com", "TXT",
	  "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
	  "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
	  "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
	  "Ip3G+2kryOTIKT+l/K4w3QIDAQAB" },
};

static const struct md_dkim_verdicts *seen;

static void
look(struct md_ctx *c)
{
	seen = md_dkim_verify(c);
}

static void
examples(void **state)
{
	struct world w;

	(void)state;
	world_open_message(&w, md_str(rfc6376), 0, theirs, COUNT(theirs), look);
	assert_int_equal(seen->n, 1);
	assert_string_equal(seen->all[0].reason, "");
	assert_int_equal(seen->all[0].result, MD_DKIM_PASS);
	world_close(&w);
	world_open_message(&w, md_str(rfc8463), 0, theirs, COUNT(theirs), look);
	assert_int_equal(seen->n, 2);
	assert_int_equal(seen->all[0].result, MD_DKIM_PASS);
	assert_int_equal(seen->all[1].result, MD_DKIM_PASS);
	world_close(&w);
}

/* ---- every rule ---- */

#define MAIL                                                                                   \
	"From: Ann <ann@example.com>\r\nSubject: one\r\nSubject: two\r\n"                      \
	"To: bob@example.net\r\n\r\nHello \t world.\r\n\r\n\r\n"
#define TAGS "v=1; a=rsa-sha256; d=example.com; s=key; h=from:subject:to; c=relaxed/relaxed"

/* NULL stands for the signer's own key; then a prefix of tags may stand before its record. */
struct rule {
	const char *tags;
	const char *before, *after; /* a change after signing, or NULL */
	const char *record;         /* at key._domainkey.example.com; "" for none */
	enum md_dkim_result result;
	enum md_dkim_cause cause;
};

#define CAUSE(result, cause) MD_DKIM_##result, MD_DKIM_##cause

static const struct rule rules[] = {
	{ TAGS, NULL, NULL, NULL, CAUSE(PASS, SOUND) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from:subject", NULL, NULL, NULL,
	  CAUSE(PASS, SOUND) },
	/* relaxed takes what simple does not */
	{ TAGS, "Hello \t world.", "Hello world. ", NULL, CAUSE(PASS, SOUND) },
	{ TAGS, "Subject: two", "SUBJECT :\ttwo ", NULL, CAUSE(PASS, SOUND) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from", "Hello \t world", "Hello  world",
	  NULL, CAUSE(FAIL, BODY_HASH) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from", "From: Ann", "From:  Ann", NULL,
	  CAUSE(FAIL, HEADER_HASH) },
	/* h= takes from the bottom; what it names too often is bound not to be there */
	{ TAGS, "Subject: one", "Subject: eins", NULL, CAUSE(PASS, SOUND) },
	{ TAGS, "Subject: two", "Subject: zwei", NULL, CAUSE(FAIL, HEADER_HASH) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from:subject:subject", "Subject: one",
	  "Subject: eins", NULL, CAUSE(FAIL, HEADER_HASH) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from:from", "From: Ann",
	  "From: Bob\r\nFrom: Ann", NULL, CAUSE(FAIL, HEADER_HASH) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from", "From: Ann", "X: y\r\nFrom: Ann",
	  NULL, CAUSE(PASS, SOUND) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from::: To :dkim-signature", NULL, NULL,
	  NULL, CAUSE(PASS, SOUND) },
	/* l= */
	{ TAGS "; l=5", "world.", "world, and more", NULL, CAUSE(PASS, SOUND) },
	{ TAGS "; l=5", "Hello", "Hallo", NULL, CAUSE(FAIL, BODY_HASH) },
	{ TAGS "; l=0", "Hello", "Nothing of it is signed", NULL, CAUSE(PASS, SOUND) },
	{ TAGS "; l=14", NULL, NULL, NULL, CAUSE(PASS, SOUND) },
	{ TAGS "; l=15", NULL, NULL, NULL, CAUSE(FAIL, BODY_SHORTER) },
	/* the signature's own tags */
	{ TAGS "; t=1; x=1", NULL, NULL, NULL, CAUSE(PERMERROR, EXPIRED) },
	{ TAGS "; x=1999999999", NULL, NULL, NULL, CAUSE(PERMERROR, EXPIRED) },
	{ TAGS "; x=2000000000", NULL, NULL, NULL, CAUSE(PASS, SOUND) },
	{ TAGS "; t=2000000999", NULL, NULL, NULL, CAUSE(PASS, SOUND) },
	{ TAGS "; i=@example.com.net", NULL, NULL, NULL, CAUSE(PERMERROR, IDENTITY) },
	{ TAGS "; i=@notexample.com", NULL, NULL, NULL, CAUSE(PERMERROR, IDENTITY) },
	{ TAGS "; i=ann@news.example.com", NULL, NULL, NULL, CAUSE(PASS, SOUND) },
	{ "v=1; a=rsa-sha512; d=example.com; s=key; h=from", NULL, NULL, NULL,
	  CAUSE(PERMERROR, ALGORITHM) },
	{ "v=1; a=rsa-sha1; d=example.com; s=key; h=from", NULL, NULL, NULL,
	  CAUSE(PERMERROR, SHA1) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=to", NULL, NULL, NULL,
	  CAUSE(PERMERROR, FROM_UNSIGNED) },
	{ "v=1; a=rsa-sha256; d=example.com; s=key; h=from; q=dns", NULL, NULL, NULL,
	  CAUSE(PERMERROR, SYNTAX) },
	/* the key */
	{ TAGS, NULL, NULL, "", CAUSE(PERMERROR, KEY_MISSING) },
	{ TAGS, NULL, NULL, "SERVFAIL", CAUSE(TEMPERROR, KEY_UNKNOWN) },
	{ TAGS, NULL, NULL, "v=DKIM1; p=", CAUSE(PERMERROR, KEY_REVOKED) },
	{ TAGS, NULL, NULL, "v=DKIM1; p=AAAA", CAUSE(PERMERROR, KEY_FAULTY) },
	{ TAGS, NULL, NULL, "h=sha1; ", CAUSE(PERMERROR, KEY_FAULTY) },
	{ TAGS, NULL, NULL, "s=tlsrpt; ", CAUSE(PERMERROR, KEY_FAULTY) },
	{ TAGS, NULL, NULL, "n=x; g=; t=y:s; ", CAUSE(PASS, SOUND) },
	{ TAGS "; i=@news.example.com", NULL, NULL, "t=s; ", CAUSE(PERMERROR, IDENTITY) },
	{ TAGS, NULL, NULL, "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
	  CAUSE(PERMERROR, KEY_TYPE) },
	{ "v=1; a=ed25519-sha256; d=example.com; s=key; h=from", NULL, NULL, NULL,
	  CAUSE(PERMERROR, KEY_TYPE) },
};

/* Two records are all that a case needs: the key, whatever it is. */
static struct record
published(const struct signer *s, const char *record)
{
	struct record r = { "key._domainkey.example.com", "TXT", record };
	const char *own = signer_record(s) + strlen("v=DKIM1; ");

	if (record == NULL)
		r.rdata = signer_record(s);
	else if (strcmp(record, "SERVFAIL") == 0)
		r.rdata = NULL;
	else if (record[0] != '\0' && strstr(record, "p=") == NULL)
		r.rdata = md_printf(s->mem, "%s%s", record, own);
	return r;
}

static struct md_str
changed(struct md_arena *mem, struct md_str message, const char *before, const char *after)
{
	const char *at = before != NULL ? strstr(message.p, before) : NULL;

	if (before == NULL)
		return message;
	assert_non_null(at);
	return md_str(md_printf(mem, "%.*s%s%s", (int)(at - message.p), message.p, after,
	                        at + strlen(before)));
}

static struct signer
signer(enum md_key_type type, unsigned bits)
{
	struct md_arena *mem = md_arena_new();
	struct signer s = { .mem = mem, .ring = md_keyring_new() };
	const char *why;

	s.key = md_private_key_make(mem, type, bits, &why);
	return s;
}

static void
signer_done(struct signer *s)
{
	md_keyring_free(s->ring);
	md_arena_free(s->mem);
}

static void
every_rule(void **state)
{
	struct signer s = signer(MD_KEY_RSA, 1024);

	(void)state;
	for (size_t i = 0; i < COUNT(rules); i++) {
		const struct rule *r = &rules[i];
		const struct md_str mail =
		        changed(s.mem, signer_sign(&s, MAIL, r->tags), r->before, r->after);
		const struct record record = published(&s, r->record);
		const bool none = r->record != NULL && r->record[0] == '\0';
		struct world w;

		world_open_message(&w, mail, 2000000000, &record, none ? 0 : 1, look);
		assert_int_equal(seen->n, 1);
		if (seen->all[0].result != r->result || seen->all[0].cause != r->cause)
			fail_msg("%zu: %s (cause %d): %s\n%.*s", i,
			         md_dkim_result_name(seen->all[0].result), seen->all[0].cause,
			         seen->all[0].reason, MD_FMT(mail));
		world_close(&w);
	}
	signer_done(&s);
}

/* RFC 6376 3.6.2.2: several records; whichever verifies. */
static void
several_records(void **state)
{
	struct signer s = signer(MD_KEY_ED25519, 256), other = signer(MD_KEY_RSA, 1024);
	const struct record records[] = {
		{ "key._domainkey.example.com", "TXT", "v=DKIM1; p=" },
		{ "key._domainkey.example.com", "TXT", signer_record(&other) },
		{ "key._domainkey.example.com", "TXT", signer_record(&s) },
	};
	const char *tags = "v=1; a=ed25519-sha256; d=example.com; s=key; h=from";
	struct world w;

	(void)state;
	world_open_message(&w, signer_sign(&s, MAIL, tags), 0, records, COUNT(records), look);
	assert_int_equal(seen->all[0].result, MD_DKIM_PASS);
	assert_int_equal(seen->all[0].published.nrecords, 3);
	assert_string_equal(seen->all[0].published.text, signer_record(&s));
	world_close(&w);
	signer_done(&s);
	signer_done(&other);
}

static void
tells_wrong_keys_from_changed_headers(void **state)
{
	struct signer s = signer(MD_KEY_RSA, 1024), other = signer(MD_KEY_RSA, 1024);
	struct record record = { "key._domainkey.example.com", "TXT", signer_record(&s) };
	const struct md_str mail = signer_sign(&s, MAIL, TAGS);
	struct world w;

	(void)state;
	world_open_message(&w, changed(s.mem, mail, "Subject: two", "Subject: [x] two"), 0,
	                   &record, 1, look);
	assert_int_equal(seen->all[0].recovery, MD_RECOVERY_RIGHT_KEY);
	assert_true(seen->all[0].body_sound && !seen->all[0].header_sound);
	world_close(&w);
	record.rdata = signer_record(&other);
	world_open_message(&w, mail, 0, &record, 1, look);
	assert_int_equal(seen->all[0].recovery, MD_RECOVERY_WRONG_KEY);
	assert_int_equal(seen->all[0].cause, MD_DKIM_HEADER_HASH);
	world_close(&w);
	signer_done(&s);
	signer_done(&other);
}

/* Bounded, in the order of the header; the last ones are counted. */
static void
many_signatures(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf mail = { .mem = mem };
	struct world w;

	(void)state;
	for (unsigned i = 0; i < 25; i++)
		md_buf_printf(&mail, "DKIM-Signature: x%u\r\n", i);
	md_buf_printf(&mail, "%s", MAIL);
	world_open_message(&w, md_str(md_buf_str(&mail)), 0, NULL, 0, look);
	assert_int_equal(seen->n, MD_DKIM_MOST);
	assert_int_equal(seen->nomitted, 5);
	assert_int_equal(seen->all[19].field->line, 20);
	world_close(&w);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples),
		cmocka_unit_test(every_rule),
		cmocka_unit_test(several_records),
		cmocka_unit_test(tells_wrong_keys_from_changed_headers),
		cmocka_unit_test(many_signatures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
