/* What the words of providers' requirements mean: each a question to a message's verdicts. */
#ifndef MD_PROFILE_KEY_H
#define MD_PROFILE_KEY_H

#include "dmarc/message.h"
#include "domain/iprev.h"
#include "envelope/envelope.h"
#include "profile/profile.h"

/* All that is known of the message; a test may make it up. */
struct md_profile_facts {
	const struct md_message *message;
	const struct md_envelope *envelope;
	const struct md_envelope_spf *spf;
	const struct md_dkim_verdicts *dkim;
	const struct md_dmarc_message *dmarc;
	struct md_iprev iprev; /* of the envelope's address, when it has one */
};

struct md_answer {
	enum md_requirement_state state;
	const char *why; /* one line without its full stop */
};

typedef struct md_answer md_profile_fn(struct md_ctx *, const struct md_profile_facts *,
                                       struct md_str argument);

/* What may stand after a key's colon. */
enum md_key_argument { MD_ARGUMENT_NONE, MD_ARGUMENT_OPTIONAL, MD_ARGUMENT_NEEDED };

struct md_profile_key {
	const char *name;
	md_profile_fn *fn;  /* NULL: no message tells it */
	const char *untold; /* who can tell it instead; NULL with a function */
	enum md_key_argument argument;
	bool authenticates; /* a message that passes DMARC by SPF and DKIM meets it */
};

/* NULL: no such key. */
const struct md_profile_key *md_profile_key_find(struct md_str name);

/* The functions of the table in key.c.  Those of key_auth.c: */
md_profile_fn md_profile_spf_pass;
md_profile_fn md_profile_spf_authorized;
md_profile_fn md_profile_dkim_pass;
md_profile_fn md_profile_spf_or_dkim;
md_profile_fn md_profile_spf_and_dkim;
md_profile_fn md_profile_some_authentication;
md_profile_fn md_profile_key_bits;
md_profile_fn md_profile_dmarc_record;
md_profile_fn md_profile_dmarc_rua;
md_profile_fn md_profile_dmarc_pass;
md_profile_fn md_profile_dmarc_aligned;
md_profile_fn md_profile_dmarc_policy;
md_profile_fn md_profile_fcrdns;
/* Those of key_host.c: */
md_profile_fn md_profile_helo_fqdn;
md_profile_fn md_profile_tls;
md_profile_fn md_profile_from_resolves;
md_profile_fn md_profile_mail_from_resolves;
/* Those of key_form.c: */
md_profile_fn md_profile_rfc5322;
md_profile_fn md_profile_from_one;
md_profile_fn md_profile_from_single;
md_profile_fn md_profile_message_id;
md_profile_fn md_profile_from_not;
md_profile_fn md_profile_size;
md_profile_fn md_profile_one_click;
md_profile_fn md_profile_unsubscribe_link;
md_profile_fn md_profile_feedback_id;

/* The field that makes a message look like bulk mail: "List-Id"; "" for none. */
const char *md_profile_bulk_sign(const struct md_message *);

#endif
