/* Providers' requirements: the data file, what its keys mean, and the outlook in words. */
#include "unit.h"

#include <string.h>

#include "ask/datafile.h"
#include "dmarc/message_judge.h"
#include "profile/file.h"
#include "profile/judge.h"
#include "world.h"

/* ---- the data file ---- */

#define REST "\ttext\t-\tsource\t2026\tyes\n"

static const struct {
	const char *text, *fault; /* NULL: none */
} files[] = {
	{ "", NULL },
	{ "# a\n\na\tA\t-\na\tall\trequired\t-\tspf-pass" REST, NULL },
	{ "a\tA\t-\na\tbulk\tadvised\tjunk\tfcrdns:v6" REST, NULL },
	{ "a\tA\t-\n\na\tall\trequired\t-\tspf-passes" REST, "3: no such key" },
	{ "a\tA\t-\na\tall\trequired\t-\tsize" REST, "2: the key needs a colon" },
	{ "a\tA\t-\na\tall\trequired\t-\tsize:" REST, "2: the key needs a colon" },
	{ "a\tA\t-\na\tall\trequired\t-\tspf-pass:1" REST, "2: the key takes no value" },
	{ "a\tA\t-\na\tsome\trequired\t-\tspf-pass" REST, "2: the scope" },
	{ "a\tA\t-\na\tall\tneeded\t-\tspf-pass" REST, "2: the level" },
	{ "a\tA\t-\na\tall\trequired\tdrop\tspf-pass" REST, "2: the effect" },
	{ "a\tA\t-\na\tall\trequired\t-\tspf-pass\ttext\t-\ts\t2026\tmaybe\n", "2: verified" },
	{ "a\tA\t-\na\tall\trequired\n", "2: this provider was introduced before" },
	{ "a\tA\n", "1: it has neither" },
	{ "b\tall\trequired\t-\tspf-pass" REST, "1: it does not stand below" },
	{ "a\tA\t-\nb\tB\t-\na\tall\trequired\t-\tspf-pass" REST,
	  "3: it does not stand below" },
	{ "\tA\t-\n", "1: it names no provider" },
	{ "a\tA\t-\na\tB\t-\n", "2: this provider was introduced before" },
};

static void
faults_of_files_are_found(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		const char *fault = md_profiles_fault(mem, md_str(files[i].text));

		print_message("  %zu: %s\n", i, fault != NULL ? fault : "sound");
		if (files[i].fault == NULL)
			assert_null(fault);
		else
			assert_non_null(strstr(fault, files[i].fault));
	}
	md_arena_free(mem);
}

static struct md_str
builtin(struct md_arena *mem)
{
	const char *why = NULL;

	return md_datafiles_find(md_datafiles_open(mem, NULL, &why), "profiles");
}

static void
our_own_file_is_sound(void **state)
{
	static const char *const want[] = { "gmail", "yahoo",  "microsoft",
		                            "apple", "orange", "laposte" };
	struct md_arena *mem = md_arena_new();
	const char *const *ids = md_profiles_ids(mem, builtin(mem));

	(void)state;
	assert_null(md_profiles_fault(mem, builtin(mem)));
	for (size_t i = 0; i < COUNT(want); i++)
		assert_string_equal(ids[i], want[i]);
	assert_null(ids[COUNT(want)]);
	md_arena_free(mem);
}

/* ---- a message, and what is known of it ---- */

#define GOOD                                                                                   \
	"From: Ann <ann@example.com>\r\nTo: you@example.net\r\nSubject: s\r\n"                 \
	"Date: Sat, 21 Nov 2026 07:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
#define UNSUBSCRIBE "List-Unsubscribe: <mailto:u@example.com>, <https://example.com/u?1>\r\n"
#define POST "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"

