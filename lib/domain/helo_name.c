/* Is what a server said in HELO the name of a host on the Internet? */
#include "domain/helo_name.h"

#include "base/addr.h"
#include "base/name.h"

/* Names that mean something in one house only: RFC 6761, RFC 6762, and habits. */
static const char *const private_suffixes[] = { "local",    "localdomain", "localhost", "lan",
	                                        "internal", "home",        "corp",      "test",
	                                        "invalid",  "home.arpa" };

static bool
is_private(const char *name)
{
	for (size_t i = 0; i < MD_COUNT(private_suffixes); i++)
		if (md_name_under(name, private_suffixes[i]))
			return true;
	return false;
}

enum md_helo_kind
md_helo_kind(const char *name)
{
	const struct md_str text = md_str(name);
	struct md_addr addr;

	if (text.len > 2 && text.p[0] == '[' && text.p[text.len - 1] == ']')
		return MD_HELO_LITERAL;
	if (md_addr_parse(text, &addr))
		return MD_HELO_ADDRESS;
	if (md_name_labels(name) < 2)
		return MD_HELO_LABEL;
	if (is_private(name))
		return MD_HELO_PRIVATE;
	return md_name_is_hostname(name) ? MD_HELO_NAME : MD_HELO_NO_HOST;
}
