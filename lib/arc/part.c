/* The chain of ARC sets as a part of a report; its line of text is told with the message's. */
#include "report/part.h"
#include "arc/arc.h"
#include "base/arena.h"
#include "dkim/json.h"
#include "json/tree.h"

static json_t *
arc_set(struct md_arena *mem, const struct md_arc_set *set)
{
	json_t *o = json_object();

	md_json_put_count(o, "instance", set->instance);
	md_json_put_text(mem, o, "sealer", set->sealer);
	if (set->results != NULL)
		md_json_put_text(mem, o, "results",
		                 md_show(mem, md_str(md_field_text(mem, set->results->field))));
	if (set->message != NULL)
		md_json_put(o, "message_signature", md_dkim_signature_json(mem, set->message));
	if (set->seal != NULL) {
		md_json_put_octets(mem, o, "cv", set->seal->signature->cv);
		md_json_put(o, "seal", md_dkim_signature_json(mem, set->seal));
	}
	return o;
}

static json_t *
chain(struct md_arena *mem, const struct md_arc *arc)
{
	json_t *o = json_object(), *sets = json_array();

	for (size_t i = 0; i < arc->n; i++)
		json_array_append_new(sets, arc_set(mem, &arc->sets[i]));
	md_json_put(o, "result", json_string(md_arc_result_name(arc->result)));
	md_json_put_text(mem, o, "reason", arc->why);
	if (arc->failing_instance > 0)
		md_json_put_count(o, "failing_instance", arc->failing_instance);
	if (arc->failing_part[0] != '\0')
		md_json_put_text(mem, o, "failing_part", arc->failing_part);
	if (arc->oldest_pass > 0)
		md_json_put_count(o, "oldest_pass", arc->oldest_pass);
	md_json_put(o, "sets", sets);
	return o;
}

static void
put_json(struct md_arena *mem, json_t *members, const struct md_report *report,
         const void *part)
{
	(void)report;
	md_json_put(members, "arc", chain(mem, part));
}

const struct md_report_part md_part_arc = { .name = "arc", .json = put_json };