static const struct record records[] = {
	{ "_dmarc.example.com", "TXT", "v=DMARC1; p=reject; rua=mailto:d@example.com" },
	{ "_dmarc.quiet.example", "TXT", "v=DMARC1; p=quarantine" },
	{ "example.com", "MX", "10 mx.example.com." },
	{ "mx.example.com", "A", "192.0.2.1" },
	{ "null.example", "MX", "0 ." },
	{ "1.2.0.192.in-addr.arpa", "PTR", "mx.example.com." },
	{ "2.2.0.192.in-addr.arpa", "PTR", "other.example.com." },
	{ "other.example.com", "A", "192.0.2.1" },
	{ "4.2.0.192.in-addr.arpa", "PTR", NULL },
	{ "lame.example", "A", NULL },
	{ "lame.example", "AAAA", NULL },
};

/* What differs from a message that is all right; zero: nothing. */
struct facts {
	const char *header; /* NULL: GOOD */
	const char *author; /* NULL: example.com; "": none */
	const char *ip;     /* NULL: 192.0.2.1; "": not known */
	const char *helo;   /* NULL: mx.example.com */
	const char *mail_from;
	enum md_spf_result spf;
	bool no_spf;
	enum { SIGNED, UNSIGNED, BROKEN, TEMPORARY, ED25519, OTHERS, SHORT } dkim;
	const char *by, *with;
	bool no_edge;
};

static const struct md_dkim_verdicts *
dkim_of(struct md_ctx *c, const struct facts *is)
{
	static const struct md_str h[] = { { "From", 4 },
		                           { "List-Unsubscribe", 16 },
		                           { "list-unsubscribe-post", 21 } };
	struct md_dkim_verdicts *verdicts = md_alloc(md_mem(c), sizeof(*verdicts));
	struct md_dkim_verdict *v = md_alloc(md_mem(c), sizeof(*v));
	struct md_dkim_signature *signature = md_alloc(md_mem(c), sizeof(*signature));
	struct md_dkim_key *key = md_alloc(md_mem(c), sizeof(*key));

	signature->domain = is->dkim == OTHERS ? "esp.example" : "example.com";
	signature->algorithm = is->dkim == ED25519 ? MD_ED25519_SHA256 : MD_RSA_SHA256;
	signature->h = h;
	signature->nh = is->dkim == SHORT ? 1 : COUNT(h);
	key->type = is->dkim == ED25519 ? MD_KEY_ED25519 : MD_KEY_RSA;
	key->bits = is->dkim == SHORT ? 1024 : 2048;
	v->signature = signature;
	v->published.key = key;
	v->result = is->dkim == BROKEN      ? MD_DKIM_FAIL
	            : is->dkim == TEMPORARY ? MD_DKIM_TEMPERROR
	                                    : MD_DKIM_PASS;
	verdicts->n = is->dkim != UNSIGNED;
	verdicts->all = v;
	return verdicts;
}

static const struct md_envelope *
envelope_of(struct md_ctx *c, const struct facts *is)
{
	struct md_envelope *e = md_alloc(md_mem(c), sizeof(*e));
	struct md_received *edge = md_alloc(md_mem(c), sizeof(*edge));
	const char *ip = is->ip != NULL ? is->ip : "192.0.2.1";

	edge->by = is->by != NULL ? is->by : "mx.google.com";
	edge->with = is->with != NULL ? is->with : "ESMTPS";
	edge->tls = "";
	e->edge = is->no_edge ? NULL : edge;
	e->has_ip = md_addr_parse(md_str(ip), &e->ip);
	e->helo = is->helo != NULL ? is->helo : "mx.example.com";
	e->mail_from = md_reverse_path_read(md_mem(c), is->mail_from != NULL ? is->mail_from
	                                                                     : "b@example.com");
	return e;
}

static const struct md_envelope_spf *
spf_of(struct md_ctx *c, const struct facts *is)
{
	struct md_envelope_spf *spf = md_alloc(md_mem(c), sizeof(*spf));
	struct md_spf_verdict *verdict = md_alloc(md_mem(c), sizeof(*verdict));

	verdict->domain = "example.com";
	verdict->result = is->spf == MD_SPF_RESULT_NONE ? MD_SPF_RESULT_PASS : is->spf;
	verdict->why = "";
	spf->verdict = is->no_spf ? NULL : verdict;
	spf->why = is->no_spf ? "the sending address is not known" : "";
	return spf;
}

