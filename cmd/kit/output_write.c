/* Renders reports in memory, and writes each whole: a line with one write(2). */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interrupt.h"
#include "output.h"
#include "say.h"

/* ---- rendering ---- */

/* The first of many has a heading in some formats. */
static void
render(const struct cli_output *out, const struct md_report *report, bool first, FILE *file)
{
	struct md_style style = out->style;

	first = first && !out->begun;
	if (style.table != MD_TABLE_NONE)
		style.table = first ? MD_TABLE_FIRST : MD_TABLE_MORE;
	else if (!first && !style.quiet && strcmp(out->format, "text") == 0)
		putc('\n', file);
	md_render(out->format, report, &style, file);
}

void
cli_sheet_begin(struct cli_sheet *sheet)
{
	sheet->file = open_memstream(&sheet->p, &sheet->len);
	if (sheet->file == NULL)
		abort();
}

static struct md_str
end_sheet(struct cli_sheet *sheet)
{
	if (fclose(sheet->file) != 0)
		abort();
	return (struct md_str){ sheet->p, sheet->len };
}

static void
drop_text(struct md_str text)
{
	free((void *)(uintptr_t)text.p);
}

static struct md_str
rendered(const struct cli_output *out, const struct md_report *report, bool first)
{
	struct cli_sheet sheet;

	cli_sheet_begin(&sheet);
	render(out, report, first, sheet.file);
	return end_sheet(&sheet);
}

struct cli_pages
cli_pages_of(const struct cli_outputs *outs, const struct md_run *run, bool first)
{
	const struct md_report *report = md_run_report(run);
	struct cli_pages pages = { .n = outs->n };

	pages.texts = calloc(outs->n + 1, sizeof(*pages.texts));
	if (pages.texts == NULL)
		abort();
	for (size_t i = 0; i < outs->n; i++) {
		const struct cli_output *out = &outs->p[i];

		if (out->notices == NULL) {
			pages.texts[i] = rendered(out, report, first);
			pages.octets += pages.texts[i].len;
		} else if (pages.notices == NULL) {
			pages.mem = md_arena_new();
			pages.notices = md_notices_new(pages.mem);
			md_notices_add_report(pages.notices, report, out->fail_on);
		}
	}
	if (outs->record.path != NULL) {
		struct cli_sheet sheet;

		cli_sheet_begin(&sheet);
		md_run_record(run, sheet.file);
		pages.record = end_sheet(&sheet);
	}
	return pages;
}

void
cli_pages_drop(struct cli_pages *pages)
{
	for (size_t i = 0; pages->texts != NULL && i < pages->n; i++)
		drop_text(pages->texts[i]);
	free(pages->texts);
	drop_text(pages->record);
	md_arena_free(pages->mem);
	*pages = (struct cli_pages){ .n = 0 };
}

/* An interrupt that comes just before a wait is noticed after so long. */
enum { GLANCE_MS = 1000 };

/* ---- writing ---- */

/* Cuts off the part of a line that was written, unless somebody has written behind it. */
static void
take_back(int fd, size_t octets)
{
	const int why = errno;
	const off_t end = lseek(fd, 0, SEEK_CUR);
	struct stat file;

	if (octets > 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode) &&
	    end == file.st_size && ftruncate(fd, end - (off_t)octets) == 0)
		lseek(fd, end - (off_t)octets, SEEK_SET);
	errno = why;
}

/* Should a failed write be tried again?  Not after a second interrupt. */
static bool
may_try_again(int fd)
{
	if (errno != EINTR && errno != EAGAIN)
		return false;
	if (errno == EAGAIN)
		poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, GLANCE_MS);
	errno = EINTR;
	return cli_interrupts() <= 1;
}

/* Writes all octets, by one write(2) where the system takes them; false and errno else. */
static bool
write_whole(int fd, struct md_str octets)
{
	size_t done = 0;

	while (done < octets.len) {
		const ssize_t n = write(fd, octets.p + done, octets.len - done);

		if (n >= 0) {
			done += (size_t)n;
		} else if (!may_try_again(fd)) {
			take_back(fd, done);
			return false;
		}
	}
	return true;
}

/* False after a message or a second interrupt.  True when the reader has gone. */
static bool
put(struct cli_output *out, struct md_str octets)
{
	out->begun = true;
	if (out->closed || write_whole(fileno(out->file), octets))
		return true;
	out->closed = true;
	if (errno != EPIPE && errno != EINTR)
		cli_say("cannot write %s: %s",
		        strcmp(out->path, "-") == 0 ? "to standard output" : out->path,
		        strerror(errno));
	return errno == EPIPE;
}

bool
cli_sheet_put(struct cli_sheet *sheet, struct cli_output *out)
{
	const struct md_str text = end_sheet(sheet);
	const bool whole = put(out, text);

	drop_text(text);
	return whole;
}

/*
 * Has the reader gone?  What it left unread is counted as unread for ever, so that there would
 * never be room again: only a write finds out, and fails.
 */
static bool
is_deserted(int fd)
{
	struct pollfd end = { .fd = fd };

	return poll(&end, 1, 0) > 0 && (end.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
}

/*
 * Would a write of so many octets not block?  A pipe counts as full when it is half full: Linux
 * may fill each of its pages by half only (pipe(7)), and a write of more would block halfway.
 */
static bool
fits(int fd, size_t octets)
{
	const int room = fcntl(fd, F_GETPIPE_SZ);
	int unread;

	if (is_deserted(fd))
		return true;
	if (room < 0 || ioctl(fd, FIONREAD, &unread) != 0)
		return poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, 0) != 0;
	return unread == 0 || ((size_t)unread + octets) * 2 <= (size_t)room;
}

bool
cli_pages_fit(const struct cli_outputs *outs, const struct cli_pages *pages)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!outs->p[i].closed && outs->p[i].notices == NULL &&
		    !fits(fileno(outs->p[i].file), pages->texts[i].len))
			return false;
	return true;
}

bool
cli_pages_put(struct cli_outputs *outs, const struct cli_pages *pages)
{
	bool all = outs->record.path == NULL || put(&outs->record, pages->record);

	for (size_t i = 0; i < outs->n; i++) {
		if (outs->p[i].notices != NULL)
			md_notices_join(outs->p[i].notices, pages->notices);
		else
			all = put(&outs->p[i], pages->texts[i]) && all;
	}
	return all;
}

bool
cli_outputs_closed(const struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		if (!outs->p[i].closed)
			return false;
	return true;
}
