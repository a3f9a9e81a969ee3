/* What is told of a message as a whole: its verdicts taken together. */
#ifndef MD_MESSAGE_MESSAGE_H
#define MD_MESSAGE_MESSAGE_H

#include "doc/doc.h"
#include "maildiag.h"
#include "report/report.h"

/* The kinds of parts that its checks show, in the order of the JSON report; ends with NULL. */
extern const struct md_report_part *const md_message_parts[];

/* Why it will be believed or not, and who would take it: a sentence without its full stop
 * (sentence.c). */
const char *md_message_sentence(struct md_arena *, const struct md_report *);

/*
 * The first address of From, and that of Sender where it is another; NULL for none.  In the
 * arena (sender.c).
 */
struct md_mailbox;
struct md_message;
const struct md_mailbox *md_message_author(struct md_arena *, const struct md_message *);
const struct md_mailbox *md_message_sender(struct md_arena *, const struct md_message *);

/* That sentence; then which message it is, and its identifiers, unless only the verdict is
 * wished (tell.c). */
void md_message_headline(struct md_doc *, const struct md_report *, const struct md_style *);

/* One line of a table of many messages; `heading` before the first (tell_row.c). */
void md_message_row(struct md_doc *, const struct md_report *, bool heading);

/* Its members of "subject" (json.c). */
struct md_json;
void md_message_json(struct md_json *, const struct md_report *);

#endif
