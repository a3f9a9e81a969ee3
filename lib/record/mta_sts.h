/* MTA-STS records: the TXT at _mta-sts that announces a policy (RFC 8461 3.1). */
#ifndef MD_MTA_STS_H
#define MD_MTA_STS_H

#include "record/faults.h"

struct md_mta_sts {
	struct md_str id; /* of the policy; a view into the text, empty when there is none */
	struct md_faults faults; /* any: senders act as if there was no policy */
};

/* Reads the joined text of a TXT record. */
struct md_mta_sts md_mta_sts_parse(struct md_arena *, struct md_str text);

/* RFC 8461 3.1: of several TXT records only those that begin like this count. */
#define MD_MTA_STS_START "v=STSv1;"

#endif
