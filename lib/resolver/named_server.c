/* Servers that a question names: known as long as such questions are open. */
#include "resolver/named_server.h"

#include "base/arena.h"
#include "resolver/resolver.h"
#include "resolver/udp.h"

static struct md_server *
find_server(const struct md_resolver *r, const struct md_endpoint *e)
{
	struct md_server *s;

	for (unsigned i = 0; i < r->nservers; i++)
		if (md_endpoint_eq(&r->server[i]->endpoint, e))
			return r->server[i];
	for (s = LIST_FIRST(&r->named); s != NULL; s = LIST_NEXT(s, in_named))
		if (md_endpoint_eq(&s->endpoint, e))
			return s;
	return NULL;
}

const char *
md_named_server_choose(struct md_resolver *r, struct md_query *q)
{
	struct md_endpoint e;
	struct md_server *s;
	const char *special;

	if (!md_endpoint_parse(q->question.server, &e))
		return md_printf(q->mem, "%s is no name server's address",
		                 md_show(q->mem, md_str(q->question.server)));
	s = find_server(r, &e);
	special = md_addr_special(e.addr);
	if (s == NULL && special != NULL)
		return md_printf(q->mem, "not asked: %s is %s", md_addr_print(q->mem, e.addr),
		                 special);
	if (s == NULL) {
		struct md_arena *mem = md_arena_new();

		s = md_server_new(mem, &e, &r->named_window);
		s->mem = mem;
		LIST_INSERT_HEAD(&r->named, s, in_named);
	}
	s->users++;
	q->only = s;
	return NULL;
}

void
md_named_server_leave(struct md_server *s)
{
	if (--s->users > 0 || s->mem == NULL)
		return;
	md_udp_close_all(s);
	LIST_REMOVE(s, in_named);
	md_arena_free(s->mem);
}
