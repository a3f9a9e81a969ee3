/* Tells what was changed in a body. */
#include "repair/say.h"

#include <string.h>

#include "base/arena.h"

size_t
md_say_line(const struct md_mend *m, size_t i)
{
	return m->message->body_line + i;
}

void
md_say_change(struct md_mend *m, const char *what, size_t line, const char *before,
              const char *after)
{
	const struct md_dkim_change change = {
		.body = true, .what = what, .before = before, .after = after, .line = line
	};

	MD_PUSH(m->mem, m->changes, m->n, change);
}

/* "lines 41-44", "line 41" */
static const char *
lines_named(const struct md_mend *m, size_t from, size_t to)
{
	if (to == from + 1)
		return md_printf(m->mem, "line %zu", md_say_line(m, from));
	return md_printf(m->mem, "lines %zu-%zu", md_say_line(m, from), md_say_line(m, to - 1));
}

static const char *
how_many(const struct md_mend *m, const char *where, size_t n)
{
	if (n == 1)
		return md_printf(m->mem, "the %s line", where);
	return md_printf(m->mem, "the %s %zu lines", where, n);
}

static bool
contains(struct md_str s, const char *text)
{
	return memmem(s.p, s.len, text, strlen(text)) != NULL;
}

/* Whose footer, banner or notice this is by its words: "Google Groups"; "" when unknown. */
static const char *
footer_of(struct md_str block)
{
	static const struct {
		const char *words, *who;
	} known[] = {
		{ "googlegroups.com", "Google Groups" },
		{ "Google Groups", "Google Groups" },
		{ "/mailman/", "Mailman" },
		{ "/mailman3/", "Mailman" },
		{ "-leave@", "Mailman" },
		{ "Groups.io", "Groups.io" },
		{ "groups.io", "Groups.io" },
		{ "freelists.org", "FreeLists" },
		{ "/sympa/", "Sympa" },
		{ "LISTSERV", "LISTSERV" },
		{ "lists.riseup.net", "Riseup" },
		{ "www.avast.com", "Avast, a virus scanner" },
		{ "www.avg.com", "AVG, a virus scanner" },
		{ "Virus-free", "a virus scanner" },
		{ "MailScanner", "MailScanner" },
	};

	for (size_t i = 0; i < MD_COUNT(known); i++)
		if (contains(block, known[i].words))
			return known[i].who;
	return "";
}

/* Lines [from, to) at the start, the end or inside were added. */
void
md_say_added(struct md_mend *m, const struct md_body_lines *lines, size_t from, size_t to)
{
	const size_t filled = lines->filled;
	const char *named, *what, *who, *were, *like = "";

	while (from < to && md_body_lines_empty(lines, from))
		from++;
	while (to > from + 1 && md_body_lines_empty(lines, to - 1))
		to--;
	named = lines_named(m, from, to);
	who = footer_of(md_body_lines_range(lines, from, to));
	were = to - from == 1 ? "was" : "were";
	if (who[0] != '\0')
		like = md_printf(m->mem, ", the footer of %s", who);
	else if (to == filled)
		like = ", like the footer of a mailing list";
	if (from == 0 && to == filled)
		what = md_printf(m->mem, "the whole body (%s) was added after signing", named);
	else if (to == filled || from == 0)
		what = md_printf(m->mem, "%s of the body (%s) %s added after signing%s",
		                 how_many(m, to == filled ? "last" : "first", to - from), named,
		                 were, like);
	else
		what = md_printf(m->mem, "%s inside the body %s added after signing%s", named,
		                 were, like);
	md_say_change(m, what, md_say_line(m, from), "",
	              md_mend_part(m->mem, md_body_lines_range(lines, from, to)));
}

/* A list that wraps a message makes it the first part of a multipart of its own. */
static void
say_wrapped(struct md_mend *m, const struct md_body_lines *lines, size_t top, size_t end)
{
	md_say_change(
	        m,
	        md_printf(
	                m->mem,
	                "the message was wrapped in a multipart after signing, as mailing lists do: "
	                "%s and %s around it were added",
	                lines_named(m, 0, top), lines_named(m, end, lines->filled)),
	        md_say_line(m, 0), "",
	        md_mend_part(m->mem, md_body_lines_range(lines, 0, top)));
}

/* Does a line of MIME boundaries stand among these, the first that is not empty? */
static bool
at_boundary(const struct md_body_lines *lines, size_t from)
{
	while (from < lines->n && md_body_lines_empty(lines, from))
		from++;
	return from < lines->n &&
	       md_str_starts(md_body_lines_range(lines, from, lines->n), "--");
}

void
md_say_cut(struct md_mend *m, const struct md_body_lines *lines, size_t top, size_t end)
{
	const size_t filled = lines->filled;

	if (top > 0 && end < filled && at_boundary(lines, end)) {
		say_wrapped(m, lines, top, end);
		return;
	}
	if (top > 0)
		md_say_added(m, lines, 0, top);
	if (end < filled)
		md_say_added(m, lines, end, filled);
}

/* Lines [i, n) of both, that begin with the same lines and then differ: as the place shows. */
static void
say_place(struct md_mend *m, const char *what, const struct md_body_lines *was,
          const struct md_body_lines *now, size_t i)
{
	const struct md_str before = md_body_lines_range(was, i, was->n);
	const struct md_str after = md_body_lines_range(now, i, now->n);
	size_t at = 0;

	while (at < before.len && at < after.len && before.p[at] == after.p[at])
		at++;
	md_say_change(m, md_printf(m->mem, "%s line %zu", what, md_say_line(m, i)),
	              md_say_line(m, i), md_mend_around(m->mem, before, at),
	              md_mend_around(m->mem, after, at));
}

static bool
same_line(const struct md_body_lines *was, const struct md_body_lines *now, size_t i)
{
	const struct md_str a = md_body_lines_range(was, i, i + 1);
	const struct md_str b = md_body_lines_range(now, i, i + 1);

	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

/* The first line that differs between two bodies, and how many do where it can be told. */
void
md_say_form(struct md_mend *m, const char *what, const struct md_body_lines *was)
{
	const struct md_body_lines now =
	        md_body_lines_make(m->mem, m->signature->body_canon, m->message->body);
	size_t first = 0, n = 0;

	while (first < was->n && first < now.n && same_line(was, &now, first))
		first++;
	for (size_t i = first; was->n == now.n && i < now.n; i++)
		n += !same_line(was, &now, i);
	if (first < was->n && first < now.n && n < 2)
		say_place(m, md_printf(m->mem, "%s:", what), was, &now, first);
	else if (n > 1)
		say_place(m, md_printf(m->mem, "%s: %zu lines, the first is", what, n), was,
		          &now, first);
	else
		md_say_change(m, what, 0, "", "");
}
