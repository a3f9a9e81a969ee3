/*
 * Verifies and diagnoses saved messages: dkim_ours ZONE <NAMES
 *
 * ZONE is a zone file with the keys; NAMES are the messages' files, a line each.  Prints lines
 * of fields with tabs between: "message" and the name; for each signature "signature", result,
 * recovery, trials and what is sure; for each change "change", part, field, line, what, before,
 * after.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "base/file.h"
#include "maildiag.h"
#include "repair/repair.h"

static void
tell_change(const struct md_dkim_change *c)
{
	printf("change\t%s\t%s\t%zu\t%s\t%s\t%s\n", c->body ? "body" : "header", c->name,
	       c->line, c->what, c->before, c->after);
}

static const char *
recovery(const struct md_dkim_verdict *v)
{
	if (v->recovery == MD_RECOVERY_NOT_TRIED)
		return "not-tried";
	return v->recovery == MD_RECOVERY_RIGHT_KEY ? "right-key" : "wrong-key";
}

static void
tell(struct md_ctx *c)
{
	const struct md_dkim_diagnoses *all = md_dkim_diagnose(c);

	for (size_t i = 0; i < all->n && !md_waiting(c); i++) {
		const struct md_dkim_diagnosis *d = &all->all[i];

		printf("signature\t%s\t%s\t%u\t%s\n", md_dkim_result_name(d->verdict->result),
		       recovery(d->verdict), d->tried,
		       d->n > 0 || d->sure[0] != '\0' ? d->sure : d->verdict->reason);
		for (size_t k = 0; k < d->n; k++)
			tell_change(&d->changes[k]);
	}
}

static const struct md_check telling = { .name = "test", .title = "Test", .run = tell };
static const struct md_check *const checks[] = { &telling, NULL };

static void
give_up(const char *why)
{
	fprintf(stderr, "dkim_ours: %s\n", why);
	exit(2);
}

static void
examine(struct md_engine *engine, const char *path)
{
	struct md_arena *mem = md_arena_new();
	struct md_message_source source = { .name = path };
	const struct md_run_options options = { .message = &source };
	const char *cannot = "";
	char *why = NULL;
	struct md_str text;
	struct md_run *run;

	if (!md_file_read(mem, path, 1 << 24, &text, &cannot))
		give_up(cannot);
	source.octets = text.p;
	source.len = text.len;
	printf("message\t%s\n", path);
	run = md_run_new(engine, checks, &options, &why);
	if (run == NULL)
		give_up(why);
	while (!md_run_done(run))
		md_engine_step(engine, -1);
	md_run_free(run);
	md_arena_free(mem);
}

int
main(int argc, char **argv)
{
	struct md_engine_options options = { .offline = true };
	struct md_engine *engine;
	char *line = NULL, *why = NULL;
	size_t room = 0;

	if (argc != 2)
		give_up("give a zone file");
	options.zones = (const char *const[]){ argv[1], NULL };
	engine = md_engine_new(&options, &why);
	if (engine == NULL)
		give_up(why);
	while (getline(&line, &room, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		examine(engine, line);
	}
	free(line);
	md_engine_free(engine);
	return 0;
}
