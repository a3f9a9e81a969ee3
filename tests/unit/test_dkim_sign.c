/* Signatures say what RFC 6376 section 5 wants, and verify. */
#include "unit.h"

#include "base/arena.h"
#include "dkim/sign.h"

/* RFC 8463 A.1. */
static const char ed25519_key[] =
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
        "-----END PRIVATE KEY-----\n";

/* RFC 8463 A.3. */
static const char football[] =
        "From: Joe SixPack <joe@football.example.com>\r\n"
        "To: Suzie Q <suzie@shopping.example.net>\r\n"
        "Subject: Is dinner ready?\r\n"
        "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
        "\r\n"
        "Hi.\r\n"
        "\r\n"
        "We lost the game.  Are you hungry yet?\r\n"
        "\r\n"
        "Joe.\r\n";

/* Everything that canonicalisations treat in their own way. */
static const char odd[] = "Received: one\r\nfrom : \tJoe\t <joe@example.com> \r\n"
                          "Subject:\r\n \r\n\t folded  twice\r\n \r\nTo:a@b\r\nTo: c@d\r\n"
                          "List-Unsubscribe: <https://example.com/>\r\n"
                          "X-Other: \xc3\xa9\r\n\r\n"
                          " leading \t blanks  \r\n\r\n. \r\n\t\r\n\r\n \r\n\r\n";

static struct md_arena *mem;
static const char *why;

static int
set_up(void **state)
{
	(void)state;
	mem = md_arena_new();
	why = NULL;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	md_arena_free(mem);
	return 0;
}

static const struct md_message *
read_message(const char *text)
{
	const struct md_message *m = md_message_read(mem, md_str(text), &why);

	assert_non_null(m);
	return m;
}

static const struct md_private_key *
the_key(void)
{
	const struct md_private_key *key = md_private_key_read(mem, md_str(ed25519_key), &why);

	assert_non_null(key);
	return key;
}

static struct md_signing
signing(void)
{
	return (struct md_signing){
		.domain = "football.example.com",
		.selector = "brisbane",
		.identity = "",
		.header_canon = MD_RELAXED,
		.body_canon = MD_RELAXED,
		.now = 1528637909,
	};
}

/* The message with its signature in front, read again: how a verifier sees it. */
static const struct md_message *
sign(const char *text, const struct md_signing *s, const struct md_private_key *key)
{
	const char *field = md_dkim_sign(mem, read_message(text), s, key, &why);

	if (field == NULL)
		fail_msg("%s", why);
	return read_message(md_printf(mem, "%s%s", field, text));
}

static const struct md_dkim_signature *
parse(const struct md_message *m)
{
	const struct md_dkim_signature *s =
	        md_dkim_signature_parse(mem, m->fields[0].value, MD_DKIM_SIGNATURE);

	assert_int_equal(s->faults.n, 0);
	return s;
}

/* RFC 6376 6.1.3, step by step. */
static enum md_verified
verify(const struct md_message *m, const struct md_private_key *key)
{
	const struct md_dkim_signature *s = parse(m);
	const struct md_field **fields = md_signed_fields(mem, m, s, &m->fields[0]);
	struct md_keyring *ring = md_keyring_new();
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;
	enum md_verified verified = MD_NOT_VERIFIED;
	size_t n;

	md_hashing_begin(&digest, ring, MD_SHA256);
	md_canon_body(s->body_canon, m->body, UINT64_MAX, md_hashing_sink(&digest));
	n = md_hashing_end(&digest, hash);
	assert_int_equal(s->nbody_hash, n);
	assert_memory_equal(s->body_hash, hash, n);
	md_hashing_begin(&digest, ring, MD_SHA256);
	for (size_t i = 0; i < s->nh; i++)
		if (fields[i] != NULL)
			md_canon_field(s->header_canon, fields[i]->whole,
			               md_hashing_sink(&digest));
	md_canon_own_field(s->header_canon, m->fields[0].whole, s->b, md_hashing_sink(&digest));
	n = md_hashing_end(&digest, hash);
	verified = md_keyring_verify(ring, s->algorithm, md_private_key_public(mem, key),
	                             (struct md_octets){ hash, n },
	                             (struct md_octets){ s->signature, s->nsignature });
	md_keyring_free(ring);
	return verified;
}

