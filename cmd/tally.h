/* What is told of a long list: a line of progress on the way, and how to go on at its end. */
#ifndef MD_TALLY_H
#define MD_TALLY_H

#include "output.h"
#include "progress.h"
#include "tempo.h"

struct md_tally {
	size_t done, unknown, written; /* reports; unknown: those that are not complete */
	bool typed;                    /* the list is being typed: no line disturbs that */
	bool on_terminal;              /* reports go where the line of progress is shown */
	uint64_t whole; /* octets that standard input will have given; 0: unknown */
	struct md_tempo tempo;
};

void md_tally_start(struct md_tally *, const struct md_outputs *);

/* Shows the line if it is due: `open` are under way, `taken` octets of the list are read. */
void md_tally_show(struct md_tally *, struct md_progress *, size_t open, uint64_t taken);

/* The same of a single run that is under way. */
void md_tally_show_run(struct md_progress *, const struct md_run *);

/* The last line, which stays, where there were others. */
void md_tally_sum(const struct md_tally *, struct md_progress *);

/* A list that was interrupted: what is written, and how to go on. */
void md_tally_farewell(const struct md_tally *, const struct md_outputs *);

#endif
