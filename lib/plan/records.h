/* The RRsets that a plan changes: what they were, and what wishes have made of them. */
#ifndef MD_PLAN_RECORDS_H
#define MD_PLAN_RECORDS_H

#include "dns/dns.h"
#include "report/report.h"

struct md_arena;
struct md_plan_ground;
struct md_proposal;

enum { MD_PLAN_MOST_RRS = 200 }; /* of an RRset that is changed */

/* Records of one owner and type, as rdata in zone-file form, each once. */
struct md_rdata_list {
	size_t n;
	const char **p;
};

struct md_rrset_change {
	const char *owner;
	uint16_t type;
	uint32_t ttl;             /* of what was; 0 where there was nothing */
	struct md_rdata_list was; /* by the facts */
	struct md_rdata_list is;
};

/* Changes that stand together; constant once made. */
struct md_changes {
	size_t n;
	const struct md_rrset_change *sets;
};

/*
 * These changes and the wishes of a finding, in mem; NULL when a wish does not fit: what it
 * removes is not there, what it adds is no such record, or the RRset is not known, lies behind
 * an alias, or its name has records that a wildcard made.
 */
const struct md_changes *md_changes_with(struct md_arena *mem, const struct md_plan_ground *,
                                         const struct md_changes *, const struct md_wish *);

/* As a proposal over the facts. */
const struct md_proposal *md_changes_proposal(struct md_arena *mem, const struct md_changes *);

bool md_rdata_has(const struct md_rdata_list *, const char *rdata);
bool md_changes_same(const struct md_changes *, const struct md_changes *);

/* The change of an owner and type among them, or NULL. */
const struct md_rrset_change *md_changes_find(const struct md_changes *, const char *owner,
                                              uint16_t type);

/* Does each of these records stand in one of the changed RRsets now, at any name? */
bool md_changes_hold(const struct md_changes *, const struct md_rdata_list *);

/* The octets of a TXT given as rdata; p is NULL for what is none. */
struct md_str md_rdata_text(struct md_arena *mem, const char *rdata);

#endif
