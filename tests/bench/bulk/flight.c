/*
 * Memory of a domain in flight: so many runs at once, none freed before all are done.
 *
 *	flight RESOLVER COUNT <LIST
 *
 * Begins all of them whatever the engine's wishes (md_engine_busy).  Prints the peak of the
 * resident memory in KB and the number of questions.
 */
#include <err.h>
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

static struct md_run *
begin(struct md_engine *engine)
{
	char *line = NULL, *why = NULL;
	size_t room = 0;
	const ssize_t len = getline(&line, &room, stdin);
	struct md_run *run;

	if (len < 2)
		errx(1, "too short a list");
	line[len - 1] = '\0';
	run = md_run_new(
	        engine, without_third_parties(),
	        &(struct md_run_options){ .domain = line, .bulk = true, .timeout = 600 }, &why);
	if (run == NULL)
		errx(1, "%s: %s", line, why);
	free(line);
	return run;
}

int
main(int argc, char **argv)
{
	const char *resolvers[] = { argc > 1 ? argv[1] : NULL, NULL };
	const struct md_engine_options options = { .resolvers = resolvers, .witness = "" };
	const unsigned long n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	struct md_run **runs = calloc(n + 1, sizeof(struct md_run *));
	struct md_engine *engine;
	struct rusage usage;
	size_t questions = 0;
	char *why = NULL;

	if (n == 0 || runs == NULL)
		errx(1, "usage: flight RESOLVER COUNT <LIST");
	engine = md_engine_new(&options, &why);
	if (engine == NULL)
		errx(1, "%s", why);
	for (unsigned long i = 0; i < n; i++)
		runs[i] = begin(engine);
	for (unsigned long done = 0; done < n;) {
		md_engine_step(engine, -1);
		while (md_engine_next_done(engine) != NULL)
			done++;
	}
	getrusage(RUSAGE_SELF, &usage);
	for (unsigned long i = 0; i < n; i++) {
		size_t answered = 0, open = 0;

		md_run_progress(runs[i], &answered, &open);
		questions += answered;
		md_run_free(runs[i]);
	}
	md_engine_free(engine);
	free(runs);
	printf("%ld %zu\n", usage.ru_maxrss, questions);
	return 0;
}