static const struct md_profile_facts *
facts_of(struct md_ctx *c, const struct facts *is)
{
	struct md_profile_facts *f = md_alloc(md_mem(c), sizeof(*f));
	const char *why = "", *author = is->author != NULL ? is->author : "example.com";
	const char *header = is->header != NULL ? is->header : GOOD;

	f->message = md_message_read(
	        md_mem(c), md_str(md_printf(md_mem(c), "%s\r\nHello.\r\n", header)), &why);
	f->envelope = envelope_of(c, is);
	f->spf = spf_of(c, is);
	f->dkim = dkim_of(c, is);
	if (f->envelope->has_ip)
		f->iprev = md_iprev(c, f->envelope->ip);
	f->dmarc = md_dmarc_judge(
	        c, &(struct md_dmarc_evidence){
	                   .author = author[0] != '\0' ? author : NULL,
	                   .no_author = "there is no From",
	                   .spf_domain = "example.com",
	                   .spf_result = "",
	                   .spf_pass = !is->no_spf && is->spf == MD_SPF_RESULT_NONE,
	                   .spf_unknown = is->no_spf || is->spf == MD_SPF_RESULT_TEMPERROR,
	                   .spf_temporary = !is->no_spf,
	                   .spf_why = "",
	                   .dkim = f->dkim,
	           });
	return f;
}

/* ---- what a key means ---- */

