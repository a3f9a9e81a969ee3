/* A line on the terminal that says how far we are, when it takes longer than a second. */
#ifndef CLI_PROGRESS_LINE_H
#define CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stdint.h>

/* Start with cli_progress_line_start. */
struct cli_progress_line {
	bool terminal, shown, ever; /* shown: now; ever: at any time */
	int64_t started, last;      /* ms on the monotonic clock */
};

void cli_progress_line_start(struct cli_progress_line *);

/* Milliseconds since it was started. */
int64_t cli_progress_line_passed(const struct cli_progress_line *);

/* The longest wait, in ms, before the line is due again; -1: it is never due. */
int cli_progress_line_wait(const struct cli_progress_line *);

/* Is the line due?  Then shows it: "12 questions answered, 3 open", and the time it took. */
bool cli_progress_line_due(const struct cli_progress_line *);
void cli_progress_line_show(struct cli_progress_line *, const char *text);

/* Wipes it away, before anything else is written. */
void cli_progress_line_clear(struct cli_progress_line *);

/* Wipes away any line that is shown: for messages. */
void cli_progress_line_wipe(void);

#endif
