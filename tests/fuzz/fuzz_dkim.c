/* Any octets as a message, three keys known: bounded, and a pass means what it says. */
#include <assert.h>
#include <stdint.h>

#include "ask/check.h"
#include "dkim/dkim.h"
#include "judged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The keys of RFC 6376 appendix C and RFC 8463 appendix A.2. */
static const char zone[] =
        "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n"
        "brisbane._domainkey TXT \"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/"
        "UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od\" "
        "\"+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUY"
        "ckcQ2QIDAQAB\"\n"
        "brisbane._domainkey.football TXT \"v=DKIM1; k=ed25519; "
        "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"
        "test._domainkey.football TXT \"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
        "KBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3\" "
        "\"FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2"
        "kryOTIKT+l/K4w3QIDAQAB\"\n";

static void
judge_one(const struct md_dkim_verdict *v)
{
	const bool pass = v->result == MD_DKIM_PASS;

	assert(v->signature != NULL && v->field != NULL);
	assert(pass == (v->cause == MD_DKIM_SOUND));
	assert(pass == (v->reason[0] == '\0'));
	if (pass) {
		assert(v->body_sound && v->header_sound && v->body_known);
		assert(v->signature->faults.n == 0 && v->published.key->faults.n == 0);
		assert(!v->published.key->revoked && v->published.key->bits >= 256);
	}
	for (size_t i = 0; i < v->signature->nh; i++)
		assert(v->selected[i] != v->field);
	if (v->recovery == MD_RECOVERY_RIGHT_KEY)
		assert(!v->header_sound);
}

static void
judge(struct md_ctx *c)
{
	const struct md_dkim_verdicts *all = md_dkim_verify(c);

	if (md_waiting(c))
		return;
	assert(all->n <= MD_DKIM_MOST);
	assert(all->nomitted == 0 || all->n == MD_DKIM_MOST);
	for (size_t i = 0; i < all->n; i++)
		judge_one(&all->all[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_check check = { .name = "fuzz", .title = "Fuzz", .run = judge };
	const struct md_check *const checks[] = { &check, NULL };
	const struct md_message_source source = { .name = "x",
		                                  .octets = (const char *)data,
		                                  .len = size };
	static struct md_engine *engine; /* takes time to make */

	if (engine == NULL)
		engine = engine_with_zone(zone);
	md_run_free(judged(engine, checks,
	                   &(struct md_run_options){ .message = &source, .now = 2000000000 }));
	return 0;
}
