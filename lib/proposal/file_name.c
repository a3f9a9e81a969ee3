/* Which zone a file is of, by its name and its folder's. */
#include <string.h>

#include "base/name.h"
#include "proposal/read.h"

static struct md_str
without_end(struct md_str s, const char *const *ends)
{
	for (size_t i = 0; ends[i] != NULL; i++) {
		const size_t n = strlen(ends[i]);

		if (s.len > n && md_str_same_nocase(md_str_skip(s, s.len - n), md_str(ends[i]))) {
			s.len -= n;
			return s;
		}
	}
	return s;
}

static struct md_str
without_begin(struct md_str s, const char *const *begins)
{
	for (size_t i = 0; begins[i] != NULL; i++)
		if (md_str_starts_nocase(s, begins[i]))
			return md_str_skip(s, strlen(begins[i]));
	return s;
}

/* "example.com._0_base" of a zone in several files; "a._domainkey.example.com" is a name. */
static struct md_str
without_part(struct md_str s)
{
	for (size_t i = 1; i + 2 < s.len; i++)
		if (s.p[i] == '.' && s.p[i + 1] == '_' &&
		    md_str_find(md_str_skip(s, i + 1), '.') == s.len - i - 1)
			return (struct md_str){ s.p, i };
	return s;
}

/* Is the last label one that names of the world end in: letters alone, or an A-label? */
static bool
has_top(const char *name)
{
	const char *top = md_name_last(name, 1);

	if (md_str_starts(md_str(top), "xn--"))
		return true;
	for (const char *s = top; *s != '\0'; s++)
		if (!md_is_alpha(*s))
			return false;
	return strlen(top) > 1;
}

/* Is it the name of a zone, with or without its final dot? */
static const char *
zone_name(struct md_arena *mem, struct md_str text)
{
	const char *why, *name = NULL;

	if (text.len > 1 && md_str_find(text, ' ') == text.len)
		name = md_name_from_user(mem, md_strndup(mem, text.p, text.len), &why);
	if (name == NULL || md_name_labels(name) < 2)
		return NULL;
	return has_top(name) || md_name_under(name, "arpa") ? name : NULL;
}

static struct md_str
last_word(struct md_str *path)
{
	size_t n = path->len;
	struct md_str word;

	while (n > 0 && path->p[n - 1] != '/')
		n--;
	word = md_str_skip(*path, n);
	path->len = n > 0 ? n - 1 : 0;
	return word;
}

const char *
md_proposal_zone_named(struct md_arena *mem, const char *path)
{
	static const char *const ends[] = { ".zone", ".db",    ".dns",  ".txt",  ".hosts",
		                            ".bind", ".inc",   ".yaml", ".yml",  ".json",
		                            ".conf", ".zonefile", NULL };
	static const char *const begins[] = { "db.", "zone.", "pri.", "sec.", "named.", "$",
		                              NULL };
	struct md_str folders = md_str(path);
	struct md_str file = last_word(&folders), folder = last_word(&folders);
	const char *of_folder = zone_name(mem, folder), *of_file;

	/* octoDNS has a folder for a zone, which ends in a dot, and in it a file for a name. */
	if (of_folder != NULL && folder.p[folder.len - 1] == '.')
		return of_folder;
	file = without_part(without_begin(without_end(file, ends), begins));
	of_file = zone_name(mem, file);
	return of_file != NULL ? of_file : of_folder;
}
