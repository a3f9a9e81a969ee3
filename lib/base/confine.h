/* Reading files that a stranger may have named: regular ones below a folder, and no others. */
#ifndef MD_CONFINE_H
#define MD_CONFINE_H

#include "base/str.h"

struct md_arena;

/*
 * The folder that what a file names must not lead out of, as a real path: the top of the git
 * working tree that holds the current folder, when the file lies below it as it is named; else
 * that of the file's own folder; without git the file's own folder.  NULL: there is no such
 * folder.
 */
const char *md_confine_root(struct md_arena *, const char *path);

/* The real path of a folder; NULL when it is none. */
const char *md_confine_folder(struct md_arena *, const char *folder);

/* The path without "." and "dir/..", by its words alone; a leading ".." stays. */
const char *md_path_normal(struct md_arena *, const char *path);

/* Is a real path below the folder `root`, itself a real path? */
bool md_path_is_below(const char *path, const char *root);

enum md_confined { MD_CONFINED, MD_CONFINED_OUTSIDE, MD_CONFINED_NOT };

/*
 * The real path of a file below the root.  OUTSIDE tells nothing of what there is: it is said of
 * names that lead out whether or not they lead anywhere.  NOT and *why (a phrase, in mem) when
 * there is no such file within.
 */
enum md_confined md_confine(struct md_arena *mem, const char *root, const char *path,
                            const char **real, const char **why);

/*
 * Reads a file that md_confine found, of `most` octets: only a regular one.  False and *why
 * ("PATH: …") otherwise.
 */
bool md_confined_read(struct md_arena *mem, const char *real, size_t most, struct md_str *text,
                      const char **why);

#endif
