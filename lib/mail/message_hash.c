/* The name that a message has in facts files: the hash of its octets. */
#include "base/sha256.h"
#include "mail/message.h"

const char *
md_message_sha256(struct md_arena *mem, const struct md_message *m)
{
	return md_sha256_hex(mem, m->raw);
}
