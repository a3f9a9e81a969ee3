/*
 * Records at the wrong name: the zone's name added once more by a zone editor, a label without
 * its underscore, the domain itself.  Nobody looks there.
 */
#ifndef MD_MISPLACED_H
#define MD_MISPLACED_H

#include "ask/ask.h"

/* Where a record of one kind stands, and the labels that people take for that. */
struct md_right_place {
	const char *label;        /* "_smtp._tls"; "" for the domain itself */
	const char *const *wrong; /* other labels, NULL-terminated; "" for the domain itself */
};

/*
 * The wrong names for a domain, the likeliest first: the right name with the domain appended
 * once more (and, but for bulk, with its organisational domain, the zone's perhaps), then the
 * other labels.
 * Only such as fit into the DNS.  NULL-terminated.
 */
const char *const *md_wrong_names(struct md_ctx *, const struct md_right_place *);

/*
 * The first TXT record at one of them that begins so, in any case; NULL for none, while an
 * answer is wanted, and in bulk, where questions cost.  What a wildcard says everywhere, or
 * may say, does not count.  Records no gap.
 */
struct md_misplaced {
	const char *name;
	const struct md_rr *rr;
};

const struct md_misplaced *md_misplaced(struct md_ctx *, const struct md_right_place *,
                                        const char *begins);

/*
 * May a wildcard have made this record of a name?  A sibling that nobody has made answers the
 * same then; true also when it gives no answer.  False while the answer is wanted, and of the
 * organisational domain, whose siblings are other people's.  Records no gap.
 */
bool md_may_be_wildcards(struct md_ctx *, const char *name, const struct md_rr *);

/*
 * The target of an alias (or of another record) as it was meant, when a zone editor has added
 * the domain's own name to it, for want of a final dot; NULL when it does not look so.
 */
const char *md_undoubled(struct md_ctx *, const char *target);

#endif
