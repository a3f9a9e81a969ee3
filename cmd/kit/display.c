/* How a report looks: width, colour and the like, as the user and the terminal have them. */
#include "display.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <sys/ioctl.h>
#include <unistd.h>

const char *const cli_color_words[] = { "auto", "always", "never", NULL };

const struct cli_opt cli_display_options[] = {
	CLI_OPT_GROUP("The report"),
	{ .name = "color",
	  .value = "WHEN",
	  CLI_WORD(struct cli_display, color, cli_color_words),
	  .summary = "whether to use colours" },
	{ .name = "quiet",
	  .letter = 'q',
	  CLI_FLAG(struct cli_display, quiet),
	  .summary = "the verdict only" },
	{ .name = "verbose",
	  .letter = 'v',
	  CLI_FLAG(struct cli_display, verbose),
	  .summary = "also facts, times and what is right" },
	CLI_OPT_END,
};

static bool
locale_is_utf8(void)
{
	const locale_t here = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool utf8;

	if (here == (locale_t)0)
		return false;
	utf8 = strcmp(nl_langinfo_l(CODESET, here), "UTF-8") == 0;
	freelocale(here);
	return utf8;
}

/* $COLUMNS, else the terminal's width; 0 when neither is known. */
static unsigned
columns(bool terminal)
{
	const char *set = getenv("COLUMNS");
	unsigned long n;
	struct winsize size;

	if (set != NULL && md_str_number(md_str(set), 1000, &n) && n > 0)
		return (unsigned)n;
	if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		return size.ws_col;
	return 0;
}

/* Colour on a terminal only, unless asked for; https://no-color.org/ is heeded. */
static bool
wants_colour(const struct cli_display *display, bool terminal)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (display->color != NULL && strcmp(display->color, "auto") != 0)
		return strcmp(display->color, "always") == 0;
	return terminal && (no == NULL || no[0] == '\0') &&
	       (term == NULL || strcmp(term, "dumb") != 0);
}

struct md_style
cli_style_of(const struct cli_display *display, bool to_stdout)
{
	const bool terminal = to_stdout && isatty(STDOUT_FILENO);

	return (struct md_style){
		.columns = columns(terminal),
		.colour = wants_colour(display, terminal),
		.quiet = display->quiet,
		.verbose = display->verbose,
		.utf8 = locale_is_utf8(),
	};
}
