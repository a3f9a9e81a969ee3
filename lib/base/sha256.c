/* SHA-256, by OpenSSL. */
#include "base/sha256.h"

#include <openssl/sha.h>

#include "base/arena.h"

void
md_sha256(struct md_str octets, unsigned char hash[SHA256_DIGEST_LENGTH])
{
	SHA256((const unsigned char *)octets.p, octets.len, hash);
}

const char *
md_sha256_hex(struct md_arena *mem, struct md_str octets)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	static const char digits[] = "0123456789abcdef";
	char *text = md_alloc(mem, 2 * sizeof(hash) + 1);

	md_sha256(octets, hash);
	for (size_t i = 0; i < sizeof(hash); i++) {
		text[2 * i] = digits[hash[i] >> 4];
		text[2 * i + 1] = digits[hash[i] & 15];
	}
	return text;
}
