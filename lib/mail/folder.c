/* Reads saved messages: a file, standard input, an mbox file, the files of a folder. */
#include "mail/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "mail/mbox.h"
#include "mail/message.h"
#include "mail/unpack.h"

struct md_folder {
	struct md_arena *mem;
	const char *path, *name; /* to open it, and to call it by */
	bool many, given;        /* many messages; the only one has been given out */
	int fd;                  /* of a file; -1 for a folder */
	size_t expected;         /* octets of a regular file; else 0 */
	struct md_mbox in;
	const char **files; /* of a folder, in order */
	size_t nfiles, next;
};

static const char too_large[] = "larger than 512 MiB"; /* MD_MESSAGE_MOST */

/* Tells why not, and that it is so. */
static enum md_folder_next
bad(struct md_arena *mem, const char *name, const char *because, const char **why)
{
	*why = md_printf(mem, "%s: %s", name, because);
	return MD_FOLDER_BAD;
}

/* ---- a file ---- */

static void
close_file(void *arg)
{
	const struct md_folder *folder = arg;

	if (folder->fd > STDIN_FILENO)
		close(folder->fd);
}

static size_t
size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size
	                                                                    : 0;
}

/* `begun` and the rest of what is read there.  NULL, or why not. */
static const char *
read_rest(struct md_arena *mem, struct md_unpack *in, size_t expected, struct md_str begun,
          struct md_str *octets)
{
	size_t room = (expected > begun.len ? expected : begun.len + 65536) + 1;
	const char *why;
	char *bytes;
	ssize_t got;

	if (expected > MD_MESSAGE_MOST)
		return too_large;
	bytes = md_alloc(mem, room);
	if (begun.len > 0)
		memcpy(bytes, begun.p, begun.len);
	while ((got = md_unpack_read(in, bytes + begun.len, room - begun.len, &why)) > 0) {
		begun.len += (size_t)got;
		if (begun.len > MD_MESSAGE_MOST)
			return too_large;
		if (begun.len == room) {
			char *more = md_alloc(mem, 2 * room);

			memcpy(more, bytes, begun.len);
			bytes = more;
			room *= 2;
		}
	}
	*octets = (struct md_str){ bytes, begun.len };
	return got < 0 ? why : NULL;
}

static enum md_folder_next
next_of_file(struct md_folder *folder, struct md_arena *mem, struct md_saved *saved,
             const char **why)
{
	const struct md_str begun = { folder->in.window, folder->in.len };
	const char *because;

	if (folder->given)
		return MD_FOLDER_END;
	folder->given = true;
	saved->name = md_strdup(mem, folder->name);
	if (folder->in.error != NULL)
		because = folder->in.error;
	else
		because =
		        read_rest(mem, folder->in.in, folder->expected, begun, &saved->octets);
	return because == NULL ? MD_FOLDER_MESSAGE : bad(mem, folder->name, because, why);
}

static enum md_folder_next
next_of_mbox(struct md_folder *folder, struct md_arena *mem, struct md_saved *saved,
             const char **why)
{
	const enum md_mbox_next next = md_mbox_next(&folder->in, &saved->octets);

	if (next == MD_MBOX_END)
		return MD_FOLDER_END;
	saved->name = md_printf(mem, "%s:%zu", folder->name, folder->in.number);
	if (next == MD_MBOX_ERROR)
		return bad(mem, folder->name, folder->in.error, why);
	if (next == MD_MBOX_OVERLONG)
		return bad(mem, saved->name, too_large, why);
	saved->octets.p = md_strndup(mem, saved->octets.p, saved->octets.len);
	return MD_FOLDER_MESSAGE;
}

/* ---- a folder of files ---- */

static bool
is_message_name(const char *name, bool maildir)
{
	const size_t len = strlen(name);

	if (maildir)
		return name[0] != '.';
	return len > 4 && md_eq_nocase(name + len - 4, ".eml");
}

