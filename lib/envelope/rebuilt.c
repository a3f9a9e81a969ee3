/* Messages that were made anew by the service whose mailbox they come from. */
#include "base/name.h"
#include "envelope/envelope.h"

/*
 * Proton Mail keeps the text of a message, not its octets: what it exports has its MIME made
 * anew, and no signature of it can be verified.
 */
const char *
md_rebuilt_by(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_received *edge = md_envelope(c)->edge;
	const char *by = edge != NULL ? md_name_normal(md_mem(c), md_str(edge->by)) : "";

	if (md_message_count(m, "X-Pm-Content-Encryption") == 0 ||
	    md_message_count(m, "X-Pm-Origin") == 0)
		return NULL;
	return by[0] == '\0' || md_name_under(by, "protonmail.ch") ||
	                       md_name_under(by, "proton.me") || md_name_under(by, "proton.ch")
	               ? "Proton Mail"
	               : NULL;
}
