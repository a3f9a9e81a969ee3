/* What a piece of text is, for the eye: a drawer chooses the colour, or the class. */
#ifndef MD_INK_H
#define MD_INK_H

enum md_ink {
	MD_PLAIN,
	MD_STRONG, /* titles, and the first word of what explains something */
	MD_FAINT,  /* beside the point */
	MD_LABEL,  /* what the text after it is about */
	MD_COPY,   /* a record to publish */
	MD_GOOD,   /* the verdicts, best first */
	MD_REMARK,
	MD_RISK,
	MD_DOUBT,
	MD_BAD,
};

#endif
