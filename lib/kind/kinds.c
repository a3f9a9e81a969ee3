/* The list of kinds. */
#include "kind/kinds.h"

#include "kind/dns.h"
#include "kind/opinion.h"

const struct md_fact_kind *const md_kinds[] = {
	&md_dns_kind,
	&md_opinion_kind,
	NULL,
};
