/* Finds the body in the file again, before it was mended. */
#include "mail/as_given.h"

#include <string.h>

#include "base/arena.h"

const char *
md_as_given_text(enum md_as_given how)
{
	static const char *const texts[] = {
		[MD_AS_MENDED] = "",
		[MD_AS_QUOTED] =
		        "lines that begin with \">From \" are the author's own: this mbox "
		        "file has put no \">\" there",
		[MD_AS_ENDED] =
		        "lines that end in LF alone, among others that end in CRLF, were "
		        "signed so",
	};

	return texts[how];
}

/* The octets of the file from where the body begins. */
static struct md_str
tail(const struct md_message *m)
{
	struct md_str s = m->raw;

	for (size_t line = 1; line < m->body_line && s.len > 0; line++)
		s = md_str_skip(s, md_str_find(s, '\n') + 1);
	return s;
}

/* Every end of a line as CRLF. */
static struct md_str
with_crlf(struct md_arena *mem, struct md_str s)
{
	struct md_buf out = { .mem = mem };

	for (size_t n; s.len > 0; s = md_str_skip(s, n + 1)) {
		n = md_str_find(s, '\n');
		md_buf_add(&out, (struct md_str){
		                         s.p, n - (n > 0 && n < s.len && s.p[n - 1] == '\r') });
		md_buf_add(&out, md_str("\r\n"));
	}
	return md_buf_view(&out);
}

bool
md_body_as_given(struct md_arena *mem, const struct md_message *m, enum md_as_given how,
                 struct md_str *body)
{
	if (how == MD_AS_QUOTED && (m->repairs & MD_REPAIR_QUOTED_FROM) != 0) {
		*body = with_crlf(mem, tail(m));
		return true;
	}
	if (how == MD_AS_ENDED && m->crlf > 0 && m->lf > 0) {
		*body = tail(m);
		return true;
	}
	return false;
}

bool
md_body_is_blank(const struct md_message *m)
{
	for (size_t i = 0; i < m->body.len; i++)
		if (strchr(" \t\r\n", m->body.p[i]) == NULL || m->body.p[i] == '\0')
			return false;
	return true;
}
