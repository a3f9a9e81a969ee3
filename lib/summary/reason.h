/* Why something could not be known, without what differs from domain to domain. */
#ifndef MD_REASON_H
#define MD_REASON_H

struct md_arena;

/*
 * The class of a gap's sentence: "no answer" of "no answer from 192.0.2.53 within 2 s",
 * "SERVFAIL" of "SERVFAIL from 192.0.2.53 (EDE 22)".  Of a sentence that is not ours it is the
 * beginning, with "..." for words that have a digit, a dot or a quotation mark in them.
 */
const char *md_reason(struct md_arena *, const char *why);

#endif
