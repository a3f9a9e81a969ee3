/* Any list of mailboxes is read; names are UTF-8, domains can be asked for in the DNS. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "mail/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* RFC 3629, as far as a wrong sequence could harm: lead octets have their followers. */
static void
assert_utf8(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p != '\0';) {
		const unsigned more = *p < 0x80   ? 0
		                      : *p < 0xc2 ? 9
		                      : *p < 0xe0 ? 1
		                      : *p < 0xf0 ? 2
		                      : *p < 0xf5 ? 3
		                                  : 9;

		assert(more < 9);
		p++;
		for (unsigned i = 0; i < more; i++)
			assert((*p++ & 0xc0) == 0x80);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct md_arena *mem = md_arena_new();
	const struct md_mailboxes *list =
	        md_mailboxes_parse(mem, (struct md_str){ (const char *)bytes, len });

	assert(list->n > 0 || list->groups || *list->fault != '\0');
	for (size_t i = 0; i < list->n; i++) {
		const struct md_mailbox *m = &list->all[i];

		assert_utf8(m->name);
		if (*m->domain == '\0')
			continue;
		assert(md_name_fits(m->domain));
		assert(*m->local != '\0' || strstr(m->text, "\"\"") != NULL);
		assert(strchr(m->text, '@') != NULL);
	}
	md_arena_free(mem);
	return 0;
}
