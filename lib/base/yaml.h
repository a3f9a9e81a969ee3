/* YAML as people write settings and zones: a tree of texts, lists and mappings with lines. */
#ifndef MD_YAML_H
#define MD_YAML_H

#include <stdint.h>

#include "base/str.h"

enum md_yaml_kind { MD_YAML_TEXT, MD_YAML_LIST, MD_YAML_MAP };

struct md_yaml_entry;
struct md_yaml_file;

struct md_yaml {
	enum md_yaml_kind kind;
	uint32_t line; /* from 1 */
	bool plain;    /* a text without quotes: it may stand for a number, or for nothing */
	struct md_str text; /* valid UTF-8, NUL-terminated; may hold any character, NUL too */
	size_t n;
	const struct md_yaml *items;         /* of a list */
	const struct md_yaml_entry *entries; /* of a mapping, in the order of the file */
};

struct md_yaml_entry {
	struct md_str key;
	uint32_t line;
	struct md_yaml value;
};

/* How many lists and mappings may lie in one another. */
enum { MD_YAML_DEPTH = 32 };

/*
 * Reads the one document of a file that is called `path` (YAML 1.1, libyaml).  All scalars are
 * texts: what they mean is the caller's to say.  NULL and *why ("FILE:LINE: …") for what is not
 * YAML, keys that are no texts or come twice in a mapping, depth beyond MD_YAML_DEPTH, a second
 * document, and for anchors, aliases and tags, of which settings have no need and which could
 * make little text a large tree.  An empty file is an empty plain text.
 */
const struct md_yaml *md_yaml_read(struct md_arena *, const char *path, struct md_str text,
                                   const char **why);

/* What a document may hold besides. */
struct md_yaml_rules {
	/*
	 * Anchors, aliases, merge keys (<<), and the tags of YAML's own types.  What aliases
	 * repeat counts: more than MD_YAML_REPEATED nodes are refused.
	 */
	bool aliases;
	bool documents; /* any number of them: the tree is a list */
	/*
	 * "!include NAME" in the file `from`: finds the file's text, what to call it, and how many
	 * lines come before its first in the count of all lines.  False and *why (a phrase).
	 * NULL: refused.
	 */
	bool (*include)(void *user, const char *from, const char *name,
	                struct md_yaml_file *file, const char **why);
	void *user;
};

struct md_yaml_file {
	const char *path;
	struct md_str text;
	uint32_t before;
};

enum { MD_YAML_REPEATED = 65536, MD_YAML_INCLUDED = 20 }; /* so deep may files include others */

const struct md_yaml *md_yaml_read_by(struct md_arena *, const struct md_yaml_rules *,
                                      const char *path, struct md_str text, const char **why);

/* The value of a key; NULL when it is not there, or this is no mapping. */
const struct md_yaml *md_yaml_find(const struct md_yaml *, const char *key);

/* Is nothing said: an empty plain text, "~" or "null"? */
bool md_yaml_is_null(const struct md_yaml *);

#endif
