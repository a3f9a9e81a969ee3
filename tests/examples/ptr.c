/* Runs the ptr check alone and prints what it found: ptr FACTS DOMAIN ADDRESS */
#include <maildiag.h>
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	const struct md_check *checks[] = { md_check_find("ptr"), NULL };
	const char *addresses[] = { argc == 4 ? argv[3] : NULL, NULL };
	struct md_engine *engine;
	struct md_run *run;
	char *why;

	if (argc != 4) {
		fprintf(stderr, "usage: ptr FACTS DOMAIN ADDRESS\n");
		return 2;
	}
	engine = md_engine_new(
	        &(struct md_engine_options){ .replay = argv[1], .offline = true }, &why);
	if (engine == NULL) {
		fprintf(stderr, "%s\n", why);
		return 3;
	}
	run = md_run_new(engine, checks,
	                 &(struct md_run_options){ .domain = argv[2], .ips = addresses }, &why);
	if (run == NULL) {
		fprintf(stderr, "%s\n", why);
		return 2;
	}
	while (!md_run_done(run))
		md_engine_step(engine, -1);

	for (const struct md_finding *f = md_report_next(md_run_report(run), NULL); f != NULL;
	     f = md_report_next(md_run_report(run), f))
		printf("%s %s: %s\n", md_finding_rule(f), md_finding_subject(f),
		       md_finding_evidence(f));
	md_run_free(run);
	md_engine_free(engine);
	return 0;
}
