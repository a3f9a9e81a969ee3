/* What the search for changes may compute for one message, whatever its signatures. */
#ifndef MD_REPAIR_BUDGET_H
#define MD_REPAIR_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A step is what it takes to hash an octet.  Everything that is computed is paid for: a search
 * ends by what it has done and not by a clock, so that the same message gives the same result.
 */
struct md_budget {
	uint64_t left;
	uint64_t kept; /* of it, for what comes later */
	bool over;     /* something could not be paid since `kept` was set */
	/* Steps that are done between two looks at the outside: has somebody said stop? */
	bool stopped;
	uint64_t next_look; /* when this is left */
	bool (*stop)(const void *arg);
	const void *arg;
};

/* What things cost, in steps, as measured with OpenSSL 3 on a machine with SHA extensions. */
enum {
	MD_COST_TRIAL = 160,      /* a hash copied and ended */
	MD_COST_LINE = 100,       /* a line of a body made canonical */
	MD_COST_WRITTEN = 16,     /* an octet of a guess: written, made canonical, compared */
	MD_COST_GUESS = 600,      /* a guess, besides its octets */
	MD_COST_RSA = 60000,      /* an RSA signature seen with its public key */
	MD_COST_ED25519 = 200000, /* an Ed25519 signature verified */
};

/* In all for a message: under half a second.  In bulk: a few milliseconds. */
enum { MD_BUDGET_WHOLE = 400000000, MD_BUDGET_BULK = 4000000 };

/* `stop` is asked now and then whether to end; NULL: never. */
struct md_budget md_budget_make(uint64_t steps, bool (*stop)(const void *), const void *arg);

/* From here on so many steps stay for later; what was over before is forgotten. */
void md_budget_keep(struct md_budget *, uint64_t kept);

/* What may be spent now. */
uint64_t md_budget_open(const struct md_budget *);

/* Takes what something costs; false when it cannot be afforded, or somebody said stop. */
bool md_budget_spend(struct md_budget *, uint64_t steps);

#endif