static const struct {
	const char *key, *argument;
	enum md_requirement_state want;
	struct facts is;
} answers[] = {
	{ "spf-pass", "", MD_MET, { 0 } },
	{ "spf-pass", "", MD_NOT_MET, { .spf = MD_SPF_RESULT_SOFTFAIL } },
	{ "spf-pass", "", MD_NOT_KNOWN, { .spf = MD_SPF_RESULT_TEMPERROR } },
	{ "spf-pass", "", MD_NOT_KNOWN, { .no_spf = true } },
	{ "spf-authorized", "", MD_NOT_MET, { .spf = MD_SPF_RESULT_FAIL } },
	{ "spf-authorized", "", MD_NOT_MET, { .spf = MD_SPF_RESULT_PERMERROR } },
	{ "spf-authorized", "", MD_NOT_KNOWN, { .spf = MD_SPF_RESULT_SOFTFAIL } },
	{ "spf-authorized", "", MD_MET, { .spf = MD_SPF_RESULT_NEUTRAL } },
	{ "dkim-pass", "", MD_MET, { 0 } },
	{ "dkim-pass", "", MD_NOT_MET, { .dkim = UNSIGNED } },
	{ "dkim-pass", "", MD_NOT_MET, { .dkim = BROKEN } },
	{ "dkim-pass", "", MD_NOT_KNOWN, { .dkim = TEMPORARY } },
	{ "dkim-pass", "", MD_NOT_KNOWN, { .dkim = ED25519 } },
	{ "spf-or-dkim", "", MD_MET, { .spf = MD_SPF_RESULT_FAIL } },
	{ "spf-or-dkim", "", MD_NOT_MET, { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED } },
	{ "spf-or-dkim", "", MD_NOT_KNOWN, { .spf = MD_SPF_RESULT_FAIL, .dkim = TEMPORARY } },
	{ "spf-or-dkim", "v6", MD_MET, { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED } },
	{ "spf-or-dkim",
	  "v6",
	  MD_NOT_MET,
	  { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED, .ip = "2001:db8::1" } },
	{ "spf-and-dkim", "", MD_MET, { 0 } },
	{ "spf-and-dkim", "", MD_NOT_MET, { .no_spf = true, .dkim = UNSIGNED } },
	{ "spf-and-dkim", "", MD_NOT_KNOWN, { .no_spf = true } },
	{ "some-authentication",
	  "",
	  MD_MET,
	  { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED } }, /* a DMARC record */
	{ "some-authentication",
	  "",
	  MD_NOT_MET,
	  { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED, .author = "bare.example" } },
	{ "key-bits", "2048", MD_MET, { 0 } },
	{ "key-bits", "2048", MD_NOT_MET, { .dkim = SHORT } },
	{ "key-bits", "2048", MD_NOT_KNOWN, { .dkim = BROKEN } },
	{ "dmarc-record", "", MD_MET, { 0 } },
	{ "dmarc-record", "", MD_NOT_MET, { .author = "bare.example" } },
	{ "dmarc-record", "", MD_NOT_KNOWN, { .author = "" } },
	{ "dmarc-rua", "", MD_MET, { 0 } },
	{ "dmarc-rua", "", MD_NOT_MET, { .author = "quiet.example" } },
	{ "dmarc-pass", "", MD_MET, { 0 } },
	{ "dmarc-pass", "", MD_NOT_MET, { .author = "quiet.example" } },
	{ "dmarc-pass", "", MD_NOT_MET, { .author = "bare.example" } },
	{ "dmarc-pass", "", MD_NOT_KNOWN, { .no_spf = true, .dkim = TEMPORARY } },
	{ "dmarc-aligned", "", MD_MET, { .spf = MD_SPF_RESULT_FAIL } },
	{ "dmarc-aligned", "", MD_NOT_MET, { .author = "quiet.example" } },
	{ "dmarc-aligned", "", MD_NOT_KNOWN, { .no_spf = true, .dkim = OTHERS } },
	{ "dmarc-policy", "reject", MD_MET, { 0 } },
	{ "dmarc-policy", "reject", MD_NOT_MET, { .spf = MD_SPF_RESULT_FAIL, .dkim = BROKEN } },
	{ "dmarc-policy", "quarantine", MD_MET, { .spf = MD_SPF_RESULT_FAIL, .dkim = BROKEN } },
	{ "dmarc-policy", "quarantine", MD_NOT_MET, { .author = "quiet.example" } },
	{ "dmarc-policy", "reject", MD_NOT_KNOWN, { .no_spf = true, .dkim = BROKEN } },
	{ "fcrdns", "", MD_MET, { 0 } },
	{ "fcrdns", "", MD_NOT_MET, { .ip = "192.0.2.2" } },
	{ "fcrdns", "", MD_NOT_MET, { .ip = "192.0.2.3" } },
	{ "fcrdns", "", MD_NOT_KNOWN, { .ip = "192.0.2.4" } },
	{ "fcrdns", "", MD_NOT_KNOWN, { .ip = "" } },
	{ "fcrdns", "v6", MD_MET, { .ip = "192.0.2.3" } },
	{ "fcrdns", "v6", MD_NOT_MET, { .ip = "2001:db8::1" } },
	{ "helo-fqdn", "", MD_MET, { 0 } },
	{ "helo-fqdn", "", MD_NOT_MET, { .helo = "localhost" } },
	{ "helo-fqdn", "", MD_NOT_MET, { .helo = "[192.0.2.1]" } },
	{ "helo-fqdn", "", MD_NOT_MET, { .helo = "gone.example.com" } },
	{ "helo-fqdn", "", MD_NOT_KNOWN, { .helo = "lame.example" } },
	{ "helo-fqdn", "", MD_NOT_KNOWN, { .helo = "" } },
	{ "tls", "google.com", MD_MET, { 0 } },
	{ "tls", "google.com", MD_NOT_MET, { .with = "ESMTP" } },
	{ "tls", "google.com", MD_NOT_KNOWN, { .with = "ESMTP", .by = "mx.example.net" } },
	{ "tls", "google.com", MD_NOT_KNOWN, { .no_edge = true } },
	{ "from-resolves", "", MD_MET, { 0 } },
	{ "from-resolves", "", MD_NOT_MET, { .author = "null.example" } },
	{ "from-resolves", "", MD_NOT_MET, { .author = "gone.example" } },
	{ "mail-from-resolves", "", MD_MET, { 0 } },
	{ "mail-from-resolves", "", MD_MET, { .mail_from = "<>" } },
	{ "mail-from-resolves", "", MD_NOT_MET, { .mail_from = "a@gone.example" } },
	{ "mail-from-resolves", "", MD_NOT_KNOWN, { .mail_from = "a@lame.example" } },
	{ "mail-from-resolves", "", MD_NOT_KNOWN, { .mail_from = "" } },
	{ "rfc5322", "", MD_MET, { 0 } },
	{ "rfc5322", "", MD_NOT_MET, { .header = GOOD "subject: again\r\n" } },
	{ "rfc5322", "", MD_NOT_MET, { .header = "From: a@example.com\r\n" } },
	{ "from-one", "", MD_MET, { 0 } },
	{ "from-one", "", MD_NOT_MET, { .header = "From: a@x.test, b@x.test\r\n" } },
	{ "from-one",
	  "",
	  MD_MET,
	  { .header = "From: a@x.test, b@x.test\r\nSender: a@x.test\r\n" } },
	{ "from-single", "", MD_MET, { 0 } },
	{ "from-single", "", MD_MET, { .header = "To: a@example.com\r\n" } },
	{ "from-single",
	  "",
	  MD_NOT_MET,
	  { .header = "From: a@x.test, b@y.test\r\nSender: a@x.test\r\n" } },
	{ "from-one", "", MD_NOT_MET, { .header = "From: nobody\r\nDate: x\r\n" } },
	{ "from-one", "", MD_NOT_MET, { .header = "To: a@example.com\r\n" } },
	{ "message-id", "", MD_MET, { 0 } },
	{ "message-id", "", MD_NOT_MET, { .header = "From: a@example.com\r\n" } },
	{ "message-id", "", MD_NOT_MET, { .header = "Message-ID: 1@example.com\r\n" } },
	{ "message-id", "", MD_NOT_MET, { .header = "Message-ID: <1>\r\n" } },
	{ "from-not", "gmail.com,googlemail.com", MD_MET, { 0 } },
	{ "from-not", "gmail.com,googlemail.com", MD_NOT_MET, { .author = "gmail.com" } },
	{ "from-not", "example.com", MD_MET, { 0 } }, /* they signed it */
	{ "size", "1", MD_MET, { 0 } },
	{ "size", "0", MD_NOT_MET, { 0 } },
	{ "one-click", "", MD_NOT_KNOWN, { 0 } },
	{ "one-click", "", MD_NOT_MET, { .header = GOOD "List-Id: <l.example.com>\r\n" } },
	{ "one-click", "", MD_MET, { .header = GOOD UNSUBSCRIBE POST } },
	{ "one-click", "", MD_NOT_MET, { .header = GOOD UNSUBSCRIBE } },
	{ "one-click", "", MD_NOT_MET, { .header = GOOD UNSUBSCRIBE POST, .dkim = SHORT } },
	{ "one-click",
	  "",
	  MD_NOT_KNOWN,
	  { .header = GOOD UNSUBSCRIBE POST, .dkim = TEMPORARY } },
	{ "unsubscribe-link", "", MD_MET, { .header = GOOD UNSUBSCRIBE } },
	{ "unsubscribe-link", "", MD_NOT_KNOWN, { 0 } },
	{ "feedback-id", "", MD_NOT_KNOWN, { 0 } },
	{ "feedback-id", "", MD_NOT_MET, { .header = GOOD "Precedence: bulk\r\n" } },
};

