/* Any text as a facts file: each line that is read is written, read and written the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/line.h"
#include "fact/replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
written(struct md_arena *mem, struct md_dns *d)
{
	char *text = NULL;
	const char *kept;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert(out != NULL);
	if (d->origin == NULL)
		d->origin = "x";
	md_replay_write(out, d);
	fclose(out);
	kept = md_strdup(mem, text);
	free(text);
	return kept;
}

static void
opinion_must_come_back(struct md_arena *mem, const struct md_opinion *o)
{
	struct md_factline again;
	const char *why = NULL;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert(out != NULL);
	assert(o->fact.state == MD_PRESENT || o->fact.state == MD_UNKNOWN);
	md_replay_write_opinion(out, o);
	fclose(out);
	assert(md_factline_read(mem, md_str(text), &again, &why));
	assert(md_opinion_same(&again.opinion, o));
	free(text);
}

static void
must_come_back(struct md_arena *mem, struct md_str line)
{
	struct md_factline read, again;
	const char *why = NULL, *text;

	if (!md_factline_read(mem, line, &read, &why)) {
		assert(why != NULL);
		return;
	}
	if (read.kind == MD_LINE_OPINION)
		opinion_must_come_back(mem, &read.opinion);
	if (read.kind != MD_LINE_DNS)
		return;
	assert(read.dns.fact.state != MD_WANTED);
	text = written(mem, &read.dns);
	assert(md_factline_read(mem, md_str(text), &again, &why));
	assert(strcmp(written(mem, &again.dns), text) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_str text = { (const char *)data, size }, line;
	struct md_arena *mem = md_arena_new();
	const char *why = NULL;
	struct md_replay *r = md_replay_read(mem, "x.facts", text, &why);

	if (r == NULL)
		assert(strncmp(why, "x.facts:", 8) == 0);
	md_replay_free(r);
	while (md_str_cut(&text, '\n', &line))
		must_come_back(mem, line);
	md_arena_free(mem);
	return 0;
}
