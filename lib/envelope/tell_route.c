/* The way a message came: one line a hop, oldest first, as it travelled. */
#include "base/arena.h"
#include "envelope/envelope.h"
#include "message/tell.h"

enum { NUMBER = 4, HOST = 28, WITH = 10, TLS = 8, DELAY = 8 };

/* "12 s", "3 min", "-40 s": what a person compares. */
static const char *
duration(struct md_arena *mem, int64_t seconds)
{
	const int64_t size = seconds < 0 ? -seconds : seconds;

	if (size < 120)
		return md_printf(mem, "%lld s", (long long)seconds);
	if (size < 7200)
		return md_printf(mem, "%lld min", (long long)(seconds / 60));
	if (size < 172800)
		return md_printf(mem, "%lld h", (long long)(seconds / 3600));
	return md_printf(mem, "%lld days", (long long)(seconds / 86400));
}

static const char *
client(struct md_arena *mem, const struct md_received *r)
{
	const char *name = r->from[0] != '\0' ? r->from : r->helo;

	if (!r->has_ip)
		return name[0] != '\0' ? name : "-";
	return md_printf(mem, "%s%s%s", name, name[0] != '\0' ? " " : "",
	                 md_addr_print(mem, r->ip));
}

static void
put_hop(const struct md_page *page, const struct md_route *route, size_t i)
{
	const struct md_received *r = route->hops[i];
	const int64_t delay = md_hop_delay(route, i);

	md_page_blank(page, 2);
	md_page_field(page, MD_FAINT, NUMBER - 2, md_printf(page->mem, "%zu", route->n - i));
	md_page_field(page, MD_PLAIN, HOST, r->by[0] != '\0' ? r->by : "-");
	md_page_field(page, MD_PLAIN, WITH, r->with);
	md_page_field(page, md_received_by_tls(r) ? MD_GOOD : MD_PLAIN, TLS,
	              md_received_by_tls(r) ? (r->tls[0] != '\0' ? r->tls : "TLS") : "-");
	md_page_field(page, MD_PLAIN, DELAY,
	              delay != MD_NO_DELAY ? duration(page->mem, delay) : "");
	md_page_fit(page, 2 + NUMBER + HOST + WITH + TLS + DELAY + 8,
	            md_printf(page->mem, "from %s", client(page->mem, r)));
}

/* Has a check something to say of the way? */
static bool
is_telling(const struct md_report *report)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].shown.route != NULL)
			return report->results[i].findings != NULL;
	return false;
}

void
md_text_route(const struct md_page *page, const struct md_report *report,
              const struct md_style *style)
{
	const struct md_route *route = report->shown.route;

	if (route == NULL || route->n == 0 || (!style->verbose && !is_telling(report)))
		return;
	putc('\n', page->out);
	md_page_put(page, MD_STRONG, "The way it came (host, protocol, TLS, delay)");
	putc('\n', page->out);
	for (size_t i = route->n; i-- > 0;)
		put_hop(page, route, i);
}
