/* A name server on loopback that fails as it is told, polled by the test that uses it. */
#ifndef FAULTY_H
#define FAULTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What it does with each query, a letter a query, the last one for all that follow:
 * a answers · - says nothing · f SERVFAIL · r REFUSED · x NXDOMAIN · t truncated · i wrong id
 * I wrong id, then the answer · q another question · c letters lowered · C letters raised
 * p from another port · g garbage · m malformed · d a referral · o too large an answer count
 * e FORMERR to EDNS, else answers · E the same, its header alone · z (TCP) hangs up
 * l an alias of the same name with "t." in front, and nothing of that
 */
struct faulty {
	const char *udp_script;
	const char *tcp_script; /* NULL: nobody listens */
	int udp, other, tcp, connection;
	uint16_t port;
	char name[32]; /* "127.0.0.1:12345" */
	unsigned udp_queries, tcp_queries;
	uint16_t ports[256]; /* whence the UDP queries came */
	uint8_t last[512];   /* the last query */
	size_t last_len;
};

void faulty_open(struct faulty *, const char *udp_script, const char *tcp_script);
void faulty_close(struct faulty *);

/* Nobody listens on its UDP port, until it starts again. */
void faulty_stop(struct faulty *);
void faulty_start(struct faulty *);

/* Answers all that is there to be read.  Never blocks. */
void faulty_step(struct faulty *);

#endif
