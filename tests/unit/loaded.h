/* A name server on loopback with so much delay and so much room, polled by its test. */
#ifndef LOADED_H
#define LOADED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct md_resolver;

enum { LOADED_ROOM = 1 << 15 };

/* Drops queries while it has `capacity` of them; never answers those for names like "dead". */
struct loaded {
	int udp;
	char name[32]; /* "127.0.0.1:12345" */
	double delay;  /* seconds until it answers */
	unsigned capacity;
	bool deaf;                         /* drops all */
	unsigned first, n, most;           /* of the queue; most it ever had */
	unsigned queries, dropped, probes; /* probes: for the root's NS */
	struct loaded_reply *queue;
};

void loaded_open(struct loaded *, double delay, unsigned capacity);
void loaded_close(struct loaded *);
void loaded_step(struct loaded *);

/* Both of them until nothing is open any more, or for so long. */
void loaded_run(struct loaded *, struct md_resolver *, double longest);

#endif
