/* The envelope and SPF of it as parts of a report; both are told with the message's
 * identifiers. */
#include "base/arena.h"
#include "envelope/envelope.h"
#include "report/report.h"
#include "spf/json.h"
#include "json/write.h"

static void
put_envelope(struct md_json *j, const struct md_report *report, const void *part)
{
	const struct md_envelope *e = part;

	(void)report;
	md_json_open(j, "envelope", '{');
	if (e->has_ip)
		md_json_clean(j, "ip", md_addr_print(j->text.mem, e->ip));
	else
		md_json_null(j, "ip");
	md_json_text(j, "ip_from", e->ip_from);
	md_json_text(j, "helo", e->helo);
	md_json_text(j, "helo_from", e->helo_from);
	md_json_text(j, "mail_from", e->mail_from.text);
	md_json_text(j, "mail_from_from", e->mail_from_from);
	md_json_time(j, "received_at", e->received_at);
	md_json_text(j, "edge", e->edge_why);
	md_json_close(j, '}');
}

const struct md_report_part md_part_envelope = { .name = "envelope", .json = put_envelope };

static void
put_spf(struct md_json *j, const struct md_report *report, const void *part)
{
	const struct md_envelope *envelope = md_report_part(report, &md_part_envelope);
	const struct md_envelope_spf *spf = part;

	md_json_open(j, "spf", '{');
	if (spf->verdict == NULL) {
		md_json_null(j, "result");
		md_json_text(j, "why", spf->why);
	} else {
		md_json_text(j, "domain", spf->verdict->domain);
		md_json_spf_asked(j,
		                  &(struct md_spf_asked){ .ip = envelope->ip,
		                                          .verdict = spf->verdict,
		                                          .opinion = spf->opinion },
		                  &report->subject->spf_limits);
	}
	md_json_close(j, '}');
}

const struct md_report_part md_part_envelope_spf = { .name = "spf", .json = put_spf };
