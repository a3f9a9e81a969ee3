/* Filters that put links of their own in the place of others: found in a text, and read. */
#ifndef MD_REPAIR_REWRITERS_H
#define MD_REPAIR_REWRITERS_H

#include "base/str.h"

/* One rewritten link, a view of the text. */
struct md_link {
	struct md_str whole;      /* as far as the filter wrote it */
	struct md_str host, rest; /* rest: from the "/", "?" or ":" after the host on */
};

/* Writes what the link was; false: it does not tell. */
typedef bool md_original_fn(struct md_buf *out, const struct md_link *);

struct md_rewriter {
	const char *name;
	const char *host;         /* the whole host, or with a dot in front its end */
	const char *path;         /* which stands in the rest, or "" */
	const char *param;        /* the parameter that holds the link; "": none */
	md_original_fn *original; /* instead of a parameter; or NULL */
};

/* Octets up to where the next link may begin. */
size_t md_link_next(struct md_str);

/* Who wrote the link at the beginning of a text, or NULL; the link. */
const struct md_rewriter *md_rewriter_at(struct md_str, struct md_link *);

/* Writes what the link was; false: it does not tell. */
bool md_link_original(struct md_buf *url, const struct md_link *, const struct md_rewriter *);

/* Who rewrites links and is seen in this text, and how often; NULL for nobody. */
const char *md_link_rewriter(struct md_str text, size_t *n);

#endif
