/* The servers that are asked unless a question names another. */
#ifndef MD_CONFIGURED_H
#define MD_CONFIGURED_H

#include <stdbool.h>

struct md_arena;
struct md_resolver;

/* Takes these (NULL-terminated, as in maildiag.h).  False and *why when one cannot be. */
bool md_configured_add(struct md_resolver *, struct md_arena *, const char *const *,
                       const char **why);

/*
 * Takes the system's, and from the same file what is not set yet of timeout and tries.  False
 * and *why when it names none.
 */
bool md_configured_add_system(struct md_resolver *, struct md_arena *, const char **why);

#endif
