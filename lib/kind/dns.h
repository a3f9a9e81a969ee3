/* DNS facts: questions are md_question, facts md_dns (dns/dns.h). */
#ifndef MD_KIND_DNS_H
#define MD_KIND_DNS_H

#include "dns/dns.h"
#include "fact/kind.h"

struct md_doc;
struct md_replay;

extern const struct md_fact_kind md_dns_kind;

/* The fetch of the kind: follows aliases through the sources, link by link (dns_fetch.c). */
void md_dns_fetch(const struct md_requester *, void *arg, const void *question,
                  struct md_fetch **handle);

/* Tells the question, the answer, and each attempt (dns_tell.c). */
void md_dns_tell(struct md_doc *, const struct md_fact *);

/*
 * Finds what a facts file has for a question: the fact of exactly this question; else the CNAME
 * of its name; else what is recorded of all its types (MD_ANY).  A CNAME becomes the one rr of
 * out->aliases, and out->fact.state stays MD_WANTED: the caller asks for the target next. False
 * when the file has none of these.  Fills *out, whose texts the caller has set, with memory of
 * the replay.
 */
bool md_dns_recorded(const struct md_replay *, const struct md_question *, struct md_dns *out);

#endif
