/* Bodies and MIME parts whose transfer encoding was changed on the way, changed back. */
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "repair/lines.h"

/* ---- the codes ---- */

/* RFC 2045 6.7; what is no such code stays. */
void
md_quoted_decode(struct md_buf *out, struct md_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const struct md_str rest = md_str_skip(text, i);

		if (md_str_starts(rest, "=\r\n")) {
			i += 2;
		} else if (rest.len > 2 && rest.p[0] == '=' && md_hex_digit(rest.p[1]) >= 0 &&
		           md_hex_digit(rest.p[2]) >= 0) {
			md_buf_addc(out, (char)(md_hex_digit(rest.p[1]) * 16 +
			                        md_hex_digit(rest.p[2])));
			i += 2;
		} else {
			md_buf_addc(out, rest.p[0]);
		}
	}
}

static void
encode_quoted_line(struct md_buf *out, struct md_str line)
{
	size_t column = 0;

	for (size_t i = 0; i < line.len; i++) {
		const char c = line.p[i];
		const bool last = i + 1 == line.len;
		const bool plain =
		        (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !last);
		const size_t width = plain ? 1 : 3;

		if (column + width > (last ? 76 : 75)) {
			md_buf_add(out, md_str("=\r\n"));
			column = 0;
		}
		if (plain)
			md_buf_addc(out, c);
		else
			md_buf_printf(out, "=%02X", (unsigned char)c);
		column += width;
	}
}

void
md_quoted_encode(struct md_buf *out, struct md_str text)
{
	for (size_t next; text.len > 0; text = md_str_skip(text, next)) {
		const struct md_str line = md_body_lines_next(text, &next);

		encode_quoted_line(out, line);
		md_buf_add(out, md_str_skip((struct md_str){ text.p, next }, line.len));
	}
}

void
md_base64_redo(struct md_buf *out, struct md_str text)
{
	struct md_str code =
	        md_str(md_base64_encode(out->mem, (const unsigned char *)text.p, text.len));

	for (; code.len > 0; code = md_str_skip(code, 76)) {
		md_buf_add(out, (struct md_str){ code.p, code.len < 76 ? code.len : 76 });
		md_buf_add(out, md_str("\r\n"));
	}
}

void
md_base64_undo(struct md_buf *out, struct md_str text)
{
	const struct md_base64 b = md_base64_decode(out->mem, text);

	md_buf_add(out, (struct md_str){ (const char *)b.bytes, b.len });
}

/* ---- whole bodies and parts ---- */

enum md_code
md_code_named(struct md_str name)
{
	name = md_str_trim(name, " \t\r\n");
	if (md_str_eq_nocase(name, "quoted-printable"))
		return MD_CODE_QUOTED;
	if (md_str_eq_nocase(name, "base64"))
		return MD_CODE_BASE64;
	return md_str_eq_nocase(name, "8bit") || md_str_eq_nocase(name, "binary") ||
	                       md_str_eq_nocase(name, "7bit")
	               ? MD_CODE_8BIT
	               : MD_CODE_OTHER;
}

static bool
has_8bit(struct md_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return true;
	return false;
}

/* Writes text that is in code `is` as it was in code `was`; false: not from here. */
static bool
recode(struct md_buf *out, struct md_str text, enum md_code is, enum md_code was)
{
	if (was == MD_CODE_8BIT && is == MD_CODE_QUOTED)
		md_quoted_decode(out, text);
	else if (was == MD_CODE_8BIT && is == MD_CODE_BASE64)
		md_base64_undo(out, text);
	else if (was == MD_CODE_QUOTED && is == MD_CODE_8BIT && has_8bit(text))
		md_quoted_encode(out, text);
	else if (was == MD_CODE_BASE64 && is == MD_CODE_8BIT && has_8bit(text))
		md_base64_redo(out, text);
	else
		return false;
	return true;
}

static const char *
code_name(enum md_code code)
{
	return code == MD_CODE_QUOTED   ? "quoted-printable"
	       : code == MD_CODE_BASE64 ? "base64"
	                                : "8bit";
}

