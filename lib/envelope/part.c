/* The envelope and SPF of it as parts of a report; both are told with the message's
 * identifiers. */
#include "base/arena.h"
#include "envelope/envelope.h"
#include "report/report.h"
#include "spf/json.h"
#include "json/tree.h"

static json_t *
envelope_json(struct md_arena *mem, const struct md_envelope *e)
{
	json_t *o = json_object();

	md_json_put(o, "ip", e->has_ip ? json_string(md_addr_print(mem, e->ip)) : json_null());
	md_json_put_text(mem, o, "ip_from", e->ip_from);
	md_json_put_text(mem, o, "helo", e->helo);
	md_json_put_text(mem, o, "helo_from", e->helo_from);
	md_json_put_text(mem, o, "mail_from", e->mail_from);
	md_json_put_text(mem, o, "mail_from_from", e->mail_from_from);
	md_json_put(o, "received_at", md_json_time(e->received_at));
	md_json_put_text(mem, o, "edge", e->edge_why);
	return o;
}

static json_t *
spf_json(struct md_arena *mem, const struct md_report *report,
         const struct md_envelope_spf *spf)
{
	const struct md_envelope *envelope = md_report_part(report, &md_part_envelope);
	json_t *o = json_object();

	if (spf->verdict == NULL) {
		md_json_put(o, "result", json_null());
		md_json_put_text(mem, o, "why", spf->why);
		return o;
	}
	md_json_put_text(mem, o, "domain", spf->verdict->domain);
	md_json_spf_asked(mem, o,
	                  &(struct md_spf_asked){ .ip = envelope->ip,
	                                          .verdict = spf->verdict,
	                                          .opinion = spf->opinion },
	                  &report->subject->spf_limits);
	return o;
}

static void
put_envelope(struct md_arena *mem, json_t *members, const struct md_report *report,
             const void *part)
{
	(void)report;
	md_json_put(members, "envelope", envelope_json(mem, part));
}

const struct md_report_part md_part_envelope = { .name = "envelope", .json = put_envelope };

static void
put_spf(struct md_arena *mem, json_t *members, const struct md_report *report, const void *part)
{
	md_json_put(members, "spf", spf_json(mem, report, part));
}

const struct md_report_part md_part_envelope_spf = { .name = "spf", .json = put_spf };
