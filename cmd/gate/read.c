/* Reads configuration, proposal and base of the gate, and finds the domains they concern. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../kit/opt.h"
#include "../kit/say.h"
#include "ask/datafile.h"
#include "base/confine.h"
#include "base/file.h"
#include "base/name.h"
#include "gate.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "gate/zone_rules.h"

/* Settings that are found, not named, may come with what is proposed: no link leads out. */
static bool
is_own(struct md_arena *mem, const char *path)
{
	const char *root = md_confine_root(mem, path), *real, *why;

	return root != NULL && md_confine(mem, root, path, &real, &why) == MD_CONFINED;
}

static bool
read_config(struct cli_gate *gate)
{
	struct md_arena *mem = gate->mem;
	const char *path = gate->set->config, *why = "";
	struct md_gate_known known = { .rules = cli_rule_ids(mem) };
	const struct md_datafiles *files =
	        md_datafiles_open(mem, gate->set->wishes.sources.data, &why);

	gate->config = md_gate_config_none();
	if (files == NULL) {
		cli_say("%s", why);
		return false;
	}
	known.providers = md_datafiles_find(files, "providers");
	if (path == NULL) {
		path = md_gate_config_find(mem, NULL);
		if (path != NULL && !is_own(mem, path)) {
			cli_say("%s: it leads out of its folder and the repository", path);
			return false;
		}
	}
	if (path == NULL)
		return true;
	gate->config = md_gate_config_read(mem, path, &known, &why);
	if (gate->config == NULL)
		cli_say("%s", why);
	return gate->config != NULL;
}

/* What a file holds, or nothing when it cannot be read. */
static struct md_str
octets_of(struct md_arena *mem, const char *path)
{
	struct md_str text = { "", 0 };
	const char *why;

	if (!md_file_read(mem, path, MD_GATE_CONFIG_MOST, &text, &why))
		return (struct md_str){ "", 0 };
	return text;
}

void
cli_gate_add_other_settings(struct cli_gate *gate)
{
	const char *path = md_gate_config_find(gate->mem, NULL), *named = gate->set->config;
	const struct md_gate_sides sides = cli_gate_sides_of(gate);
	struct md_notice row;
	struct md_str here, used;

	if (named == NULL || path == NULL)
		return;
	here = octets_of(gate->mem, path);
	used = octets_of(gate->mem, named);
	if (here.len == used.len && (here.len == 0 || memcmp(here.p, used.p, here.len) == 0))
		return;
	row = md_gate_row(md_zone_rule(MD_ZONE_JUDGE_CHANGED), path);
	row.evidence =
	        md_printf(gate->mem, "it says otherwise than %s, by which it is judged", named);
	row.file = path;
	md_gate_add(&sides, gate->rows, row);
}

/* ---- the proposal ---- */

/* "FILE:LINE: what is wrong" taken apart. */
static void
take_place(struct md_arena *mem, const char *why, struct md_notice *row)
{
	for (const char *at = strchr(why, ':'); at != NULL; at = strchr(at + 1, ':')) {
		const size_t digits = strspn(at + 1, "0123456789");
		unsigned long line;

		if (digits == 0 || at[1 + digits] != ':' ||
		    !md_str_number((struct md_str){ at + 1, digits }, UINT32_MAX, &line))
			continue;
		row->file = md_strndup(mem, why, (size_t)(at - why));
		row->line = (unsigned)line;
		row->evidence = at + digits + 2 + strspn(at + digits + 2, " ");
		return;
	}
}

static void
cannot_be_read(struct cli_gate *gate, const char *path, const char *why)
{
	const bool too_long = strstr(why, "longer than 255 octets") != NULL;
	const struct md_gate_sides sides = cli_gate_sides_of(gate);
	struct md_notice row = md_gate_row(
	        md_zone_rule(too_long ? MD_ZONE_TXT_TOO_LONG : MD_ZONE_PARSE_ERROR), path);

	/* The row has the path already: do not repeat it in the evidence. */
	row.evidence = md_str_starts(md_str(why), md_printf(gate->mem, "%s: ", path))
	                       ? why + strlen(path) + 2
	                       : why;
	row.file = path;
	take_place(gate->mem, why, &row);
	md_gate_add(&sides, gate->rows, row);
}

static enum md_zone_format
format_of(const char *word)
{
	size_t i = MD_ZONE_DETECT;

	for (; word != NULL && md_zone_format_names[i] != NULL; i++)
		if (strcmp(md_zone_format_names[i], word) == 0)
			return (enum md_zone_format)i;
	return MD_ZONE_DETECT;
}