static struct md_answer given[COUNT(answers)];

static void
ask_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(answers); i++) {
		const struct md_profile_key *key = md_profile_key_find(md_str(answers[i].key));

		assert_non_null(key);
		given[i] = key->fn(c, facts_of(c, &answers[i].is), md_str(answers[i].argument));
	}
}

static void
keys_mean_what_they_say(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask_all);
	for (size_t i = 0; i < COUNT(answers); i++) {
		print_message("  %s:%s: %s\n", answers[i].key, answers[i].argument,
		              given[i].why);
		assert_int_equal(given[i].state, answers[i].want);
		assert_true(given[i].why[0] != '\0');
	}
	world_close(&w);
}

/* ---- what it comes to ---- */

static const struct {
	const char *provider;
	enum md_requirement_state everyone, bulk;
	const char *outlook; /* how it begins */
	struct facts is;
} outlooks[] = {
	{ "gmail", MD_MET, MD_NOT_KNOWN, "would accept", { 0 } },
	{ "gmail", MD_MET, MD_MET, "would accept", { .header = GOOD UNSUBSCRIBE POST } },
	{ "gmail",
	  MD_NOT_MET,
	  MD_NOT_MET,
	  "would refuse: 550-5.7.26 (SPF of example.com: fail; no DKIM signature)",
	  { .spf = MD_SPF_RESULT_FAIL, .dkim = UNSIGNED } },
	{ "gmail",
	  MD_MET,
	  MD_NOT_MET,
	  "would accept, but above about 5000 a day to personal accounts refuse: 550-5.7.30 (no "
	  "DKIM",
	  { .dkim = UNSIGNED } },
	{ "gmail",
	  MD_NOT_MET,
	  MD_NOT_KNOWN,
	  "would refuse: 550-5.7.25",
	  { .ip = "192.0.2.3" } },
	{ "gmail",
	  MD_NOT_KNOWN,
	  MD_NOT_KNOWN,
	  "cannot be told: ",
	  { .ip = "", .no_spf = true, .no_edge = true } },
	{ "microsoft", MD_MET, MD_MET, "would accept", { 0 } },
	{ "microsoft",
	  MD_MET,
	  MD_NOT_MET,
	  "would accept, but above 5000 a day with the same From domain refuse: 550 5.7.515 (SPF",
	  { .spf = MD_SPF_RESULT_SOFTFAIL } },
	{ "orange",
	  MD_NOT_MET,
	  MD_NOT_KNOWN,
	  "would refuse: OFR_535 (no DKIM",
	  { .dkim = UNSIGNED } },
	{ "laposte",
	  MD_NOT_MET,
	  MD_MET,
	  "would put it into junk: nothing that passes speaks for bare.example",
	  { .author = "bare.example" } },
	{ "apple", MD_MET, MD_NOT_KNOWN, "would accept; above a volume", { 0 } },
	{ "yahoo",
	  MD_MET,
	  MD_NOT_MET,
	  "would accept, but above a volume that it does not publish",
	  { .spf = MD_SPF_RESULT_FAIL } },
};

