/* DMARC over the DNS: which record applies to a domain, and what it asks for. */
#ifndef MD_DMARC_H
#define MD_DMARC_H

#include "ask/ask.h"
#include "record/dmarc.h"

/*
 * All results are derived: they live as long as the run and record their gaps with whoever
 * uses them.  Names are canonical text.  What rests on an answer that is wanted or unknown
 * is itself not known, never "none" (RFC 9989 sections 4.10.1 and 5.3.6).
 */

/* What one name publishes. */
struct md_dmarc_place {
	const char *name;         /* the domain, without "_dmarc" */
	const struct md_dns *txt; /* TXT at _dmarc.name */
	bool known;
	size_t nrecords;               /* how many begin as a record must */
	const struct md_dmarc *record; /* when there is exactly one; else NULL (4.10 step 2) */
};

const struct md_dmarc_place *md_dmarc_at(struct md_ctx *, const char *domain);

/* Does it begin as a DMARC record must (RFC 9989 4.10 step 2)? */
bool md_dmarc_is_record(const struct md_rr *);

enum { MD_DMARC_WALK_MAX = 8 };

/* The DNS tree walk from a domain up to its top-level name (RFC 9989 4.10). */
struct md_dmarc_walk {
	size_t n; /* names visited; the last is where psd=y, psd=n or a lack stopped it */
	const struct md_dmarc_place *at[MD_DMARC_WALK_MAX];
	const char *organisational; /* 4.10.2; NULL when it is not known */
	/*
	 * Whose record covers names that have none themselves: the organisational domain's,
	 * else that of the psd=y suffix; NULL when there is none.
	 */
	const struct md_dmarc_place *covering;
};

const struct md_dmarc_walk *md_dmarc_walk(struct md_ctx *, const char *domain);

/* Name number i of the walk from a domain, and NULL after the last: at most 8 names. */
const char *md_dmarc_walk_name(const char *domain, size_t i);

/* Why a record applies to an author domain. */
enum md_dmarc_origin {
	MD_DMARC_FROM_NOWHERE, /* none applies */
	MD_DMARC_FROM_AUTHOR,
	MD_DMARC_FROM_ORGANISATIONAL,
	MD_DMARC_FROM_SUFFIX,
};

struct md_dmarc_discovery {
	bool known;
	enum md_dmarc_origin origin;
	const struct md_dmarc_place *place; /* of the record that applies, or NULL */
	enum md_dmarc_request policy;       /* MD_DMARC_ABSENT: DMARC does not apply */
	enum md_dmarc_tag tag;              /* that decides; see md_dmarc_policy_of */
};

/* DMARC policy discovery for an author domain (RFC 9989 4.10.1). */
const struct md_dmarc_discovery *md_dmarc_discover(struct md_ctx *, const char *author);

/* The same without a gap when it is not known: for checks of something else. */
const struct md_dmarc_discovery *md_dmarc_discover_aside(struct md_ctx *, const char *author);

/*
 * As receivers of RFC 7489 section 6.6.3 do it: the author domain, then the organisational
 * domain by the Public Suffix List; several records at one name end it.
 */
const struct md_dmarc_discovery *md_dmarc_discover_7489(struct md_ctx *, const char *author);
const struct md_dmarc_discovery *md_dmarc_discover_7489_aside(struct md_ctx *,
                                                              const char *author);

#endif
