/* The domains (or addresses) to examine: the operands, then the lines of standard input. */
#include "subjects.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/name.h"
#include "base/str.h"
#include "say.h"

enum { MOST_TOLD = 20 }; /* of lines that are no good */

void
cli_subjects_read(struct cli_subjects *s)
{
	ssize_t got;

	memmove(s->octets, s->octets + s->at, s->end - s->at);
	s->end -= s->at;
	s->at = 0;
	got = read(STDIN_FILENO, s->octets + s->end, sizeof(s->octets) - s->end);
	if (got > 0) {
		s->end += (size_t)got;
		return;
	}
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got < 0) {
		cli_say("cannot read standard input: %s", strerror(errno));
		s->bad = true;
	}
	s->ended = true;
}

static void
complain(struct cli_subjects *s, const char *why)
{
	s->bad = true;
	if (s->bad_lines++ < MOST_TOLD)
		cli_say("standard input, line %lu: %s", s->number, why);
}

void
cli_subjects_tell_rest(const struct cli_subjects *s)
{
	if (s->bad_lines > MOST_TOLD)
		cli_say("standard input: %zu more lines name no %s", s->bad_lines - MOST_TOLD,
		        s->addresses ? "IP address" : "domain");
}

/* Complains of a line that is too long, once; its pieces are dropped as they come. */
static void
drop_overlong(struct cli_subjects *s)
{
	if (s->overlong)
		return;
	s->overlong = true;
	s->number++;
	complain(s,
	         s->addresses ? "too long to be an address" : "too long to be a domain name");
}

/* Takes one line, a view, off what was read; false when there is none yet. */
static bool
take_line(struct cli_subjects *s, struct md_str *line)
{
	const struct md_str rest = { s->octets + s->at, s->end - s->at };
	const char *end = memchr(rest.p, '\n', rest.len);
	const size_t len = end != NULL ? (size_t)(end - rest.p) : rest.len;
	const bool whole = end != NULL || (s->ended && len > 0);

	if (len > CLI_LONGEST_LINE)
		drop_overlong(s);
	if (!whole && !s->overlong)
		return false;
	*line = (struct md_str){ rest.p, s->overlong ? 0 : len };
	s->at += end != NULL ? len + 1 : len;
	s->taken += end != NULL ? len + 1 : len;
	if (whole && !s->overlong)
		s->number++;
	if (whole)
		s->overlong = false;
	return whole;
}

/* The domain or address that a line names; NULL and *why when it names none. */
static const char *
named(const struct cli_subjects *s, struct md_arena *mem, const char *word, const char **why)
{
	struct md_addr addr;

	if (!s->addresses)
		return md_name_from_user(mem, word, why);
	*why = md_printf(mem, "\"%s\" is no IP address", word);
	return md_addr_parse(md_str(word), &addr) ? word : NULL;
}

/* The subject on a line: what stands before a '#', without blanks; NULL when there is none. */
static const char *
subject_on(struct cli_subjects *s, struct md_arena *mem, struct md_str line)
{
	static const char byte_order_mark[] = "\xEF\xBB\xBF";
	const char *why, *subject;

	if (s->number == 1 && md_str_starts(line, byte_order_mark))
		line = md_str_skip(line, strlen(byte_order_mark));
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

enum cli_next
cli_subjects_next(struct cli_subjects *s, struct md_arena *mem, const char **subject)
{
	struct md_str line;

	if (s->operands != NULL && *s->operands != NULL) {
		*subject = *s->operands++;
		return CLI_NEXT_SUBJECT;
	}
	if (!s->from_stdin)
		return CLI_NEXT_END;
	while (take_line(s, &line)) {
		*subject = subject_on(s, mem, line);
		if (*subject != NULL)
			return CLI_NEXT_SUBJECT;
	}
	return s->ended ? CLI_NEXT_END : CLI_NEXT_LATER;
}
