/*
 * Memory of a domain in flight: a list with so many runs at once, each freed when it is done.
 *
 *	flight RESOLVER AT_ONCE <LIST
 *
 * Keeps so many whatever the engine's wishes (md_engine_busy).  Prints the peak of the
 * resident memory in KB.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "maildiag.h"

static const struct md_check *const *
without_third_parties(void)
{
	static const struct md_check *checks[64];
	size_t n = 0;

	for (const struct md_check *const *c = md_checks(); *c != NULL && n < 63; c++)
		if (strcmp(md_check_name(*c), "dnsbl") != 0)
			checks[n++] = *c;
	return checks;
}

/* False at the end of the list. */
static bool
begin(struct md_engine *engine)
{
	char *line = NULL, *why = NULL;
	size_t room = 0;
	const ssize_t len = getline(&line, &room, stdin);

	if (len < 2) {
		free(line);
		return false;
	}
	line[len - 1] = '\0';
	if (md_run_new(engine, without_third_parties(),
	               &(struct md_run_options){ .domain = line, .bulk = true, .timeout = 600 },
	               &why) == NULL)
		errx(1, "%s: %s", line, why);
	free(line);
	return true;
}

int
main(int argc, char **argv)
{
	const char *resolvers[] = { argc > 1 ? argv[1] : NULL, NULL };
	const struct md_engine_options options = { .resolvers = resolvers, .witness = "" };
	const unsigned long n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	unsigned long running = 0;
	bool more = true;
	struct md_engine *engine;
	struct rusage usage;
	char *why = NULL;

	if (n == 0)
		errx(1, "usage: flight RESOLVER AT_ONCE <LIST");
	engine = md_engine_new(&options, &why);
	if (engine == NULL)
		errx(1, "%s", why);
	while (more || running > 0) {
		struct md_run *run;

		while (more && running < n)
			running += more = begin(engine);
		if (running > 0)
			md_engine_step(engine, -1);
		for (; (run = md_engine_next_done(engine)) != NULL; running--)
			md_run_free(run);
	}
	getrusage(RUSAGE_SELF, &usage);
	md_engine_free(engine);
	printf("%ld\n", usage.ru_maxrss);
	return 0;
}
