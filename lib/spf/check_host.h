/* SPF evaluation: may this address send for this domain (RFC 7208 section 4)? */
#ifndef MD_SPF_SPF_H
#define MD_SPF_SPF_H

#include "ask/ask.h"
#include "base/reverse_path.h"
#include "record/spf/spf.h"

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
enum md_ink md_spf_result_ink(enum md_spf_result); /* tell.c */

/* The arguments of check_host(), and what a caller may vary. */
struct md_spf_query {
	struct md_addr ip;                /* IPv4-mapped IPv6 counts as IPv4 (RFC 7208 5) */
	struct md_reverse_path mail_from; /* null or not given: HELO is judged (2.4) */
	const char *helo;                 /* "" when not known */
	const char *record;   /* judge by this instead of the sender domain's TXT; or NULL */
	const char *receiver; /* the macro r; NULL: "unknown" */
	struct md_spf_limits limits; /* 0: the subject's */
};

/* RFC 7208 4.3: can it have an SPF record?  A name of several labels, no address literal. */
bool md_spf_is_domain(const char *name);

/*
 * And can it stand in a reverse-path or HELO (RFC 5321 4.1.2)?  Blanks, quotes and the like
 * cannot; an underscore is taken as it comes.  Of others SPF says "none".
 */
bool md_spf_is_mail_domain(const char *name);

/* One line of the trace: a record looked up, or a term tried. */
struct md_spf_step {
	unsigned depth;                 /* 0: the sender's domain, and what it redirects to */
	const char *owner;              /* the domain whose record it is */
	const struct md_spf *record;    /* NULL when there is none to be read */
	const struct md_spf_term *term; /* NULL: the lookup of the record itself */
	unsigned number;                /* which counting term it is; 0: does not count */
	const char *target;             /* the domain after macro expansion; "" for none */
	size_t nlookups;
	const struct md_dns **lookups; /* in the order asked */
	const char *outcome;           /* "match", "no match (void lookup)", … */
	bool matched;
	unsigned terms, voids; /* counted so far, this step included */
};

struct md_spf_verdict {
	enum md_spf_result result;
	const char *domain;      /* that was checked: of MAIL FROM, or else HELO */
	const char *explanation; /* what exp= says, octets as received; "" when nothing */
	const char *why;         /* what decided: one line without its full stop */
	/* The record, domain and part of it that decided; p NULL: none did. */
	struct md_excerpt decisive;
	const char *decisive_owner;
	const struct md_dns *exp;     /* the lookup of the explanation, or NULL */
	const struct md_dns *unknown; /* the lookup that made it a temperror, or NULL */
	unsigned terms, voids;        /* as limited (docs/SPF.md says how voids are counted) */
	unsigned void_queries;        /* void lookups as verifiers count that count queries */
	unsigned name_voids; /* of the client's own names (ptr, p): some count them too */
	bool void_limit;     /* it is a permerror for too many voids */
	bool many_mx;        /* an mx with more hosts than the limit matched within it */
	size_t nsteps;
	struct md_spf_step *steps;
};

/*
 * RFC 7208 section 4, in memory of the context.  Counts only when md_waiting() is false
 * afterwards; records no gap: a temperror names the lookup that is to blame.
 */
const struct md_spf_verdict *md_spf_check_host(struct md_ctx *, const struct md_spf_query *);

/*
 * The same for an address that the subject sends from, with its MAIL FROM (else its domain)
 * and HELO.  Derived.
 */
const struct md_spf_verdict *md_spf_sender(struct md_ctx *, struct md_addr ip);

/* The question that md_spf_sender answers. */
struct md_spf_query md_spf_sender_query(struct md_ctx *, struct md_addr ip);

/*
 * The SPF records published at a name, found once for all who ask; at the domain examined
 * the record that is proposed (md_subject's spf_record), if there is one.
 */
struct md_spf_published {
	const struct md_dns *txt;    /* the lookup: look at its state */
	size_t n;                    /* records that are SPF */
	const struct md_spf *record; /* when n is 1; else NULL */
};

const struct md_spf_published *md_spf_published(struct md_ctx *, const char *name);

#endif
