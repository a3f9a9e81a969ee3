/* Files of all formats into a proposal: which format it is, and taking what its reader read. */
#include <string.h>

#include "base/confine.h"
#include "base/file.h"
#include "base/name.h"
#include "proposal/read.h"
#include "zone/zone.h"

enum { LARGEST = 256 << 20 };

static bool
read_as(struct md_input *in, enum md_zone_format format)
{
	switch (format) {
	case MD_ZONE_DETECT:
		return md_input_any(in);
	case MD_ZONE_BIND:
		return md_input_bind(in);
	case MD_ZONE_OCTODNS:
	case MD_ZONE_GCLOUD:
		return md_input_octodns(in);
	default:
		return md_input_json(in, format);
	}
}

/* Of an input that fails only what says why is kept: that it leads out of its folder. */
static void
take(struct md_proposal_builder *b, const struct md_input *in, bool ok)
{
	for (size_t i = 0; i < in->nfaults; i++)
		if (ok || strcmp(in->faults[i].rule, "zone.include-outside") == 0)
			md_proposal_take_fault(b, &in->faults[i]);
	if (!ok)
		return;
	for (size_t i = 0; i < in->nwholes; i++)
		md_proposal_take_whole(b, in, &in->wholes[i]);
	for (size_t i = 0; i < in->nnot_judged; i++)
		md_proposal_take_not_judged(b, &in->not_judged[i]);
	md_proposal_take_changes(b, in);
}

static bool
read_input(struct md_proposal_builder *b, struct md_input *in, enum md_zone_format format,
           const char **why)
{
	bool ok;

	ok = read_as(in, format);
	if (!ok)
		*why = in->why;
	take(b, in, ok);
	return ok;
}

/* The origin as it was typed; NULL when none was. */
static bool
read_origin(struct md_arena *mem, const char *typed, const char **origin, const char **why)
{
	const char *wrong;

	*origin = typed == NULL || strcmp(typed, ".") == 0
	                  ? typed
	                  : md_name_from_user(mem, typed, &wrong);
	if (typed == NULL || *origin != NULL)
		return true;
	*why = md_printf(mem, "--origin %s: %s", md_excerpt(mem, md_str(typed)), wrong);
	return false;
}

bool
md_proposal_add_text(struct md_proposal_builder *b, const struct md_proposal_text *t,
                     const char **why)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_input in = { .mem = mem,
		               .records = md_proposal_records(b),
		               .path = md_strdup(mem, t->path),
		               .text = t->text,
		               .lenient = { .mem = mem } };

	bool ok;

	in.guess = md_proposal_zone_named(mem, in.path);
	if (!read_origin(mem, t->origin, &in.origin, why))
		return false;
	in.scratch = md_arena_new();
	ok = read_input(b, &in, t->format, why);
	md_arena_free(in.scratch);
	return ok;
}

/* What a shell opens for a program: there is no file to be named. */
static bool
is_stream(const char *path)
{
	return strcmp(path, "/dev/stdin") == 0 || md_str_starts(md_str(path), "/dev/fd/");
}

/* The text lives no longer than the reading of it: `path` names it, confined or not. */
static bool
read_octets(struct md_input *in, const char *path, bool confined, const char **why)
{
	const char *wrong = NULL;

	if (confined ? md_confined_read(in->scratch, path, LARGEST, &in->text, &wrong)
	             : md_file_read(in->scratch, path, LARGEST, &in->text, &wrong))
		return true;
	*why = md_strdup(in->mem, wrong);
	return false;
}

/* Finds the file below its root, and reads it. */
static bool
read_text(struct md_proposal_builder *b, struct md_input *in, const char **why)
{
	const char *root = md_proposal_root(b), *real = NULL, *wrong = "";

	if (is_stream(in->path))
		return read_octets(in, in->path, false, why);
	in->root = root != NULL ? md_confine_folder(in->mem, root)
	                        : md_confine_root(in->mem, in->path);
	if (in->root == NULL) {
		*why = md_printf(in->mem, "%s: No such file or directory", in->path);
		return false;
	}
	switch (md_confine(in->mem, in->root, in->path, &real, &wrong)) {
	case MD_CONFINED:
		in->folder = md_strndup(in->mem, real, (size_t)(strrchr(real, '/') - real));
		if (in->folder[0] == '\0')
			in->folder = "/";
		break;
	case MD_CONFINED_OUTSIDE:
		*why = md_printf(in->mem, "%s: leads out of %s (--root names another folder)",
		                 in->path, in->root);
		return false;
	case MD_CONFINED_NOT:
		*why = md_printf(in->mem, "%s: %s", in->path, wrong);
		return false;
	}
	return read_octets(in, real, true, why);
}

bool
md_proposal_add_file(struct md_proposal_builder *b, const char *path,
                     enum md_zone_format format, const char *origin, const char **why)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_input in = { .mem = mem,
		               .records = md_proposal_records(b),
		               .path = md_strdup(mem, path),
		               .lenient = { .mem = mem } };

	bool ok;

	in.guess = md_proposal_zone_named(mem, path);
	if (!read_origin(mem, origin, &in.origin, why))
		return false;
	in.scratch = md_arena_new();
	ok = read_text(b, &in, why) && read_input(b, &in, format, why);
	md_arena_free(in.scratch);
	return ok;
}
