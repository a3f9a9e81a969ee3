/* Real paths below a root, and what is read there. */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

/* ---- paths ---- */

static const char *
real_path(struct md_arena *mem, const char *path)
{
	char *real = realpath(path, NULL);
	const char *kept = real != NULL ? md_strdup(mem, real) : NULL;
	const int fault = errno;

	free(real);
	errno = fault;
	return kept;
}

/* Takes the last word off a path that is being made. */
static bool
step_back(struct md_buf *out, size_t root)
{
	const struct md_str made = md_buf_view(out);
	size_t at = made.len;

	while (at > root && made.p[at - 1] != '/')
		at--;
	if (made.len == root || md_str_eq(md_str_skip(made, at), ".."))
		return false;
	out->len = at > root ? at - 1 : root;
	return true;
}

const char *
md_path_normal(struct md_arena *mem, const char *path)
{
	struct md_buf out = { .mem = mem };
	struct md_str rest = md_str(path), word;
	const size_t root = path[0] == '/';

	if (root > 0)
		md_buf_addc(&out, '/');
	while (md_str_cut(&rest, '/', &word)) {
		const bool up = md_str_eq(word, "..");

		if (word.len == 0 || md_str_eq(word, ".") || (up && step_back(&out, root)) ||
		    (up && root > 0))
			continue;
		if (out.len > root)
			md_buf_addc(&out, '/');
		md_buf_add(&out, word);
	}
	return out.len > 0 ? md_strndup(mem, out.p, out.len) : ".";
}

bool
md_path_is_below(const char *path, const char *root)
{
	const size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && (path[n] == '/' || root[n - 1] == '/');
}

/* A path from the root folder on: the current folder is put before it. */
static const char *
absolute(struct md_arena *mem, const char *path)
{
	const char *here = path[0] == '/' ? "" : real_path(mem, ".");

	return here != NULL ? md_path_normal(mem, md_printf(mem, "%s/%s", here, path)) : NULL;
}

static const char *
folder_of(struct md_arena *mem, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : md_strndup(mem, path, (size_t)(slash - path));
}

/* ---- the root ---- */

/* The nearest folder, from this one up, that has .git; NULL without. */
static const char *
git_top(struct md_arena *mem, const char *folder)
{
	for (;; folder = folder_of(mem, folder)) {
		if (access(md_printf(mem, "%s/.git", folder), F_OK) == 0)
			return folder;
		if (strcmp(folder, "/") == 0)
			return NULL;
	}
}

const char *
md_confine_root(struct md_arena *mem, const char *path)
{
	const char *here = real_path(mem, "."), *whole = absolute(mem, path);
	const char *top = here != NULL ? git_top(mem, here) : NULL, *folder;

	if (top != NULL && whole != NULL && md_path_is_below(whole, top))
		return top;
	folder = real_path(mem, folder_of(mem, path));
	top = folder != NULL ? git_top(mem, folder) : NULL;
	return top != NULL ? top : folder;
}

const char *
md_confine_folder(struct md_arena *mem, const char *folder)
{
	const char *real = real_path(mem, folder);
	struct stat st;

	return real != NULL && stat(real, &st) == 0 && S_ISDIR(st.st_mode) ? real : NULL;
}

/* ---- the file ---- */

/* Does a link on the way lead out of the root, or to where nothing is? */
static bool
has_link_out(struct md_arena *mem, const char *whole, const char *root)
{
	for (const char *end = whole + 1; end != NULL;) {
		const char *part, *real;
		struct stat st;

		end = strchr(end, '/');
		part = end != NULL ? md_strndup(mem, whole, (size_t)(end - whole)) : whole;
		end = end != NULL ? end + 1 : NULL;
		if (!md_path_is_below(part, root) || lstat(part, &st) != 0 ||
		    !S_ISLNK(st.st_mode))
			continue;
		real = real_path(mem, part);
		if (real == NULL || !md_path_is_below(real, root))
			return true;
	}
	return false;
}

enum md_confined
md_confine(struct md_arena *mem, const char *root, const char *path, const char **real,
           const char **why)
{
	const char *whole = absolute(mem, path), *parent;

	*real = NULL;
	*why = "";
	if (whole == NULL)
		return MD_CONFINED_OUTSIDE;
	/* A root that is reached by a link, as /tmp may be, is no way out. */
	parent = real_path(mem, folder_of(mem, whole));
	if (parent != NULL && (md_path_is_below(parent, root) || strcmp(parent, root) == 0))
		whole = md_printf(mem, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent,
		                  strrchr(whole, '/') + 1);
	if (!md_path_is_below(whole, root))
		return MD_CONFINED_OUTSIDE;
	*real = real_path(mem, whole);
	if (*real != NULL)
		return md_path_is_below(*real, root) ? MD_CONFINED : MD_CONFINED_OUTSIDE;
	*why = md_strdup(mem, strerror(errno));
	return has_link_out(mem, whole, root) ? MD_CONFINED_OUTSIDE : MD_CONFINED_NOT;
}

bool
md_confined_read(struct md_arena *mem, const char *real, size_t most, struct md_str *text,
                 const char **why)
{
	struct stat st;
	const int fd = open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	const bool regular = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	const char *wrong;

	if (fd < 0)
		wrong = strerror(errno);
	else if (!regular)
		wrong = "no regular file";
	else
		wrong = md_file_read_from(mem, fd, most, text);
	if (fd >= 0)
		close(fd);
	*why = wrong != NULL ? md_printf(mem, "%s: %s", real, wrong) : NULL;
	return wrong == NULL;
}
