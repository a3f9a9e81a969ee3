/* Links that filters put their own in the place of, as they were before. */
#include <string.h>

#include "repair/lines.h"
#include "repair/rewriters.h"

/* Bits of `way`: where more than one original would be rewritten to the same. */
enum { WAY_BARE_AMPERSAND = 1, WAY_NO_SLASH = 2, WAY_ALL = 4 };

/* Filters that a link has gone through, one after the other. */
enum { FILTERS_MOST = 4 };

/* Writes it; in HTML, where the new link was escaped, the old one was, too. */
static void
put_original(struct md_buf *out, const struct md_link *link, struct md_str url, unsigned way)
{
	const bool html = memmem(link->whole.p, link->whole.len, "&amp;", 5) != NULL &&
	                  (way & WAY_BARE_AMPERSAND) == 0;
	const char *scheme = memmem(url.p, url.len, "://", 3);

	/* a host alone gets its "/" */
	if ((way & WAY_NO_SLASH) != 0 && scheme != NULL && url.len > 0 &&
	    url.p[url.len - 1] == '/' &&
	    memchr(scheme + 3, '/', (size_t)(url.p + url.len - scheme) - 4) == NULL)
		url.len--;
	for (size_t i = 0; i < url.len; i++)
		if (html && url.p[i] == '&' && !md_str_starts(md_str_skip(url, i), "&amp;"))
			md_buf_add(out, md_str("&amp;"));
		else
			md_buf_addc(out, url.p[i]);
}

static bool
undo_link(struct md_buf *out, const struct md_link *link, const struct md_rewriter *r,
          unsigned way)
{
	struct md_buf url = { .mem = out->mem };
	struct md_link inner;

	if (!md_link_original(&url, link, r))
		return false;
	for (unsigned n = 1; n < FILTERS_MOST && (way & WAY_ALL) != 0; n++) {
		struct md_buf next = { .mem = out->mem };

		r = md_rewriter_at(md_buf_view(&url), &inner);
		if (r == NULL || !md_link_original(&next, &inner, r))
			break;
		url = next;
	}
	put_original(out, link, md_buf_view(&url), way);
	return true;
}

/* Octets of an attribute that Safe Links adds beside a link that it rewrites; 0: none here. */
static size_t
added_attribute(struct md_str s)
{
	static const char *const names[] = { " originalsrc=\"", " shash=\"", " data-auth=\"",
		                             " data-linkindex=\"" };

	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_str_starts_nocase(s, names[i])) {
			const size_t begin = strlen(names[i]);
			const size_t end = begin + md_str_find(md_str_skip(s, begin), '"');

			return end < s.len ? end + 1 : 0;
		}
	return 0;
}

/* What stands between links, without such attributes. */
static void
put_between(struct md_buf *out, struct md_str s)
{
	while (s.len > 0) {
		size_t n = md_str_find(s, ' ');
		size_t added;

		md_buf_add(out, (struct md_str){ s.p, n });
		s = md_str_skip(s, n);
		added = added_attribute(s);
		if (added == 0 && s.len > 0)
			md_buf_addc(out, ' ');
		s = md_str_skip(s, added > 0 ? added : 1);
	}
}

/* All links of a text that is in no code. */
static bool
undo_text(struct md_buf *out, struct md_str text, unsigned way, const char **by)
{
	struct md_buf between = { .mem = out->mem };
	bool any = false;
	struct md_link link;

	while (text.len > 0) {
		const size_t at = md_link_next(text);
		const struct md_rewriter *r;

		md_buf_add(&between, (struct md_str){ text.p, at });
		text = md_str_skip(text, at);
		r = md_rewriter_at(text, &link);
		if (r != NULL) {
			put_between(out, md_buf_view(&between));
			between.len = 0;
		}
		if (r == NULL || !undo_link(out, &link, r, way)) {
			struct md_str kept = text;

			if (kept.len > (r != NULL ? link.whole.len : 4))
				kept.len = r != NULL ? link.whole.len : 4;
			md_buf_add(&between, kept);
			text = md_str_skip(text, kept.len);
			continue;
		}
		*by = any ? *by : r->name;
		any = true;
		text = md_str_skip(text, link.whole.len);
	}
	put_between(out, md_buf_view(&between));
	return any;
}

/* A text in a code: decoded, undone and written in the same code again. */
static bool
undo_coded(struct md_buf *out, struct md_str text, enum md_code code, unsigned way,
           const char **by)
{
	struct md_buf plain = { .mem = out->mem }, undone = { .mem = out->mem };

	if (code != MD_CODE_QUOTED && code != MD_CODE_BASE64)
		return undo_text(out, text, way, by);
	if (code == MD_CODE_QUOTED)
		md_quoted_decode(&plain, text);
	else
		md_base64_undo(&plain, text);
	if (!undo_text(&undone, md_buf_view(&plain), way, by)) {
		md_buf_add(out, text);
		return false;
	}
	if (code == MD_CODE_QUOTED)
		md_quoted_encode(out, md_buf_view(&undone));
	else
		md_base64_redo(out, md_buf_view(&undone));
	return true;
}

/* The length of a part's header with the empty line, and the code that it names. */
static size_t
header_length(struct md_str s, enum md_code *code)
{
	static const char name[] = "content-transfer-encoding:";
	size_t n = 0;

	for (size_t next; n < s.len; n += next) {
		const struct md_str line = md_body_lines_next(md_str_skip(s, n), &next);

		if (md_str_starts_nocase(line, name))
			*code = md_code_named(md_str_skip(line, sizeof(name) - 1));
		if (line.len == 0)
			return n + next;
	}
	return n;
}

bool
md_undo_links(struct md_buf *out, const struct md_message *m, unsigned way, const char **by)
{
	const struct md_field *f = md_message_field(m, "Content-Transfer-Encoding", NULL);
	enum md_code code = f != NULL ? md_code_named(f->value) : MD_CODE_8BIT;
	struct md_str body = m->body;
	bool any = false;

	while (body.len > 0) {
		size_t n = 0;

		if (md_str_starts(body, "--")) {
			md_body_lines_next(body, &n);
			code = MD_CODE_8BIT;
			if (!md_str_starts(md_str_skip(body, n), "--"))
				n += header_length(md_str_skip(body, n), &code);
			md_buf_add(out, (struct md_str){ body.p, n });
			body = md_str_skip(body, n);
		}
		n = md_part_length(body);
		any |= undo_coded(out, (struct md_str){ body.p, n }, code, way, by);
		body = md_str_skip(body, n);
	}
	return any;
}
