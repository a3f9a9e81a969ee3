/* Received, Received-SPF, and dates are read within their bounds, and stay one line. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "mail/received.h"
#include "mail/received_spf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_text(const char *text)
{
	assert(text != NULL && strlen(text) <= MD_RECEIVED_MOST);
	for (; *text != '\0'; text++)
		assert((unsigned char)*text >= ' ' && *text != 0x7f);
}

/* What is printed of a date is that date, and free of faults. */
static void
check_date(struct md_arena *mem, struct md_date date)
{
	struct md_date again;

	assert(date.why != NULL && (date.valid || date.why[0] != '\0'));
	if (!date.valid)
		return;
	assert(date.zone_minutes >= -6000 && date.zone_minutes <= 6000);
	again = md_date_parse(md_str(md_date_print(mem, date.seconds)));
	assert(again.valid || date.seconds < -2208988800 || date.seconds >= 253402300800);
	assert(!again.valid || (again.seconds == date.seconds && again.why[0] == '\0'));
}

static void
check_spf(struct md_arena *mem, const struct md_field *field)
{
	const struct md_received_spf *spf = md_received_spf_parse(mem, field);

	assert(spf->field == field && strlen(spf->result) <= field->value.len);
	assert(strlen(spf->helo) <= field->value.len);
	assert(spf->envelope_from == NULL || strlen(spf->envelope_from) <= field->value.len);
	assert(!spf->has_ip || spf->ip.family == 4 || spf->ip.family == 6);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct md_str text = { (const char *)bytes, len };
	const struct md_field field = { .whole = text, .value = text };
	struct md_arena *mem = md_arena_new();
	const struct md_received *r = md_received_parse(mem, &field);
	const char *const texts[] = { r->from, r->helo, r->rdns, r->by,
		                      r->with, r->tls,  r->id,   r->rcpt };

	assert(r->field == &field);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check_text(texts[i]);
	if (r->envelope_from != NULL)
		check_text(r->envelope_from);
	assert(!r->has_ip || r->ip.family == 4 || r->ip.family == 6);
	assert(r->tls[0] == '\0' || md_received_by_tls(r));
	check_spf(mem, &field);
	check_date(mem, r->date);
	check_date(mem, md_date_parse(text));
	md_arena_free(mem);
	return 0;
}
