/* Reads providers' requirements, and finds what is wrong with a user's own file. */
#include "profile/file.h"

#include <string.h>

enum { PROVIDER, NAME, THRESHOLD, NINTRODUCTION };
enum { SCOPE = 1, LEVEL, EFFECT, KEY, TEXT, REPLY, SOURCE, DATE, VERIFIED, NCOLUMNS };

static struct md_str
column(struct md_str field)
{
	return md_str_eq(field, "-") ? (struct md_str){ field.p, 0 } : field;
}

/* Which of two words is it? */
static bool
is_one(struct md_str field, const char *no, const char *yes, bool *result)
{
	*result = md_str_eq(field, yes);
	return *result || md_str_eq(field, no);
}

static bool
read_effect(struct md_str field, enum md_effect *effect)
{
	if (md_str_eq(field, "refuse"))
		*effect = MD_EFFECT_REFUSE;
	else if (md_str_eq(field, "junk"))
		*effect = MD_EFFECT_JUNK;
	else
		return md_str_eq(field, "-");
	return true;
}

/* "fcrdns:v6" */
static const char *
read_key(struct md_str field, struct md_profile_line *line)
{
	const size_t colon = md_str_find(field, ':');

	line->word = field;
	line->argument = md_str_skip(field, colon + 1);
	line->key = md_profile_key_find((struct md_str){ field.p, colon });
	if (line->key == NULL)
		return "no such key of a requirement";
	if (line->key->argument == MD_ARGUMENT_NEEDED && line->argument.len == 0)
		return "the key needs a colon and a value";
	if (line->key->argument == MD_ARGUMENT_NONE && colon < field.len)
		return "the key takes no value";
	return NULL;
}

/* NULL, or what is wrong. */
static const char *
read_requirement(const struct md_str *f, struct md_profile_line *line)
{
	line->text = f[TEXT];
	line->reply = column(f[REPLY]);
	line->source = column(f[SOURCE]);
	line->date = column(f[DATE]);
	if (!is_one(f[SCOPE], "all", "bulk", &line->bulk))
		return "the scope is neither all nor bulk";
	if (!is_one(f[LEVEL], "required", "advised", &line->advised))
		return "the level is neither required nor advised";
	if (!read_effect(f[EFFECT], &line->effect))
		return "the effect is neither refuse, junk nor -";
	if (!is_one(f[VERIFIED], "no", "yes", &line->verified))
		return "verified is neither yes nor no";
	return read_key(f[KEY], line);
}

static const char *
read_line(const struct md_str *f, size_t n, struct md_profile_line *line)
{
	*line = (struct md_profile_line){ .provider = f[PROVIDER] };
	if (line->provider.len == 0)
		return "it names no provider";
	line->introduces = n == NINTRODUCTION;
	if (line->introduces) {
		line->name = f[NAME];
		line->threshold = column(f[THRESHOLD]);
		return NULL;
	}
	return n == NCOLUMNS ? read_requirement(f, line)
	                     : "it has neither 3 columns nor 10, separated by tabs";
}

bool
md_profile_line_next(struct md_tsv *file, struct md_profile_line *line, const char **fault)
{
	struct md_str f[NCOLUMNS];
	size_t n;

	*fault = NULL;
	n = md_tsv_next(file, f, NCOLUMNS);
	if (n > 0)
		*fault = read_line(f, n, line);
	return n > 0;
}

static bool
is_among(struct md_str id, const char *const *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (md_str_eq(id, ids[i]))
			return true;
	return false;
}

/* A provider's lines stand below the one that introduces it, and all in one place. */
static const char *
misplaced(const struct md_profile_line *line, const char *const *ids, size_t n)
{
	if (line->introduces)
		return is_among(line->provider, ids, n) ? "this provider was introduced before"
		                                        : NULL;
	if (n == 0 || !md_str_eq(line->provider, ids[n - 1]))
		return "it does not stand below the line that introduces its provider";
	return NULL;
}

const void *
md_profile_lines_read(struct md_arena *mem, struct md_str text)
{
	struct md_profile_lines *lines = md_alloc(mem, sizeof(*lines));
	struct md_profile_line *all = NULL, line;
	struct md_tsv file = { .rest = text };
	const char *fault;

	while (md_profile_line_next(&file, &line, &fault))
		if (fault == NULL)
			MD_PUSH(mem, all, lines->n, line);
	lines->all = all;
	return lines;
}

const char *
md_profiles_fault(struct md_arena *mem, struct md_str text)
{
	struct md_tsv file = { .rest = text };
	struct md_profile_line line;
	const char **ids = NULL;
	const char *fault;
	size_t n = 0;

	while (md_profile_line_next(&file, &line, &fault)) {
		if (fault == NULL)
			fault = misplaced(&line, ids, n);
		if (fault != NULL)
			return md_printf(mem, "%u: %s", file.line, fault);
		if (line.introduces)
			MD_PUSH(mem, ids, n,
			        md_strndup(mem, line.provider.p, line.provider.len));
	}
	return NULL;
}

bool
md_profiles_good(struct md_arena *mem, struct md_str text, const char *dir, const char **why)
{
	const char *fault = dir != NULL ? md_profiles_fault(mem, text) : NULL;

	if (fault != NULL)
		*why = md_printf(mem, "%s/profiles.tsv:%s", dir, fault);
	return fault == NULL;
}

const char *const *
md_profiles_ids(struct md_arena *mem, struct md_str text)
{
	struct md_tsv file = { .rest = text };
	struct md_profile_line line;
	const char **ids = NULL;
	const char *fault;
	size_t n = 0;

	while (md_profile_line_next(&file, &line, &fault))
		if (fault == NULL && line.introduces)
			MD_PUSH(mem, ids, n,
			        md_strndup(mem, line.provider.p, line.provider.len));
	MD_PUSH(mem, ids, n, NULL);
	return ids;
}
