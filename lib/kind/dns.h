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
 * The fact that a facts file has for exactly this question, or, when there is only a CNAME for
 * the name, that alias: one rr of type CNAME in out->aliases, and out->fact.state left at
 * MD_WANTED, for its target is to be asked for next; or what is recorded of all types (MD_ANY).
 * False: not there.  Fills *out, whose texts the caller has set, with memory of the replay.
 */
bool md_dns_recorded(const struct md_replay *, const struct md_question *, struct md_dns *out);

#endif
