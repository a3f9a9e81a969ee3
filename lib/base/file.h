/* Whole files in memory, of a bounded size. */
#ifndef MD_FILE_H
#define MD_FILE_H

#include "base/str.h"

/*
 * The file's bytes, NUL-terminated for convenience.  False and *why ("FILE: …", in mem) when
 * it cannot be read or has more than `most` bytes.
 */
bool md_file_read(struct md_arena *mem, const char *path, size_t most, struct md_str *out,
                  const char **why);

/* The same of an open descriptor, which stays open.  NULL, or why it cannot be. */
const char *md_file_read_from(struct md_arena *mem, int fd, size_t most, struct md_str *out);

#endif
