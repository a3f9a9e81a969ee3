/* Bodies as the file has them, where reading it has mended something that may be the author's.
 */
#ifndef MD_MAIL_AS_GIVEN_H
#define MD_MAIL_AS_GIVEN_H

#include "mail/message.h"

/* What is not mended. */
enum md_as_given {
	MD_AS_MENDED,
	/* ">From " stays: mbox files of the kind "mboxo" do not say who has put the ">" there
	 */
	MD_AS_QUOTED,
	/* lines that end in LF among those that end in CRLF: both may have been signed so */
	MD_AS_ENDED,
	MD_AS_GIVEN_N,
};

/* In words, of lines: "that begin with \">From \" are the author's own". */
const char *md_as_given_text(enum md_as_given);

/* The body in this form; false when the message has nothing that was mended so. */
bool md_body_as_given(struct md_arena *, const struct md_message *, enum md_as_given,
                      struct md_str *body);

/* Is there no body but empty lines?  A file of which only the header was saved has none. */
bool md_body_is_blank(const struct md_message *);

#endif
