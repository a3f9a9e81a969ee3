/* What a plan must not make worse, seen in one run: policies, and who may send. */
#ifndef MD_PLAN_WATCH_H
#define MD_PLAN_WATCH_H

#include "ask/check.h"
#include "dmarc/dmarc.h"
#include "spf/check_host.h"
#include "spf/tree.h"

struct md_plan_watch {
	enum md_role role;
	bool said_to_send;                      /* --ip, --mail-from and their like */
	const struct md_spf_published *spf;     /* NULL: the domain can have none */
	const struct md_spf_tree *tree;         /* of exactly one SPF record; else NULL */
	const struct md_dmarc_discovery *dmarc; /* for the domain's own mail */
	const struct md_dmarc_discovery *dmarc7489;
};

/* A check that finds nothing, and shows what it saw; for md_run_again. */
extern const struct md_check md_plan_watcher;

/* What was seen in such a run. */
struct md_report;
const struct md_plan_watch *md_plan_watched(const struct md_report *);

/* May mail of the domain pass by its SPF record?  And may everybody send? */
bool md_plan_permits(const struct md_plan_watch *);
bool md_plan_opens(const struct md_plan_watch *);

/* Is it one sound record that leads to sound records, all of them known? */
bool md_plan_spf_works(const struct md_plan_watch *);

#endif
