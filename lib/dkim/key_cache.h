/* Key records that were read already: senders are few, their messages many. */
#ifndef MD_DKIM_KNOWN_H
#define MD_DKIM_KNOWN_H

#include "record/dkim_key.h"

struct md_arena;
struct md_dkim_known;

struct md_dkim_known *md_dkim_known_new(void);
void md_dkim_known_free(struct md_dkim_known *); /* NULL is fine */

/*
 * The same as md_dkim_key_parse, in mem, but for a sound record that was met before without
 * reading its key again.  Bounded: the oldest record goes first.
 */
const struct md_dkim_key *md_dkim_known_key(struct md_dkim_known *, struct md_arena *mem,
                                            struct md_str text);

#endif
