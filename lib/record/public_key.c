/* Reads public keys with OpenSSL, once their outer form is sound. */
#include "record/public_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#include "base/arena.h"

enum { SEQUENCE = 0x30, MOST_OCTETS = MD_KEY_MOST_BITS / 8 + 512 };

/* Object identifiers as DER (RFC 3279 2.3.1, RFC 8410 3), and the number 0. */
static const unsigned char rsa[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
	                             0xf7, 0x0d, 0x01, 0x01, 0x01 };
static const unsigned char ed25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x70 };
static const unsigned char version_0[] = { 0x02, 0x01, 0x00 };

static bool
begins(const unsigned char *p, size_t len, const unsigned char *with, size_t n)
{
	return len >= n && memcmp(p, with, n) == 0;
}

/* Octets of the tag and length before a SEQUENCE's contents; 0 when there is none.  *whole is
 * what it says to have in all. */
static size_t
sequence(const unsigned char *der, size_t len, size_t *whole)
{
	size_t n, size = 0;

	if (len < 2 || der[0] != SEQUENCE)
		return 0;
	*whole = 2u + der[1];
	if (der[1] < 0x80)
		return 2;
	n = der[1] & 0x7fu;
	if (n == 0 || n > 3 || len < 2 + n)
		return 0;
	for (size_t i = 0; i < n; i++)
		size = size << 8 | der[2 + i];
	*whole = 2 + n + size;
	return 2 + n;
}

static unsigned
bits_of(EVP_PKEY *key)
{
	const int bits = key != NULL ? EVP_PKEY_get_bits(key) : 0;

	return bits > 0 ? (unsigned)bits : 0;
}

/* RFC 6376 3.6.1 says RSAPublicKey, its examples have SubjectPublicKeyInfo: both are in use. */
static struct md_public_key
read_rsa(const unsigned char *der, size_t len, bool bare)
{
	struct md_public_key result = { .type = MD_KEY_RSA, .why = "" };
	const unsigned char *p = der;
	EVP_PKEY *key = bare ? d2i_PublicKey(EVP_PKEY_RSA, NULL, &p, (long)len)
	                     : d2i_PUBKEY(NULL, &p, (long)len);

	result.bits = bits_of(key);
	if (result.bits == 0 || p != der + len)
		result = (struct md_public_key){ .why = "it does not decode to a public key" };
	else if (result.bits > MD_KEY_MOST_BITS)
		result = (struct md_public_key){ .why = "it is longer than 16384 bits" };
	EVP_PKEY_free(key);
	ERR_clear_error();
	return result;
}

static struct md_public_key
unreadable(const char *why)
{
	return (struct md_public_key){ .why = why };
}

/* What it is shows after the outer SEQUENCE's header: a version number begins private keys, an
 * AlgorithmIdentifier SubjectPublicKeyInfo, and a modulus RSAPublicKey. */
static struct md_public_key
by_contents(const unsigned char *der, size_t len, size_t header)
{
	const unsigned char *inner = der + header;
	const size_t n = len - header;

	if (begins(inner, n, version_0, sizeof(version_0)))
		return (struct md_public_key){ .type = MD_KEY_PRIVATE, .why = "" };
	if (n < 2 || inner[0] != SEQUENCE)
		return read_rsa(der, len, true);
	if (begins(inner + 2, n - 2, rsa, sizeof(rsa)))
		return read_rsa(der, len, false);
	if (len == 44 && begins(inner + 2, n - 2, ed25519, sizeof(ed25519)))
		return (struct md_public_key){ MD_KEY_ED25519, 256, "" };
	return (struct md_public_key){ .type = MD_KEY_FOREIGN, .why = "" };
}

struct md_public_key
md_public_key_read(struct md_arena *mem, const unsigned char *der, size_t len)
{
	size_t whole = 0, header = sequence(der, len, &whole);

	if (header == 0)
		return unreadable("it does not begin as a public key does");
	if (whole > len)
		return unreadable(md_printf(mem, "it is cut off: %zu octets of %zu are there",
		                            len, whole));
	if (whole < len)
		return unreadable(md_printf(mem, "%zu octets follow after its end of %zu",
		                            len - whole, whole));
	if (len > MOST_OCTETS)
		return unreadable("it is longer than 16384 bits");
	return by_contents(der, len, header);
}
