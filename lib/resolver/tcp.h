/* One query over TCP: connect, a length and the query out, a length and the reply in. */
#ifndef MD_TCP_H
#define MD_TCP_H

#include "resolver/query.h"

struct md_resolver;

/* Begins (RFC 7766).  0, or an errno. */
int md_tcp_send(struct md_resolver *, struct md_query *);

/* The query does not wait for a reply any more. */
void md_tcp_forget(struct md_query *);

#endif
