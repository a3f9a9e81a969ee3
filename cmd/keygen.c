/* maildiag keygen: a new key to sign with, and the record to publish. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "dkim/sign.h"
#include "kit/interrupt.h"
#include "kit/say.h"
#include "record/txt.h"
#include "signing.h"

enum { BITS = 2048 };

struct settings {
	struct cli_signer signer;
	const char *type, *out;
	unsigned bits;
};

static const char *const key_types[] = { "rsa", "ed25519", NULL };

static const struct cli_opt opts[] = {
	CLI_OPT_SET(cli_signer_options, struct settings, signer),
	CLI_OPT_GROUP("The key"),
	{ .name = "type",
	  .value = "TYPE",
	  CLI_WORD(struct settings, type, key_types),
	  .summary = "kind of key (rsa)" },
	{ .name = "bits",
	  .value = "N",
	  CLI_NUMBER(struct settings, bits),
	  .summary = "of an RSA key (2048)" },
	{ .name = "out",
	  .value = "FILE",
	  CLI_FILE(struct settings, out),
	  .summary = "write it here (SELECTOR.DOMAIN.key)" },
	CLI_OPT_END,
};

/* Whole, or not at all; readable to nobody else, and never in the place of another key. */
static bool
write_key(const char *path, const char *pem)
{
	const int fd = cli_unfinished_create(path);
	FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
	bool whole;

	if (out != NULL)
		setvbuf(out, NULL, _IONBF, 0); /* no copy of the key is left in a buffer */
	if (out == NULL) {
		cli_say("cannot write %s: %s%s", path, strerror(errno),
		        errno == EEXIST ? "; no key is ever overwritten" : "");
		return false;
	}
	whole = fputs(pem, out) >= 0 && fflush(out) == 0 && fsync(fd) == 0;
	whole = fclose(out) == 0 && whole;
	if (!whole) {
		cli_say("cannot write %s: %s", path, strerror(errno));
		unlink(path);
	}
	cli_unfinished_done(path);
	return whole;
}

static struct md_private_key *
make(struct cli_call *call)
{
	const struct settings *set = call->settings;
	const bool rsa = set->type == NULL || strcmp(set->type, "rsa") == 0;
	struct md_private_key *key;
	const char *why;

	if (!rsa && set->bits > 0) {
		cli_say("--bits is for RSA: Ed25519 keys have one size");
		return NULL;
	}
	key = md_private_key_make(call->mem, rsa ? MD_KEY_RSA : MD_KEY_ED25519,
	                          set->bits > 0 ? set->bits : BITS, &why);
	if (key == NULL)
		cli_say("%s", why);
	return key;
}

static enum cli_exit
keygen(struct cli_call *call)
{
	const struct settings *set = call->settings;
	const char *path = set->out;
	struct cli_signer signer;
	const struct md_private_key *key;
	char *pem;
	bool written;

	if (call->operands.n > 0) {
		cli_say("keygen takes options only (maildiag keygen --help)");
		return CLI_EXIT_USAGE;
	}
	if (!cli_signer_read(call, &set->signer, &signer) || (key = make(call)) == NULL)
		return CLI_EXIT_USAGE;
	if (path == NULL)
		path = md_printf(call->mem, "%s.%s.key", signer.selector, signer.domain);
	cli_say_weak_key(key);
	cli_catch_interrupts(0);
	pem = md_private_key_pem(call->mem, key);
	written = write_key(path, pem);
	explicit_bzero(pem, strlen(pem));
	if (!written)
		return CLI_EXIT_TROUBLE;
	printf("%s._domainkey.%s. IN TXT %s\n", signer.selector, signer.domain,
	       md_txt_rdata(call->mem, md_str(md_dkim_record(call->mem, key))));
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_keygen = {
	.name = "keygen",
	.args = "[OPTIONS]",
	.summary = "Make a key to sign with, and its DNS record",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){
	                "maildiag keygen --domain example.com --selector s1 --out s1.pem",
	                NULL },
	.run = keygen,
};
