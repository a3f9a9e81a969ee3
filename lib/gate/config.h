/* .maildiag.yaml: which domains, who sends for them, which findings are known and borne. */
#ifndef MD_GATE_CONFIG_H
#define MD_GATE_CONFIG_H

#include <stdint.h>

#include "base/addr.h"
#include "base/reverse_path.h"
#include "proposal/proposal.h"
#include "report/report.h"

/* Somebody who sends for a domain, and must go on passing. */
struct md_expected_sender {
	const char *name;   /* what to call it: "newsletter"; never "" */
	const char *domain; /* the author domain, canonical; never "" */
	size_t nips;        /* 0: to be sampled of the provider's, or it only signs */
	const struct md_addr *ips;
	const char *provider;               /* as checks/data/providers.tsv spells it; "" */
	struct md_reverse_path mail_from;   /* not given: the domain */
	const char *helo;                   /* "" */
	const char *dkim_domain, *selector; /* d= and s=; both "" when it does not sign */
	/* whether it signs is not known: an empty `selector` does not mean that it does not */
	bool may_sign;
	struct md_place place;
};

/* A finding that is known and borne, until a day. */
struct md_waiver {
	const char *rule, *subject; /* subject "": any */
	const char *reason;         /* one line; never "" */
	const char *until;          /* its last day, as written: "2026-12-31"; or "never" */
	int64_t expires; /* seconds since 1970: the end of its last day (UTC); 0: never */
	struct md_place place;
};

struct md_severity_override {
	const char *rule;
	enum md_verdict severity; /* MD_PASS: ignored */
};

struct md_gate_config {
	const char *path; /* "" without a file */
	size_t ndomains, nselectors, nsenders, nmessages, noverrides, nwaivers;
	const char *const *domains, *const *selectors; /* canonical; each once */
	const struct md_expected_sender *senders;
	const char *const *messages; /* paths of .eml, relative to the file's folder resolved */
	const struct md_place *message_places; /* where each is named */
	const struct md_severity_override *overrides;
	const struct md_waiver *waivers;
	const char *fail_on; /* "fail", "warn", "info" or "never"; "": the default */
	bool fail_on_unknown;
};

/* What the file may name, known to those above the library. */
struct md_gate_known {
	const char *const *rules; /* every rule's id, NULL-terminated; or NULL: any */
	struct md_str providers;  /* the data file "providers"; empty: any */
};

/*
 * NULL and *why ("FILE:LINE: …", with what is allowed) when it cannot be read or says something
 * unknown.  The file has at most MD_GATE_CONFIG_MOST octets.
 */
enum { MD_GATE_CONFIG_MOST = 1 << 20 };
const struct md_gate_config *md_gate_config_read(struct md_arena *, const char *path,
                                                 const struct md_gate_known *,
                                                 const char **why);
const struct md_gate_config *md_gate_config_parse(struct md_arena *, const char *path,
                                                  struct md_str text,
                                                  const struct md_gate_known *,
                                                  const char **why);

/* What holds without a file: nothing is declared, waived or changed. */
const struct md_gate_config *md_gate_config_none(void);

/*
 * The file to read when none is named: .maildiag.yaml in `folder` (NULL: the current one) or
 * the nearest above, up to the repository's root (which has a .git).  Outside a repository only
 * `folder` counts: what lies above is not ours to trust.  NULL when there is none.
 */
const char *md_gate_config_find(struct md_arena *, const char *folder);

/*
 * The severity that the file (NULL: none) gives a rule, else `own`; MD_PASS: it is
 * to be ignored.
 */
enum md_verdict md_gate_severity(const struct md_gate_config *, const char *rule,
                                 enum md_verdict own);

/*
 * The waiver of the file (NULL: none) that bears this finding at the time `now`, or NULL. When
 * every such waiver has expired, *expired becomes the one that expired last ("the waiver for
 * RULE expired on UNTIL"); else NULL. `expired` may be NULL.
 */
const struct md_waiver *md_waiver_for(const struct md_gate_config *, const char *rule,
                                      const char *subject, int64_t now,
                                      const struct md_waiver **expired);

/* Has its last day passed? */
bool md_waiver_expired(const struct md_waiver *, int64_t now);

#endif
