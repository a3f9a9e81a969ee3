/* Reads saved messages. */
#include "mail/folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "mail/message.h"

struct md_folder {
	const char *path;
	bool given;
};

struct md_folder *
md_folder_open(struct md_arena *mem, const char *path, const char **why)
{
	struct md_folder *folder = md_alloc(mem, sizeof(*folder));

	(void)why;
	folder->path = md_strdup(mem, path);
	return folder;
}

bool
md_folder_is_many(const struct md_folder *folder)
{
	(void)folder;
	return false;
}

enum md_folder_next
md_folder_next(struct md_folder *folder, struct md_arena *mem, struct md_saved *saved,
               const char **why)
{
	if (folder->given)
		return MD_FOLDER_END;
	folder->given = true;
	saved->name = folder->path;
	return md_file_read(mem, folder->path, MD_MESSAGE_MOST, &saved->octets, why)
	               ? MD_FOLDER_MESSAGE
	               : MD_FOLDER_BAD;
}
