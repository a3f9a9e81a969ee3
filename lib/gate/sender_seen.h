/* How the mail of an expected sender fares on one side of a change. */
#ifndef MD_GATE_SENDER_H
#define MD_GATE_SENDER_H

#include "gate/look.h"

/* Asks and judges; `ip` is NULL for a sender of whom no address is known.  In md_mem(c). */
struct md_sender_seen md_sender_look(struct md_ctx *, const struct md_expected_sender *,
                                     const struct md_addr *ip);

#endif
