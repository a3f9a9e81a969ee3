/* Reads MTA-STS records. */
#include "record/mta_sts.h"

#include <string.h>

#include "base/arena.h"
#include "record/fields.h"

enum { LONGEST_ID = 32 };

struct reader {
	struct md_str text;
	struct md_mta_sts *record;
	bool has_id;
};

/* sts-id = %s"id=" 1*32(ALPHA / DIGIT) */
static const char *
fault_of_id(struct md_str id, struct md_str *at)
{
	size_t i = 0;

	*at = id;
	if (id.len == 0)
		return "id= has no value";
	while (i < id.len && md_is_alnum(id.p[i]))
		i++;
	if (i < id.len) {
		*at = (struct md_str){ id.p + i, 1 };
		return "id= has a character that is neither letter nor digit";
	}
	return id.len > LONGEST_ID ? "id= is longer than 32 characters" : NULL;
}

static bool
same(struct md_str a, struct md_str b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static void
take(void *arg, const struct md_tag *tag)
{
	struct reader *r = arg;
	struct md_str at;
	const char *why;

	if (!md_str_eq(tag->name, "id"))
		return; /* RFC 8461 3.1: extensions are legal */
	if (r->has_id && same(tag->value, r->record->id))
		return;
	why = fault_of_id(tag->value, &at);
	if (r->has_id) { /* "MUST uniquely identify a given instance of a policy" */
		at = tag->value;
		why = "there are two different id=";
	} else {
		r->record->id = tag->value;
	}
	if (why != NULL)
		md_faults_add(&r->record->faults, r->text, at, why);
	r->has_id = true;
}

struct md_mta_sts
md_mta_sts_parse(struct md_arena *mem, struct md_str text)
{
	struct md_mta_sts record = { .id = { text.p, 0 } };
	struct reader r = { .text = text, .record = &record };
	const struct md_fields fields = {
		.mem = mem, .version = "v=STSv1", .own = "id", .take = take, .arg = &r
	};

	md_fields_read(&fields, text, &record.faults);
	if (!r.has_id)
		md_faults_add(&record.faults, text, md_str_skip(text, text.len),
		              "id= is missing");
	return record;
}
