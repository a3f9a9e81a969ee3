/* Any octets as a message to sign: what is not refused verifies, its field is well formed. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "dkim/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* RFC 8463 A.1. */
static const char pem[] = "-----BEGIN PRIVATE KEY-----\n"
                          "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                          "-----END PRIVATE KEY-----\n";

static void
must_be_folded(struct md_str field)
{
	struct md_str line;

	while (md_str_cut(&field, '\n', &line)) {
		assert(line.len > 2 && line.len <= 79 && line.p[line.len - 1] == '\r');
		assert(memchr(line.p, '\r', line.len - 1) == NULL);
	}
}

/* RFC 6376 6.1.3. */
static void
must_verify(struct md_arena *mem, const struct md_message *m, const struct md_private_key *key,
            struct md_keyring *ring)
{
	const struct md_dkim_signature *s =
	        md_dkim_signature_parse(mem, m->fields[0].value, MD_DKIM_SIGNATURE);
	const struct md_field **fields = md_signed_fields(mem, m, s, &m->fields[0]);
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;
	size_t n;

	assert(s->faults.n == 0);
	md_hashing_begin(&digest, ring, MD_SHA256);
	md_canon_body(s->body_canon, m->body, UINT64_MAX, md_hashing_sink(&digest));
	n = md_hashing_end(&digest, hash);
	assert(s->nbody_hash == n && memcmp(s->body_hash, hash, n) == 0);
	md_hashing_begin(&digest, ring, MD_SHA256);
	for (size_t i = 0; i < s->nh; i++)
		if (fields[i] != NULL)
			md_canon_field(s->header_canon, fields[i]->whole,
			               md_hashing_sink(&digest));
	md_canon_own_field(s->header_canon, m->fields[0].whole, s->b, md_hashing_sink(&digest));
	n = md_hashing_end(&digest, hash);
	assert(md_keyring_verify(ring, s->algorithm, md_private_key_public(mem, key),
	                         (struct md_octets){ hash, n },
	                         (struct md_octets){ s->signature, s->nsignature }) ==
	       MD_VERIFIED);
}

/* The first octet chooses the canonicalisations, the others are the message. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str text = { (const char *)data + 1, size > 0 ? size - 1 : 0 };
	struct md_arena *mem = md_arena_new();
	const char *why = NULL, *const * doubts;
	const struct md_message *m = size > 0 ? md_message_read(mem, text, &why) : NULL;
	static struct md_private_key *key; /* both take time to make */
	static struct md_keyring *ring;
	static struct md_arena *kept;

	if (key == NULL) {
		kept = md_arena_new();
		key = md_private_key_read(kept, md_str(pem), &why);
		ring = md_keyring_new();
	}
	if (m != NULL && md_dkim_unsignable(mem, m, &doubts) == NULL) {
		const struct md_signing signing = {
			.domain = "football.example.com",
			.selector = "brisbane",
			.identity = "joe@football.example.com",
			.header_canon = (data[0] & 1) != 0 ? MD_SIMPLE : MD_RELAXED,
			.body_canon = (data[0] & 2) != 0 ? MD_SIMPLE : MD_RELAXED,
			.now = 1528637909,
		};
		const char *field = md_dkim_sign(mem, m, &signing, key, &why);
		struct md_buf whole = { .mem = mem };

		assert(field != NULL);
		must_be_folded(md_str(field));
		md_buf_add(&whole, md_str(field));
		md_buf_add(&whole, text);
		m = md_message_read(mem, (struct md_str){ whole.p, whole.len }, &why);
		assert(m != NULL);
		must_verify(mem, m, key, ring);
	}
	md_arena_free(mem);
	return 0;
}
