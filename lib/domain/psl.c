/* The Public Suffix List, through libpsl's built-in copy. */
#include <libpsl.h>
#include <stddef.h>

#include "domain/psl.h"

#include "base/name.h"
#include "base/str.h"
#include <string.h>

static bool
is_root(const char *name)
{
	return *name == '\0' || (name[0] == '.' && name[1] == '\0');
}

bool
md_psl_is_suffix(const char *name)
{
	const psl_ctx_t *list = psl_builtin();

	if (name == NULL)
		return false;
	if (is_root(name))
		return true;
	return list != NULL && psl_is_public_suffix(list, name) == 1;
}

bool
md_psl_is_listed(const char *name)
{
	const psl_ctx_t *list = psl_builtin();

	return list != NULL && !is_root(name) &&
	       psl_is_public_suffix2(list, name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1;
}

const char *
md_psl_organisational(const char *name)
{
	const psl_ctx_t *list = psl_builtin();
	const char *suffix;

	if (name == NULL || is_root(name) || list == NULL)
		return name;
	suffix = psl_unregistrable_domain(list, name);
	if (suffix == NULL)
		return name;
	/* Labels are counted by us: a dot inside a label ("\.") is not one to libpsl. */
	return md_name_last(name, md_name_labels(suffix) + 1);
}

bool
md_psl_same_organisation(const char *a, const char *b)
{
	return strcmp(md_psl_organisational(a), md_psl_organisational(b)) == 0;
}
