/* Runs every check over many domains at once on one thread: all FACTS FORMAT DOMAIN... */
#include <maildiag.h>
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	const struct md_style style = { .columns = 96 };
	struct md_engine *engine;
	struct md_run *run;
	char *why;
	int open = 0;

	if (argc < 4) {
		fprintf(stderr, "usage: all FACTS FORMAT DOMAIN...\n");
		return 2;
	}
	engine = md_engine_new(
	        &(struct md_engine_options){ .replay = argv[1], .offline = true }, &why);
	if (engine == NULL) {
		fprintf(stderr, "%s\n", why);
		return 3;
	}
	for (int i = 3; i < argc; i++) {
		if (md_run_new(engine, md_checks(),
		               &(struct md_run_options){ .domain = argv[i] }, &why) != NULL) {
			open++;
		} else {
			fprintf(stderr, "%s\n", why);
			free(why);
		}
	}
	while (open > 0) {
		md_engine_step(engine, -1);
		while ((run = md_engine_next_done(engine)) != NULL) {
			if (!md_render(argv[2], md_run_report(run), &style, stdout))
				fprintf(stderr, "no such format: %s\n", argv[2]);
			md_run_free(run);
			open--;
		}
	}
	md_engine_free(engine);
	return 0;
}
