/* One call of `maildiag gate`: gate.c reads the command line, read.c files; judge.c judges. */
#ifndef CLI_GATE_H
#define CLI_GATE_H

#include "../kit/call.h"
#include "../kit/checking.h"
#include "gate/compare.h"
#include "gate/touched.h"

struct cli_gate_settings {
	struct cli_wishes wishes;
	struct cli_strings zone, set, unset, base;
	const char *zone_format, *origin, *root, *config;
	bool all, fail_on_unknown;
};

extern const struct cli_cmd cli_cmd_gate;

struct cli_gate {
	struct cli_checking checking;
	struct md_arena *mem;
	const struct cli_gate_settings *set;
	const struct cli_strings *operands;
	const struct md_gate_config *config;
	const struct md_proposal *proposal;
	const struct md_proposal *before; /* of bases that are no facts, or NULL */
	const char *base_facts;           /* of --base */
	struct md_found found;
	struct cli_strings domains;
	/* by cli_gate_fault_key: names and types with faults, and those that stay as they are
	 */
	struct md_index faulty, unchanged;
	struct md_notices *rows;
};

/* "FILE=ORIGIN" taken apart; a file that has such a name is one. */
struct cli_gate_file {
	const char *path, *origin; /* origin: that of --origin, or NULL, when none is named */
};
struct cli_gate_file cli_gate_file(const struct cli_gate *, const char *word);

/* Why there is no such file, or folder; NULL when there is. */
const char *cli_gate_missing(const char *path, bool folder);

/*
 * Reads configuration, proposal and base, and finds the domains.  CLEAN; or USAGE or TROUBLE
 * after a message.  A proposal that cannot be read gives TROUBLE and a row that says so.
 */
enum cli_exit cli_gate_read(struct cli_gate *);

/* Fills in the domains.  CLEAN; or USAGE after a message. */
enum cli_exit cli_gate_find_domains(struct cli_gate *);

/* Rows for what is wrong with the proposal's files. */
void cli_gate_add_faults(struct cli_gate *);

/* What the records of a name and type are found by in faulty and unchanged. */
const char *cli_gate_fault_key(struct md_arena *, const char *name, uint16_t type);

/* Fills in faulty. */
void cli_gate_note_faulty(struct cli_gate *);

/* Rows for what was passed over in them. */
void cli_gate_add_not_judged(struct cli_gate *);

/* A row when the settings of the working tree are others than those of --config. */
void cli_gate_add_other_settings(struct cli_gate *);

/* Rows for all that is no single domain's: faults of the files, and what was not judged. */
void cli_gate_add_others(struct cli_gate *);

/* Judges every domain and sample before and after; adds rows in their order.  False after a
 * message. */
bool cli_gate_judge(struct cli_gate *);

/* What is the same for all domains; the caller fills in the two reports. */
struct md_gate_sides cli_gate_sides_of(const struct cli_gate *);

#endif
