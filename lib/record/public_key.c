/* Reads public keys: the usual form of RSA here, every other one with OpenSSL. */
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

/* ---- the usual form ---- */

/* What is left to read of DER (X.690 10.1). */
struct der {
	const unsigned char *p;
	size_t len;
};

/* Takes the contents of the next element, which has this tag; false where it is not so. */
static bool
take(struct der *in, unsigned char tag, struct der *contents)
{
	size_t n, size = 0;

	if (in->len < 2 || in->p[0] != tag)
		return false;
	n = in->p[1] < 0x80 ? 0 : in->p[1] & 0x7fu;
	if (n > 2 || in->len < 2 + n)
		return false;
	for (size_t i = 0; i < n; i++)
		size = size << 8 | in->p[2 + i];
	if (in->p[1] < 0x80)
		size = in->p[1];
	else if (n == 0 || size < (n == 1 ? 0x80u : 0x100u))
		return false; /* not the shortest */
	if (in->len - 2 - n < size)
		return false;
	*contents = (struct der){ in->p + 2 + n, size };
	*in = (struct der){ contents->p + size, in->len - 2 - n - size };
	return true;
}

/* How many bits a positive INTEGER has, in its shortest form; 0 for all else. */
static unsigned
take_integer(struct der *in)
{
	struct der n;
	unsigned bits;

	if (!take(in, 0x02, &n) || n.len == 0 || n.p[0] >= 0x80)
		return 0;
	if (n.p[0] == 0 && (n.len < 2 || n.p[1] < 0x80))
		return 0;
	if (n.p[0] == 0)
		n = (struct der){ n.p + 1, n.len - 1 };
	bits = (unsigned)(n.len - 1) * 8;
	for (unsigned octet = n.p[0]; octet > 0; octet >>= 1)
		bits++;
	return bits;
}

/* What stands in a SubjectPublicKeyInfo of this algorithm without parameters but NULL. */
static bool
unwrap(struct der *in)
{
	struct der info, algorithm, key;

	if (!take(in, SEQUENCE, &info) || in->len > 0 || !take(&info, SEQUENCE, &algorithm) ||
	    algorithm.len != sizeof(rsa) + 2 ||
	    !begins(algorithm.p, algorithm.len, rsa, sizeof(rsa)) ||
	    memcmp(algorithm.p + sizeof(rsa), "\x05\x00", 2) != 0 || !take(&info, 0x03, &key) ||
	    info.len > 0 || key.len == 0 || key.p[0] != 0)
		return false;
	*in = (struct der){ key.p + 1, key.len - 1 };
	return true;
}

/*
 * The size of an RSA key in the usual form; 0 for OpenSSL to decide.  Its decoders take 0.1 ms
 * to be set up for a key, more than all else for a domain.
 */
static unsigned
usual_bits(const unsigned char *octets, size_t len, bool bare)
{
	struct der in = { octets, len }, numbers;
	unsigned bits;

	if ((!bare && !unwrap(&in)) || !take(&in, SEQUENCE, &numbers) || in.len > 0)
		return 0;
	bits = take_integer(&numbers);
	return bits > 0 && take_integer(&numbers) > 0 && numbers.len == 0 ? bits : 0;
}

/* ---- all forms ---- */

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
	EVP_PKEY *key;

	result.bits = usual_bits(der, len, bare);
	if (result.bits > 0 && result.bits <= MD_KEY_MOST_BITS)
		return result;
	key = bare ? d2i_PublicKey(EVP_PKEY_RSA, NULL, &p, (long)len)
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
