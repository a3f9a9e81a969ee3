/* Any text as a facts file: each line that is read is written, read and written the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/place.h"
#include "fact/replay.h"
#include "kind/kinds.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
written(struct md_arena *mem, const struct md_fact *fact)
{
	char *text = NULL;
	const char *kept;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert(out != NULL);
	md_replay_write(out, fact);
	fclose(out);
	kept = md_strdup(mem, text);
	free(text);
	return kept;
}

/* The fact of a line, packed; NULL for what is none, or malformed. */
static struct md_fact *
read_line(struct md_arena *mem, struct md_str text)
{
	static const struct md_place here = { "x", 1, NULL };
	struct md_read in = { .mem = mem };
	struct md_members line;
	const char *word = "";
	struct md_fact *fact = NULL;

	if (md_read_line(&in, text, &line))
		word = md_read_text(&in, &line, "fact", "");
	for (size_t i = 0; md_kinds[i] != NULL; i++)
		if (strcmp(md_kinds[i]->name, word) == 0)
			fact = md_kinds[i]->read(&in, &line, &here);
	if (fact == NULL || in.why != NULL)
		return NULL;
	assert(fact->state != MD_WANTED);
	return fact->kind->pack(fact);
}

static void
must_come_back(struct md_arena *mem, struct md_str line)
{
	struct md_fact *fact = read_line(mem, line), *again;
	const char *text;

	if (fact == NULL)
		return;
	text = written(mem, fact);
	again = read_line(mem, md_str(text));
	assert(again != NULL && again->kind == fact->kind);
	assert(strcmp(written(mem, again), text) == 0);
	assert(fact->kind->equal(fact, again));
	assert(fact->kind->alike(fact, again));
	assert(fact->kind->same(fact->kind->question(fact), fact->kind->question(again)));
	md_fact_unpin(fact);
	md_fact_unpin(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_str text = { (const char *)data, size }, line;
	struct md_arena *mem = md_arena_new();
	const char *why = NULL;
	struct md_replay *r = md_replay_read(mem, "x.facts", text, md_kinds, &why);

	if (r == NULL)
		assert(strncmp(why, "x.facts:", 8) == 0);
	md_replay_free(r);
	while (md_str_cut(&text, '\n', &line))
		must_come_back(mem, line);
	md_arena_free(mem);
	return 0;
}
