/* The parts of the text report of a message, in the order in which they stand on the page. */
#ifndef MD_TEXT_MESSAGE_H
#define MD_TEXT_MESSAGE_H

#include "render/tell.h"

/* The verdict in a sentence (text_message_verdict.c). */
void md_text_message_verdict(const struct md_page *, const struct md_report *,
                             const struct md_style *);

/* The verdict in a sentence, which message it is, and its identifiers (text_message.c). */
void md_text_message(const struct md_page *, const struct md_report *, const struct md_style *);

/* What was changed after signing, with the octets before and after (text_changes.c). */
void md_text_changes(const struct md_page *, const struct md_report *);

/* What the providers would do: a line each; with -v every requirement (text_profiles.c). */
void md_text_profiles(const struct md_page *, const struct md_report *,
                      const struct md_style *);

/* The way it came, hop by hop, where that says something or with -v (text_route.c). */
void md_text_route(const struct md_page *, const struct md_report *, const struct md_style *);

/* One line of a table of many messages; `heading` before the first (text_summary.c). */
void md_text_summary(const struct md_page *, const struct md_report *, bool heading);

#endif
