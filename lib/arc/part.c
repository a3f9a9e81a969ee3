/* The chain of ARC sets as a part of a report; its line of text is told with the message's. */
#include "report/part.h"
#include "arc/arc.h"
#include "base/arena.h"
#include "dkim/json.h"
#include "json/write.h"

static void
put_arc_set(struct md_json *j, const struct md_arc_set *set)
{
	md_json_open(j, NULL, '{');
	md_json_count(j, "instance", set->instance);
	md_json_text(j, "sealer", set->sealer);
	if (set->results != NULL)
		md_json_octets(j, "results",
		               md_str(md_field_text(j->text.mem, set->results->field)));
	if (set->message != NULL) {
		md_json_open(j, "message_signature", '{');
		md_dkim_signature_json(j, set->message);
		md_json_close(j, '}');
	}
	if (set->seal != NULL) {
		md_json_octets(j, "cv", set->seal->signature->cv);
		md_json_open(j, "seal", '{');
		md_dkim_signature_json(j, set->seal);
		md_json_close(j, '}');
	}
	md_json_close(j, '}');
}

static void
put_chain(struct md_json *j, const struct md_arc *arc)
{
	md_json_open(j, "arc", '{');
	md_json_clean(j, "result", md_arc_result_name(arc->result));
	md_json_text(j, "reason", arc->why);
	if (arc->failing_instance > 0)
		md_json_count(j, "failing_instance", arc->failing_instance);
	if (arc->failing_part[0] != '\0')
		md_json_text(j, "failing_part", arc->failing_part);
	if (arc->oldest_pass > 0)
		md_json_count(j, "oldest_pass", arc->oldest_pass);
	md_json_open(j, "sets", '[');
	for (size_t i = 0; i < arc->n; i++)
		put_arc_set(j, &arc->sets[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	put_chain(j, part);
}

const struct md_report_part md_part_arc = { .name = "arc", .json = put_json };
