/* The DKIM keys at a name, and which of them a change takes away. */
#ifndef MD_GATE_KEYS_H
#define MD_GATE_KEYS_H

#include "dns/dns.h"
#include "record/dkim_key.h"

struct md_key_at {
	struct md_str record;
	const struct md_dkim_key *key; /* NULL: none */
};

/* Can verifiers use it: sound, not revoked, long enough (RFC 8301 3.2)? */
bool md_key_is_usable(const struct md_dkim_key *);

struct md_key_at md_key_read(struct md_arena *, struct md_str record);

/*
 * The first key of an answer that verifiers can use, and that another answer lacks in any
 * record.  A key that was cut up wrongly can be used by nobody, so it is no loss.
 */
struct md_key_at md_key_lost(struct md_arena *, const struct md_dns *was,
                             const struct md_dns *is);

/* What stands in p=, and what it is. */
const char *md_key_text(struct md_arena *, struct md_key_at);

#endif
