/* Lines that only their own server understands: passed over, and told. */
#include "zone/dialect.h"

#include <string.h>

#include "base/name.h"

enum { SRV = 33 };

/* What stands where a type does, and what it makes. */
static const struct {
	const char *word;
	enum { ADDRESSES, NAMED_TYPE, NOTHING } makes;
} words[] = {
	{ "ALIAS", ADDRESSES },   { "ANAME", ADDRESSES },    { "DYNA", ADDRESSES },
	{ "DYNC", ADDRESSES },    { "LUA", ADDRESSES },      { "FLATTEN", ADDRESSES },
	{ "URL", ADDRESSES },     { "URL301", ADDRESSES },   { "URL302", ADDRESSES },
	{ "FRAME", ADDRESSES },   { "REDIRECT", ADDRESSES }, { "WEBFORWARD", ADDRESSES },
	{ "AWS", NAMED_TYPE },  /* cli53: AWS ALIAS A ... */
	{ "WINS", NOTHING },    /* Windows asks NetBIOS for names that are not there */
	{ "WINSR", NOTHING },
	{ "WINS-R", NOTHING },
};

static struct md_str
cut_word(struct md_str *rest)
{
	const size_t n = md_str_find(*rest, ' ');
	const struct md_str word = { rest->p, n };

	*rest = md_str_trim(md_str_skip(*rest, n), " ");
	return word;
}

static void
add_vague(struct md_zone_reader *r, const struct md_zone_entry *e, uint16_t type,
          const char *why)
{
	const struct md_zone_vague one = { r->owner, type, why, (uint32_t)e->line };

	MD_PUSH(r->mem, r->vague, r->nvague, one);
}

static bool
tell(struct md_zone_reader *r, const struct md_zone_entry *e, const char *what, const char *why,
     bool harmless)
{
	return md_zone_pass_over(
	        r, e->line,
	        &(struct md_not_judged){ .what = what, .why = why, .harmless = harmless });
}

bool
md_zone_dialect(struct md_zone_reader *r, const struct md_zone_entry *e, struct md_str word,
                struct md_str rest)
{
	const char *shown = md_show(r->mem, word);
	const char *what = md_printf(r->mem, "%s of %s", shown, r->owner);
	size_t i = 0;

	while (i < MD_COUNT(words) && !md_str_eq_nocase(word, words[i].word))
		i++;
	if (i == MD_COUNT(words))
		return tell(r, e, what,
		            md_printf(r->mem, "%s is no type of record that maildiag knows",
		                      shown),
		            false);
	if (words[i].makes == NAMED_TYPE) {
		cut_word(&rest); /* "ALIAS" */
		add_vague(r, e, md_type_find(cut_word(&rest)),
		          "an alias: the provider fills it in");
	} else if (words[i].makes == ADDRESSES) {
		add_vague(r, e, 0,
		          md_printf(r->mem, "%s: the server makes its addresses", shown));
	}
	return tell(r, e, what, "only its own server knows what it makes", true);
}

/* What checks of mail ask for; what BIND would refuse of it stops a change. */
static bool
is_of_mail(uint16_t type)
{
	static const uint16_t types[] = { MD_A,   MD_AAAA, MD_NS,   MD_CNAME, MD_SOA,
		                          MD_MX,  MD_TXT,  MD_SPF,  MD_PTR,   MD_DNAME,
		                          MD_DS,  MD_TLSA, MD_RRSIG, MD_DNSKEY, MD_CAA,
		                          SRV };

	for (size_t i = 0; i < MD_COUNT(types); i++)
		if (types[i] == type)
			return true;
	return false;
}

bool
md_zone_dialect_rdata(struct md_zone_reader *r, const struct md_zone_entry *e, uint16_t type,
                      const char *why)
{
	if (!r->lenient || is_of_mail(type))
		return md_zone_fail(r, e->line, "%s", why);
	add_vague(r, e, type, why);
	return tell(r, e,
	            md_printf(r->mem, "%s of %s", md_type_name(r->mem, type), r->owner), why,
	            true);
}

bool
md_zone_dialect_directive(struct md_zone_reader *r, const struct md_zone_entry *e,
                          struct md_str name)
{
	const char *why =
	        md_printf(r->mem, "%s is no directive we know", md_excerpt(r->mem, name));

	if (!r->lenient)
		return md_zone_fail(r, e->line, "%s", why);
	/* gdnsd: how many addresses an answer has */
	return tell(r, e, md_printf(r->mem, "the directive %s", md_show(r->mem, name)), why,
	            md_str_starts_nocase(name, "$ADDR_LIMIT_"));
}

bool
md_zone_is_age(struct md_str word)
{
	return md_str_starts_nocase(word, "[AGE:") && word.p[word.len - 1] == ']';
}

/* ---- the zone's name ---- */

/* A name of several labels out of a comment; NULL when it is none. */
static const char *
name_in(struct md_arena *mem, struct md_str word)
{
	const char *why, *name;

	word = md_str_trim(word, " \t\r");
	name = word.len > 0 ? md_name_from_user(mem, md_strndup(mem, word.p, word.len), &why)
	                    : NULL;
	return name != NULL && md_name_labels(name) > 1 ? name : NULL;
}

static const char *
told_by_line(struct md_arena *mem, struct md_str line)
{
	static const char between[] = " for ", behind[] = " zone.";

	line = md_str_trim(line, "; \t\r");
	if (md_str_starts(line, "Domain:"))
		return name_in(mem, md_str_skip(line, strlen("Domain:")));
	if (!md_str_starts(line, "Database file ") || line.len <= strlen(behind) ||
	    !md_str_eq(md_str_skip(line, line.len - strlen(behind)), behind))
		return NULL;
	line.len -= strlen(behind);
	for (size_t i = line.len; i-- > 0;)
		if (md_str_starts(md_str_skip(line, i), between))
			return name_in(mem, md_str_skip(line, i + strlen(between)));
	return NULL;
}

const char *
md_zone_told(struct md_arena *mem, struct md_str text)
{
	enum { MOST_LINES = 30 };
	const char *name = NULL;
	struct md_str line;

	for (size_t i = 0; i < MOST_LINES && name == NULL && md_str_cut(&text, '\n', &line); i++) {
		line = md_str_trim(line, " \t\r");
		if (line.len > 0 && line.p[0] != ';')
			break;
		name = told_by_line(mem, line);
	}
	return name;
}
