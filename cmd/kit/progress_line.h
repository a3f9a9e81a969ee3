/* A line on the terminal that says how far we are, when it takes longer than a second. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Start with cli_progress_start. */
struct cli_progress {
	bool terminal, shown, ever; /* shown: now; ever: at any time */
	int64_t started, last;      /* ms on the monotonic clock */
};

void cli_progress_start(struct cli_progress *);

/* Milliseconds since it was started. */
int64_t cli_progress_passed(const struct cli_progress *);

/* At most how long to wait before cli_progress_show is due again; -1: it never is. */
int cli_progress_wait(const struct cli_progress *);

/* Is the line due?  Then shows it: "12 questions answered, 3 open", and the time it took. */
bool cli_progress_due(const struct cli_progress *);
void cli_progress_show(struct cli_progress *, const char *text);

/* Wipes it away, before anything else is written. */
void cli_progress_clear(struct cli_progress *);

/* The same of whatever line is shown, for messages. */
void cli_progress_wipe(void);

#endif
