/* A line on the terminal that says how far we are, when it takes longer than a second. */
#ifndef MD_PROGRESS_H
#define MD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Start with md_progress_start. */
struct md_progress {
	bool terminal, shown, ever; /* shown: now; ever: at any time */
	int64_t started, last;      /* ms on the monotonic clock */
};

void md_progress_start(struct md_progress *);

/* Milliseconds since it was started. */
int64_t md_progress_passed(const struct md_progress *);

/* At most how long to wait before md_progress_show is due again; -1: it never is. */
int md_progress_wait(const struct md_progress *);

/* Is the line due?  Then shows it: "12 questions answered, 3 open", and the time it took. */
bool md_progress_due(const struct md_progress *);
void md_progress_show(struct md_progress *, const char *text);

/* Wipes it away, before anything else is written. */
void md_progress_clear(struct md_progress *);

/* The same of whatever line is shown, for messages. */
void md_progress_wipe(void);

#endif
