/* Messages to the person at the keyboard, and how the program ends. */
#include "say.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/str.h"
#include "progress_line.h"

/* A longer message, one that quotes a file perhaps, keeps so much of its head and tail. */
enum { SAY_HEAD = 600, SAY_TAIL = 200 };

void
cli_say(const char *fmt, ...)
{
	struct md_arena *mem = md_arena_new();
	const char *text;
	va_list ap;
	size_t len;

	va_start(ap, fmt);
	text = md_vprintf(mem, fmt, ap);
	va_end(ap);
	len = strlen(text);
	if (len > SAY_HEAD + SAY_TAIL)
		text = md_printf(mem, "%.*s ... %s", SAY_HEAD, text, text + len - SAY_TAIL);
	cli_progress_line_wipe();
	fprintf(stderr, "maildiag: %s\n", md_escape(mem, md_str(text), true));
	md_arena_free(mem);
}

const char *
cli_did_you_mean(struct md_arena *mem, const char *word, const char *const *list)
{
	const char *nearest = md_nearest(md_str(word), list);

	return nearest != NULL ? md_printf(mem, ", did you mean \"%s\"?", nearest) : "";
}

enum cli_exit
cli_finish_stdout(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return CLI_EXIT_CLEAN;
	if (errno == EPIPE)
		return CLI_EXIT_CLEAN; /* the reader has seen enough */
	cli_say("cannot write to standard output: %s", strerror(errno));
	return CLI_EXIT_TROUBLE;
}
