/* SPF evaluation: may this address send for this domain (RFC 7208 section 4)? */
#ifndef MD_AUTH_SPF_H
#define MD_AUTH_SPF_H

#include "ask.h"
#include "record/spf.h"

enum md_spf_result {
	MD_SPF_RESULT_NONE,
	MD_SPF_RESULT_NEUTRAL,
	MD_SPF_RESULT_PASS,
	MD_SPF_RESULT_FAIL,
	MD_SPF_RESULT_SOFTFAIL,
	MD_SPF_RESULT_TEMPERROR,
	MD_SPF_RESULT_PERMERROR,
};

/* The words of RFC 7208 2.6: "none", "neutral", … */
const char *md_spf_result_name(enum md_spf_result);

/* RFC 7208 4.6.4.  Zero means the default of the RFC, which stands behind each. */
struct md_spf_limits {
	unsigned terms;     /* 10 terms that query the DNS */
	unsigned voids;     /* 2 terms whose queries find nothing */
	unsigned mx_names;  /* 10 address lookups for an mx */
	unsigned ptr_names; /* 10 names of a ptr or %{p} */
};

/* The arguments of check_host(), and what a caller may vary. */
struct md_spf_query {
	struct md_addr ip;     /* IPv4-mapped IPv6 counts as IPv4 (RFC 7208 5) */
	const char *mail_from; /* an address, a domain, or "" or "<>": the null reverse-path */
	const char *helo;      /* "" when not known */
	const char *record;    /* judge by this instead of the sender domain's TXT; or NULL */
	const char *receiver;  /* the macro r; NULL: "unknown" */
	struct md_spf_limits limits;
};

/* One line of the trace: a record looked up, or a term tried. */
struct md_spf_step {
	unsigned depth;                 /* 0: the sender's domain, and what it redirects to */
	const char *owner;              /* the domain whose record it is */
	const struct md_spf *record;    /* NULL when there is none to be read */
	const struct md_spf_term *term; /* NULL: the lookup of the record itself */
	const char *target;             /* the domain after macro expansion; "" for none */
	size_t nlookups;
	const struct md_dns **lookups; /* in the order asked */
	const char *outcome;           /* "match", "no match (void lookup)", … */
	bool matched;
	unsigned terms, voids; /* counted so far, this step included */
};

struct md_spf_verdict {
	enum md_spf_result result;
	const char *domain;           /* that was checked: of MAIL FROM, or else HELO */
	const char *explanation;      /* what exp= says, octets as received; "" when nothing */
	const char *why;              /* what decided: one line without its full stop */
	const struct md_dns *unknown; /* the lookup that made it a temperror, or NULL */
	unsigned terms, voids;        /* as limited (docs/SPF.md says how voids are counted) */
	unsigned void_queries;        /* void lookups as verifiers count that count queries */
	size_t nsteps;
	struct md_spf_step *steps;
};

/*
 * RFC 7208 section 4, in memory of the context.  Counts only when md_waiting() is false
 * afterwards; records no gap: a temperror names the lookup that is to blame.
 */
const struct md_spf_verdict *md_spf_check_host(struct md_ctx *, const struct md_spf_query *);

/* The SPF records published at a name, found once for all who ask. */
struct md_spf_published {
	const struct md_dns *txt;    /* the lookup: look at its state */
	size_t n;                    /* records that are SPF */
	const struct md_spf *record; /* when n is 1; else NULL */
};

const struct md_spf_published *md_spf_published(struct md_ctx *, const char *name);

#endif
