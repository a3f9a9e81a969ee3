/* Mappings, lists and texts of .maildiag.yaml, and the sentences about what is wrong. */
#include "gate/config_value.h"

#include <stdarg.h>
#include <string.h>

static const char *const kinds[] = {
	[MD_YAML_TEXT] = "a text",
	[MD_YAML_LIST] = "a list (- …)",
	[MD_YAML_MAP] = "a mapping (key: value)",
};

bool
md_config_refuse(struct md_config_reader *r, const struct md_yaml *at, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	va_start(ap, fmt);
	what = md_vprintf(r->mem, fmt, ap);
	va_end(ap);
	*r->why = md_printf(r->mem, "%s:%u: %s%s%s", r->path, at->line, r->key,
	                    r->key[0] != '\0' ? ": " : "", what);
	return false;
}

struct md_place
md_config_place(const struct md_config_reader *r, const struct md_yaml *at)
{
	return (struct md_place){ r->path, at->line, NULL };
}

/* ---- mappings and lists ---- */

static const struct md_config_key *
find_key(const struct md_config_key *keys, struct md_str name)
{
	for (; keys->name != NULL; keys++)
		if (md_str_eq(name, keys->name))
			return keys;
	return NULL;
}

static const char *
listed(struct md_arena *mem, const char *const *words)
{
	struct md_buf list = { .mem = mem };

	for (; *words != NULL; words++)
		md_buf_item(&list, ", ", "%s", *words);
	return md_buf_str(&list);
}

static const char *
did_you_mean(struct md_config_reader *r, struct md_str word, const char *const *words)
{
	const char *nearest = md_nearest(word, words);

	return nearest != NULL ? md_printf(r->mem, ", did you mean \"%s\"?", nearest) : "";
}

static bool
refuse_key(struct md_config_reader *r, const struct md_yaml_entry *entry, const char *what,
           const struct md_config_key *keys)
{
	const struct md_yaml at = { .line = entry->line };
	const char **names = NULL, *nearest;
	size_t n = 0;

	for (; keys->name != NULL; keys++)
		MD_PUSH(r->mem, names, n, keys->name);
	MD_PUSH(r->mem, names, n, NULL);
	nearest = did_you_mean(r, entry->key, names);
	return md_config_refuse(r, &at, "%s is no key of %s%s%s there are %s",
	                        md_excerpt(r->mem, entry->key), what, nearest,
	                        nearest[0] != '\0' ? "" : ":", listed(r->mem, names));
}

static bool
has_required(struct md_config_reader *r, const struct md_yaml *map, const char *what,
             const struct md_config_key *keys)
{
	for (; keys->name != NULL; keys++)
		if (keys->required && md_yaml_find(map, keys->name) == NULL)
			return md_config_refuse(r, map, "%s needs \"%s\"", what, keys->name);
	return true;
}

bool
md_config_map(struct md_config_reader *r, const struct md_yaml *map, const char *what,
              const struct md_config_key *keys, void *into)
{
	const char *outer = r->key;

	if (map->kind != MD_YAML_MAP && !md_yaml_is_null(map))
		return md_config_refuse(r, map, "%s must be %s, this is %s", what,
		                        kinds[MD_YAML_MAP], kinds[map->kind]);
	for (size_t i = 0; i < map->n; i++)
		if (find_key(keys, map->entries[i].key) == NULL)
			return refuse_key(r, &map->entries[i], what, keys);
	if (!has_required(r, map, what, keys))
		return false;
	for (size_t i = 0; i < map->n; i++) {
		const struct md_config_key *key = find_key(keys, map->entries[i].key);

		r->key = key->name;
		if (!key->read(r, &map->entries[i].value, into))
			return false;
	}
	r->key = outer;
	return true;
}

bool
md_config_each(struct md_config_reader *r, const struct md_yaml *list, md_config_read *item,
               void *into)
{
	if (md_yaml_is_null(list))
		return true;
	if (list->kind != MD_YAML_LIST)
		return item(r, list, into);
	if (list->n > MD_CONFIG_ITEMS)
		return md_config_refuse(r, list, "more than %d of them", MD_CONFIG_ITEMS);
	for (size_t i = 0; i < list->n; i++)
		if (!item(r, &list->items[i], into))
			return false;
	return true;
}

/* ---- texts ---- */

bool
md_config_text(struct md_config_reader *r, const struct md_yaml *node, const char **out)
{
	struct md_str text;

	if (node->kind != MD_YAML_TEXT)
		return md_config_refuse(r, node, "%s is expected, this is %s",
		                        kinds[MD_YAML_TEXT], kinds[node->kind]);
	text = md_str_trim(node->text, " \n"); /* what "reason: >" leaves at its end */
	if (md_yaml_is_null(node) || text.len == 0)
		return md_config_refuse(r, node, "nothing stands here");
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
			return md_config_refuse(r, node,
			                        "one line without control characters is "
			                        "expected, not %s",
			                        md_excerpt(r->mem, text));
	*out = md_strndup(r->mem, text.p, text.len);
	return true;
}

bool
md_config_word(struct md_config_reader *r, const struct md_yaml *node, const char *const *words,
               const char **out)
{
	const char *text = "";

	if (md_yaml_is_null(node))
		return md_config_refuse(r, node, "nothing stands here: one of %s is expected",
		                        listed(r->mem, words));
	if (!md_config_text(r, node, &text))
		return false;
	for (size_t i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0) {
			*out = words[i];
			return true;
		}
	return md_config_refuse(r, node, "%s is none of %s", md_excerpt(r->mem, md_str(text)),
	                        listed(r->mem, words));
}

bool
md_config_bool(struct md_config_reader *r, const struct md_yaml *node, bool *out)
{
	static const char *const words[] = { "true", "false", NULL };
	const char *word = "";

	if (!md_config_word(r, node, words, &word))
		return false;
	*out = word == words[0];
	return true;
}

/* ---- what the caller knows ---- */

bool
md_config_rule(struct md_config_reader *r, const struct md_yaml *node, const char **out)
{
	const char *const *rules = r->known->rules;
	const char *text = "";

	if (!md_config_text(r, node, &text))
		return false;
	*out = text;
	if (rules == NULL)
		return true;
	for (size_t i = 0; rules[i] != NULL; i++)
		if (strcmp(rules[i], text) == 0)
			return true;
	return md_config_refuse(r, node, "there is no rule %s%s (maildiag list has them all)",
	                        md_excerpt(r->mem, md_str(text)),
	                        did_you_mean(r, md_str(text), rules));
}
