/*
 * Evaluations a second of lib/spf: bench_spf_ours parsed|unparsed ZONE DOMAIN COUNT
 *
 * Evaluates 192.0.2.1 for user@DOMAIN with the facts of a zone file in memory, "unparsed" with
 * the records to be parsed anew each time, as libspf2 and pyspf do.  Prints the rate by CPU.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run/run.h"
#include "spf/check_host.h"

static struct {
	struct md_spf_query query;
	bool parsed;
	unsigned long count;
} wanted;

/* With memory of its own, which goes with it. */
static void
evaluate_once(const struct md_ctx *outer)
{
	struct md_ctx c = *outer;
	struct md_asking *run = c.asking;
	struct md_arena *const mem = run->mem;
	struct md_derived *const derived = run->derived;

	c.mem = md_arena_new();
	if (!wanted.parsed) {
		run->mem = c.mem;
		run->derived = NULL;
	}
	if (md_spf_check_host(&c, &wanted.query)->result != MD_SPF_RESULT_PASS)
		errx(1, "no pass");
	run->mem = mem;
	run->derived = derived;
	md_arena_free(c.mem);
}

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
evaluate(struct md_ctx *c)
{
	double start;

	md_spf_check_host(c, &wanted.query);
	if (md_waiting(c))
		return;
	start = cpu_seconds();
	for (unsigned long i = 0; i < wanted.count; i++)
		evaluate_once(c);
	printf("%.0f\n", (double)wanted.count / (cpu_seconds() - start));
}

static const struct md_check spf_check = { .name = "spf", .title = "SPF", .run = evaluate };
static const struct md_check *const checks[] = { &spf_check, NULL };

int
main(int argc, char **argv)
{
	const struct md_run_options ro = { .domain = "test", .timeout = 600, .bulk = true };
	struct md_engine_options eo = { .offline = true };
	struct md_engine *engine;
	struct md_run *run;
	struct md_arena *mem = md_arena_new();
	char *why = NULL;

	if (argc != 5)
		errx(2, "bench_spf_ours parsed|unparsed ZONE DOMAIN COUNT");
	wanted.query = (struct md_spf_query){
		.mail_from = md_reverse_path_read(mem, md_printf(mem, "user@%s", argv[3])),
		.helo = "mail.test",
	};
	md_addr_parse(md_str("192.0.2.1"), &wanted.query.ip);
	wanted.parsed = strcmp(argv[1], "parsed") == 0;
	wanted.count = strtoul(argv[4], NULL, 10);
	eo.zones = (const char *const[]){ argv[2], NULL };
	engine = md_engine_new(&eo, &why);
	if (engine == NULL)
		errx(1, "%s", why);
	run = md_run_new(engine, checks, &ro, &why);
	if (run == NULL)
		errx(1, "%s", why);
	while (!md_run_done(run))
		md_engine_step(engine, -1);
	md_run_free(run);
	md_engine_free(engine);
	md_arena_free(mem);
	return 0;
}
