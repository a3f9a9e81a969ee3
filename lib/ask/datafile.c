/* Data files that checks read: built in, replaced by those of the same name in a folder. */
#include "ask/datafile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "base/arena.h"

enum { LARGEST = 1 << 20 };

/* A file's text as one of its readers has read it. */
struct as_read {
	struct as_read *next;
	const char *name;
	md_datafile_reader *reader;
	const void *result;
};

struct md_datafiles {
	struct md_arena *mem;
	size_t n;
	struct md_builtin *files;
	struct as_read *read;
};

static const char *
read_file(struct md_arena *mem, const char *path, struct md_builtin *file)
{
	FILE *in = fopen(path, "re");
	char *text;

	if (in == NULL)
		return errno == ENOENT ? NULL : md_printf(mem, "%s: %s", path, strerror(errno));
	text = md_alloc(mem, LARGEST + 1);
	file->len = fread(text, 1, LARGEST + 1, in);
	file->text = text;
	if (ferror(in) != 0)
		file->text = NULL;
	fclose(in);
	if (file->text == NULL)
		return md_printf(mem, "%s: cannot be read", path);
	return file->len > LARGEST ? md_printf(mem, "%s: larger than 1 MiB", path) : NULL;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct md_datafiles *
md_datafiles_open(struct md_arena *mem, const char *dir, const char **why)
{
	struct md_datafiles *d = md_alloc(mem, sizeof(*d));

	d->mem = mem;
	if (dir != NULL && !is_folder(dir)) {
		*why = md_printf(mem, "%s: no such folder of data files", dir);
		return NULL;
	}
	for (const struct md_builtin *b = md_builtins; b->name != NULL; b++) {
		struct md_builtin file = *b;
		const char *wrong = NULL;

		if (dir != NULL)
			wrong = read_file(mem, md_printf(mem, "%s/%s.tsv", dir, b->name),
			                  &file);
		if (wrong != NULL) {
			*why = wrong;
			return NULL;
		}
		MD_PUSH(mem, d->files, d->n, file);
	}
	return d;
}

struct md_str
md_datafiles_find(const struct md_datafiles *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->files[i].name, name) == 0)
			return (struct md_str){ d->files[i].text, d->files[i].len };
	return (struct md_str){ "", 0 };
}

const void *
md_datafiles_read(struct md_datafiles *d, const char *name, md_datafile_reader *reader)
{
	struct as_read *r = d->read;

	while (r != NULL && (r->reader != reader || strcmp(r->name, name) != 0))
		r = r->next;
	if (r == NULL) {
		r = md_alloc(d->mem, sizeof(*r));
		*r = (struct as_read){ d->read, md_strdup(d->mem, name), reader,
			               reader(d->mem, md_datafiles_find(d, name)) };
		d->read = r;
	}
	return r->result;
}
