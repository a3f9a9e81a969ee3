/* Structure: is the message what RFC 5322 and MIME say, and does it look like honest mail? */
#include "check.h"
#include "mail/message.h"

enum { FROM_COUNT };

static const struct md_rule rules[] = {
	[FROM_COUNT] = { "msg.from-count", MD_FAIL, "Not exactly one From",
	                 "Send exactly one From field with one address.",
	                 "RFC 5322 3.6, 3.6.2; RFC 9989 5.3.1, 11.5" },
};

static void
run(struct md_ctx *c)
{
	const size_t n = md_message_count(md_subject(c)->message, "From");

	if (n != 1)
		md_found(c, FROM_COUNT, "From", "the message has %zu From fields", n);
}

const struct md_check md_check_structure = {
	.name = "structure",
	.title = "Structure",
	.question = "Is the message made as mail must be?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
