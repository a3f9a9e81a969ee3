/* What is told of a long list: a line of progress on the way, and how to go on at its end. */
#include "progress.h"

#include <limits.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

/* What is left of a regular file; 0 for all else. */
static uint64_t
octets_of_stdin(void)
{
	struct stat file;
	const off_t at = lseek(STDIN_FILENO, 0, SEEK_CUR);

	if (at < 0 || fstat(STDIN_FILENO, &file) != 0 || !S_ISREG(file.st_mode) ||
	    file.st_size < at)
		return 0;
	return (uint64_t)(file.st_size - at);
}

void
cli_tally_start(struct cli_tally *t, const struct cli_outputs *outs)
{
	*t = (struct cli_tally){
		.whole = octets_of_stdin(),
		.typed = isatty(STDIN_FILENO),
	};
	for (size_t i = 0; i < outs->n; i++)
		t->on_terminal = t->on_terminal || isatty(fileno(outs->p[i].file));
}

/* "2346 done, 551/s, 97 under way, 3 unknown, 52 s left (4 s)" */
void
cli_tally_show(struct cli_tally *t, struct cli_progress *progress, size_t open, uint64_t taken)
{
	const int64_t passed = cli_progress_passed(progress);
	const struct cli_tempo_point now = { passed, t->done, taken };
	struct md_arena *mem;
	struct md_buf line;
	double left;

	/* What is passed over in front, as done earlier, tells nothing of the tempo. */
	if (t->done + open > 0)
		cli_tempo_note(&t->tempo, now);
	if (t->typed || !cli_progress_due(progress))
		return;
	mem = md_arena_new();
	line = (struct md_buf){ .mem = mem };
	left = taken < t->whole ? cli_tempo_left(&t->tempo, now, t->whole) : -1;
	md_buf_printf(&line, "%zu done, %.0f/s, %zu under way", t->done,
	              cli_tempo_rate(&t->tempo, now), open);
	if (t->unknown > 0)
		md_buf_printf(&line, ", %zu unknown", t->unknown);
	if (left >= 0)
		md_buf_printf(&line, ", %s left", cli_duration(mem, left));
	md_buf_printf(&line, " (%s)", cli_duration(mem, (double)passed / 1000));
	cli_progress_show(progress, md_buf_str(&line));
	md_arena_free(mem);
}

void
cli_tally_show_run(struct cli_progress *progress, const struct md_run *run)
{
	struct md_arena *mem;
	size_t answered, open;

	if (!cli_progress_due(progress))
		return;
	mem = md_arena_new();
	md_run_progress(run, &answered, &open);
	cli_progress_show(
	        progress,
	        md_printf(mem, "%zu questions answered, %zu open (%s)", answered, open,
	                  cli_duration(mem, (double)cli_progress_passed(progress) / 1000)));
	md_arena_free(mem);
}

void
cli_tally_sum(const struct cli_tally *t, struct cli_progress *progress)
{
	const double seconds = (double)cli_progress_passed(progress) / 1000;
	struct md_arena *mem;
	struct md_buf line;

	if (!progress->ever || t->on_terminal)
		return;
	mem = md_arena_new();
	line = (struct md_buf){ .mem = mem };
	md_buf_printf(&line, "%zu done, %.0f/s", t->done, (double)t->done / seconds);
	if (t->unknown > 0)
		md_buf_printf(&line, ", %zu unknown", t->unknown);
	md_buf_printf(&line, " (%s)", cli_duration(mem, seconds));
	cli_say("%s", md_buf_str(&line));
	md_arena_free(mem);
}

/* The name of the file that standard output is, as seen from here; or NULL. */
static const char *
stdout_path(struct md_arena *mem)
{
	struct stat file;
	char *path = md_alloc(mem, PATH_MAX + 1), *here = md_alloc(mem, PATH_MAX);
	ssize_t len;

	if (fstat(STDOUT_FILENO, &file) != 0 || !S_ISREG(file.st_mode))
		return NULL;
	len = readlink("/proc/self/fd/1", path, PATH_MAX);
	if (len <= 0 || stat(path, &file) != 0)
		return NULL;
	if (getcwd(here, PATH_MAX) == NULL)
		return path;
	len = (ssize_t)strlen(here);
	return strncmp(path, here, (size_t)len) == 0 && path[len] == '/' ? path + len + 1
	                                                                 : path;
}

/* With --resume; "" when there are no lines to go on behind. */
static const char *
how_to_go_on(struct md_arena *mem, const struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++) {
		const char *path = outs->p[i].path;

		if (!outs->p[i].lines)
			continue;
		if (outs->p[i].goes_on)
			return "; to go on, repeat the command";
		if (strcmp(path, "-") != 0)
			return md_printf(mem, "; to go on, add --resume %s", path);
		path = stdout_path(mem);
		return path != NULL ? md_printf(mem,
		                                "; to go on, add --resume %s and append to it "
		                                "with >>",
		                                path)
		                    : "; to go on, add --resume and the file they are in";
	}
	return "";
}

void
cli_tally_farewell(const struct cli_tally *t, const struct cli_outputs *outs)
{
	struct md_arena *mem = md_arena_new();

	cli_say("interrupted; reports written: %zu%s", t->written,
	        t->written > 0 ? how_to_go_on(mem, outs) : "");
	md_arena_free(mem);
}
