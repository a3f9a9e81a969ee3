/* The Public Suffix List: where registries end and registrants' names begin. */
#ifndef MD_PSL_H
#define MD_PSL_H

#include <stdbool.h>

/*
 * Is the name one below which anybody may register, by either section of the list that
 * libpsl was built with?  An unlisted top-level name is a suffix (the list's "*" rule); so
 * is the root.  Names are canonical text, A-labels.  NULL is no suffix.
 */
bool md_psl_is_suffix(const char *name);

/* The same, but an unlisted top-level name is none: "example" and "js" are not on the list. */
bool md_psl_is_listed(const char *name);

/*
 * The organisational domain as RFC 7489 section 3.2 finds it: the longest public suffix of
 * the name and one label more, within the same string.  The name itself when it is a public
 * suffix, or when libpsl has no list.  NULL for NULL.
 */
const char *md_psl_organisational(const char *name);

/* Have two names, neither NULL, the same organisational domain, found so? */
bool md_psl_same_organisation(const char *, const char *);

#endif
