/* The author domain of a message (RFC 9989 5.3.1). */
#include <string.h>

#include "base/arena.h"
#include "mail/address.h"
#include "mail/message.h"

/*
 * An address that some would read otherwise ("a@b@c"): it may hide an author domain.  A literal
 * ("a@[192.0.2.1]") and a bare "root" hold none, and hide none.
 */
static bool
is_ambiguous(const struct md_mailbox *m)
{
	return *m->domain == '\0' && strchr(m->text, '@') != NULL &&
	       strstr(m->text, "@[") == NULL;
}

static const char *
the_domain(struct md_arena *mem, const struct md_mailboxes *from, const char **why)
{
	const char *domain = NULL;

	for (size_t i = 0; i < from->n; i++) {
		const struct md_mailbox *m = &from->all[i];

		if (is_ambiguous(m)) {
			*why = md_printf(mem, "an address in its From field cannot be read: %s",
			                 from->fault);
			return NULL;
		}
		if (*m->domain == '\0' || (domain != NULL && strcmp(domain, m->domain) == 0))
			continue;
		if (domain != NULL) {
			*why = md_printf(mem, "its From field has several domains, %s and %s",
			                 md_show(mem, md_str(domain)),
			                 md_show(mem, md_str(m->domain)));
			return NULL;
		}
		domain = m->domain;
	}
	if (from->cut) { /* what was not read may hold another */
		*why = md_printf(mem, "its From field is too long: %s", from->fault);
		return NULL;
	}
	if (domain == NULL)
		*why = "there is no domain in its From field";
	return domain;
}

const char *
md_author_of(struct md_arena *mem, const struct md_mailboxes *from, size_t n, const char **why)
{
	if (n == 1)
		return the_domain(mem, from, why);
	*why = n == 0 ? "it has no From field" : md_printf(mem, "it has %zu From fields", n);
	return NULL;
}

const char *
md_author_domain(struct md_arena *mem, const struct md_message *message, const char **why)
{
	const struct md_field *from = md_message_field(message, "From", NULL);
	const size_t n = md_message_count(message, "From");

	return md_author_of(mem, n == 1 ? md_mailboxes_parse(mem, from->value) : NULL, n, why);
}
