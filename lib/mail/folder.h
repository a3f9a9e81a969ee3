/* Saved messages one by one: from a file, an mbox file, or a Maildir folder. */
#ifndef MD_FOLDER_H
#define MD_FOLDER_H

#include "base/str.h"

struct md_arena;
struct md_folder;

struct md_saved {
	const char *name;     /* "saved.eml"; in an mbox "inbox:17"; in a folder its path */
	struct md_str octets; /* as they stand in the file */
};

enum md_folder_next {
	MD_FOLDER_MESSAGE, /* here is one */
	MD_FOLDER_BAD,     /* this one cannot be read, *why tells ("NAME: ..."); go on */
	MD_FOLDER_END,
};

/*
 * Opens a file, "-" for standard input, or a folder: of a Maildir the files of cur and new, of
 * another one its files *.eml, in the order of their names.  A file is an mbox when it begins
 * with "From " and has another such line after an empty one; where the first has a time of day
 * in it, the others must, too (RFC 4155).  It is read message by message.  NULL and *why
 * ("PATH: ...") when it cannot be read.  Lives until the arena goes.
 */
struct md_folder *md_folder_open(struct md_arena *, const char *path, const char **why);

/* Does it hold, or may it hold, more than one message? */
bool md_folder_is_many(const struct md_folder *);

/*
 * The next message, in mem; what was given out before is not kept.  Of an mbox without the
 * empty line that follows it there.
 */
enum md_folder_next md_folder_next(struct md_folder *, struct md_arena *mem, struct md_saved *,
                                   const char **why);

#endif
