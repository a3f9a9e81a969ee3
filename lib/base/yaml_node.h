/* Parts of reading YAML that need no parser: what marks a node, and keys that come once. */
#ifndef MD_YAML_NODE_H
#define MD_YAML_NODE_H

#include <yaml.h>

#include "base/yaml.h"

/* What a node has before it. */
struct md_yaml_marks {
	const char *anchor, *tag; /* or NULL */
	bool alias;
};

struct md_yaml_marks md_yaml_marks_of(const yaml_event_t *);

/*
 * YAML 1.1 3.2.1.3: the keys of a mapping are unique.  libyaml leaves it to us.  Of the entries
 * that were merged, behind the first `own`, the first with a key is kept, and none when the
 * mapping has it itself; *n is how many are left.  False, and the two, when an own key comes
 * twice.
 */
bool md_yaml_unique(struct md_arena *, struct md_yaml_entry *, size_t *n, size_t own,
                    const struct md_yaml_entry *twice[2]);

/* Adds the entries of a mapping, or of those in a list; false when it is neither. */
bool md_yaml_merge(struct md_arena *, const struct md_yaml *from, struct md_yaml_entry **,
                   size_t *n);

/* Octets that are no characters are met before there are marks: their line is counted. */
uint32_t md_yaml_line_of_octet(struct md_str text, size_t offset);

#endif
