/* What the engines of spam filters share: the way to the server, and the conclusion. */
#include "filter.h"

#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

struct addrinfo *
filter_addresses(struct witness *w, const struct md_hostport *server)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		                        .ai_flags = AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	const int error = getaddrinfo(server->host, server->port, &hints, &found);

	if (error != 0 || found == NULL)
		witness_refuse(w, "%s: %s", server->host, gai_strerror(error));
	return found;
}

_Noreturn void
filter_opine(struct witness *w, const struct filter_reply *r)
{
	for (size_t i = 0; i < r->n; i++)
		witness_part(w, "%.6g %s%s%s", r->rules[i].points, r->rules[i].name,
		             r->rules[i].text[0] != '\0' ? " " : "", r->rules[i].text);
	witness_opine(w, r->spam ? "spam" : "ham",
	              md_printf(w->mem, "%.6g %.6g %s", r->score, r->threshold, r->action));
}
