/* The way a message came: one line a hop, oldest first, as it travelled. */
#include "base/arena.h"
#include "doc/doc.h"
#include "envelope/envelope.h"
#include "report/report.h"
#include "json/write.h"

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
tell_hop(struct md_doc *d, struct md_doc_table *table, const struct md_route *route, size_t i)
{
	const struct md_received *r = route->hops[i];
	const int64_t delay = md_hop_delay(route, i);
	const bool tls = md_received_by_tls(r);
	struct md_doc_row *row = md_doc_row(d, table);

	md_doc_put(d, row, MD_FAINT, md_printf(d->mem, "%zu", route->n - i));
	md_doc_put(d, row, MD_PLAIN, r->by[0] != '\0' ? r->by : "-");
	md_doc_put(d, row, MD_PLAIN, r->with);
	md_doc_put(d, row, tls ? MD_GOOD : MD_PLAIN,
	           !tls                ? "-"
	           : r->tls[0] != '\0' ? r->tls
	                               : "TLS");
	md_doc_put(d, row, MD_PLAIN, delay != MD_NO_DELAY ? duration(d->mem, delay) : "");
	md_doc_add(d, md_doc_cell(d, row, MD_CUT), MD_FOREIGN,
	           md_printf(d->mem, "from %s", client(d->mem, r)));
}

/* The route is told only where its check has a finding, or with -v. */
static void
tell(struct md_doc *d, const struct md_report *report, const void *part, bool verbose)
{
	static const struct md_doc_column columns[] = {
		{ .width = 2 }, { .width = 28 }, { .width = 10 },
		{ .width = 8 }, { .width = 8 },  { 0 },
	};
	const struct md_route *route = part;
	struct md_doc_table *table;

	if (route->n == 0 ||
	    (!verbose && md_report_showing(report, &md_part_route)->findings == NULL))
		return;
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(d, "The way it came (host, protocol, TLS, delay)");
	md_doc_open(d, MD_DOC_INSET);
	table = md_doc_table(d, columns, MD_COUNT(columns));
	for (size_t i = route->n; i-- > 0;)
		tell_hop(d, table, route, i);
	md_doc_close(d);
	md_doc_close(d);
}

static void
put_hop(struct md_json *j, const struct md_route *route, size_t i)
{
	const struct md_received *r = route->hops[i];
	const int64_t delay = md_hop_delay(route, i);

	md_json_open(j, NULL, '{');
	md_json_count(j, "line", r->field->line);
	md_json_text(j, "from", r->from);
	md_json_text(j, "helo", r->helo);
	md_json_text(j, "rdns", r->rdns);
	if (r->has_ip)
		md_json_clean(j, "ip", md_addr_print(j->text.mem, r->ip));
	else
		md_json_null(j, "ip");
	md_json_text(j, "by", r->by);
	md_json_text(j, "with", r->with);
	md_json_text(j, "tls", r->tls);
	md_json_text(j, "id", r->id);
	md_json_time(j, "time", r->date.valid ? r->date.seconds : -1);
	if (delay != MD_NO_DELAY)
		md_json_number(j, "delay", delay);
	else
		md_json_null(j, "delay");
	md_json_close(j, '}');
}

static void
put_route(struct md_json *j, const struct md_route *route)
{
	md_json_open(j, "route", '[');
	for (size_t i = 0; i < route->n; i++)
		put_hop(j, route, i);
	md_json_close(j, ']');
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	put_route(j, part);
}

const struct md_report_part md_part_route = {
	.name = "route",
	.place = MD_AT_THE_END,
	.tell = tell,
	.json = put_json,
};
