/* A message is signed and becomes another: what is said to mend it does, and ends in time. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../unit/signed.h"
#include "base/arena.h"
#include "repair/mend.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Enough for what is tried singly in a small message, so that many are seen in a second. */
enum { STEPS = 300000 };

static const char separator[] = "\n%%%%\n";

/* The first octet chooses algorithm and canonicalisation. */
static const char *const tags[] = {
	"c=relaxed/relaxed; h=From:Subject:To:Date:Content-Type:Subject",
	"c=simple/simple; h=From:Subject:To:Cc:Message-ID:MIME-Version",
	"c=relaxed/simple; l=20; h=From:Content-Transfer-Encoding:Date",
	"c=simple/relaxed; h=From:From:Reply-To; z=From:a@example.com|Subject:x=20y",
};

/* Does this hash as bh= says? */
static bool
is_body(struct signer *s, const struct md_mend *m)
{
	const struct md_dkim_signature *sig = m->signature;
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing d;
	size_t n = m->body.len;

	if (sig->has_l) {
		assert(sig->l <= n);
		n = (size_t)sig->l;
	}
	md_hashing_begin(&d, s->ring, MD_SHA256);
	md_hashing_add(&d, m->body.p, n);
	n = md_hashing_end(&d, hash);
	return n == sig->nbody_hash && memcmp(hash, sig->body_hash, n) == 0;
}

static bool
is_header(struct signer *s, const struct md_mend *m)
{
	const struct md_dkim_signature *sig = m->signature;
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing d;
	size_t n;

	md_hashing_begin(&d, s->ring, MD_SHA256);
	md_hashing_add(&d, m->header.p, m->header.len);
	n = md_hashing_end(&d, hash);
	return md_keyring_verify(s->ring, sig->algorithm, m->key, (struct md_octets){ hash, n },
	                         (struct md_octets){ sig->signature, sig->nsignature }) ==
	       MD_VERIFIED;
}

static void
sound_changes(const struct md_mend *m)
{
	assert(m->n > 0);
	for (size_t i = 0; i < m->n; i++) {
		assert(m->changes[i].what != NULL && m->changes[i].what[0] != '\0');
		assert(m->changes[i].before != NULL && m->changes[i].after != NULL);
		assert(m->changes[i].body || m->changes[i].name[0] != '\0');
	}
}

static void
search(struct signer *s, const struct md_message *message)
{
	const struct md_dkim_verdict *v = verdict_on(s, message);
	struct md_budget budget = md_budget_make(STEPS, NULL, NULL);
	struct md_mend m = {
		.mem = s->mem,
		.ring = s->ring,
		.message = message,
		.field = v->field,
		.signature = v->signature,
		.key = { v->published.key->octets, v->published.key->noctets },
		.hash = MD_SHA256,
		.budget = &budget,
	};

	md_budget_keep(&budget, STEPS / 2);
	if ((v->nbody_hash != v->signature->nbody_hash ||
	     memcmp(v->body_hash, v->signature->body_hash, v->nbody_hash) != 0) &&
	    md_mend_body(&m)) {
		sound_changes(&m);
		assert(is_body(s, &m));
	}
	md_budget_keep(&budget, 0);
	if (!v->header_sound && md_mend_header(&m)) {
		sound_changes(&m);
		assert(is_header(s, &m));
	}
	assert(budget.left <= STEPS);
}

/* The first message's signature over the second. */
static struct md_str
transplanted(struct signer *s, bool ed25519, const char *tag, struct md_str first,
             struct md_str second)
{
	struct md_str all = sign(s, ed25519, tag, first);
	struct md_buf text = { .mem = s->mem };

	all.len -= first.len;
	md_buf_add(&text, all);
	md_buf_add(&text, second);
	return (struct md_str){ text.p, text.len };
}

/* The signature of one message is put over another, and the search is asked what changed. */
static void
damage(struct signer *s, unsigned choice, struct md_str first, struct md_str second)
{
	const char *why;
	const struct md_message *m = md_message_read(s->mem, first, &why);

	if (m == NULL)
		return;
	second = transplanted(s, (choice & 4) != 0, tags[choice & 3], first, second);
	m = md_message_read(s->mem, second, &why);
	if (m != NULL && md_message_field(m, "DKIM-Signature", NULL) != NULL)
		search(s, m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct signer s; /* keys take time to read */
	struct md_str all, first;
	const char *end;

	if (s.ring == NULL)
		signer_open(&s);
	if (size < 2 || size > 20000)
		return 0;
	all = (struct md_str){ (const char *)data + 1, size - 1 };
	end = memmem(all.p, all.len, separator, sizeof(separator) - 1);
	if (end == NULL)
		return 0;
	first = (struct md_str){ all.p, (size_t)(end - all.p) };
	damage(&s, data[0], first, md_str_skip(all, first.len + sizeof(separator) - 1));
	/* at once: what takes more than it frees libFuzzer runs again, and looks for leaks */
	md_arena_clear(s.mem);
	return 0;
}
