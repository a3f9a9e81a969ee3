/* Shutting the witness in: before a foreign library sees the first octet of a stranger. */
#ifndef CONFINE_H
#define CONFINE_H

/* What holds from the beginning: limits of time and memory, no children, no new rights. */
void confine(void);

/*
 * All that is left from here on is computing, and talking on standard input and output and,
 * unless it is -1, on the socket.  NULL, or why it cannot be so: then nothing foreign must be
 * run.
 */
const char *confine_fully(int socket);

#endif
