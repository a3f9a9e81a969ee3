/* $INCLUDE: files that a zone file takes in, none of them from outside its root. */
#include <string.h>

#include "base/confine.h"
#include "zone/read.h"

enum {
	DEEPEST = 20,
	MOST_OCTETS = 256 << 20, /* of all files together */
	MOST_FILES = 4000,
};

/* What a reader goes on with behind the directive. */
struct md_zone_outer {
	struct md_zone_outer *outer;
	struct md_str rest;
	size_t line, depth;
	bool again;
	const char *origin, *owner;
};

/* A file whose text is there already. */
struct md_zone_included {
	const char *real;
	struct md_str text;
};

bool
md_zone_is_again(const struct md_zone_reader *r)
{
	return r->outer != NULL && r->outer->again;
}

/* ---- which file ---- */

/* "../.." from a folder to the root that it lies in. */
static const char *
way_up(struct md_arena *mem, const char *folder, const char *root)
{
	struct md_buf up = { .mem = mem };

	const char *below = strcmp(root, "/") == 0 ? folder : folder + strlen(root);

	for (const char *s = below; (s = strchr(s, '/')) != NULL; s++)
		if (s[1] != '\0')
			md_buf_item(&up, "/", "..");
	return up.len > 0 ? md_buf_str(&up) : ".";
}

/* A file that $INCLUDE may mean: how it is opened, and how messages name it. */
struct named {
	const char *path, *shown;
};

/*
 * Servers begin at the folder that their configuration names.  Here that is the folder of the
 * zone's file or, where nothing is there, the root.
 */
static struct named
named_from(struct md_zone_reader *r, const char *name, bool root)
{
	struct md_arena *mem = r->mem;
	const char *first = r->files[0].path, *slash = strrchr(first, '/');
	const char *beside =
	        slash != NULL ? md_strndup(mem, first, (size_t)(slash + 1 - first)) : "";
	const char *up = root ? way_up(mem, r->folder, r->root) : ".";

	if (name[0] == '/')
		return (struct named){ name, name };
	return (struct named){
		md_printf(mem, "%s/%s", root ? r->root : r->folder, name),
		md_path_normal(mem, md_printf(mem, "%s%s/%s", beside, up, name)),
	};
}

static bool
leads_out(struct md_zone_reader *r, size_t line, struct md_str path)
{
	md_zone_fault(
	        r, line,
	        &(struct md_input_fault){
	                .rule = "zone.include-outside",
	                .name = r->origin != NULL ? r->origin : "",
	                .evidence = md_printf(r->mem, "$INCLUDE %s", md_excerpt(r->mem, path)),
	        });
	return md_zone_fail(r, line,
	                    "$INCLUDE %s leads out of the zone file's folder and repository",
	                    md_excerpt(r->mem, path));
}

/* The real path, and how to name it; false and r->why when there is none within the root. */
static bool
find(struct md_zone_reader *r, size_t line, struct md_str path, const char **real,
     const char **shown)
{
	const char *name = md_strndup(r->mem, path.p, path.len), *why = "";
	enum md_confined found = MD_CONFINED_NOT;

	for (size_t i = 0; i < 2 && found == MD_CONFINED_NOT; i++) {
		const struct named n = named_from(r, name, i > 0);
		const char *missing = "";

		found = md_confine(r->mem, r->root, n.path, real, &missing);
		*shown = n.shown;
		why = i == 0 ? missing : why;
	}
	if (found == MD_CONFINED_OUTSIDE)
		return leads_out(r, line, path);
	return found == MD_CONFINED ||
	       md_zone_fail(r, line, "$INCLUDE %s: %s", md_excerpt(r->mem, path), why);
}

/* ---- its text ---- */

/* The text of a file; of one that was read before the same. */
static bool
take_text(struct md_zone_reader *r, size_t line, const char *real, struct md_str *text,
          bool *again)
{
	struct md_zone_included one = { .real = real };
	const char *why;

	*again = true;
	for (size_t i = 0; i < r->nincluded; i++)
		if (strcmp(r->included[i].real, real) == 0) {
			*text = r->included[i].text;
			return true;
		}
	*again = false;
	if (!md_confined_read(r->mem, real, MOST_OCTETS - r->octets, &one.text, &why))
		return md_zone_fail(r, line, "$INCLUDE: %s", why);
	if (md_str_find(one.text, '\0') < one.text.len)
		return md_zone_fail(r, line, "$INCLUDE: a NUL octet in it: this is no text");
	MD_PUSH(r->mem, r->included, r->nincluded, one);
	r->octets += one.text.len;
	*text = one.text;
	return true;
}

static void
enter(struct md_zone_reader *r, struct md_zone_outer *outer, const char *path,
      struct md_str text)
{
	*outer = (struct md_zone_outer){
		.outer = r->outer,
		.rest = r->rest,
		.line = r->line,
		.depth = r->outer != NULL ? r->outer->depth + 1 : 1,
		.again = outer->again,
		.origin = r->origin,
		.owner = r->owner,
	};
	MD_PUSH(r->mem, r->files, r->nfiles,
	        ((struct md_zone_file){ .path = path, .before = (uint32_t)r->lines }));
	r->outer = outer;
	r->rest = text;
	r->line = r->lines + 1;
	r->lines += md_zone_count_lines(text) + 1;
}

bool
md_zone_include(struct md_zone_reader *r, size_t line, struct md_str path, const char *origin)
{
	struct md_zone_outer *outer = md_alloc(r->mem, sizeof(*outer));
	const char *real = NULL, *shown = "";
	struct md_str text = { NULL, 0 };

	if (path.len == 0)
		return md_zone_fail(r, line, "$INCLUDE names no file");
	if (r->outer != NULL && r->outer->depth >= DEEPEST)
		return md_zone_fail(r, line, "$INCLUDE in more than %d files one in the other",
		                    DEEPEST);
	if (r->nfiles >= MOST_FILES)
		return md_zone_fail(r, line, "more than %d files are included", MOST_FILES);
	if (!find(r, line, path, &real, &shown) ||
	    !take_text(r, line, real, &text, &outer->again))
		return false;
	r->again += outer->again ? text.len : 0;
	if (r->again > MD_ZONE_MOST_AGAIN)
		return md_zone_fail(r, line,
		                    "$INCLUDE of the same files makes more than %d KiB of text",
		                    MD_ZONE_MOST_AGAIN >> 10);
	outer->again = outer->again || md_zone_is_again(r);
	enter(r, outer, shown, text);
	if (origin != NULL)
		r->origin = origin;
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
	/*
	 * RFC 1035 5.1: the origin is the outer file's again; of the owner BIND says so, too.
	 */
	r->origin = outer->origin;
	r->owner = outer->owner;
	r->outer = outer->outer;
	return true;
}
