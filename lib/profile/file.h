/* The data file of providers' requirements, line by line. */
#ifndef MD_PROFILE_FILE_H
#define MD_PROFILE_FILE_H

#include "base/tsv.h"
#include "profile/key.h"
#include "profile/profile.h"

/* A line: a provider, or a requirement of one.  Views into the file, empty for "-". */
struct md_profile_line {
	bool introduces; /* a provider, with name and threshold; else a requirement */
	struct md_str provider;
	struct md_str name, threshold;
	bool bulk, advised, verified;
	enum md_effect effect;
	const struct md_profile_key *key;
	struct md_str word;     /* the key with its argument, as written */
	struct md_str argument; /* of the key, after its colon */
	struct md_str text, reply, source, date;
};

struct md_profile_lines {
	size_t n;
	const struct md_profile_line *all;
};

/* All lines that are sound: a struct md_profile_lines (a reader of ask/datafile.h). */
const void *md_profile_lines_read(struct md_arena *, struct md_str file);

/* The next line that is sound; false at the end.  *fault: what was wrong with one left out. */
bool md_profile_line_next(struct md_tsv *, struct md_profile_line *, const char **fault);

#endif
