/* What a long list tells: a line of progress on the way, and how to resume after an interrupt.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "../kit/output.h"
#include "../kit/progress_line.h"
#include "rate.h"

struct cli_progress {
	size_t done, unknown, written; /* reports; unknown: those that are not complete */
	bool typed;                    /* a person types the list: show no line of progress */
	bool on_terminal; /* reports are written to the terminal that shows progress */
	uint64_t whole;   /* octets of the whole list; 0: unknown */
	struct cli_rate rate;
};

void cli_progress_start(struct cli_progress *, const struct cli_outputs *);

/* Shows the line if it is due: `open` are under way, `taken` octets of the list are read. */
void cli_progress_show(struct cli_progress *, struct cli_progress_line *, size_t open,
                       uint64_t taken);

/* Shows the line for a single run that is under way, if it is due. */
void cli_progress_show_run(struct cli_progress_line *, const struct md_run *);

/* Says the totals, if a line of progress was ever shown. */
void cli_progress_sum_up(const struct cli_progress *, struct cli_progress_line *);

/* Says of an interrupted list how much is written, and how to go on. */
void cli_progress_interrupted(const struct cli_progress *, const struct cli_outputs *);

#endif
