/* One Received-SPF field (RFC 7208 9.1): what a receiver's SPF verifier was asked. */
#ifndef MD_RECEIVED_SPF_H
#define MD_RECEIVED_SPF_H

#include "base/addr.h"
#include "mail/message.h"

struct md_received_spf {
	const struct md_field *field;
	const char *result; /* in lower case; "" for none */
	bool has_ip;
	struct md_addr ip;         /* client-ip */
	const char *helo;          /* "" for none */
	const char *envelope_from; /* NULL for none; "" the null path */
};

/* Never NULL; what could not be found is empty.  Of a long field only the beginning is read. */
const struct md_received_spf *md_received_spf_parse(struct md_arena *, const struct md_field *);

#endif
