/* A message's DMARC in words: what decided, and what receivers do with it. */
#ifndef MD_DMARC_MESSAGE_SAY_H
#define MD_DMARC_MESSAGE_SAY_H

#include "dmarc/message_judge.h"

/* Fills in why and both dispositions; the results must be there. */
void md_dmarc_message_say(struct md_ctx *, const struct md_dmarc_evidence *,
                          struct md_dmarc_message *);

/* "DKIM of example.com: fail, aligned": one identifier in a clause. */
const char *md_dmarc_identifier_text(struct md_arena *, const struct md_dmarc_message *,
                                     const struct md_dmarc_identifier *);

#endif
