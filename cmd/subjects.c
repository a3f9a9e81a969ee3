/* The domains (or addresses) to examine: the operands, then the lines of standard input. */
#include "subjects.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/name.h"

void
md_subjects_read(struct md_subjects *s)
{
	const ssize_t got =
	        read(STDIN_FILENO, s->line + s->len, (size_t)MD_LONGEST_LINE - s->len);

	if (got > 0) {
		s->len += (size_t)got;
		return;
	}
	if (got < 0 && errno == EINTR)
		return;
	if (got < 0) {
		md_say("cannot read standard input: %s", strerror(errno));
		s->bad = true;
	}
	s->ended = true;
}

static void
complain(struct md_subjects *s, const char *why)
{
	md_say("standard input, line %lu: %s", s->number, why);
	s->bad = true;
}

/* A line that does not fit is told of once and dropped piece by piece. */
static void
drop_overlong(struct md_subjects *s)
{
	s->len = 0;
	if (s->overlong)
		return;
	s->overlong = true;
	s->number++;
	complain(s,
	         s->addresses ? "too long to be an address" : "too long to be a domain name");
}

/* Takes one line off what was read; false when there is none yet. */
static bool
take_line(struct md_subjects *s, struct md_arena *mem, struct md_str *line)
{
	const char *end = memchr(s->line, '\n', s->len);
	const size_t len = end != NULL ? (size_t)(end - s->line) : s->len;
	const size_t taken = end != NULL ? len + 1 : len;

	if (end == NULL && s->len == MD_LONGEST_LINE) {
		drop_overlong(s);
		return false;
	}
	if (end == NULL && !(s->ended && s->len > 0))
		return false;
	*line = (struct md_str){ md_strndup(mem, s->line, len), s->overlong ? 0 : len };
	if (!s->overlong)
		s->number++;
	s->overlong = false;
	s->len -= taken;
	memmove(s->line, s->line + taken, s->len);
	return true;
}

/* What a line names; NULL and *why when it is not what it should be. */
static const char *
named(const struct md_subjects *s, struct md_arena *mem, const char *word, const char **why)
{
	struct md_addr addr;

	if (!s->addresses)
		return md_name_from_user(mem, word, why);
	*why = md_printf(mem, "\"%s\" is no IP address", word);
	return md_addr_parse(md_str(word), &addr) ? word : NULL;
}

/* The subject on a line: what stands before a '#', without blanks; NULL when there is none. */
static const char *
subject_on(struct md_subjects *s, struct md_arena *mem, struct md_str line)
{
	const char *why, *subject;

	line.len = md_str_find(line, '#');
	line = md_str_trim(line, " \t\r");
	if (line.len == 0)
		return NULL;
	if (md_str_find(line, '\0') < line.len) {
		complain(s, "no text: it has a NUL in it");
		return NULL;
	}
	subject = named(s, mem, md_strndup(mem, line.p, line.len), &why);
	if (subject == NULL)
		complain(s, why);
	return subject;
}

enum md_next
md_subjects_next(struct md_subjects *s, struct md_arena *mem, const char **subject)
{
	struct md_str line;

	if (s->operands != NULL && *s->operands != NULL) {
		*subject = *s->operands++;
		return MD_NEXT_DOMAIN;
	}
	if (!s->from_stdin)
		return MD_NEXT_END;
	while (take_line(s, mem, &line)) {
		*subject = subject_on(s, mem, line);
		if (*subject != NULL)
			return MD_NEXT_DOMAIN;
	}
	return s->ended ? MD_NEXT_END : MD_NEXT_LATER;
}
