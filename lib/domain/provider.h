/* Mail providers, recognised by the names that their customers publish. */
#ifndef MD_PROVIDER_H
#define MD_PROVIDER_H

#include "ask/ask.h"
#include "base/tsv.h"

/* A line of the data file "providers"; views into it, lists by commas, empty for nothing. */
struct md_provider {
	struct md_str name, mx, spf;
	struct md_str selectors; /* those that every customer publishes */
	struct md_str target;    /* what the first selector is a CNAME of, for people */
};

/* The next line of the data file; false at its end. */
bool md_provider_next(struct md_tsv *, struct md_provider *);

/* Is it the provider's: a mail host (of an MX), an SPF record (included)? */
bool md_provider_has_mx(const struct md_provider *, const char *exchange);
bool md_provider_has_spf(const struct md_provider *, const char *included);

/*
 * The provider whose customers include the SPF record at this name; NULL when the file has
 * none.
 */
const struct md_provider *md_provider_of_spf(struct md_ctx *, const char *included);

struct md_provider_use {
	struct md_provider provider;
	const char *how; /* "MX aspmx.l.google.com", "SPF include:_spf.google.com" */
	bool receives;   /* a mail host (MX) of the domain is its */
	bool sends;      /* the domain's SPF record includes its, or redirects to it */
};

struct md_providers {
	size_t n;
	const struct md_provider_use *use; /* in the order of the data file, each once */
	bool mx_known, spf_known; /* there was an answer to tell who receives, who sends */
};

/*
 * The providers that the domain examined uses, by its MX hosts and by the names that its SPF
 * record includes or redirects to.  Derived; records no gap: facts that are not known
 * make it shorter.
 */
const struct md_providers *md_providers(struct md_ctx *);

#endif