/* Octets up to the next line that begins with "--", as boundaries of MIME parts do. */
size_t
md_part_length(struct md_str s)
{
	size_t n = 0;

	for (size_t next; n < s.len; n += next) {
		md_body_lines_next(md_str_skip(s, n), &next);
		if (md_str_starts(md_str_skip(s, n), "--"))
			break;
	}
	return n;
}

/* Reads the part's header and writes it with the code that was; *is: what it says. */
static size_t
part_header(struct md_buf *out, struct md_str s, enum md_code was, enum md_code *is)
{
	size_t n = 0;
	const struct md_str name = md_str("content-transfer-encoding:");

	*is = MD_CODE_OTHER;
	for (size_t next; n < s.len; n += next) {
		const struct md_str rest = md_str_skip(s, n);
		const struct md_str line = md_body_lines_next(rest, &next);
		const enum md_code code = md_str_starts_nocase(line, name.p)
		                                  ? md_code_named(md_str_skip(line, name.len))
		                                  : MD_CODE_OTHER;

		if (code != MD_CODE_OTHER) {
			*is = code;
			md_buf_add(out, (struct md_str){ line.p, name.len });
			md_buf_printf(out, " %s\r\n", code_name(was));
		} else {
			md_buf_add(out, (struct md_str){ rest.p, next });
		}
		if (line.len == 0)
			return n + next;
	}
	return n;
}

/* The header as it was, and the text in the code that was; false when it can be in none. */
static bool
part_recoded(struct md_buf *out, const struct md_buf *header, struct md_str text,
             enum md_code is, enum md_code was)
{
	struct md_buf recoded = { .mem = out->mem };

	if (!recode(&recoded, text, is, was))
		return false;
	md_buf_add(out, (struct md_str){ header->p, header->len });
	md_buf_add(out, md_buf_view(&recoded));
	return true;
}

/* Every part that is in another code, in the code that was. */
static bool
parts(struct md_buf *out, struct md_str body, enum md_code was)
{
	bool changed = false;

	while (body.len > 0) {
		const bool boundary = md_str_starts(body, "--");
		struct md_buf header = { .mem = out->mem };
		size_t next, n = 0;
		enum md_code is = MD_CODE_OTHER;

		if (boundary) {
			md_body_lines_next(body, &next);
			md_buf_add(out, (struct md_str){ body.p, next });
			body = md_str_skip(body, next);
			n = part_header(&header, body, was, &is);
		}
		next = md_part_length(md_str_skip(body, n));
		if (is != MD_CODE_OTHER && is != was &&
		    part_recoded(out, &header, (struct md_str){ body.p + n, next }, is, was)) {
			body = md_str_skip(body, n + next);
			changed = true;
			continue;
		}
		n = n + next > 0 || boundary ? n + next : body.len;
		md_buf_add(out, (struct md_str){ body.p, n });
		body = md_str_skip(body, n);
	}
	return changed;
}

static bool
undo(struct md_buf *out, const struct md_message *m, enum md_code was)
{
	const struct md_field *type = md_message_field(m, "Content-Type", NULL);
	const struct md_field *f = md_message_field(m, "Content-Transfer-Encoding", NULL);
	const bool multipart =
	        type != NULL &&
	        md_str_starts_nocase(md_str_trim(type->value, " \t\r\n"), "multipart");

	if (multipart)
		return parts(out, m->body, was);
	return recode(out, m->body, f != NULL ? md_code_named(f->value) : MD_CODE_8BIT, was);
}

bool
md_undo_to_8bit(struct md_buf *out, const struct md_message *m)
{
	return undo(out, m, MD_CODE_8BIT);
}

bool
md_undo_to_quoted(struct md_buf *out, const struct md_message *m)
{
	return undo(out, m, MD_CODE_QUOTED);
}

bool
md_undo_to_base64(struct md_buf *out, const struct md_message *m)
{
	return undo(out, m, MD_CODE_BASE64);
}

bool
md_undo_requoted(struct md_buf *out, const struct md_message *m)
{
	const struct md_field *f = md_message_field(m, "Content-Transfer-Encoding", NULL);
	struct md_buf text = { .mem = out->mem };

	if (f == NULL || md_code_named(f->value) != MD_CODE_QUOTED)
		return false;
	md_quoted_decode(&text, m->body);
	md_quoted_encode(out, md_buf_view(&text));
	return true;
}
