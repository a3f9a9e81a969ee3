/* Random bits that an attacker cannot guess, for query ids and letter case. */
#include "net/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

/* Up to 256 octets come whole once the kernel's generator is seeded (getrandom(2)). */
static void
refill(struct md_random *r)
{
	while (getrandom(r->octets, sizeof(r->octets), 0) != (ssize_t)sizeof(r->octets)) {
		if (errno != EINTR) {
			fputs("maildiag: the system gives no random numbers\n", stderr);
			abort();
		}
	}
	r->left = sizeof(r->octets);
}

uint8_t
md_random_octet(struct md_random *r)
{
	if (r->left == 0)
		refill(r);
	return r->octets[--r->left];
}
