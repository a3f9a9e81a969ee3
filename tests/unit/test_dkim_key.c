/* Key records by RFC 6376 3.6.1, RFC 8301 and RFC 8463. */
#include "unit.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/arena.h"
#include "faults.h"
#include "keys.h"
#include "record/dkim_key.h"
#include "record/public_key.h"

/* Faults as "OFFSET+LENGTH why", one a line. */
static const struct {
	const char *text, *summary, *faults;
} cases[] = {
	/* what the standard accepts */
	{ "v=DKIM1; h=sha256; k=rsa; p=" RSA_1024, "rsa 1024 bits", "" },
	{ "p=" RSA_2048, "rsa 2048 bits", "" },
	{ "v=DKIM1;p=" RSA_2048 ";", "rsa 2048 bits", "" },
	{ " v = DKIM1 ; k = rsa ; p = " RSA_2048 " ; ", "rsa 2048 bits", "" },
	{ "p=" RSA_1024_BARE, "rsa 1024 bits", "" },
	{ "p=" RSA_512, "rsa 512 bits", "" },
	{ "p=" RSA_1023, "rsa 1023 bits", "" },
	{ "k=ed25519; p=" ED25519, "ed25519", "" },
	{ "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7T yWQHOg7h\r\n cvPapiMlrwIaaPcHURo=", "ed25519",
	  "" },
	{ "h=sha1 : sha256 : x; s=other:email; t=z:y:s; n=hello there; x=1; p=" RSA_1024,
	  "rsa 1024 bits", "" },
	{ "s=*; p=" RSA_1024, "rsa 1024 bits", "" },
	{ "s=tlsrpt; p=" RSA_1024, "rsa 1024 bits", "" },
	{ "g=*; p=" RSA_1024, "rsa 1024 bits", "" },
	{ "v=DKIM1; p=", "revoked", "" },
	{ "k=ed25519; p= ;", "revoked", "" },
	/* version */
	{ "v=dkim1; p=" RSA_1024, "rsa 1024 bits", "2+5 v=dkim1, where only v=DKIM1 counts\n" },
	{ "v=DKIM1.0; p=", "revoked", "2+7 v=DKIM1.0, where only v=DKIM1 counts\n" },
	{ "v=; p=", "revoked", "2+0 v=, where only v=DKIM1 counts\n" },
	{ "k=rsa; v=DKIM1; p=", "revoked", "7+1 v= stands after another tag\n" },
	{ "v=DKIM1\\; p=", "revoked", "2+6 v=DKIM1\\\\, where only v=DKIM1 counts\n" },
	/* tags */
	{ "", "not readable", "0+0 p= is missing\n" },
	{ "v=DKIM1; k=rsa", "not readable", "14+0 p= is missing\n" },
	{ "v=DKIM1; P=", "not readable", "11+0 p= is missing\n" },
	{ "v=DKIM1; p", "not readable", "9+1 \"p\" has no \"=\"\n10+0 p= is missing\n" },
	{ "p=; p=", "revoked", "4+1 there is a second p=, which voids the record\n" },
	{ "p=; x=1; x=2", "revoked", "9+1 there is a second x=, which voids the record\n" },
	{ "p=; junk", "revoked", "4+4 \"junk\" has no \"=\"\n" },
	{ "v=DKIM1;; p=", "revoked", "8+1 \";\" is a semicolon too many\n" },
	{ "p=; k=RSA", "revoked", "6+3 k=RSA is neither rsa nor ed25519 (in lower case)\n" },
	{ "h=sha1; p=", "revoked", "2+4 h= does not permit sha256\n" },
	{ "h=sha-256; p=", "revoked", "2+7 h= does not permit sha256\n" },
	{ "s=web; p=", "revoked", "2+3 s= permits neither email nor every service (*)\n" },
	{ "n=caf\xc3\xa9; p=", "revoked",
	  "5+1 \"n\" has a value with a character that values cannot have\n" },
	/* keys */
	{ "p=MIGf;k=rsa", "not readable",
	  "2+4 p= is no RSA key: it is cut off: 3 octets of 162 are there\n" },
	{ "p=MIGfM", "not readable",
	  "2+5 p= is no RSA key: it is cut off: 3 octets of 162 are there\n" },
	{ "p=\"MIGf\"", "not readable",
	  "2+1 p= is not base64: a quotation mark inside the value\n" },
	{ "p=-----BEGIN PUBLIC KEY----- MIGf -----END PUBLIC KEY-----", "not readable",
	  "2+5 p= has a BEGIN or END line of a key file in it\n" },
	{ "p=MIGf-----END PUBLIC KEY-----", "not readable",
	  "6+5 p= has a BEGIN or END line of a key file in it\n" },
	{ "p=MIG\xc3\xa4", "not readable",
	  "5+1 p= is not base64: a character that base64 does not have\n" },
	{ "p=" EC_P256, "not readable", "2+124 p= is a key of another algorithm than RSA\n" },
	{ "p=" ED25519, "not readable",
	  "2+44 p= is no RSA key (an Ed25519 key? then k=ed25519 is missing)\n" },
	{ "p=" ED25519_SPKI, "not readable",
	  "2+60 p= is an Ed25519 key, but the record is of type rsa\n" },
	{ "p=" PRIVATE, "not readable",
	  "2+12 p= is a PRIVATE key, which everybody can read now: make a new one\n" },
	{ "p=AAAA", "not readable",
	  "2+4 p= is no RSA key: it does not begin as a public key does\n" },
	{ "p=MAA=", "not readable",
	  "2+4 p= is no RSA key: it does not decode to a public key\n" },
	{ "p=" RSA_1024 "AAAA", "not readable",
	  "2+220 p= is no RSA key: 3 octets follow after its end of 162\n" },
	{ "k=ed25519; p=" ED25519_SPKI, "not readable",
	  "13+60 p= has 44 octets: the key inside a SubjectPublicKeyInfo\n" },
	{ "k=ed25519; p=" RSA_1024, "not readable",
	  "13+216 p= is an RSA key, but k=ed25519\n" },
	{ "k=ed25519; p=AAAA", "not readable",
	  "13+4 p= has 3 octets, an Ed25519 key has 32\n" },
	{ "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", "ed25519",
	  "56+0 p= is not base64: a lacking \"=\" at the end\n" },
};

