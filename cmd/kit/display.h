/* How a report looks: width, colour and the like, as the user and the terminal have them. */
#ifndef CLI_DISPLAY_H
#define CLI_DISPLAY_H

#include "maildiag.h"
#include "opt.h"

struct cli_display {
	const char *color; /* WHEN; or NULL */
	bool quiet, verbose;
};
extern const struct cli_opt cli_display_options[];

/* What --color can be, NULL-terminated. */
extern const char *const cli_color_words[];

struct md_style cli_style_of(const struct cli_display *, bool to_stdout);

#endif
