/* What stands against signing a message as it is. */
#include "base/arena.h"
#include "dkim/sign.h"

/*
 * RFC 6376 5.3: what transport is known to change is mended before it is signed, by its author.
 */
static const char *
refusal(const struct md_message *m)
{
	if (md_message_count(m, "From") == 0)
		return "it has no From field, which must be signed (RFC 6376 5.4)";
	if ((m->repairs & MD_REPAIR_BOM) != 0)
		return "it begins with a byte order mark";
	if ((m->repairs & MD_REPAIR_MBOX_FROM) != 0)
		return "it begins with the \"From \" line of an mbox file";
	if ((m->repairs & MD_REPAIR_BLANK_LINES) != 0)
		return "it begins with an empty line, which would end its header";
	if ((m->repairs & MD_REPAIR_NO_SEPARATOR) != 0)
		return "no empty line stands between its header and its body";
	if ((m->repairs & (MD_REPAIR_CR_CRLF | MD_REPAIR_CR_ONLY | MD_REPAIR_DOUBLE_SPACED |
	                   MD_REPAIR_INDENTED)) != 0)
		return "every line of it was changed when it was saved";
	if (m->cr > 0)
		return "it has CR without LF, which transport changes";
	if (m->lf > 0 && m->crlf > 0)
		return "some of its lines end in LF and others in CRLF";
	if (m->nul > 0)
		return "it has octets 0, which transport drops";
	return NULL;
}

static bool
is_8bit(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] > 0x7f)
			return true;
	return false;
}

const char *
md_dkim_unsignable(struct md_arena *mem, const struct md_message *m, const char *const **doubts)
{
	const char **list = NULL;
	size_t n = 0;

	if (md_message_count(m, "From") > 1)
		MD_PUSH(mem, list, n,
		        "it has more than one From field: many receivers refuse it");
	if (is_8bit(m->header))
		MD_PUSH(mem, list, n,
		        "its header has octets that are not ASCII: a server without SMTPUTF8 "
		        "changes them (RFC 6531), and the signature breaks");
	if (m->longest > 998)
		MD_PUSH(mem, list, n,
		        md_printf(mem,
		                  "line %zu has %zu octets: servers fold lines of more than "
		                  "998 (RFC 5322 2.1.1), and the signature breaks",
		                  m->longest_line, m->longest));
	MD_PUSH(mem, list, n, NULL);
	*doubts = list;
	return refusal(m);
}
