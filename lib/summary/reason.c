/* Why something could not be known, without what differs from domain to domain. */
#include "summary/reason.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* The sentences of lib/resolver/outcome.c and lib/run/run.c, by their beginning. */
static const struct {
	const char *begins, *reason;
} known[] = {
	{ "no answer from ", "no answer" },
	{ "no answer before the report's ", "the time for the report was over" },
	{ "no resolver has answered ", "no resolver answers" },
	{ "only a referral ", "only a referral to other servers" },
	{ "truncated over UDP, and TCP ", "no answer over TCP" },
	{ "unreadable answer ", "an unreadable answer" },
};

/* "SERVFAIL from 192.0.2.53": a word in capitals and digits. */
static bool
is_rcode(struct md_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!md_is_digit(word.p[i]) && (!md_is_alpha(word.p[i]) || word.p[i] >= 'a'))
			return false;
	return word.len > 2;
}

static bool
is_somebodys(struct md_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		const bool last = i + 1 == word.len;

		if (md_is_digit(word.p[i]) || strchr("\\\"@/", word.p[i]) != NULL ||
		    (!last && (word.p[i] == '.' || word.p[i] == ':')))
			return true;
	}
	return false;
}

/* The beginning of any sentence, up to what goes into detail. */
static const char *
beginning(struct md_arena *mem, const char *why)
{
	enum { MOST = 100 };
	struct md_str rest = { why, strcspn(why, ";(") }, word;
	struct md_buf out = { .mem = mem };

	while (out.len < MOST && md_str_cut(&rest, ' ', &word)) {
		const bool hidden = is_somebodys(word);
		const struct md_str shown = hidden ? md_str("...") : word;

		if (word.len == 0 || word.len > MOST)
			continue;
		if (hidden && out.len >= 3 && strcmp(out.p + out.len - 3, "...") == 0)
			continue;
		if (out.len > 0)
			md_buf_addc(&out, ' ');
		md_buf_add(&out, shown);
	}
	return out.len > 0 ? md_buf_str(&out) : "not said";
}

const char *
md_reason(struct md_arena *mem, const char *why)
{
	const struct md_str word = { why, strcspn(why, " ") };

	for (size_t i = 0; i < MD_COUNT(known); i++)
		if (strncmp(why, known[i].begins, strlen(known[i].begins)) == 0)
			return known[i].reason;
	if (strstr(why, " cannot be asked: ") != NULL)
		return "a name server cannot be reached";
	if (is_rcode(word) && strncmp(why + word.len, " from ", strlen(" from ")) == 0)
		return md_strndup(mem, word.p, word.len);
	return beginning(mem, why);
}
