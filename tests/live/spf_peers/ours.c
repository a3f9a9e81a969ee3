/*
 * check_host() of lib/spf for a list of senders: spf_ours ZONE FACTS <QUERIES
 *
 * ZONE is a zone file for all names there are, FACTS has what fails to answer.  A query is a
 * line of address, MAIL FROM and HELO with tabs between; its answer is one of result,
 * explanation, what decided, and the counts of terms, voids, and void queries.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "maildiag.h"
#include "spf/check_host.h"

/* What is asked by the run under way. */
static struct {
	const char *mail_from;
	struct md_spf_query query;
} asked;

static void
evaluate(struct md_ctx *c)
{
	struct md_spf_query query = asked.query;
	const struct md_spf_verdict *v;

	query.mail_from = md_reverse_path_read(md_mem(c), asked.mail_from);
	v = md_spf_check_host(c, &query);
	if (!md_waiting(c))
		printf("%s\t%s\t%s\t%u\t%u\t%u\n", md_spf_result_name(v->result),
		       v->explanation, v->why, v->terms, v->voids, v->void_queries);
}

static const struct md_check spf_check = { .name = "spf", .title = "SPF", .run = evaluate };
static const struct md_check *const checks[] = { &spf_check, NULL };

static void
give_up(const char *why)
{
	fprintf(stderr, "spf_ours: %s\n", why);
	exit(2);
}

static void
answer(struct md_engine *engine)
{
	const struct md_run_options options = { .domain = "test", .now = 1000000000 };
	char *why = NULL;
	struct md_run *run;

	run = md_run_new(engine, checks, &options, &why);
	if (run == NULL)
		give_up(why);
	while (!md_run_done(run))
		md_engine_step(engine, -1);
	md_run_free(run);
}

/* Cuts the line at its tabs. */
static bool
read_query(char *line)
{
	char *rest = line, *ip = strsep(&rest, "\t\n");

	asked.query = (struct md_spf_query){ 0 };
	asked.mail_from = strsep(&rest, "\t\n");
	asked.query.helo = strsep(&rest, "\t\n");
	return asked.query.helo != NULL && md_addr_parse(md_str(ip), &asked.query.ip);
}

int
main(int argc, char **argv)
{
	struct md_engine_options options = { .offline = true };
	struct md_engine *engine;
	char *line = NULL, *why = NULL;
	size_t room = 0;

	if (argc != 3)
		give_up("give a zone file and a facts file");
	options.zones = (const char *const[]){ argv[1], NULL };
	options.replay = argv[2];
	engine = md_engine_new(&options, &why);
	if (engine == NULL)
		give_up(why);
	while (getline(&line, &room, stdin) > 0) {
		if (!read_query(line))
			give_up("a query is: address, MAIL FROM, HELO");
		answer(engine);
	}
	free(line);
	md_engine_free(engine);
	return 0;
}
