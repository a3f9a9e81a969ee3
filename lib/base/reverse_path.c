/* Reverse-paths: to whom a message is returned that cannot be delivered (MAIL FROM). */
#include "base/reverse_path.h"

#include "base/arena.h"
#include "base/str.h"

/* RFC 5321 4.5.3.1.3 allows 256 octets; nobody takes mail from a path of so many. */
enum { PATH_MOST = 1000, SHOWN = 256 };

/* Its beginning, which is nobody's domain. */
static struct md_reverse_path
too_long(struct md_arena *mem, struct md_str text)
{
	const char *shown =
	        md_printf(mem, "%s... (%zu octets)", md_strndup(mem, text.p, SHOWN), text.len);

	return (struct md_reverse_path){
		.given = true, .local = "", .domain = "", .text = shown
	};
}

struct md_reverse_path
md_reverse_path_read(struct md_arena *mem, const char *written)
{
	struct md_str text = md_str(written);
	size_t at;

	if (text.len == 0)
		return (struct md_reverse_path){ .local = "", .domain = "", .text = "" };
	if (text.len >= 2 && text.p[0] == '<' && text.p[text.len - 1] == '>')
		text = (struct md_str){ text.p + 1, text.len - 2 };
	if (text.len == 0)
		return (struct md_reverse_path){
			.given = true, .null = true, .local = "", .domain = "", .text = "<>"
		};
	if (text.len > PATH_MOST)
		return too_long(mem, text);
	for (at = text.len; at > 0 && text.p[at - 1] != '@';)
		at--;
	return (struct md_reverse_path){
		.given = true,
		.local = md_strndup(mem, text.p, at > 0 ? at - 1 : 0),
		.domain = md_strndup(mem, text.p + at, text.len - at),
		.text = md_strndup(mem, text.p, text.len),
	};
}

struct md_reverse_path
md_reverse_path_spelled(struct md_arena *mem, const struct md_reverse_path *path,
                        const char *domain)
{
	const size_t before = strlen(path->text) - strlen(path->domain);

	return (struct md_reverse_path){
		.given = path->given,
		.null = path->null,
		.local = path->local,
		.domain = domain,
		.text = md_printf(mem, "%.*s%s", (int)before, path->text, domain),
	};
}
