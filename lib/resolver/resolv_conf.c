/* /etc/resolv.conf, as far as it concerns whom to ask and for how long. */
#include "resolver/resolv_conf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* Past these resolv.conf(5) lets nothing count. */
enum { MOST_SECONDS = 30, MOST_ATTEMPTS = 5, MOST_LINES = 1000 };

static bool
next_word(struct md_str *line, struct md_str *word)
{
	const char *const blanks = " \t\r\n";

	*line = md_str_trim(*line, blanks);
	*word = (struct md_str){ line->p, 0 };
	while (word->len < line->len && strchr(blanks, line->p[word->len]) == NULL)
		word->len++;
	*line = md_str_skip(*line, word->len);
	return word->len > 0;
}

static void
read_option(struct md_str option, const char *name, unsigned most, unsigned *value)
{
	unsigned long n;

	if (!md_str_starts(option, name) ||
	    !md_str_number(md_str_skip(option, strlen(name)), 1000000, &n))
		return;
	*value = n < most ? (unsigned)n : most;
}

static void
read_line(struct md_arena *mem, struct md_str line, struct md_resolv_conf *conf)
{
	struct md_str keyword, word;

	if (!next_word(&line, &keyword))
		return;
	if (md_str_eq(keyword, "nameserver") && next_word(&line, &word))
		MD_PUSH(mem, conf->servers, conf->n, md_strndup(mem, word.p, word.len));
	if (!md_str_eq(keyword, "options"))
		return;
	while (next_word(&line, &word)) {
		read_option(word, "timeout:", MOST_SECONDS, &conf->timeout);
		read_option(word, "attempts:", MOST_ATTEMPTS, &conf->attempts);
	}
}

bool
md_resolv_conf_read(struct md_arena *mem, const char *path, struct md_resolv_conf *conf,
                    const char **why)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	*conf = (struct md_resolv_conf){ 0 };
	if (f == NULL) {
		*why = md_printf(mem,
		                 "no resolver: cannot read %s (%s); name one with --resolver",
		                 path, strerror(errno));
		return false;
	}
	for (unsigned n = 0; n < MOST_LINES && (len = getline(&line, &room, f)) >= 0; n++)
		read_line(mem, (struct md_str){ line, (size_t)len }, conf);
	free(line);
	fclose(f);
	if (conf->n == 0)
		*why = md_printf(mem,
		                 "no resolver: %s has no nameserver; name one with --resolver",
		                 path);
	return conf->n > 0;
}