/* Adds the names of a folder, with `sub` in front; an errno unless it is not there at all. */
static int
list(struct md_folder *folder, const char *sub)
{
	DIR *dir = opendir(md_printf(folder->mem, "%s/%s", folder->path, sub));
	const struct dirent *entry;
	int error;

	if (dir == NULL)
		return errno == ENOTDIR ? ENOENT : errno;
	while (errno = 0, (entry = readdir(dir)) != NULL)
		if (is_message_name(entry->d_name, sub[0] != '\0') && entry->d_type != DT_DIR)
			MD_PUSH(folder->mem, folder->files, folder->nfiles,
			        md_printf(folder->mem, "%s%s", sub, entry->d_name));
	error = errno;
	closedir(dir);
	return error;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Maildir (cur and new; what is in tmp is not delivered yet), else files *.eml. */
static bool
list_folder(struct md_folder *folder, const char **why)
{
	const int cur = list(folder, "cur/"), new = list(folder, "new/");
	int error = cur != 0 && cur != ENOENT ? cur : new;

	folder->many = true;
	if (cur == ENOENT && new == ENOENT)
		error = list(folder, "");
	if (error != 0 && error != ENOENT) {
		bad(folder->mem, folder->name, strerror(error), why);
		return false;
	}
	if (folder->nfiles > 0)
		qsort(folder->files, folder->nfiles, sizeof(*folder->files), by_name);
	if (folder->nfiles > 0 || cur == 0 || new == 0)
		return true;
	bad(folder->mem, folder->name,
	    "a folder, but no Maildir (it has neither cur nor new), and without files *.eml",
	    why);
	return false;
}

/* Only regular files: another kind would keep us waiting. */
static const char *
read_file(struct md_arena *mem, const char *path, struct md_str *octets)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	const char *because = "not a regular file";

	if (fd < 0)
		return strerror(errno);
	if (fstat(fd, &st) != 0)
		because = strerror(errno);
	else if (S_ISREG(st.st_mode))
		because = read_rest(mem, md_unpack_open(mem, fd), (size_t)st.st_size,
		                    (struct md_str){ NULL, 0 }, octets);
	close(fd);
	return because;
}

static enum md_folder_next
next_of_folder(struct md_folder *folder, struct md_arena *mem, struct md_saved *saved,
               const char **why)
{
	const size_t len = strlen(folder->path);
	const char *because;

	if (folder->next == folder->nfiles)
		return MD_FOLDER_END;
	saved->name = md_printf(mem, "%s%s%s", folder->path,
	                        len > 0 && folder->path[len - 1] == '/' ? "" : "/",
	                        folder->files[folder->next++]);
	because = read_file(mem, saved->name, &saved->octets);
	return because == NULL ? MD_FOLDER_MESSAGE : bad(mem, saved->name, because, why);
}

/* ---- whichever it is ---- */

struct md_folder *
md_folder_open(struct md_arena *mem, const char *path, const char **why)
{
	struct md_folder *folder = md_alloc(mem, sizeof(*folder));
	const bool standard = strcmp(path, "-") == 0;
	struct stat st;

	*folder = (struct md_folder){ .mem = mem, .path = md_strdup(mem, path) };
	folder->name = standard ? "standard input" : folder->path;
	folder->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (folder->fd < 0) {
		bad(mem, folder->name, strerror(errno), why);
		return NULL;
	}
	md_arena_defer(mem, close_file, folder);
	if (fstat(folder->fd, &st) == 0 && S_ISDIR(st.st_mode))
		return list_folder(folder, why) ? folder : NULL;
	folder->expected = size_of(folder->fd);
	md_mbox_start(&folder->in, mem, md_unpack_open(mem, folder->fd), folder->expected);
	folder->many = md_mbox_is(&folder->in) && md_mbox_has_another(&folder->in);
	return folder;
}

bool
md_folder_is_many(const struct md_folder *folder)
{
	return folder->many;
}

enum md_folder_next
md_folder_next(struct md_folder *folder, struct md_arena *mem, struct md_saved *saved,
               const char **why)
{
	if (folder->many && folder->in.window == NULL)
		return next_of_folder(folder, mem, saved, why);
	return folder->many ? next_of_mbox(folder, mem, saved, why)
	                    : next_of_file(folder, mem, saved, why);
}
