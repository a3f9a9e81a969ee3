/* The name that a message has in facts files: the hash of its octets. */
#include <openssl/sha.h>

#include "base/arena.h"
#include "mail/message.h"

const char *
md_message_sha256(struct md_arena *mem, const struct md_message *m)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	struct md_buf text = { .mem = mem };

	SHA256((const unsigned char *)m->raw.p, m->raw.len, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		md_buf_printf(&text, "%02x", hash[i]);
	return md_buf_str(&text);
}
