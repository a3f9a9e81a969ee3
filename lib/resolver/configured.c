/* The servers that are asked unless a question names another. */
#include "resolver/configured.h"

#include "base/arena.h"
#include "resolver/resolv_conf.h"
#include "resolver/resolver.h"

static bool
add_server(struct md_resolver *r, struct md_arena *mem, const char *text, const char **why)
{
	struct md_endpoint e;
	struct md_server *s;

	if (!md_endpoint_parse(text, &e)) {
		*why = md_printf(mem,
		                 "%s is no resolver's address: ADDR, ADDR:PORT or [V6]:PORT",
		                 md_quote(mem, md_str(text)));
		return false;
	}
	for (unsigned i = 0; i < r->nservers; i++)
		if (md_endpoint_eq(&r->server[i]->endpoint, &e))
			return true;
	if (r->nservers == MD_MOST_SERVERS) {
		*why = md_printf(mem, "more than %d resolvers", MD_MOST_SERVERS);
		return false;
	}
	s = md_server_new(mem, &e, md_alloc(mem, sizeof(struct md_window)));
	md_window_init_adaptive(s->window);
	s->index = r->nservers;
	r->names[r->nservers] = s->name;
	r->server[r->nservers++] = s;
	return true;
}

bool
md_configured_add(struct md_resolver *r, struct md_arena *mem, const char *const *servers,
                  const char **why)
{
	for (; *servers != NULL; servers++)
		if (!add_server(r, mem, *servers, why))
			return false;
	if (r->nservers == 0)
		*why = "no resolver is named";
	return r->nservers > 0;
}

bool
md_configured_add_system(struct md_resolver *r, struct md_arena *mem, const char **why)
{
	struct md_resolv_conf conf;

	if (!md_resolv_conf_read(mem, "/etc/resolv.conf", &conf, why))
		return false;
	for (size_t i = 0; i < conf.n && i < MD_MOST_SERVERS; i++)
		if (!add_server(r, mem, conf.servers[i], why))
			return false;
	if (r->seconds <= 0)
		r->seconds = conf.timeout;
	if (r->tries == 0)
		r->tries = conf.attempts * r->nservers;
	return true;
}