static void
the_example_of_rfc_8463_has_its_body_hash(void **state)
{
	const struct md_signing s = signing();
	const struct md_message *m = sign(football, &s, the_key());

	(void)state;
	assert_non_null(strstr(md_field_text(mem, m->fields),
	                       "bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;"));
	assert_string_equal(md_dkim_record(mem, the_key()),
	                    "v=DKIM1; k=ed25519; "
	                    "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
	assert_int_equal(verify(m, the_key()), MD_VERIFIED);
}

static void
signatures_verify(void **state)
{
	const struct md_private_key *rsa = md_private_key_make(mem, MD_KEY_RSA, 1024, &why);
	const char *const messages[] = { football,
		                         odd,
		                         "From: a@b\r\n",
		                         "From: a@b\r\n\r\n\r\n",
		                         "FROM:a@b\r\nX:\r\n\r\nx",
		                         "From: a@b\n\nLF\n" };

	(void)state;
	for (unsigned i = 0; i < 8 * COUNT(messages); i++) {
		const struct md_private_key *key = (i & 4) != 0 ? rsa : the_key();
		struct md_signing s = signing();
		const struct md_message *m;

		s.header_canon = (i & 1) != 0 ? MD_SIMPLE : MD_RELAXED;
		s.body_canon = (i & 2) != 0 ? MD_SIMPLE : MD_RELAXED;
		m = sign(messages[i / 8], &s, key);
		assert_int_equal(parse(m)->header_canon, s.header_canon);
		assert_int_equal(parse(m)->body_canon, s.body_canon);
		assert_int_equal(parse(m)->algorithm,
		                 key == rsa ? MD_RSA_SHA256 : MD_ED25519_SHA256);
		assert_false(parse(m)->has_l);
		assert_int_equal(verify(m, key), MD_VERIFIED);
	}
}

/* The names in h=, with blanks between. */
static const char *
signed_names(const struct md_message *m)
{
	const struct md_dkim_signature *s = parse(m);
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < s->nh; i++)
		md_buf_printf(&out, "%s%.*s", i > 0 ? " " : "", MD_FMT(s->h[i]));
	return md_buf_str(&out);
}

static void
what_is_there_is_signed(void **state)
{
	struct md_signing s = signing();

	(void)state;
	assert_string_equal(signed_names(sign(football, &s, the_key())),
	                    "From From Subject Date Message-ID To");
	assert_string_equal(signed_names(sign(odd, &s, the_key())),
	                    "From From Subject To To List-Unsubscribe");
	s.names = md_str("subject, From:X-None,\tFrom :To");
	assert_string_equal(signed_names(sign(odd, &s, the_key())),
	                    "subject From X-None From To");
	assert_int_equal(verify(sign(odd, &s, the_key()), the_key()), MD_VERIFIED);
}

/* RFC 6376 8.15, and the reason for signing From once more than it is there. */
static void
a_second_from_breaks_it(void **state)
{
	const struct md_signing s = signing();
	const struct md_message *m = sign(football, &s, the_key());
	const char *field = md_strndup(mem, m->header.p, m->fields[0].whole.len + 2);

	(void)state;
	m = read_message(md_printf(mem, "%sFrom: x@example.net\r\n%s", field, football));
	assert_int_equal(verify(m, the_key()), MD_NOT_VERIFIED);
}

static void
tags_are_written(void **state)
{
	struct md_signing s = signing();
	const struct md_dkim_signature *read;

	(void)state;
	s.identity = "J;=\xc3\xa9 o@News.football.example.com";
	s.expire = 604800;
	read = parse(sign(football, &s, the_key()));
	assert_string_equal(read->domain, "football.example.com");
	assert_string_equal(read->selector, "brisbane");
	assert_string_equal(read->identity, "J;=\\195\\169 o@news.football.example.com");
	assert_int_equal(read->t, 1528637909);
	assert_int_equal(read->x, 1528637909 + 604800);
	read = parse(sign(football,
	                  &(struct md_signing){ .domain = "example.com",
	                                        .selector = "20230601",
	                                        .identity = "@example.com" },
	                  the_key()));
	assert_string_equal(read->selector, "20230601");
	assert_string_equal(read->identity, "@example.com");
	assert_int_equal(read->x, -1);
}

static void
lines_are_folded(void **state)
{
	const struct md_private_key *rsa = md_private_key_make(mem, MD_KEY_RSA, 1024, &why);
	struct md_buf text = { .mem = mem };
	struct md_signing s = signing();
	struct md_str rest, line;

	(void)state;
	for (size_t pad = 0; pad < 80; pad++) {
		s.selector = md_printf(mem, "s%0*d", (int)pad % 60, 1);
		s.identity = md_printf(mem, "%0*d@football.example.com", (int)pad % 40, 1);
		md_buf_add(&text, md_str("To: a@b\r\n"));
		rest = sign(md_printf(mem, "From: a@b\r\n%s\r\n", md_buf_str(&text)), &s, rsa)
		               ->fields[0]
		               .whole;
		while (md_str_cut(&rest, '\n', &line)) {
			line = md_str_trim(line, "\r");
			assert_in_range(line.len, 3, 78);
			assert_true(line.p[line.len - 1] != ' ' && line.p[1] != ' ');
		}
	}
}

