/* Hashes, keys, signatures and their recovery; the peer is the other half of OpenSSL. */
#include "unit.h"

#include "base/arena.h"
#include "dkim/crypto.h"

struct bench {
	struct md_arena *mem;
	struct md_keyring *ring;
};

static int
open_bench(void **state)
{
	struct bench *b = test_malloc(sizeof(*b));

	b->mem = md_arena_new();
	b->ring = md_keyring_new();
	*state = b;
	return 0;
}

static int
close_bench(void **state)
{
	struct bench *b = *state;

	md_keyring_free(b->ring);
	md_arena_free(b->mem);
	test_free(b);
	return 0;
}

static const char *
hex(struct md_arena *mem, const unsigned char *p, size_t n)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < n; i++)
		md_buf_printf(&out, "%02x", p[i]);
	return md_buf_str(&out);
}

/* FIPS 180-2 B.1 and appendix A.1: "abc". */
static void
hashes(void **state)
{
	struct bench *b = *state;
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing one, two;

	md_hashing_begin(&one, b->ring, MD_SHA256);
	md_hashing_add(&one, "a", 1);
	md_hashing_copy(&two, &one);
	md_hashing_add(&one, "bc", 2);
	assert_int_equal(md_hashing_end(&one, hash), 32);
	assert_string_equal(hex(b->mem, hash, 32),
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	md_hashing_add(&two, "bc", 2);
	assert_int_equal(md_hashing_end(&two, hash), 32);
	assert_int_equal(hash[31], 0xad);
	md_hashing_begin(&one, b->ring, MD_SHA1);
	md_hashing_add(&one, "abc", 3);
	assert_int_equal(md_hashing_end(&one, hash), 20);
	assert_string_equal(hex(b->mem, hash, 20), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

static struct md_private_key *
key_of(struct bench *b, enum md_key_type type, unsigned bits)
{
	const char *why = "";
	struct md_private_key *made = md_private_key_make(b->mem, type, bits, &why);
	struct md_private_key *read;

	assert_non_null(made);
	read = md_private_key_read(b->mem, md_str(md_private_key_pem(b->mem, made)), &why);
	assert_string_equal(why, "");
	assert_non_null(read);
	assert_int_equal(md_private_key_type(read), type);
	assert_int_equal(md_private_key_bits(read), bits);
	return read;
}

static void
signs_and_verifies(void **state)
{
	static const struct {
		enum md_key_type type;
		unsigned bits;
		enum md_algorithm algorithm;
	} kinds[] = {
		{ MD_KEY_RSA, 1024, MD_RSA_SHA256 },
		{ MD_KEY_RSA, 2048, MD_RSA_SHA256 },
		{ MD_KEY_ED25519, 256, MD_ED25519_SHA256 },
	};
	struct bench *b = *state;
	unsigned char text[MD_HASH_MOST] = "a hash, taken for granted here";
	const struct md_octets hash = { text, sizeof(text) };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		const enum md_algorithm a = kinds[i].algorithm;
		struct md_private_key *key = key_of(b, kinds[i].type, kinds[i].bits);
		const struct md_octets public = md_private_key_public(b->mem, key);
		struct md_octets signature = md_private_key_sign(b->mem, key, hash);
		struct md_octets shorter = { signature.p, signature.n - 1 };

		for (int again = 0; again < 2; again++) {
			assert_int_equal(md_keyring_verify(b->ring, a, public, hash, signature),
			                 MD_VERIFIED);
			assert_int_equal(md_keyring_verify(b->ring, a, public, hash, shorter),
			                 MD_NOT_VERIFIED);
			text[0] ^= 1;
			assert_int_equal(md_keyring_verify(b->ring, a, public, hash, signature),
			                 MD_NOT_VERIFIED);
			text[0] ^= 1;
		}
		assert_int_equal(md_keyring_verify(b->ring, a, (struct md_octets){ text, 7 },
		                                   hash, signature),
		                 MD_KEY_UNFIT);
		assert_int_equal(md_keyring_verify(b->ring,
		                                   a == MD_ED25519_SHA256 ? MD_RSA_SHA256
		                                                          : MD_ED25519_SHA256,
		                                   public, hash, signature),
		                 MD_KEY_UNFIT);
	}
}

/* What was signed is seen with the right key, and nothing with another. */
static void
recovers(void **state)
{
	struct bench *b = *state;
	unsigned char text[MD_HASH_MOST] = "a hash, taken for granted here";
	struct md_private_key *key = key_of(b, MD_KEY_RSA, 1024);
	struct md_private_key *other = key_of(b, MD_KEY_RSA, 1024);
	const struct md_octets signature =
	        md_private_key_sign(b->mem, key, (struct md_octets){ text, sizeof(text) });
	struct md_rsa_block block =
	        md_keyring_recover(b->ring, md_private_key_public(b->mem, key), signature);

	assert_true(block.padded && block.named);
	assert_int_equal(block.algorithm, MD_RSA_SHA256);
	assert_memory_equal(block.hash, text, sizeof(text));
	block = md_keyring_recover(b->ring, md_private_key_public(b->mem, other), signature);
	assert_false(block.padded || block.named);
}

/* The ring forgets the oldest; what is asked for again is read again. */
static void
forgets_the_oldest(void **state)
{
	struct bench *b = *state;
	unsigned char text[MD_HASH_MOST] = "a hash, taken for granted here";
	const struct md_octets hash = { text, sizeof(text) };
	struct md_private_key *key = key_of(b, MD_KEY_ED25519, 256);
	const struct md_octets signature = md_private_key_sign(b->mem, key, hash);
	unsigned char other[32] = { 0 };

	for (unsigned i = 0; i < 700; i++) {
		other[0] = (unsigned char)i;
		other[1] = (unsigned char)(i >> 8);
		md_keyring_verify(b->ring, MD_ED25519_SHA256,
		                  (struct md_octets){ other, sizeof(other) }, hash, signature);
		if (i % 100 == 0)
			assert_int_equal(md_keyring_verify(b->ring, MD_ED25519_SHA256,
			                                   md_private_key_public(b->mem, key),
			                                   hash, signature),
			                 MD_VERIFIED);
	}
}

static void
refuses_what_is_no_key(void **state)
{
	struct bench *b = *state;
	const char *why = "";

	assert_null(md_private_key_read(b->mem, md_str("no key"), &why));
	assert_string_equal(why, "it holds no private key in PEM without a pass phrase");
	assert_null(md_private_key_make(b->mem, MD_KEY_RSA, 512, &why));
	assert_string_equal(why, "RSA keys for DKIM have 1024 to 8192 bits");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hashes, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(signs_and_verifies, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(recovers, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(forgets_the_oldest, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(refuses_what_is_no_key, open_bench,
		                                close_bench),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
