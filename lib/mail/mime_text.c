/* Decodes the text of a part by GMime: transfer encoding, then charset. */
#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>

#include "base/arena.h"
#include "mail/mime.h"

bool
md_mime_is_utf8(struct md_str s)
{
	return g_utf8_validate_len(s.p, s.len, NULL);
}

static GMimeContentEncoding
encoding_of(const struct md_part *part)
{
	return g_mime_content_encoding_from_string(part->encoding);
}

/* Octets of the transfer encoding's meaning, at most MD_TEXT_MOST of what is encoded. */
static struct md_str
decoded(struct md_arena *mem, const struct md_part *part, bool *cut)
{
	struct md_str in = part->body;
	GMimeEncoding state;
	char *out;

	*cut = in.len > MD_TEXT_MOST;
	if (*cut)
		in.len = MD_TEXT_MOST;
	if (encoding_of(part) < GMIME_CONTENT_ENCODING_BASE64)
		return in;
	g_mime_encoding_init_decode(&state, encoding_of(part));
	out = md_alloc(mem, g_mime_encoding_outlen(&state, in.len) + 1);
	return (struct md_str){ out, g_mime_encoding_flush(&state, in.p, in.len, out) };
}

static bool
has_eight_bit(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] > 0x7f)
			return true;
	return false;
}

/* iconv's own type for what it reads is not const, though it is. */
union input {
	const char *given;
	char *taken;
};

static void
convert(iconv_t to_utf8, struct md_text *text, struct md_buf *out, struct md_str s)
{
	union input in = { .given = s.p };
	char block[4096];

	while (s.len > 0) {
		char *to = block;
		size_t room = sizeof(block);
		const size_t rc = iconv(to_utf8, &in.taken, &s.len, &to, &room);
		const int why = errno;

		md_buf_add(out, (struct md_str){ block, sizeof(block) - room });
		if (rc != (size_t)-1 || why == E2BIG)
			continue;
		/* Cut in the midst of a character: no fault of the message. */
		if (why == EINVAL && text->cut)
			break;
		md_buf_printf(out, "\xef\xbf\xbd");
		text->nwrong++;
		in.given++;
		s.len--;
	}
}

/* iconv lets pass what is no character of Unicode; and for us a text holds no NUL. */
static void
make_valid(struct md_text *text, struct md_arena *mem)
{
	char *valid;

	if (md_mime_is_utf8(text->utf8))
		return;
	if (md_str_find(text->utf8, '\0') == text->utf8.len)
		text->nwrong++;
	valid = g_utf8_make_valid(text->utf8.p, (gssize)text->utf8.len);
	text->utf8 = md_str(md_strdup(mem, valid));
	g_free(valid);
}

struct md_text
md_mime_text(struct md_arena *mem, const struct md_part *part)
{
	const char *charset = *part->means.charset != '\0' ? part->means.charset : "utf-8";
	struct md_text text = { .known = true };
	struct md_buf out = { .mem = mem };
	const struct md_str octets = decoded(mem, part, &text.cut);
	iconv_t to_utf8 = g_mime_iconv_open("UTF-8", charset);

	text.octets = octets.len;
	text.eight_bit = has_eight_bit(octets);
	if (to_utf8 == (iconv_t)-1) {
		text.known = false;
		to_utf8 = g_mime_iconv_open("UTF-8", "iso-8859-1");
	}
	convert(to_utf8, &text, &out, octets);
	g_mime_iconv_close(to_utf8);
	text.utf8 = md_buf_view(&out);
	make_valid(&text, mem);
	return text;
}