static void
all_faults_of_a_record_are_named_and_placed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_dkim_key *key = md_dkim_key_parse(mem, md_str(cases[i].text));

		print_message("  %.72s\n", cases[i].text);
		assert_string_equal(faults_text(mem, &key->faults), cases[i].faults);
		assert_string_equal(md_dkim_key_summary(mem, key), cases[i].summary);
	}
	md_arena_free(mem);
}

static void
flags_and_services_are_read(void **state)
{
	static const struct {
		const char *text;
		bool testing, strict, reports_only;
	} flags[] = {
		{ "p=", false, false, false },
		{ "t=y; p=", true, false, false },
		{ "t= s : y ; p=", true, true, false },
		{ "t=Y:x; p=", false, false, false }, /* RFC 6376 3.2: case-sensitive */
		{ "s=tlsrpt; p=", false, false, true },
		{ "s=tlsrpt:email; p=", false, false, false },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(flags); i++) {
		const struct md_dkim_key *key = md_dkim_key_parse(mem, md_str(flags[i].text));

		print_message("  %s\n", flags[i].text);
		assert_int_equal(key->testing, flags[i].testing);
		assert_int_equal(key->strict, flags[i].strict);
		assert_int_equal(key->reports_only, flags[i].reports_only);
	}
	md_arena_free(mem);
}

static void
what_can_be_mended_is(void **state)
{
	static const struct {
		const char *text;
		bool testing;
		const char *mended;
	} records[] = {
		{ "p=" RSA_1024 "; v=DKIM1", true, "v=DKIM1; p=" RSA_1024 },
		{ "v=dkim1; t=y:s; p=" RSA_1024, true, "v=DKIM1; t=y:s; p=" RSA_1024 },
		{ "v=DKIM1; t=y : s; p=" RSA_1024, false, "v=DKIM1; t=s; p=" RSA_1024 },
		{ "t=y; k=rsa; p=" RSA_1024, false, "v=DKIM1; k=rsa; p=" RSA_1024 },
		{ "v=DKIM1; k=ed25519; p=" ED25519_SPKI, true,
		  "v=DKIM1; k=ed25519; p=" ED25519 },
		{ "v=dkim1; p=AAAA", true, NULL },
		{ "v=dkim1; p=; p=", true, NULL },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		const struct md_str text = md_str(records[i].text);
		const char *mended = md_dkim_key_mended(mem, text, md_dkim_key_parse(mem, text),
		                                        records[i].testing);

		print_message("  %.72s\n", records[i].text);
		if (records[i].mended == NULL)
			assert_null(mended);
		else
			assert_string_equal(mended, records[i].mended);
	}
	md_arena_free(mem);
}

