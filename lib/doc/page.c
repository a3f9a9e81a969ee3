/* A page of text: lines of a given width, inks, and nothing on it that was not escaped. */
#include "doc/page.h"

#include "base/arena.h"
#include "base/escape.h"

/* However narrow the terminal, text keeps so many columns. */
enum { NARROWEST = 24 };

static const char *const inks[] = {
	[MD_PLAIN] = "",          [MD_STRONG] = "\033[1m", [MD_FAINT] = "\033[2m",
	[MD_LABEL] = "\033[36m",  [MD_COPY] = "\033[32m",  [MD_GOOD] = "\033[32m",
	[MD_REMARK] = "\033[32m", [MD_RISK] = "\033[33m",  [MD_DOUBT] = "\033[36m",
	[MD_BAD] = "\033[1;31m",
};

static void
ink(const struct md_page *page, enum md_ink which, struct md_str text)
{
	const bool coloured = page->colour && which != MD_PLAIN && text.len > 0;

	if (coloured)
		fputs(inks[which], page->out);
	fwrite(text.p, 1, text.len, page->out);
	if (coloured)
		fputs("\033[0m", page->out);
}

unsigned
md_page_put(const struct md_page *page, enum md_ink which, const char *text)
{
	const struct md_str clean = md_str(md_escape(page->mem, md_str(text), page->utf8));

	ink(page, which, clean);
	return md_escape_width(clean);
}

void
md_page_blank(const struct md_page *page, unsigned columns)
{
	fprintf(page->out, "%*s", (int)columns, "");
}

void
md_page_field(const struct md_page *page, enum md_ink which, unsigned columns, const char *text)
{
	const unsigned taken = md_page_put(page, which, text);

	md_page_blank(page, (taken < columns ? columns - taken : 0) + 2);
}

static unsigned
room_from(const struct md_page *page, unsigned at)
{
	return page->columns > at + NARROWEST ? page->columns - at : NARROWEST;
}

/* The octets of text that fit into so many columns. */
static size_t
fitting(struct md_str text, unsigned room)
{
	size_t octets = 0;

	while (octets < text.len) {
		const struct md_str rest = md_str_skip(text, octets);
		const struct md_str next = { rest.p, md_escape_step(rest) };
		const unsigned width = md_escape_width(next);

		if (width > room)
			break;
		room -= width;
		octets += next.len;
	}
	return octets;
}

/* The octets of the line to make of text: to the last blank that fits, if there is one. */
static size_t
line_of(struct md_str text, unsigned room)
{
	const size_t most = fitting(text, room);
	size_t end = most;

	if (most == text.len || text.p[most] == ' ')
		return most;
	while (end > 0 && text.p[end - 1] != ' ')
		end--;
	return end > 0 ? end : most > 0 ? most : md_escape_step(text);
}

void
md_page_wrap(const struct md_page *page, unsigned at, unsigned indent, const char *text)
{
	struct md_str rest = md_str(md_escape(page->mem, md_str(text), page->utf8));

	while (rest.len > 0) {
		const size_t end = line_of(rest, room_from(page, at));
		struct md_str line = { rest.p, end };

		while (line.len > 0 && line.p[line.len - 1] == ' ')
			line.len--;
		ink(page, MD_PLAIN, line);
		rest = md_str_skip(rest, end);
		while (rest.len > 0 && rest.p[0] == ' ')
			rest = md_str_skip(rest, 1);
		if (rest.len > 0) {
			putc('\n', page->out);
			md_page_blank(page, indent);
			at = indent;
		}
	}
	putc('\n', page->out);
}

void
md_page_fit(const struct md_page *page, unsigned at, const char *text)
{
	struct md_str clean = md_str(md_escape(page->mem, md_str(text), page->utf8));
	const unsigned room = room_from(page, at);

	if (md_escape_width(clean) > room) {
		clean.len = fitting(clean, room - 3);
		clean = md_str_trim(clean, " ");
		ink(page, MD_PLAIN, clean);
		fputs("...", page->out);
	} else {
		ink(page, MD_PLAIN, clean);
	}
	putc('\n', page->out);
}

/* The part of a long line that is shown; "..." stands at a cut end, within the part. */
struct window {
	size_t from, len;
	bool cut_before, cut_after;
};

/* A window of `room` octets in which the fault is a third from the left. */
static struct window
window_at(size_t fault, size_t len, size_t room)
{
	struct window w = { 0, len < room ? len : room, false, false };

	if (len > room) {
		w.from = fault > room / 3 ? fault - room / 3 : 0;
		if (w.from + room > len)
			w.from = len - room;
	}
	w.cut_before = w.from > 0;
	w.cut_after = w.from + w.len < len;
	return w;
}

static void
put_window(const struct md_page *page, struct window w, const char *line)
{
	const size_t skip = w.cut_before ? 3 : 0, less = skip + (w.cut_after ? 3 : 0);

	fprintf(page->out, "%s%.*s%s\n", w.cut_before ? "..." : "", (int)(w.len - less),
	        line + w.from + skip, w.cut_after ? "..." : "");
}

static size_t
shown_len(const struct md_page *page, const char *p, size_t len)
{
	return md_str(md_show(page->mem, (struct md_str){ p, len })).len;
}

void
md_page_point_shown(const struct md_page *page, unsigned indent, struct md_str text,
                    size_t offset, size_t len)
{
	const char *line = md_escape(page->mem, text, false);
	const size_t whole = md_str(line).len, at = offset < whole ? offset : whole;
	size_t under = len < whole - at ? len : whole - at;
	const struct window w = window_at(at, md_str(line).len, room_from(page, indent));

	md_page_blank(page, indent);
	put_window(page, w, line);
	md_page_blank(page, indent + (unsigned)(at - w.from));
	if (under > w.from + w.len - at)
		under = w.from + w.len - at;
	ink(page, MD_BAD, md_str("^"));
	for (size_t i = 1; i < under; i++)
		ink(page, MD_BAD, md_str("~"));
	putc('\n', page->out);
}

void
md_page_point(const struct md_page *page, unsigned indent, struct md_str text, size_t offset,
              size_t len)
{
	const size_t past = offset < text.len ? offset : text.len;
	const struct md_str fault = md_str_skip(text, past);

	md_page_point_shown(page, indent, md_str(md_show(page->mem, text)),
	                    shown_len(page, text.p, past),
	                    shown_len(page, fault.p, len < fault.len ? len : fault.len));
}
