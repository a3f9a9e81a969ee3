/* Whatever trace fields say, the envelope is bounded, and each of its parts has a source. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ask/check.h"
#include "envelope/envelope.h"
#include "judged.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_route(const struct md_route *route)
{
	assert(route->n <= MD_HOPS_MOST && (route->nomitted == 0 || route->n == MD_HOPS_MOST));
	for (size_t i = 0; i < route->n; i++) {
		const int64_t delay = md_hop_delay(route, i);

		assert(i == 0 || route->hops[i - 1]->field < route->hops[i]->field);
		assert(delay == MD_NO_DELAY || i + 1 < route->n);
	}
}

static void
run(struct md_ctx *c)
{
	const struct md_envelope *e = md_envelope(c);
	const char *from;

	check_route(md_route(c));
	assert(e->edge_why[0] != '\0' && strchr(e->edge_why, '\n') == NULL);
	assert(e->has_ip == (e->ip_from[0] != '\0'));
	assert((e->helo[0] != '\0') == (e->helo_from[0] != '\0'));
	assert(e->mail_from.given == (e->mail_from_from[0] != '\0'));
	assert(e->received_at >= -1 && (e->received_at >= 0 || e->edge == NULL ||
	                                !e->edge->date.valid || e->edge->date.seconds < 0));
	assert(md_receipt(c, &from) >= 0 && from[0] != '\0');
	assert(e->edge == NULL || !e->edge->has_ip || e->has_ip);
}

/* The first octet is --trusted-hops, the rest the message. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct md_check check = { .name = "test", .title = "Test", .run = run };
	const struct md_check *const checks[] = { &check, NULL };
	const struct md_message_source source = { .name = "fuzz",
		                                  .octets = (const char *)bytes + 1,
		                                  .len = len - 1,
		                                  .trusted_hops = len > 0 ? bytes[0] % 4u : 0 };
	static struct md_engine *engine; /* takes time to make */
	char *why = NULL;

	if (len < 2)
		return 0;
	if (engine == NULL)
		engine = md_engine_new(&(struct md_engine_options){ .offline = true }, &why);
	assert(engine != NULL);
	md_run_free(judged(engine, checks,
	                   &(struct md_run_options){ .message = &source, .any_sender = true }));
	return 0;
}
