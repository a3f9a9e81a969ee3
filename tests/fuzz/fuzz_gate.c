/* The gate as a whole: settings, base and proposal of any octets, judged without the network.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "gate/differs.h"
#include "gate/gone.h"
#include "gate/judge_changes.h"
#include "gate/look.h"
#include "gate/render.h"
#include "gate/touched.h"
#include "maildiag.h"
#include "proposal/read.h"
#include "rendered.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of many domains the first, for the fuzzer's sake. */
enum { MOST_DOMAINS = 3 };

/* The three parts of an input, with a line "%%" between them. */
static struct md_str
part(struct md_str *rest)
{
	static const char between[] = "\n%%\n";
	const size_t n = sizeof(between) - 1;
	struct md_str piece = *rest;

	for (size_t i = 0; i + n <= rest->len; i++)
		if (memcmp(rest->p + i, between, n) == 0) {
			piece.len = i;
			*rest = md_str_skip(*rest, i + n);
			return piece;
		}
	*rest = md_str_skip(*rest, rest->len);
	return piece;
}

static const struct md_proposal *
read_zone(struct md_arena *mem, const char *path, struct md_str text)
{
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why;

	if (!md_proposal_add_text(
	            b, &(struct md_proposal_text){ path, text, MD_ZONE_DETECT, "example.com" },
	            &why))
		return NULL;
	return md_proposal_done(b);
}

static struct md_run *
start(struct md_engine *e, struct md_run_options *options, bool proposed)
{
	char *why = NULL;
	struct md_run *run;

	options->proposed = proposed;
	run = md_run_new(e, md_checks_gate(), options, &why);
	free(why);
	while (run != NULL && !md_run_done(run))
		md_engine_step(e, 0);
	return run;
}

static void
judge(struct md_engine *e, struct md_gate_sides sides, const struct md_found *found,
      const char *domain, struct md_notices *rows)
{
	const struct md_found_keys keys = md_found_keys_of(found, domain);
	const struct md_gate_watch watch = { .nselectors = keys.n,
		                             .selectors = keys.selectors,
		                             .nsenders = sides.config->nsenders,
		                             .senders = sides.config->senders,
		                             .apex = md_found_apex(sides.proposal, domain) };
	struct md_run_options options = { .domain = domain, .watch = &watch, .bulk = true };
	struct md_run *before = start(e, &options, false), *after = start(e, &options, true);

	if (before != NULL && after != NULL) {
		sides.base = md_run_report(before);
		sides.proposed = md_run_report(after);
		sides.facts_before = md_gate_facts_of(rows->mem, sides.base);
		md_gate_compare(&sides, rows);
		md_gate_changes(&sides, &watch, rows);
		md_gate_senders(&sides, rows);
		md_gate_verdicts(&sides, rows);
	}
	md_run_free(before);
	md_run_free(after);
}

static void
is_sound(const struct md_notices *rows)
{
	const struct md_style style = { .columns = 80 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert(out != NULL);
	md_gate_text(rows, &style, out);
	md_gate_json(rows, true, out);
	fclose(out);
	must_be_plain(text, len);
	assert((strncmp(text, "STOP", 4) == 0) == md_gate_stops(rows));
	assert((strncmp(text, "unknown", 7) == 0) ==
	       (!md_gate_stops(rows) && md_gate_is_unknown(rows)));
	free(text);
}

static void
judge_all(struct md_arena *mem, const struct md_gate_config *config,
          const struct md_proposal *before, const struct md_proposal *after)
{
	struct md_engine_options options = { .offline = true,
		                             .given = before,
		                             .proposal = after };
	struct md_gate_sides sides = { .mem = mem,
		                       .proposal = after,
		                       .config = config,
		                       .fail_on = "fail",
		                       .all = true,
		                       .passes = true };
	struct md_notices *rows = md_notices_new(mem);
	struct md_index changed = { .mem = mem };
	struct md_found found;
	char *why = NULL;
	struct md_engine *e = md_engine_new(&options, &why);

	assert(e != NULL);
	md_found_init(&found, mem);
	md_found_in(&found, after);
	md_found_before(&found, before, after);
	md_gate_changed(mem, before, after, &changed);
	for (size_t i = 0; i < found.ndomains && i < MOST_DOMAINS; i++)
		judge(e, sides, &found, found.domains[i], rows);
	md_gate_gone(&sides, before, rows);
	md_gate_conclude(rows);
	is_sound(rows);
	md_engine_free(e);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_str rest = { (const char *)data, size };
	const struct md_str settings = part(&rest), base = part(&rest);
	const struct md_gate_known known = { NULL, { "", 0 } };
	const char *why;
	const struct md_gate_config *config =
	        md_gate_config_parse(mem, "settings.yaml", settings, &known, &why);
	const struct md_proposal *before = read_zone(mem, "base.zone", base);
	const struct md_proposal *after = read_zone(mem, "new.zone", rest);

	if (config != NULL && before != NULL && after != NULL)
		judge_all(mem, config, before, after);
	md_arena_free(mem);
	return 0;
}
