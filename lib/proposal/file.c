/* Files of all formats into a proposal: which format it is, and taking what its reader read. */
#include <stdlib.h>
#include <string.h>

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
		return md_input_octodns(in);
	default:
		return md_input_json(in, format);
	}
}

/* Of an input that fails only what says why is kept: that it leads out of its folder. */
static bool
take(struct md_proposal_builder *b, const struct md_input *in, bool ok)
{
	for (size_t i = 0; i < in->nfaults; i++)
		if (ok || strcmp(in->faults[i].rule, "zone.include-outside") == 0)
			md_proposal_take_fault(b, &in->faults[i]);
	if (!ok)
		return false;
	for (size_t i = 0; i < in->nwholes; i++) {
		const struct md_whole *w = &in->wholes[i];
		struct md_zone *zone = md_zone_of(in->path, w->apex, w->rr, w->n);

		if (in->nfiles > 0)
			md_zone_set_files(zone, in->files, in->nfiles);
		md_proposal_take_zone(b, zone);
	}
	for (size_t i = 0; i < in->nchanges; i++)
		md_proposal_take_change(b, &in->changes[i]);
	return true;
}

static bool
read_input(struct md_proposal_builder *b, struct md_input *in, enum md_zone_format format,
           const char **why)
{
	const bool ok = read_as(in, format);

	if (!ok)
		*why = in->why;
	return take(b, in, ok);
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
		               .path = md_strdup(mem, t->path),
		               .text = t->text,
		               .lenient = { .mem = mem } };

	return read_origin(mem, t->origin, &in.origin, why) &&
	       read_input(b, &in, t->format, why);
}

/* The real path of a file's folder, or NULL. */
static const char *
folder_of(struct md_arena *mem, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *real = realpath(slash == NULL   ? "."
	                      : slash == path ? "/"
	                                      : md_strndup(mem, path, (size_t)(slash - path)),
	                      NULL);
	const char *folder = real != NULL ? md_strdup(mem, real) : NULL;

	free(real);
	return folder;
}

bool
md_proposal_add_file(struct md_proposal_builder *b, const char *path,
                     enum md_zone_format format, const char *origin, const char **why)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_input in = { .mem = mem,
		               .path = md_strdup(mem, path),
		               .lenient = { .mem = mem } };

	in.folder = folder_of(mem, path);
	return read_origin(mem, origin, &in.origin, why) &&
	       md_file_read(mem, path, LARGEST, &in.text, why) &&
	       read_input(b, &in, format, why);
}
