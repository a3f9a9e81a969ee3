/* What a long list tells: a line of progress on the way, and how to resume after an interrupt.
 */
#include "progress.h"

#include <limits.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "../kit/say.h"

/* Octets left to read where standard input is a regular file; else 0. */
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
cli_progress_start(struct cli_progress *p, const struct cli_outputs *outs)
{
	*p = (struct cli_progress){
		.whole = octets_of_stdin(),
		.typed = isatty(STDIN_FILENO),
	};
	for (size_t i = 0; i < outs->n; i++)
		p->on_terminal = p->on_terminal || isatty(fileno(outs->p[i].file));
}

/* "2346 done, 551/s, 97 under way, 3 unknown, 52 s left (4 s)" */
void
cli_progress_show(struct cli_progress *p, struct cli_progress_line *line, size_t open,
                  uint64_t taken)
{
	const int64_t passed = cli_progress_line_passed(line);
	const struct cli_rate_point now = { passed, p->done, taken };
	struct md_arena *mem;
	struct md_buf text;
	double left;

	/* Domains passed over at the beginning, since earlier output has them, would spoil the
	 * rate. */
	if (p->done + open > 0)
		cli_rate_note(&p->rate, now);
	if (p->typed || !cli_progress_line_due(line))
		return;
	mem = md_arena_new();
	text = (struct md_buf){ .mem = mem };
	left = taken < p->whole ? cli_rate_seconds_left(&p->rate, now, p->whole) : -1;
	md_buf_printf(&text, "%zu done, %.0f/s, %zu under way", p->done,
	              cli_rate_now(&p->rate, now), open);
	if (p->unknown > 0)
		md_buf_printf(&text, ", %zu unknown", p->unknown);
	if (left >= 0)
		md_buf_printf(&text, ", %s left", cli_rate_duration(mem, left));
	md_buf_printf(&text, " (%s)", cli_rate_duration(mem, (double)passed / 1000));
	cli_progress_line_show(line, md_buf_str(&text));
	md_arena_free(mem);
}

void
cli_progress_show_run(struct cli_progress_line *line, const struct md_run *run)
{
	struct md_arena *mem;
	size_t answered, open;

	if (!cli_progress_line_due(line))
		return;
	mem = md_arena_new();
	md_run_progress(run, &answered, &open);
	cli_progress_line_show(
	        line, md_printf(mem, "%zu questions answered, %zu open (%s)", answered, open,
	                        cli_rate_duration(mem, (double)cli_progress_line_passed(line) /
	                                                       1000)));
	md_arena_free(mem);
}

void
cli_progress_sum_up(const struct cli_progress *p, struct cli_progress_line *line)
{
	const double seconds = (double)cli_progress_line_passed(line) / 1000;
	struct md_arena *mem;
	struct md_buf text;

	if (!line->ever || p->on_terminal)
		return;
	mem = md_arena_new();
	text = (struct md_buf){ .mem = mem };
	md_buf_printf(&text, "%zu done, %.0f/s", p->done, (double)p->done / seconds);
	if (p->unknown > 0)
		md_buf_printf(&text, ", %zu unknown", p->unknown);
	md_buf_printf(&text, " (%s)", cli_rate_duration(mem, seconds));
	cli_say("%s", md_buf_str(&text));
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

/* The end of the message; "" when no output has lines that --resume can read. */
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
cli_progress_interrupted(const struct cli_progress *p, const struct cli_outputs *outs)
{
	struct md_arena *mem = md_arena_new();

	cli_say("interrupted; reports written: %zu%s", p->written,
	        p->written > 0 ? how_to_go_on(mem, outs) : "");
	md_arena_free(mem);
}
