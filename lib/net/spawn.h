/* Starting a program to talk to. */
#ifndef MD_SPAWN_H
#define MD_SPAWN_H

#include <sys/types.h>

/*
 * Runs a program, in a process group of its own, whose standard input and output are the other
 * end of the stream socket *fd, and which has no other descriptors but a standard error that
 * leads nowhere.  Its environment is empty: what is set in ours (tokens, passwords) is no
 * concern of it.  *fd does not block.  0, or an errno.
 */
int md_spawn(const char *program, pid_t *pid, int *fd);

#endif
