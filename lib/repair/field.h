/* What a signed header field may have been before somebody changed it: likely guesses. */
#ifndef MD_REPAIR_FIELD_H
#define MD_REPAIR_FIELD_H

#include "repair/guess.h"

/* Guesses about one field, whatever its layout. */
void md_guess_field(struct md_guesses *);

/* Guesses about a field that h= names and the message lacks: it was removed. */
void md_guess_lost(struct md_guesses *);

/* The field was cut where its lines were too long for mail, in the middle of a word. */
void md_guess_cut(struct md_guesses *);

/* Other layouts of what is guessed so far and of the field itself: only simple
 * canonicalisation tells them apart. */
void md_guess_layouts(struct md_guesses *);

/* The kinds of fields; each adds what it knows. */
void md_guess_subject(struct md_guesses *);
void md_guess_from(struct md_guesses *);
void md_guess_addresses(struct md_guesses *);
void md_guess_date(struct md_guesses *);
void md_guess_content_type(struct md_guesses *);
void md_guess_transfer_encoding(struct md_guesses *);
void md_guess_mime_version(struct md_guesses *);
void md_guess_message_id(struct md_guesses *);

#endif
