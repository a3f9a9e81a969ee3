/* The engine from inside: its sources, and its runs by phase and by deadline. */
#ifndef MD_ENGINE_H
#define MD_ENGINE_H

#include <sys/queue.h>

#include "fact/replay.h"
#include "net/io.h"
#include "net/pool.h"
#include "resolver/ask.h"
#include "run/run.h"
#include "witness/witness.h"
#include "zone/zone.h"

TAILQ_HEAD(md_runs, md_run);

struct md_engine {
	struct md_arena *mem;
	struct md_sources sources;
	struct md_sources base, proposed; /* the two sides of a proposal, over the sources */
	struct md_store frozen;
	struct md_replay *replay;
	struct md_zone **zones;
	struct md_resolver *resolver;   /* NULL: offline */
	struct md_witnesses *witnesses; /* or NULL */
	struct md_loop loop;            /* for descriptors of fetches' own; see sources.loop */
	const struct md_fact_kind *const *kinds;
	struct md_datafiles *datafiles;
	struct md_cache *cache;
	struct md_keyring *keyring;
	struct md_runs by_phase[MD_RUN_TAKEN + 1];
	size_t nready;
	struct md_runs by_deadline;
	struct md_outage_clock outage_clock;
	int (*interrupted)(void); /* of the options */
	int fd; /* an epoll descriptor that watches those of resolver and witnesses */
};

#endif
