/* Interrupts (SIGINT, SIGTERM, SIGHUP): a flag to look at, and the end when too many come. */
#ifndef MD_INTERRUPT_H
#define MD_INTERRUPT_H

/* From now on the first `most` interrupts only count; one more ends the program. */
void md_catch_interrupts(int most);

/* How many have come: 0 for none. */
int md_interrupts(void);

#endif