static void
names_must_be_good(void **state)
{
	static const struct {
		const char *domain, *selector, *identity, *names, *why;
	} bad[] = {
		{ "", "s", "", "", "\"\" cannot be the domain of a signature" },
		{ "a;d=b.example", "s", "", "",
		  "\"a;d=b.example\" cannot be the domain of a signature" },
		{ "example.com", "", "", "", "\"\" cannot be a selector" },
		{ "example.com", "s;", "", "", "\"s;\" cannot be a selector" },
		{ "example.com", "s..t", "", "", "\"s..t\" cannot be a selector" },
		{ "example.com", "s", "joe", "",
		  "the identity \"joe\" is not USER@example.com, or of a domain below" },
		{ "example.com", "s", "joe@example.net", "",
		  "the identity \"joe@example.net\" is not USER@example.com, or of a domain "
		  "below" },
		{ "example.com", "s", "joe@com", "",
		  "the identity \"joe@com\" is not USER@example.com, or of a domain below" },
		{ "example.com", "s", "", "Subject",
		  "From is not among the fields, and must be signed (RFC 6376 5.4)" },
		{ "example.com", "s", "", "From::To", "\"\" is no name of a field" },
		{ "example.com", "s", "", "From:a;b", "\"a;b\" is no name of a field" },
		{ "example.com", "s", "", "From:a b", "\"a b\" is no name of a field" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		const struct md_signing s = { .domain = bad[i].domain,
			                      .selector = bad[i].selector,
			                      .identity = bad[i].identity,
			                      .names = md_str(bad[i].names) };

		print_message("  %s\n", bad[i].why);
		assert_null(md_dkim_sign(mem, read_message(football), &s, the_key(), &why));
		assert_string_equal(why, bad[i].why);
	}
}

static void
what_transport_changes_is_not_signed(void **state)
{
	static const struct {
		struct md_str message;
		const char *why;
	} messages[] = {
#define T(text) { text, sizeof(text) - 1 }
		{ T("From: a@b\r\n\r\nHi\r\n"), NULL },
		{ T("From: a@b\n\nHi"), NULL },
		{ T("To: a@b\n"), "it has no From field, which must be signed (RFC 6376 5.4)" },
		{ T("\xef\xbb\xbf"
		    "From: a@b\n"),
		  "it begins with a byte order mark" },
		{ T("From a\nFrom: a@b\n"),
		  "it begins with the \"From \" line of an mbox file" },
		{ T("\nFrom: a@b\n"),
		  "it begins with an empty line, which would end its header" },
		{ T("From: a@b\nHi\n"),
		  "no empty line stands between its header and its body" },
		{ T("From: a@b\r\n\r\na\rb\r\n"),
		  "it has CR without LF, which transport changes" },
		{ T("From: a@b\r\n\r\na\nb\r\n"),
		  "some of its lines end in LF and others in CRLF" },
		{ T("From: a@b\n\n\0\n"), "it has octets 0, which transport drops" },
	};
	const char *const *doubts;

	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		const char *read_why;
		const struct md_message *m =
		        md_message_read(mem, messages[i].message, &read_why);
		const char *told = md_dkim_unsignable(mem, m, &doubts);

		assert_null(doubts[0]);
		assert_string_equal(told != NULL ? told : "fine",
		                    messages[i].why != NULL ? messages[i].why : "fine");
	}
	assert_null(md_dkim_unsignable(
	        mem, read_message(md_printf(mem, "From: \xc3\xa9\nFrom: b\n\n%0999d\n", 1)),
	        &doubts));
	assert_non_null(strstr(doubts[0], "more than one From"));
	assert_non_null(strstr(doubts[1], "not ASCII"));
	assert_non_null(strstr(doubts[2], "line 4 has 999 octets"));
	assert_null(doubts[3]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_example_of_rfc_8463_has_its_body_hash,
		                                set_up, tear_down),
		cmocka_unit_test_setup_teardown(signatures_verify, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_there_is_signed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_second_from_breaks_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tags_are_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lines_are_folded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_must_be_good, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_transport_changes_is_not_signed, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
