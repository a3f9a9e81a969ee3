/* Is a datagram the reply to this query?  And the letter case that makes it hard to forge. */
#include "net/match.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"
#include "net/random.h"

enum { TYPE_AND_CLASS = 4 };

/* The name in the question of a query of ours: octets with the root's, at MD_HEADER_LEN. */
static size_t
name_len(const uint8_t *query)
{
	size_t len = 0;

	while (query[MD_HEADER_LEN + len] != 0)
		len += query[MD_HEADER_LEN + len] + 1u;
	return len + 1;
}

uint16_t
md_match_id(const uint8_t *message)
{
	return (uint16_t)(message[0] << 8 | message[1]);
}

/* Length octets are at most 63 and so no letters: names compare like text. */
static bool
same_name(const uint8_t *a, const uint8_t *b, size_t len, bool ignore_case)
{
	for (size_t i = 0; i < len; i++) {
		if (a[i] != b[i] &&
		    (!ignore_case || md_lower((char)a[i]) != md_lower((char)b[i])))
			return false;
	}
	return true;
}

static bool
same_question(const uint8_t *query, const uint8_t *reply, size_t len, bool ignore_case)
{
	const size_t name = name_len(query), end = MD_HEADER_LEN + name;

	return len >= end + TYPE_AND_CLASS &&
	       memcmp(query + end, reply + end, TYPE_AND_CLASS) == 0 &&
	       same_name(query + MD_HEADER_LEN, reply + MD_HEADER_LEN, name, ignore_case);
}

enum md_match
md_match(const uint8_t *query, const uint8_t *reply, size_t len)
{
	bool same_id, none, same;

	/* QR must say "response", and the opcode be that of a query: 0. */
	if (len < MD_HEADER_LEN || (reply[2] & 0xf8) != 0x80)
		return MD_MATCH_GARBAGE;
	same_id = md_match_id(query) == md_match_id(reply);
	none = reply[4] == 0 && reply[5] == 0; /* QDCOUNT */
	same = reply[4] == 0 && reply[5] == 1 && same_question(query, reply, len, true);
	if (!same_id)
		return same ? MD_MATCH_OTHER_ID : MD_MATCH_NOTHING;
	if (none)
		return MD_MATCH_NO_QUESTION;
	if (!same)
		return MD_MATCH_OTHER_QUESTION;
	return same_question(query, reply, len, false) ? MD_MATCH : MD_MATCH_OTHER_CASE;
}

void
md_match_mix_case(uint8_t *query, struct md_random *random)
{
	const size_t end = MD_HEADER_LEN + name_len(query);
	uint8_t bits = 0;

	for (size_t i = MD_HEADER_LEN, used = 0; i < end; i++) {
		if (!md_is_alpha((char)query[i]))
			continue;
		if (used++ % 8 == 0)
			bits = md_random_octet(random);
		query[i] = (uint8_t)(query[i] ^ ((bits & 1) << 5));
		bits >>= 1;
	}
}
