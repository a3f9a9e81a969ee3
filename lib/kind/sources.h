/* What stands under the facts of an engine: all that a kind may fetch from. */
#ifndef MD_SOURCES_H
#define MD_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

struct md_loop;
struct md_pool;
struct md_proposal;
struct md_replay;
struct md_resolver;
struct md_store;
struct md_witnesses;
struct md_zone;

/* Absent ones are NULL or 0. */
struct md_sources {
	const struct md_replay *replay;
	size_t nzones;
	struct md_zone *const *zones;
	const struct md_proposal *given; /* what is there, before the network; or NULL */

	/*
	 * All NULL but in the gate, and where a plan is proved.  There, what either side asks
	 * for is answered once, from the sources in `base`, and kept in `frozen`
	 * (kind/frozen.h).  The proposed side asks the proposal first.
	 */
	const struct md_sources *base;
	struct md_store *frozen;
	bool freezes_files; /* `frozen` counts before files, too, and keeps what they say */
	const struct md_proposal *proposal;

	struct md_resolver *resolver; /* NULL: offline; nothing is asked of anybody */

	struct md_witnesses *witnesses; /* programs that give second opinions, or NULL: */
	const char *no_witness;         /* why there are none, a phrase */

	struct md_pool *pool; /* threads for what blocks (net/pool.h); NULL: offline */
	struct md_loop *loop; /* for descriptors of a fetch's own (net/io.h); NULL: offline */
};

#endif
