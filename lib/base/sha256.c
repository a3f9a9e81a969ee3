/* SHA-256, by OpenSSL. */
#include "base/sha256.h"

#include <openssl/sha.h>

#include "base/arena.h"

const char *
md_sha256_hex(struct md_arena *mem, struct md_str octets)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	struct md_buf text = { .mem = mem };

	SHA256((const unsigned char *)octets.p, octets.len, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		md_buf_printf(&text, "%02x", hash[i]);
	return md_buf_str(&text);
}
