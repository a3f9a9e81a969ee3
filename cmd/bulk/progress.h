/* What is told of a long list: a line of progress on the way, and how to go on at its end. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "../kit/output.h"
#include "../kit/progress_line.h"
#include "rate.h"

struct cli_progress {
	size_t done, unknown, written; /* reports; unknown: those that are not complete */
	bool typed;                    /* the list is being typed: no line disturbs that */
	bool on_terminal;              /* reports go where the line of progress is shown */
	uint64_t whole; /* octets that standard input will have given; 0: unknown */
	struct cli_rate rate;
};

void cli_progress_start(struct cli_progress *, const struct cli_outputs *);

/* Shows the line if it is due: `open` are under way, `taken` octets of the list are read. */
void cli_progress_show(struct cli_progress *, struct cli_progress_line *, size_t open,
                       uint64_t taken);

/* The same of a single run that is under way. */
void cli_progress_show_run(struct cli_progress_line *, const struct md_run *);

/* The last line, which stays, where there were others. */
void cli_progress_sum_up(const struct cli_progress *, struct cli_progress_line *);

/* A list that was interrupted: what is written, and how to go on. */
void cli_progress_interrupted(const struct cli_progress *, const struct cli_outputs *);

#endif
