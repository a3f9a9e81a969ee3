/* Reads --profile, against the providers of the data file in use. */
#include "profiles.h"

#include <string.h>

#include "ask/datafile.h"
#include "kit/say.h"
#include "profile/profile.h"

static bool
is_among(const char *word, const char *const *ids)
{
	for (; *ids != NULL; ids++)
		if (strcmp(word, *ids) == 0)
			return true;
	return false;
}

static const char *
listed(struct md_arena *mem, const char *const *ids)
{
	struct md_buf list = { .mem = mem };

	for (; *ids != NULL; ids++)
		md_buf_item(&list, ", ", "%s", *ids);
	return md_buf_str(&list);
}

static bool
complain(struct md_arena *mem, struct md_str word, const char *const *ids)
{
	const char *nearest = md_nearest(word, ids);

	if (nearest != NULL)
		cli_say("--profile: no provider %s: did you mean \"%s\"?", md_quote(mem, word),
		        nearest);
	else
		cli_say("--profile: no provider %s; there are %s", md_quote(mem, word),
		        listed(mem, ids));
	return false;
}

bool
cli_profiles_choose(struct md_arena *mem, const char *data, struct cli_strings *words)
{
	struct cli_strings chosen = { 0 };
	const struct md_datafiles *files;
	const char *const *ids;
	const char *why;
	struct md_str word;

	if (words->n == 0)
		return true;
	files = md_datafiles_open(mem, data, &why);
	if (files == NULL) {
		cli_say("%s", why);
		return false;
	}
	ids = md_profiles_ids(mem, md_datafiles_find(files, "profiles"));
	for (size_t i = 0; i < words->n; i++) {
		struct md_str rest = md_str(words->p[i]);

		while (md_str_cut(&rest, ',', &word)) {
			const char *id = md_str_lower(mem, md_str_trim(word, " "));

			if (!is_among(id, ids))
				return complain(mem, word, ids);
			MD_PUSH(mem, chosen.p, chosen.n, id);
		}
	}
	if (chosen.n == 0)
		return complain(mem, md_str(""), ids);
	MD_PUSH(mem, chosen.p, chosen.n, NULL);
	chosen.n--;
	*words = chosen;
	return true;
}
