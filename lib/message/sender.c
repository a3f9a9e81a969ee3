/* Who sent a message, where that is another than its author (RFC 5322 3.6.2). */
#include "message/message.h"

#include <string.h>

#include "base/arena.h"
#include "mail/address.h"
#include "mail/message.h"

static const struct md_mailbox *
first_of(struct md_arena *mem, const struct md_message *m, const char *name)
{
	const struct md_field *field = md_message_field(m, name, NULL);
	const struct md_mailboxes *boxes;

	if (field == NULL)
		return NULL;
	boxes = md_mailboxes_parse(mem, field->value);
	return boxes->n > 0 && boxes->all[0].domain[0] != '\0' ? &boxes->all[0] : NULL;
}

const struct md_mailbox *
md_message_author(struct md_arena *mem, const struct md_message *m)
{
	return first_of(mem, m, "From");
}

const struct md_mailbox *
md_message_sender(struct md_arena *mem, const struct md_message *m)
{
	const struct md_mailbox *sender = first_of(mem, m, "Sender");
	const struct md_mailbox *author = md_message_author(mem, m);

	if (sender == NULL || author == NULL ||
	    (strcmp(sender->domain, author->domain) == 0 &&
	     strcmp(sender->local, author->local) == 0))
		return NULL;
	return sender;
}
