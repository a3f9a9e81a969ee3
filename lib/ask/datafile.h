/* Data files that checks read: built in, replaced by those of the same name in a folder. */
#ifndef MD_DATAFILE_H
#define MD_DATAFILE_H

#include "base/str.h"

struct md_arena;
struct md_datafiles;

/* dir is NULL for the built-in ones alone.  NULL and *why when dir or a file cannot be read. */
struct md_datafiles *md_datafiles_open(struct md_arena *, const char *dir, const char **why);

/* The text of "NAME.tsv"; empty when there is none of that name. */
struct md_str md_datafiles_find(const struct md_datafiles *, const char *name);

/* What a reader makes of a file's text: views into it, and what it allocates. */
typedef const void *md_datafile_reader(struct md_arena *, struct md_str text);

/* What this reader makes of "NAME.tsv": made when it is asked for first, and kept. */
const void *md_datafiles_read(struct md_datafiles *, const char *name, md_datafile_reader *);

/* Made by cmake/embed.cmake from checks/data; ends with a NULL name. */
struct md_builtin {
	const char *name;
	const char *text;
	size_t len;
};
extern const struct md_builtin md_builtins[];

#endif
