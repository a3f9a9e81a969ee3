/* Runs the spf check alone and prints the verdict, and what to publish: spf FACTS DOMAIN */
#include <maildiag.h>
#include <stdio.h>
#include <stdlib.h>

static void
print(const struct md_report *report)
{
	bool complete;
	const char *verdict = md_report_verdict(report, &complete);

	printf("%s%s\n", verdict, complete ? "" : ", not all could be known");
	for (const struct md_finding *f = md_report_next(report, NULL); f != NULL;
	     f = md_report_next(report, f)) {
		printf("%s %s\n", md_finding_severity(f), md_finding_rule(f));
		if (*md_finding_record(f) != '\0')
			printf("publish: %s\n", md_finding_record(f));
	}
}

int
main(int argc, char **argv)
{
	const struct md_check *checks[] = { md_check_find("spf"), NULL };
	struct md_engine *engine;
	struct md_run *run;
	char *why;

	if (argc != 3) {
		fprintf(stderr, "usage: spf FACTS DOMAIN\n");
		return 2;
	}
	engine = md_engine_new(
	        &(struct md_engine_options){ .replay = argv[1], .offline = true }, &why);
	if (engine == NULL) {
		fprintf(stderr, "%s\n", why);
		return 3;
	}
	run = md_run_new(engine, checks, &(struct md_run_options){ .domain = argv[2] }, &why);
	if (run == NULL) {
		fprintf(stderr, "%s\n", why);
		return 2;
	}
	while (!md_run_done(run))
		md_engine_step(engine, -1);
	md_run_plan(run); /* proves what to publish */
	print(md_run_report(run));
	md_run_free(run);
	md_engine_free(engine);
	return 0;
}
