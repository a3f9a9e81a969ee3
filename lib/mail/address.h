/* Addresses of header fields: mailboxes, groups, comments (RFC 5322 3.4 and 4.4). */
#ifndef MD_ADDRESS_H
#define MD_ADDRESS_H

#include "base/str.h"

struct md_arena;

struct md_mailbox {
	/*
	 * display name: quotes and escapes undone, RFC 2047 words decoded to UTF-8; "" for none
	 */
	const char *name;
	const char *local;  /* local part, quotes undone */
	const char *domain; /* canonical text, A-labels; "" when it is no domain name */
	const char *text;   /* the address as written, "user@Example.COM" */
};

struct md_mailboxes {
	size_t n;
	const struct md_mailbox *all; /* those of groups included */
	bool groups;                  /* a group was there */
	bool cut;                     /* a limit was met: not all of it was read */
	const char *fault; /* what is wrong with the list, a clause; "" for nothing */
};

/* Reads the value of From, Sender, Reply-To, To or Cc.  Never NULL; bounded in any case. */
const struct md_mailboxes *md_mailboxes_parse(struct md_arena *, struct md_str value);

/*
 * The author domain that DMARC judges (RFC 9989 5.3.1): that of the one From field.  NULL and
 * *why, a clause, when there is no From, more than one, none or several author domains.
 */
struct md_message;
const char *md_author_domain(struct md_arena *, const struct md_message *, const char **why);

/* The same, when the first From field (or NULL) was read before, and there are `n` of them. */
const char *md_author_of(struct md_arena *, const struct md_mailboxes *from, size_t n,
                         const char **why);

#endif
