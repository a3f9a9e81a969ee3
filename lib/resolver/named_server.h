/* Servers that a question names: known as long as such questions are open. */
#ifndef MD_NAMED_SERVER_H
#define MD_NAMED_SERVER_H

struct md_query;
struct md_resolver;
struct md_server;

/* Sets q->only to the server that its question names; NULL, or why it must not be asked. */
const char *md_named_server_choose(struct md_resolver *, struct md_query *);

/* One question less names it. */
void md_named_server_leave(struct md_server *);

#endif
