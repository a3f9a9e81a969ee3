/* Places inside a body where something was put in or changed, each tried by itself. */
#ifndef MD_REPAIR_BLOCKS_H
#define MD_REPAIR_BLOCKS_H

#include "repair/lines.h"
#include "repair/mend.h"

/* HTML put in front of a page's </body>. */
bool md_mend_inserted_html(struct md_mend *, const struct md_body_lines *);

/* A single line that was changed.  Only for bodies so small that all can be tried. */
bool md_mend_one_line(struct md_mend *, const struct md_body_lines *);

/* A block of lines put in: in front of a MIME boundary, or anywhere as far as it is cheap. */
bool md_mend_block(struct md_mend *, const struct md_body_lines *);

#endif
