/* Who wrote a message: its address fields, read once a run for all checks. */
#ifndef MD_ENVELOPE_AUTHOR_H
#define MD_ENVELOPE_AUTHOR_H

#include "ask/ask.h"
#include "mail/address.h"

/* The mailboxes of the first field of this name; NULL when there is none.  Derived. */
const struct md_mailboxes *md_mailboxes(struct md_ctx *, const char *field);

/* As md_author_domain, of the subject's message.  Derived. */
const char *md_author(struct md_ctx *, const char **why);

#endif
