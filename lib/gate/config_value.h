/* What the readers of .maildiag.yaml share: single values, and mappings by tables of keys. */
#ifndef MD_GATE_CONFIG_VALUE_H
#define MD_GATE_CONFIG_VALUE_H

#include "base/arena.h"
#include "base/yaml.h"
#include "gate/config.h"

struct md_config_reader {
	struct md_arena *mem;
	const char *path;
	const struct md_gate_known *known;
	const char *key; /* the one whose value is read, for messages */
	const char **why;
};

/* Reads a value into what the table of keys is for.  False after md_config_refuse. */
typedef bool md_config_read(struct md_config_reader *, const struct md_yaml *, void *into);

struct md_config_key {
	const char *name;
	md_config_read *read;
	bool required;
};

/* Always false: *why becomes "FILE:LINE: KEY: …". */
bool md_config_refuse(struct md_config_reader *, const struct md_yaml *at, const char *fmt, ...)
        MD_PRINTF(3, 4);

struct md_place md_config_place(const struct md_config_reader *, const struct md_yaml *);

/* A mapping with these keys (the last has no name) and no others; `what` is a noun phrase. */
bool md_config_map(struct md_config_reader *, const struct md_yaml *, const char *what,
                   const struct md_config_key *keys, void *into);

/*
 * Every item of a list; a single value is a list of one, nothing is none.  At
 * most MD_CONFIG_ITEMS.
 */
enum { MD_CONFIG_ITEMS = 10000 };
bool md_config_each(struct md_config_reader *, const struct md_yaml *, md_config_read *item,
                    void *into);

/* One line of text, not empty, without control characters. */
bool md_config_text(struct md_config_reader *, const struct md_yaml *, const char **out);

/* One word of a NULL-terminated list. */
bool md_config_word(struct md_config_reader *, const struct md_yaml *, const char *const *words,
                    const char **out);

bool md_config_bool(struct md_config_reader *, const struct md_yaml *, bool *out);
bool md_config_domain(struct md_config_reader *, const struct md_yaml *, const char **out);
bool md_config_selector(struct md_config_reader *, const struct md_yaml *, const char **out);
bool md_config_address(struct md_config_reader *, const struct md_yaml *, struct md_addr *out);

/* "user@domain", a domain, or "<>". */
bool md_config_mail_from(struct md_config_reader *, const struct md_yaml *,
                         struct md_reverse_path *out);

/* Of known->rules and known->providers, as they spell it. */
bool md_config_rule(struct md_config_reader *, const struct md_yaml *, const char **out);
bool md_config_provider(struct md_config_reader *, const struct md_yaml *, const char **out);

/* "YYYY-MM-DD": the end of that day (UTC); "never": 0. */
bool md_config_day(struct md_config_reader *, const struct md_yaml *, int64_t *end,
                   const char **text);

/* An expected sender, for the list of them (config_sender.c). */
struct md_config_senders {
	struct md_expected_sender *p;
	size_t n;
};
md_config_read md_config_sender;

#endif
