/* What the JSON report says of a message as its subject. */
#include <string.h>

#include "base/arena.h"
#include "mail/message.h"
#include "message/message.h"
#include "json/write.h"

static void
put_field(struct md_json *j, const char *key, const struct md_field *f)
{
	enum { ENOUGH = 1000 }; /* RFC 5322 2.1.1: a line; more is no use to anybody */
	const char *text = f != NULL ? md_field_text(j->text.mem, f) : "";

	if (f != NULL && strlen(text) > ENOUGH)
		text = md_printf(j->text.mem, "%.*s...", ENOUGH, text);
	if (f != NULL)
		md_json_text(j, key, text);
}

void
md_message_json(struct md_json *j, const struct md_report *report)
{
	const struct md_subject *s = report->subject;
	const struct md_message *m = s->message;

	md_json_text(j, "name", s->message_name);
	md_json_clean(j, "sha256", md_message_sha256(j->text.mem, m));
	md_json_count(j, "octets", m->raw.len);
	md_json_clean(j, "repairs", md_message_repairs(j->text.mem, m));
	put_field(j, "from", md_message_field(m, "From", NULL));
	put_field(j, "subject", md_message_field(m, "Subject", NULL));
	put_field(j, "date", md_message_field(m, "Date", NULL));
	put_field(j, "message_id", md_message_field(m, "Message-ID", NULL));
}
