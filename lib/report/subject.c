/* The kinds of subjects there are. */
#include "report/subject.h"

static const char *
domain_title(const struct md_subject *s)
{
	return s->domain;
}

const struct md_subject_kind md_subject_domain = {
	.name = "domain",
	.has_role = true,
	.title = domain_title,
};

static const char *
message_title(const struct md_subject *s)
{
	return s->message_name;
}

const struct md_subject_kind md_subject_message = {
	.name = "message",
	.terse = true,
	.title = message_title,
};

const char *
md_subject_title(const struct md_subject *s)
{
	return s->kind->title(s);
}
