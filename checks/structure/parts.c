/* The parts of a message that are meant to be read, and the links in them. */
#include "base/arena.h"
#include "rules.h"

static const void *
read_parts(struct md_ctx *c, const char *arg)
{
	struct md_parts *parts = md_alloc(md_mem(c), sizeof(*parts));
	struct md_read *read = NULL;

	(void)arg;
	parts->mime = md_mime_read(md_mem(c), md_subject(c)->message);
	for (size_t i = 0; i < parts->mime->n; i++) {
		const struct md_part *part = &parts->mime->parts[i];
		struct md_read r = { .part = part };

		r.html = md_str_eq(md_str(part->means.type), "text/html");
		if (part->attached ||
		    (!r.html && !md_str_eq(md_str(part->means.type), "text/plain")))
			continue;
		if (parts->n == MD_READ_MOST) {
			parts->nomitted++;
			continue;
		}
		r.text = md_mime_text(md_mem(c), part);
		r.links = r.html ? md_links_of_html(md_mem(c), r.text.utf8)
		                 : md_links_of_plain(md_mem(c), r.text.utf8);
		MD_PUSH(md_mem(c), read, parts->n, r);
	}
	parts->read = read;
	return parts;
}

const struct md_parts *
md_parts(struct md_ctx *c)
{
	return md_derive(c, read_parts, "");
}
