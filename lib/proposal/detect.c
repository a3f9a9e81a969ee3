/* Which format an input has, by its content. */
#include <string.h>

#include "proposal/read.h"

/* Takes the next line that is neither empty nor a comment of YAML off *rest. */
static bool
first_line(struct md_str *rest, struct md_str *line)
{
	while (md_str_cut(rest, '\n', line)) {
		*line = md_str_trim(*line, " \t\r");
		if (line->len > 0 && line->p[0] != '#')
			return true;
	}
	return false;
}

static struct md_str
first_word(struct md_str *rest)
{
	struct md_str word;

	*rest = md_str_trim(*rest, " \t");
	word = (struct md_str){ rest->p, 0 };
	while (word.len < rest->len && strchr(" \t", rest->p[word.len]) == NULL)
		word.len++;
	*rest = md_str_skip(*rest, word.len);
	return word;
}

/* "---", "%YAML", "? ''", "www:". */
static bool
is_yaml(struct md_str line)
{
	struct md_str rest = line;
	const struct md_str word = first_word(&rest);

	return md_str_starts(line, "---") || md_str_starts(line, "%YAML") ||
	       md_str_eq(word, "?") || (word.len > 1 && word.p[word.len - 1] == ':');
}

/* A directive, a comment, or a record: owner, TTL and class before a type. */
static bool
is_zone_file(struct md_str line)
{
	enum { MOST_WORDS = 4 };

	if (line.p[0] == '$' || line.p[0] == ';')
		return true;
	for (size_t i = 0; i < MOST_WORDS && line.len > 0; i++)
		if (md_type_find(first_word(&line)) != 0)
			return true;
	return false;
}

bool
md_input_any(struct md_input *in)
{
	struct md_str rest = in->text, line = { "", 0 };

	if (md_str_starts(rest,
	                  "\xEF\xBB\xBF")) /* a byte order mark is no part of any format */
		in->text = rest = md_str_skip(rest, 3);
	if (md_str_starts(rest, "PK\x03\x04"))
		return md_input_wrong(in, 0,
		                      "a ZIP file, as \"terraform plan -out\" writes: give what "
		                      "\"terraform show -json PLAN\" prints");
	if (first_line(&rest, &line)) {
		if (line.p[0] == '{' || line.p[0] == '[')
			return md_input_json(in, MD_ZONE_DETECT);
		if (is_yaml(line))
			return md_input_octodns(in);
		if (is_zone_file(line))
			return md_input_bind(in);
	}
	return md_input_wrong(in, 0,
	                      "neither a zone file nor of dnscontrol print-ir, octoDNS, "
	                      "terraform show -json, Route 53, PowerDNS, Cloudflare or "
	                      "gcloud");
}
