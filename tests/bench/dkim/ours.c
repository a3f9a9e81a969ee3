/*
 * DKIM verifications a second: bench_dkim_ours verify|run|openssl MESSAGE ZONE COUNT THREADS
 *
 * Each thread has an engine, and so a keyring, of its own.  "verify" reads the message and
 * verifies its signature with the key's fact at hand; "run" makes a whole run with the check
 * dkim-sig of it; "openssl" does no more than OpenSSL's part, with the same key and signature.
 * Prints messages a second: by CPU time of a thread, and by the clock for all threads.
 */
#include <err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "dkim/dkim.h"
#include "run/run.h"

static struct {
	struct md_str message;
	const char *mode, *zone;
	unsigned long count;
} wanted;

struct worker {
	pthread_t thread;
	double cpu;
};

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* With memory of its own, which goes with it. */
static void
verify_once(const struct md_ctx *outer)
{
	struct md_ctx c = *outer;
	const struct md_message *m;
	const char *why;

	c.mem = md_arena_new();
	m = md_message_read(c.mem, wanted.message, &why);
	if (md_dkim_verify_one(&c, m, md_message_field(m, "DKIM-Signature", NULL),
	                       MD_DKIM_SIGNATURE)
	            ->result != MD_DKIM_PASS)
		errx(1, "no pass");
	md_arena_free(c.mem);
}

/* What `openssl speed` measures, but with this key. */
static void
use_openssl(const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;
	const struct md_dkim_signature *s = v->signature;
	const unsigned char *p = key->octets, hash[32] = { 0 };
	const bool rsa = key->type == MD_KEY_RSA;
	EVP_PKEY *pkey = rsa ? d2i_PUBKEY(NULL, &p, (long)key->noctets)
	                     : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, p, 32);
	EVP_PKEY_CTX *context = rsa ? EVP_PKEY_CTX_new(pkey, NULL) : NULL;
	EVP_MD_CTX *state = EVP_MD_CTX_new();

	if (rsa && (EVP_PKEY_verify_init(context) != 1 ||
	            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) != 1 ||
	            EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) != 1))
		errx(1, "OpenSSL");
	for (unsigned long i = 0; i < wanted.count; i++) {
		if (rsa)
			EVP_PKEY_verify(context, s->signature, s->nsignature, hash, 32);
		else if (EVP_DigestVerifyInit(state, NULL, NULL, NULL, pkey) == 1)
			EVP_DigestVerify(state, s->signature, s->nsignature, hash, 32);
	}
	EVP_MD_CTX_free(state);
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(pkey);
}

static void
measure(struct md_ctx *c)
{
	const struct md_dkim_verdicts *all = md_dkim_verify(c);

	if (md_waiting(c))
		return;
	if (all->n == 0 || all->all[0].result != MD_DKIM_PASS)
		errx(1, "it does not verify: %s", all->n > 0 ? all->all[0].reason : "unsigned");
	if (strcmp(wanted.mode, "openssl") == 0)
		use_openssl(&all->all[0]);
	for (unsigned long i = 0; strcmp(wanted.mode, "verify") == 0 && i < wanted.count; i++)
		verify_once(c);
}

static void
run_once(struct md_engine *engine, const struct md_check *check)
{
	const struct md_check *const checks[] = { check, NULL };
	const struct md_message_source source = { .name = "bench",
		                                  .octets = wanted.message.p,
		                                  .len = wanted.message.len };
	const struct md_run_options options = { .message = &source,
		                                .timeout = 600,
		                                .bulk = true };
	char *why = NULL;
	struct md_run *run = md_run_new(engine, checks, &options, &why);

	if (run == NULL)
		errx(1, "%s", why);
	while (!md_run_done(run))
		md_engine_step(engine, -1);
	md_run_free(run);
}

static void *
work(void *arg)
{
	static const struct md_check check = { .name = "bench", .title = "", .run = measure };
	struct worker *w = arg;
	const bool whole = strcmp(wanted.mode, "run") == 0;
	struct md_engine_options options = { .offline = true, .witness = "" };
	struct md_engine *engine;
	char *why = NULL;
	double start;

	options.zones = (const char *const[]){ wanted.zone, NULL };
	engine = md_engine_new(&options, &why);
	if (engine == NULL)
		errx(1, "%s", why);
	start = seconds(CLOCK_THREAD_CPUTIME_ID);
	for (unsigned long i = 0; whole && i < wanted.count; i++)
		run_once(engine, md_check_find("dkim-sig"));
	if (!whole)
		run_once(engine, &check);
	w->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - start;
	md_engine_free(engine);
	return NULL;
}

int
main(int argc, char **argv)
{
	struct worker workers[16] = { { .cpu = 0 } };
	struct md_arena *mem = md_arena_new();
	const char *why = "";
	unsigned long n;
	double start, cpu = 0;

	if (argc != 6)
		errx(2, "bench_dkim_ours verify|run|openssl MESSAGE ZONE COUNT THREADS");
	wanted.mode = argv[1];
	if (!md_file_read(mem, argv[2], 2 << 20, &wanted.message, &why))
		errx(1, "%s", why);
	wanted.zone = argv[3];
	wanted.count = strtoul(argv[4], NULL, 10);
	n = strtoul(argv[5], NULL, 10);
	if (n == 0 || n > sizeof(workers) / sizeof(*workers))
		errx(2, "1 to 16 threads");
	start = seconds(CLOCK_MONOTONIC);
	for (unsigned long i = 0; i < n; i++)
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
			errx(1, "no thread");
	for (unsigned long i = 0; i < n; i++) {
		pthread_join(workers[i].thread, NULL);
		cpu += workers[i].cpu;
	}
	printf("%.0f %.0f\n", (double)(wanted.count * n) / cpu,
	       (double)(wanted.count * n) / (seconds(CLOCK_MONOTONIC) - start));
	md_arena_free(mem);
	return 0;
}
