/* Which change to the message broke a signature: undo likely ones until it verifies. */
#ifndef MD_REPAIR_H
#define MD_REPAIR_H

#include "dkim/dkim.h"

/* One change that, undone, makes the body hash or the signature right again. */
struct md_dkim_change {
	bool body;                    /* else the header */
	bool added;                   /* a header field that was not there */
	bool signer;                  /* no change: the signer has hashed it wrongly */
	const struct md_field *field; /* the header field meant, or NULL */
	const char *name; /* of the field, also of one that is gone; "" for the body */
	const char *what; /* "the last 4 lines of the body were added after signing" */
	/*
	 * canonical octets at the signing, the part meant, as text to show: "\\r\\n" for CRLF,
	 * \DDD for odd ones; "" for none
	 */
	const char *before;
	const char *after; /* the same part now */
	size_t line;       /* of the file, where it is; 0 when it is no single place */
};

struct md_dkim_diagnosis;

/* "the fields Sender and List-Id were added after signing", where several were; else "". */
const char *md_dkim_fields_added(struct md_arena *, const struct md_dkim_diagnosis *);

/* Why one signature of md_dkim_verify's fails, as far as it could be found out. */
struct md_dkim_diagnosis {
	const struct md_dkim_verdict *verdict;
	size_t n; /* changes which together mend it; 0: none found */
	const struct md_dkim_change *changes;
	bool body_broken, header_broken; /* bh= does not match; b= does not verify */
	bool body_mended, header_mended; /* by the changes, where they were broken */
	const char *sure; /* what is certain where something was not mended, a line; "" */
	/* who rewrites links on the way, and is seen by them where the body was not mended */
	const char *rewriter; /* "2 links in it lead to Mimecast, which ..."; "" */
	unsigned tried;       /* variants tried: the search is bounded */
	bool unfinished;      /* some likely change was not tried even by itself */
	bool stopped;         /* because the run was to end, not by the budget */
};

struct md_dkim_diagnoses {
	size_t n; /* one for each verdict, in the same order */
	const struct md_dkim_diagnosis *all;
};

/*
 * Derived.  For a passing signature n is 0; where there is no key to try, only the
 * body is searched.  All signatures of a
 * message share one budget; in bulk it is smaller: some milliseconds at most.
 */
const struct md_dkim_diagnoses *md_dkim_diagnose(struct md_ctx *);

/*
 * The search for one failing signature, in mem: spends what is open of the budget.
 */
struct md_budget;
struct md_keyring;
const struct md_dkim_diagnosis *md_dkim_repair(struct md_arena *mem, struct md_keyring *,
                                               const struct md_message *,
                                               const struct md_dkim_verdict *,
                                               struct md_budget *);

#endif
