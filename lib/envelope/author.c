/* Who wrote a message: its address fields, read once a run for all checks. */
#include "envelope/author.h"

#include "mail/message.h"

static const void *
read_mailboxes(struct md_ctx *c, const char *field)
{
	const struct md_field *f = md_message_field(md_subject(c)->message, field, NULL);

	return f != NULL ? md_mailboxes_parse(md_mem(c), f->value) : NULL;
}

const struct md_mailboxes *
md_mailboxes(struct md_ctx *c, const char *field)
{
	return md_derive(c, read_mailboxes, field);
}

struct author {
	const char *domain, *why;
};

static const void *
read_author(struct md_ctx *c, const char *arg)
{
	struct author *author = md_alloc(md_mem(c), sizeof(*author));

	(void)arg;
	author->why = "";
	author->domain =
	        md_author_of(md_mem(c), md_mailboxes(c, "From"),
	                     md_message_count(md_subject(c)->message, "From"), &author->why);
	return author;
}

const char *
md_author(struct md_ctx *c, const char **why)
{
	const struct author *author = md_derive(c, read_author, "");

	*why = author->why;
	return author->domain;
}