/* A SubjectPublicKeyInfo whose modulus has as many octets, all 0xff. */
static const char *
huge_key(struct md_arena *mem, size_t octets)
{
	const size_t integer = octets + 5, inner = integer + 5, bits = inner + 4 + 1;
	const size_t whole = bits + 4 + 15;
	const unsigned char head[] = {
		0x30,
		0x82,
		(unsigned char)(whole >> 8),
		(unsigned char)whole,
		0x30,
		0x0d,
		0x06,
		0x09,
		0x2a,
		0x86,
		0x48,
		0x86,
		0xf7,
		0x0d,
		0x01,
		0x01,
		0x01,
		0x05,
		0x00,
		0x03,
		0x82,
		(unsigned char)(bits >> 8),
		(unsigned char)bits,
		0x00,
		0x30,
		0x82,
		(unsigned char)(inner >> 8),
		(unsigned char)inner,
		0x02,
		0x82,
		(unsigned char)((octets + 1) >> 8),
		(unsigned char)(octets + 1),
		0x00,
	};
	const unsigned char exponent[] = { 0x02, 0x03, 0x01, 0x00, 0x01 };
	const size_t n = sizeof(head) + octets + sizeof(exponent);
	unsigned char *der = md_alloc(mem, n), *text = md_alloc(mem, n / 3 * 4 + 5);

	memcpy(der, head, sizeof(head));
	memset(der + sizeof(head), 0xff, octets);
	memcpy(der + sizeof(head) + octets, exponent, sizeof(exponent));
	EVP_EncodeBlock(text, der, (int)n);
	return md_printf(mem, "p=%s", (const char *)text);
}

/* What OpenSSL alone says of DER that one of its decoders may take; 0 bits: no key. */
static unsigned
bits_by_openssl(const unsigned char *der, size_t len, bool bare)
{
	const unsigned char *p = der;
	EVP_PKEY *key = bare ? d2i_PublicKey(EVP_PKEY_RSA, NULL, &p, (long)len)
	                     : d2i_PUBKEY(NULL, &p, (long)len);
	const int bits = key != NULL && p == der + len ? EVP_PKEY_get_bits(key) : 0;

	EVP_PKEY_free(key);
	return bits > 0 ? (unsigned)bits : 0;
}

/*
 * Our reader of the usual form takes nothing that OpenSSL refuses, whatever octet is changed.
 */
static void
the_short_way_agrees_with_openssl(void **state)
{
	static const struct {
		const char *base64;
		bool bare;
	} keys[] = { { RSA_1024, false }, { RSA_1023, false }, { RSA_1024_BARE, true } };
	static const unsigned char changes[] = { 0x01, 0x80, 0x7f, 0xff };
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t k = 0; k < COUNT(keys); k++) {
		unsigned char der[512];
		int len = EVP_DecodeBlock(der, (const unsigned char *)keys[k].base64,
		                          (int)strlen(keys[k].base64));
		const size_t n = (size_t)len - strlen(strchr(keys[k].base64, '=') != NULL
		                                              ? strchr(keys[k].base64, '=')
		                                              : "");

		for (size_t i = 0; i < n * COUNT(changes); i++) {
			unsigned char *octet = &der[i / COUNT(changes)];
			const unsigned char change = changes[i % COUNT(changes)];
			struct md_public_key key;

			*octet ^= change;
			key = md_public_key_read(mem, der, n);
			if (key.type == MD_KEY_RSA)
				assert_int_equal(key.bits,
				                 bits_by_openssl(der, n, keys[k].bare));
			*octet ^= change;
		}
		assert_int_equal(md_public_key_read(mem, der, n).type, MD_KEY_RSA);
	}
	md_arena_free(mem);
}

static void
huge_keys_are_refused(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_dkim_key *key;

	(void)state;
	key = md_dkim_key_parse(mem, md_str(huge_key(mem, MD_KEY_MOST_BITS / 8)));
	assert_string_equal(faults_text(mem, &key->faults), "");
	assert_int_equal(key->bits, MD_KEY_MOST_BITS);
	key = md_dkim_key_parse(mem, md_str(huge_key(mem, MD_KEY_MOST_BITS / 8 + 1)));
	assert_non_null(strstr(faults_text(mem, &key->faults), "longer than 16384 bits"));
	key = md_dkim_key_parse(mem, md_str(huge_key(mem, 40000)));
	assert_non_null(strstr(faults_text(mem, &key->faults), "longer than 16384 bits"));
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_faults_of_a_record_are_named_and_placed),
		cmocka_unit_test(flags_and_services_are_read),
		cmocka_unit_test(what_can_be_mended_is),
		cmocka_unit_test(the_short_way_agrees_with_openssl),
		cmocka_unit_test(huge_keys_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