static const struct md_profiles *held[COUNT(outlooks)];

static void
hold_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(outlooks); i++)
		held[i] = md_profiles_judge(
		        c, facts_of(c, &outlooks[i].is),
		        md_datafile_read(c, "profiles", md_profile_lines_read));
}

static const struct md_profile *
find(const struct md_profiles *all, const char *id)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->all[i].id, id) == 0)
			return &all->all[i];
	fail_msg("no provider %s", id);
	return NULL;
}

static void
outlooks_follow_from_the_requirements(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), hold_all);
	for (size_t i = 0; i < COUNT(outlooks); i++) {
		const struct md_profile *p = find(held[i], outlooks[i].provider);

		print_message("  %s %s\n", p->name, p->outlook);
		assert_memory_equal(p->outlook, outlooks[i].outlook,
		                    strlen(outlooks[i].outlook));
		assert_int_equal(p->everyone, outlooks[i].everyone);
		assert_int_equal(p->bulk, outlooks[i].bulk);
	}
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_of_files_are_found),
		cmocka_unit_test(our_own_file_is_sound),
		cmocka_unit_test(keys_mean_what_they_say),
		cmocka_unit_test(outlooks_follow_from_the_requirements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
const char *
md_dkim_result_name(enum md_dkim_result r)
{
	return r == MD_DKIM_PASS ? "pass" : r == MD_DKIM_FAIL ? "fail" : "temperror";
}
