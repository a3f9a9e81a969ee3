/* The values of .maildiag.yaml with a meaning of their own: names, addresses, days. */
#include "gate/config_value.h"

#include <string.h>
#include <time.h>

#include "base/name.h"
#include "domain/provider.h"

/* RFC 5321 4.5.3.1.3, and what run options take. */
enum { MOST_OF_A_PATH = 1000 };

bool
md_config_domain(struct md_config_reader *r, const struct md_yaml *node, const char **out)
{
	const char *text = "", *name, *why = "";

	if (!md_config_text(r, node, &text))
		return false;
	name = strlen(text) <= MOST_OF_A_PATH ? md_name_from_user(r->mem, text, &why) : NULL;
	if (name == NULL)
		return md_config_refuse(r, node, "%s",
		                        why[0] != '\0' ? why : "too long for a name");
	*out = name;
	return true;
}

/* A DKIM selector is one or more labels (RFC 6376 3.1): what can stand before _domainkey. */
bool
md_config_selector(struct md_config_reader *r, const struct md_yaml *node, const char **out)
{
	const char *text = "", *name;

	if (!md_config_text(r, node, &text))
		return false;
	name = md_name_normal(r->mem, md_str(text));
	if (!md_name_fits(name) || name[0] == '.')
		return md_config_refuse(r, node, "%s is no DKIM selector",
		                        md_excerpt(r->mem, md_str(text)));
	*out = name;
	return true;
}

bool
md_config_address(struct md_config_reader *r, const struct md_yaml *node, struct md_addr *out)
{
	const char *text = "";

	if (!md_config_text(r, node, &text))
		return false;
	if (!md_addr_parse(md_str(text), out))
		return md_config_refuse(r, node,
		                        "%s is no IP address (a single one, no network)",
		                        md_excerpt(r->mem, md_str(text)));
	*out = md_addr_from_mapped(*out);
	return true;
}

bool
md_config_mail_from(struct md_config_reader *r, const struct md_yaml *node,
                    struct md_reverse_path *out)
{
	const char *text = "", *at, *domain, *why = "";

	if (!md_config_text(r, node, &text))
		return false;
	*out = md_reverse_path_read(r->mem, text);
	if (out->null)
		return true;
	at = strrchr(text, '@');
	domain = strlen(text) <= MOST_OF_A_PATH
	                 ? md_name_from_user(r->mem, at != NULL ? at + 1 : text, &why)
	                 : NULL;
	if (domain == NULL)
		return md_config_refuse(r, node, "%s: an address, a domain or <> is expected",
		                        why[0] != '\0' ? why : "too long");
	if (at == text)
		return md_config_refuse(r, node, "nothing stands before the @ of %s",
		                        md_excerpt(r->mem, md_str(text)));
	*out = md_reverse_path_spelled(r->mem, out, domain);
	return true;
}

bool
md_config_provider(struct md_config_reader *r, const struct md_yaml *node, const char **out)
{
	struct md_tsv file = { .rest = r->known->providers };
	struct md_buf all = { .mem = r->mem };
	const char **names = NULL, *text = "", *nearest;
	struct md_provider p;
	size_t n = 0;

	if (!md_config_text(r, node, &text))
		return false;
	*out = text;
	while (md_provider_next(&file, &p)) {
		MD_PUSH(r->mem, names, n, md_strndup(r->mem, p.name.p, p.name.len));
		md_buf_printf(&all, "%s%s", n > 1 ? ", " : "", names[n - 1]);
		if (!md_eq_nocase(names[n - 1], text))
			continue;
		*out = names[n - 1];
		return true;
	}
	if (n == 0)
		return true;
	MD_PUSH(r->mem, names, n, NULL);
	nearest = md_nearest(md_str(text), names);
	if (nearest != NULL)
		return md_config_refuse(r, node, "no provider %s, did you mean \"%s\"?",
		                        md_excerpt(r->mem, md_str(text)), nearest);
	return md_config_refuse(r, node, "no provider %s: there are %s",
	                        md_excerpt(r->mem, md_str(text)), md_buf_str(&all));
}

/* ---- days ---- */

static bool
read_digits(struct md_str text, size_t at, size_t n, int *number)
{
	unsigned long value;

	for (size_t i = at; i < at + n; i++)
		if (!md_is_digit(text.p[i]))
			return false;
	if (!md_str_number((struct md_str){ text.p + at, n }, 9999, &value))
		return false;
	*number = (int)value;
	return true;
}

/* A day that is in the calendar: timegm makes 1 March of 29 February 2026. */
static bool
read_day(struct md_str text, int64_t *end)
{
	struct tm tm = { 0 }, same;
	int year, month, day;
	time_t start;

	if (text.len != 10 || text.p[4] != '-' || text.p[7] != '-' ||
	    !read_digits(text, 0, 4, &year) || !read_digits(text, 5, 2, &month) ||
	    !read_digits(text, 8, 2, &day) || year < 1971)
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = day;
	same = tm;
	start = timegm(&same);
	if (same.tm_year != tm.tm_year || same.tm_mon != tm.tm_mon ||
	    same.tm_mday != tm.tm_mday)
		return false;
	*end = (int64_t)start + INT64_C(24) * 60 * 60;
	return true;
}

bool
md_config_day(struct md_config_reader *r, const struct md_yaml *node, int64_t *end,
              const char **text)
{
	if (md_yaml_is_null(node))
		return md_config_refuse(r, node, "nothing stands here: YYYY-MM-DD or never");
	if (!md_config_text(r, node, text))
		return false;
	if (strcmp(*text, "never") == 0) {
		*end = 0;
		return true;
	}
	return read_day(md_str(*text), end) ||
	       md_config_refuse(r, node,
	                        "%s is no day: YYYY-MM-DD, the last day on which the waiver "
	                        "counts, or never",
	                        md_excerpt(r->mem, md_str(*text)));
}
