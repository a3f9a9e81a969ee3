/* .maildiag.yaml: which domains, who sends for them, which findings are known and borne. */
#ifndef MD_GATE_CONFIG_H
#define MD_GATE_CONFIG_H

#include <stdint.h>

#include "base/addr.h"
#include "fact/proposal.h"
#include "report/report.h"

/* Somebody who sends for a domain, and must go on passing. */
struct md_expected_sender {
	const char *name;   /* what to call it: "newsletter"; never "" */
	const char *domain; /* the author domain */
	size_t nips;        /* of --ip, or a sample of a provider's */
	const struct md_addr *ips;
	const char *provider;               /* of checks/data/providers.tsv; "" */
	const char *mail_from;              /* "" : the domain */
	const char *helo;                   /* "" */
	const char *dkim_domain, *selector; /* d= and s=; "" when it does not sign */
	struct md_place place;
};

/* A finding that is known and borne, until a day. */
struct md_waiver {
	const char *rule, *subject; /* subject "": any */
	const char *reason;
	int64_t expires; /* seconds since 1970: the end of its last day; 0: never */
	struct md_place place;
};

struct md_severity_override {
	const char *rule;
	enum md_verdict severity;
};

struct md_gate_config {
	const char *path; /* "" without a file */
	size_t ndomains, nselectors, nsenders, nmessages, noverrides, nwaivers;
	const char *const *domains, *const *selectors;
	const struct md_expected_sender *senders;
	const char *const *messages; /* paths of .eml, relative to the file's folder resolved */
	const struct md_severity_override *overrides;
	const struct md_waiver *waivers;
	const char *fail_on; /* "" : the default */
	bool fail_on_unknown;
};

/* NULL and *why ("FILE:LINE: …") when it cannot be read or says something unknown. */
const struct md_gate_config *md_gate_config_read(struct md_arena *, const char *path,
                                                 const char **why);

#endif
