/* $INCLUDE: files that a zone file takes in, none of them from outside its folder. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "zone/read.h"

enum {
	DEEPEST = 20,
	MOST_OCTETS = 256 << 20, /* of all files together */
	MOST_FILES = 10000,
};

/* What a reader goes on with behind the directive. */
struct md_zone_outer {
	struct md_zone_outer *outer;
	struct md_str rest;
	size_t line, depth;
	char *flat;
	const char *origin, *owner;
};

static bool
is_inside(const char *path, const char *folder)
{
	const size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '/' || folder[n - 1] == '/');
}

/* The real path; NULL and r->why when there is none, or it is outside of the folder. */
static const char *
confined(struct md_zone_reader *r, size_t line, struct md_str path)
{
	const char *named = md_strndup(r->mem, path.p, path.len), *kept = NULL;
	const char *whole =
	        named[0] == '/' ? named : md_printf(r->mem, "%s/%s", r->folder, named);
	char *real = realpath(whole, NULL);

	if (real == NULL) {
		md_zone_fail(r, line, "$INCLUDE %s: %s", md_excerpt(r->mem, path),
		             strerror(errno));
	} else if (!is_inside(real, r->folder)) {
		md_zone_fault(r, line,
		              &(struct md_input_fault){
		                      .rule = "zone.include-outside",
		                      .name = r->origin != NULL ? r->origin : "",
		                      .evidence = md_printf(r->mem, "$INCLUDE %s",
		                                            md_excerpt(r->mem, path)),
		              });
		md_zone_fail(r, line, "$INCLUDE %s leads out of the zone file's folder",
		             md_excerpt(r->mem, path));
	} else {
		kept = md_strdup(r->mem, real);
	}
	free(real);
	return kept;
}

/* How messages name it: as it is included, beside the zone's file. */
static const char *
shown_path(struct md_zone_reader *r, const char *real)
{
	const char *first = r->files[0].path, *slash = strrchr(first, '/');
	const char *within = real + strlen(r->folder);

	within += strspn(within, "/");
	return slash == NULL
	               ? within
	               : md_printf(r->mem, "%.*s%s", (int)(slash + 1 - first), first, within);
}

static void
enter(struct md_zone_reader *r, const char *path, struct md_str text, const char *origin)
{
	struct md_zone_outer *outer = md_alloc(r->mem, sizeof(*outer));

	*outer = (struct md_zone_outer){
		.outer = r->outer,
		.rest = r->rest,
		.line = r->line,
		.depth = r->outer != NULL ? r->outer->depth + 1 : 1,
		.flat = r->flat,
		.origin = r->origin,
		.owner = r->owner,
	};
	MD_PUSH(r->mem, r->files, r->nfiles,
	        ((struct md_zone_file){ path, (uint32_t)r->lines }));
	r->outer = outer;
	r->rest = text;
	r->line = r->lines + 1;
	r->lines += md_zone_count_lines(text) + 1;
	r->octets += text.len;
	r->flat = md_alloc(r->mem, text.len + 1);
	if (origin != NULL)
		r->origin = origin;
}

bool
md_zone_include(struct md_zone_reader *r, size_t line, struct md_str path, const char *origin)
{
	const char *real, *why;
	struct md_str text;

	if (path.len == 0)
		return md_zone_fail(r, line, "$INCLUDE names no file");
	if (r->outer != NULL && r->outer->depth >= DEEPEST)
		return md_zone_fail(r, line, "$INCLUDE in more than %d files one in the other",
		                    DEEPEST);
	if (r->nfiles >= MOST_FILES)
		return md_zone_fail(r, line, "more than %d files are included", MOST_FILES);
	real = confined(r, line, path);
	if (real == NULL)
		return false;
	if (!md_file_read(r->mem, real, MOST_OCTETS - r->octets, &text, &why))
		return md_zone_fail(r, line, "$INCLUDE: %s", why);
	if (md_str_find(text, '\0') < text.len)
		return md_zone_fail(r, line, "$INCLUDE %s: a NUL octet: this is no text",
		                    md_excerpt(r->mem, path));
	enter(r, shown_path(r, real), text, origin);
	return true;
}

bool
md_zone_include_end(struct md_zone_reader *r)
{
	const struct md_zone_outer *outer = r->outer;

	if (outer == NULL || r->why != NULL)
		return false;
	r->rest = outer->rest;
	r->line = outer->line;
	r->flat = outer->flat;
	/*
	 * RFC 1035 5.1: the origin is the outer file's again; of the owner BIND says so, too.
	 */
	r->origin = outer->origin;
	r->owner = outer->owner;
	r->outer = outer->outer;
	return true;
}
