/* What a check sees of its run, from inside: one attempt, and what all attempts of a run share.
 */
#ifndef MD_CTX_H
#define MD_CTX_H

#include "ask/check.h"
#include "base/arena.h"
#include "base/bits.h"
#include "fact/store.h"
#include "report/report.h"

struct md_cache;
struct md_datafiles;

/* A gap met on the way, until the report is made of it. */
struct md_gaps {
	struct md_gap *first, **last;
};

/* A result that checks share (md_derive), and the facts that it was made of. */
struct md_derived {
	struct md_derived *next;
	md_derive_fn *fn;
	const char *arg;
	const void *result;
	struct md_gap *gaps;
	struct md_reads reads;
};

/* What the checks of one run ask, and what is known of it.  The first member of md_run. */
struct md_asking {
	struct md_arena *mem; /* of the run */
	struct md_subject subject;
	int64_t now; /* seconds since 1970: the moment that is judged */
	bool bulk;
	bool expired; /* past the deadline: whatever is wanted now is unknown */
	struct md_store store;
	const struct md_store *known; /* of a run that is done; or NULL */
	struct md_cache *cache;       /* shared by runs; or NULL */
	struct md_derived *derived;
	bool (*stopped)(const struct md_asking *); /* md_stopped; NULL: never */
	unsigned spent; /* questions of md_dns_afford(), over all attempts */
	struct md_keyring *keyring;
	struct md_datafiles *datafiles;
};

/* One check of one run, and what its last attempt came to. */
struct md_task {
	const struct md_check *check;
	struct md_result result;
	unsigned bit;     /* its place in md_entry.waiting */
	unsigned missing; /* facts it waits for */
	bool arrived;     /* one of them has come since the last attempt */
	bool done;
};

/* A derivation under way: needing itself would never end. */
struct md_deriving {
	const struct md_deriving *outer;
	md_derive_fn *fn;
	const char *arg;
};

/* One attempt of one task. */
struct md_ctx {
	struct md_asking *asking;
	struct md_task *task;
	struct md_arena *mem;
	struct md_gaps *gaps;
	struct md_reads *reads;  /* the entries of the store that were asked for */
	bool aside;              /* what is asked now only adds to what is found */
	struct md_about about;   /* of what is found now */
	struct md_finding *last; /* what md_wish_add and md_point add to */
	struct md_note **last_note;
	const struct md_deriving *deriving; /* stack of derivations under way */
	bool waiting;
};

/* The rule of this number in the check's table; NULL for MD_NO_RULE. */
const struct md_rule *md_rule_of(const struct md_ctx *, unsigned rule);

/* Records a gap with the attempt or the derivation, once. */
void md_gap_add(struct md_ctx *, const struct md_gap *);

/*
 * The entry for a question in canonical form: known already to somebody, or unknown because it
 * must not be asked, or wanted.
 */
struct md_entry *md_want(struct md_asking *, const struct md_fact_kind *, const void *question);

#endif
