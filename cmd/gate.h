/* A call of `maildiag gate`: understood in gate.c, read by gate_inputs.c, run by gate_run.c. */
#ifndef MD_CMD_GATE_H
#define MD_CMD_GATE_H

#include "checking.h"
#include "gate/compare.h"
#include "gate/found.h"

struct md_gate {
	struct md_checking checking; /* first: md_carry_out hands it back */
	const struct md_gate_config *config;
	const struct md_proposal *proposal,
	        *before;                        /* before: of a base that is a zone, or NULL */
	const char *base_zones[2], *base_facts; /* of --base */
	struct md_found found;
	struct md_words domains;
	bool *old_faults; /* of the proposal's faults those that are in the DNS already */
	struct md_notices *rows;
};

/*
 * Reads configuration, proposal and base, and finds the domains.  CLEAN, or USAGE or TROUBLE
 * after a message; of a proposal that cannot be read TROUBLE and a row that says so.
 */
enum md_exit md_gate_read(struct md_gate *);

/* Rows for what is wrong with the proposal's files. */
void md_gate_add_faults(struct md_gate *);

/* Judges every domain and sample on both sides: rows in their order.  False after a message. */
bool md_gate_judge(struct md_gate *);

/* What all domains are held by; the reports are to be filled in. */
struct md_gate_sides md_gate_sides_of(const struct md_gate *);

#endif
