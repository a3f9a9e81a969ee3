/* Any text has links within it, in their order; their hosts are names or addresses. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look_at(struct md_arena *mem, const struct md_links *links, struct md_str text)
{
	assert(links->n <= MD_LINKS_MOST &&
	       (links->nomitted == 0 || links->n == MD_LINKS_MOST));
	for (size_t i = 0; i < links->n; i++) {
		const struct md_link *link = &links->all[i];
		struct md_str user;
		const char *host = md_link_host(mem, md_str(link->url), &user);

		assert(link->at < text.len && (i == 0 || link->at > link[-1].at));
		assert(host == NULL || *host != '\0');
		assert(user.len <= strlen(link->url));
		assert(strlen(link->text) <= 204);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str text = { (const char *)bytes, len };

	look_at(mem, md_links_of_html(mem, text), text);
	look_at(mem, md_links_of_plain(mem, text), text);
	md_arena_free(mem);
	return 0;
}
