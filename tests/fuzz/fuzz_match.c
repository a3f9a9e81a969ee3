/* Any datagram against a query of ours: what is taken for its reply has its id and question. */
#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/str.h"
#include "resolver/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Id 0x1234, RD, one question: mAIl.eXAMPLE, TXT, IN. */
static const uint8_t query[] = { 0x12, 0x34, 1,   0,   0,   1,   0,   0,  0,   0,
	                         0,    0,    4,   'm', 'A', 'I', 'l', 7,  'e', 'X',
	                         'A',  'M',  'P', 'L', 'E', 0,   0,   16, 0,   1 };

static bool
same_but_for_case(const uint8_t *reply)
{
	for (size_t i = MD_HEADER_LEN; i < sizeof(query); i++)
		if (md_lower((char)reply[i]) != md_lower((char)query[i]))
			return false;
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const enum md_match match = md_match(query, data, size);
	const bool has_id = size >= MD_HEADER_LEN && memcmp(data, query, 2) == 0;
	const bool has_question = size >= sizeof(query) && same_but_for_case(data);
	const bool is_exact =
	        has_question && memcmp(data + MD_HEADER_LEN, query + MD_HEADER_LEN,
	                               sizeof(query) - MD_HEADER_LEN) == 0;

	switch (match) {
	case MD_MATCH:
		assert(has_id && is_exact);
		break;
	case MD_MATCH_OTHER_CASE:
		assert(has_id && has_question && !is_exact);
		break;
	case MD_MATCH_NO_QUESTION:
		assert(has_id && data[4] == 0 && data[5] == 0);
		break;
	case MD_MATCH_OTHER_ID:
		assert(!has_id && has_question);
		break;
	case MD_MATCH_OTHER_QUESTION:
		assert(has_id);
		break;
	case MD_MATCH_NOTHING:
		assert(!has_id);
		break;
	case MD_MATCH_GARBAGE:
		assert(size < MD_HEADER_LEN || (data[2] & 0xf8) != 0x80);
		break;
	}
	return 0;
}
