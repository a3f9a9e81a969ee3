/* Any bytes as Authentication-Results: bounded, never without text, the same each time. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/authres.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_sound(const struct md_authres_result *r)
{
	assert(r->method[0] != '\0' && r->result[0] != '\0' && r->reason != NULL);
	assert(strpbrk(r->method, " \t\r\n();=\"") == NULL);
	assert(r->n <= 100);
	for (size_t i = 0; i < r->n; i++) {
		const struct md_authres_property *p = &r->properties[i];

		assert(strpbrk(p->type, ".=; ") == NULL && strpbrk(p->name, "=; ") == NULL);
		assert(p->value != NULL);
	}
}

static void
try(struct md_arena *mem, struct md_str value, bool arc)
{
	const struct md_field field = { .value = value };
	const struct md_authres *a = md_authres_parse(mem, &field, arc);

	assert(a->field == &field && a->authserv_id != NULL && a->fault != NULL);
	assert(a->instance <= (arc ? 50 : 0));
	assert(a->n <= 100);
	assert(a->authserv_id[0] != '\0' || a->fault[0] != '\0');
	for (size_t i = 0; i < a->n; i++)
		must_be_sound(&a->results[i]);
	assert(md_arena_size(mem) < 100000 + 200 * value.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int arc = 0; arc < 2; arc++) {
		struct md_arena *mem = md_arena_new();

		try(mem, (struct md_str){ (const char *)data, size }, arc != 0);
		md_arena_free(mem);
	}
	return 0;
}
