/* TLS-RPT records: the TXT at _smtp._tls that says where reports go (RFC 8460 3). */
#ifndef MD_TLS_RPT_H
#define MD_TLS_RPT_H

#include "record/faults.h"
#include "record/mailto.h"

/* A destination that is well formed. */
struct md_tls_rpt_uri {
	struct md_str text; /* as written */
	bool by_mail;       /* mailto:, else https: */
	/* the mailbox's domain or the URL's host, canonical text; of an address, as written */
	const char *host;
};

struct md_tls_rpt {
	size_t n;
	struct md_tls_rpt_uri uri[MD_URIS_MAX];
	struct md_str rua;       /* the value of rua=, good and bad; empty when there is none */
	struct md_faults faults; /* any: senders may act as if there was no record */
};

/* Reads the joined text of a TXT record. */
struct md_tls_rpt md_tls_rpt_parse(struct md_arena *, struct md_str text);

/* RFC 8460 3: of several TXT records only those that begin like this count. */
#define MD_TLS_RPT_START "v=TLSRPTv1;"

#endif