/* Did a fault with a rule of its own stop the reading?  Then a row tells of it already. */
static bool
is_fault(const struct md_proposal *p)
{
	for (size_t i = 0; i < p->nfaults; i++)
		if (strcmp(p->faults[i].rule, md_zone_rule(MD_ZONE_INCLUDE_OUTSIDE)->id) == 0)
			return true;
	return false;
}

static bool
good_root(const struct cli_gate *gate)
{
	const char *root = gate->set->root,
	           *why = root != NULL ? cli_gate_missing(root, true) : NULL;

	if (why != NULL)
		cli_say("--root %s: %s", root, why);
	return why == NULL;
}

static enum cli_exit
read_files(struct cli_gate *gate, struct md_proposal_builder *b)
{
	const struct cli_gate_settings *set = gate->set;
	enum cli_exit status = CLI_EXIT_CLEAN;
	const char *why;

	for (size_t i = 0; i < set->zone.n; i++) {
		const struct cli_gate_file file = cli_gate_file(gate, set->zone.p[i]);

		why = cli_gate_missing(file.path, false);
		if (why != NULL) {
			cli_say("%s: %s", file.path, why);
			status = CLI_EXIT_TROUBLE;
			continue;
		}
		if (md_proposal_add_file(b, file.path, format_of(set->zone_format), file.origin,
		                         &why))
			continue;
		if (!is_fault(md_proposal_done(b)))
			cannot_be_read(gate, file.path, why);
		status = CLI_EXIT_TROUBLE;
	}
	return status;
}

static bool
read_trials(struct cli_gate *gate, struct md_proposal_builder *b)
{
	const struct cli_gate_settings *set = gate->set;
	const char *why = "";

	for (size_t i = 0; i < set->set.n; i++) {
		if (!md_proposal_set(b, set->set.p[i], &why)) {
			cli_say("%s", why);
			return false;
		}
	}
	for (size_t i = 0; i < set->unset.n; i++) {
		if (!md_proposal_unset(b, set->unset.p[i], &why)) {
			cli_say("%s", why);
			return false;
		}
	}
	return true;
}

/* ---- the base ---- */

/* Every line of a facts file is an object with the key "fact" (docs/FORMATS.md). */
static bool
is_facts(const char *path)
{
	enum { LOOKED_AT = 64 };
	char octets[LOOKED_AT + 1] = "";
	FILE *in = fopen(path, "re");
	struct md_str text;

	if (in == NULL)
		return false;
	text = md_str_trim((struct md_str){ octets, fread(octets, 1, LOOKED_AT, in) },
	                   " \t\r\n");
	fclose(in);
	text.len = md_str_find(text, '\n');
	for (size_t i = 1; md_str_starts(text, "{") && i < text.len; i++)
		if (md_str_starts(md_str_skip(text, i), "\"fact\""))
			return true;
	return false;
}

static bool
read_bases(struct cli_gate *gate)
{
	const struct cli_strings *bases = &gate->set->base;
	struct md_proposal_builder *b = md_proposal_new(gate->mem);
	const char *why = "";
	size_t files = 0;

	for (size_t i = 0; i < bases->n; i++) {
		const struct cli_gate_file file = cli_gate_file(gate, bases->p[i]);

		if (is_facts(file.path) && gate->base_facts != NULL) {
			cli_say("--base %s: facts of one run at most, and %s has some",
			        file.path, gate->base_facts);
			return false;
		}
		if (is_facts(file.path)) {
			gate->base_facts = file.path;
		} else if (md_proposal_add_file(b, file.path, MD_ZONE_DETECT, file.origin,
		                                &why)) {
			files++;
		} else {
			cli_say("%s", why);
			return false;
		}
	}
	if (files > 0)
		gate->before = md_proposal_done(b);
	return true;
}

enum cli_exit
cli_gate_read(struct cli_gate *gate)
{
	struct md_proposal_builder *b = md_proposal_new(gate->mem);
	enum cli_exit status;

	if (!read_config(gate) || !good_root(gate))
		return CLI_EXIT_TROUBLE;
	if (!read_trials(gate, b))
		return CLI_EXIT_USAGE;
	md_proposal_set_root(b, gate->set->root);
	status = read_files(gate, b);
	gate->proposal = md_proposal_done(b);
	cli_gate_note_faulty(gate);
	if (status != CLI_EXIT_CLEAN) {
		cli_gate_add_faults(gate);
		return status;
	}
	return read_bases(gate) ? CLI_EXIT_CLEAN : CLI_EXIT_TROUBLE;
}
