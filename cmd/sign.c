/* maildiag sign: puts a DKIM-Signature in front of a message. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sys/stat.h>

#include "base/file.h"
#include "commands.h"
#include "dkim/sign.h"
#include "kit/say.h"
#include "mail/folder.h"
#include "signing.h"

enum { LARGEST_KEY = 65536 };

struct settings {
	struct cli_signer signer;
	const char *key, *canonicalization, *sign_headers, *identity, *expire;
	int64_t now;
};

static const char *const canonical_forms[] = { "relaxed/relaxed", "relaxed/simple",
	                                       "simple/relaxed", "simple/simple", NULL };

static const struct cli_opt opts[] = {
	CLI_OPT_SET(cli_signer_options, struct settings, signer),
	{ .name = "key",
	  .value = "FILE",
	  CLI_FILE(struct settings, key),
	  .summary = "the private key, in PEM" },
	CLI_OPT_GROUP("The signature"),
	{ .name = "canonicalization",
	  .value = "HEADER/BODY",
	  CLI_WORD(struct settings, canonicalization, canonical_forms),
	  .summary = "of header and body (relaxed/relaxed)" },
	{ .name = "sign-headers",
	  .value = "NAMES",
	  CLI_TEXT(struct settings, sign_headers),
	  .summary = "these fields, with colons or commas" },
	{ .name = "identity",
	  .value = "ADDRESS",
	  CLI_TEXT(struct settings, identity),
	  .summary = "on whose behalf (i=)" },
	{ .name = "expire",
	  .value = "SECONDS",
	  CLI_TEXT(struct settings, expire),
	  .summary = "it is void after so long (x=)" },
	{ .name = "now",
	  .value = "TIME",
	  CLI_TIME(struct settings, now),
	  .summary = "sign as of this time (t=)" },
	CLI_OPT_END,
};

static bool
understand(struct cli_call *call, struct md_signing *s)
{
	const struct settings *set = call->settings;
	const char *c =
	        set->canonicalization != NULL ? set->canonicalization : "relaxed/relaxed";
	struct cli_signer signer;
	unsigned long expire = 0;

	if (!cli_signer_read(call, &set->signer, &signer))
		return false;
	if (set->key == NULL)
		cli_say("sign needs the private key: --key FILE");
	else if (call->operands.n > 1)
		cli_say("one message at a time");
	else if (set->expire != NULL &&
	         (!md_str_number(md_str(set->expire), 1000000000, &expire) || expire == 0))
		cli_say("--expire: \"%s\" is no number of seconds", set->expire);
	else {
		s->domain = signer.domain;
		s->selector = signer.selector;
		s->identity = set->identity != NULL ? set->identity : "";
		s->header_canon = md_str_starts(md_str(c), "simple") ? MD_SIMPLE : MD_RELAXED;
		s->body_canon = strcmp(strchr(c, '/'), "/simple") == 0 ? MD_SIMPLE : MD_RELAXED;
		s->names = md_str(set->sign_headers != NULL ? set->sign_headers : "");
		s->now = set->now > 0 ? set->now : (int64_t)time(NULL);
		s->expire = (int64_t)expire;
		return true;
	}
	return false;
}

/* Whoever can read the key can sign as the domain. */
static void
say_exposed(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & S_IROTH) != 0)
		cli_say("warning: everybody on this machine can read %s: chmod 600 it", path);
}

static struct md_private_key *
read_key(struct cli_call *call)
{
	const struct settings *set = call->settings;
	const char *path = set->key, *why;
	struct md_private_key *key = NULL;
	struct md_str pem;

	if (!md_file_read(call->mem, path, LARGEST_KEY, &pem, &why)) {
		cli_say("%s", why);
		return NULL;
	}
	key = md_private_key_read(call->mem, pem, &why);
	if (key == NULL) {
		cli_say("%s: %s", path, why);
		return NULL;
	}
	if (md_private_key_type(key) == MD_KEY_RSA && md_private_key_bits(key) < 1024) {
		cli_say("%s: verifiers refuse RSA keys of less than 1024 bits (RFC 8301 3.2), "
		        "and this has %u",
		        path, md_private_key_bits(key));
		return NULL;
	}
	say_exposed(path);
	cli_say_weak_key(key);
	return key;
}

static bool
read_octets(struct cli_call *call, struct md_saved *saved)
{
	const char *path = call->operands.n > 0 ? call->operands.p[0] : "-", *why;
	struct md_folder *folder = md_folder_open(call->mem, path, &why);

	if (folder != NULL && md_folder_is_many(folder))
		cli_say("%s: more than one message: sign one at a time", path);
	else if (folder == NULL ||
	         md_folder_next(folder, call->mem, saved, &why) != MD_FOLDER_MESSAGE)
		cli_say("%s", why);
	else
		return true;
	return false;
}

static const struct md_message *
read_message(struct cli_call *call)
{
	const char *const *doubts;
	const struct md_message *m;
	struct md_saved saved;
	const char *why;

	if (!read_octets(call, &saved))
		return NULL;
	m = md_message_read(call->mem, saved.octets, &why);
	if (m != NULL) {
		why = md_dkim_unsignable(call->mem, m, &doubts);
		for (; *doubts != NULL; doubts++)
			cli_say("warning: %s: %s", saved.name, *doubts);
	}
	if (m != NULL && why == NULL)
		return m;
	cli_say("%s: %s", saved.name, why);
	return NULL;
}

/* The field with the line ends of the message. */
static void
put_field(const char *field, bool crlf)
{
	for (; *field != '\0'; field++)
		if (crlf || *field != '\r')
			putchar(*field);
}

static enum cli_exit
sign(struct cli_call *call)
{
	struct md_signing signing = { .now = 0 };
	const struct md_private_key *key;
	const struct md_message *m;
	const char *field, *why;

	if (!understand(call, &signing))
		return CLI_EXIT_USAGE;
	key = read_key(call);
	m = key != NULL ? read_message(call) : NULL;
	if (m == NULL)
		return CLI_EXIT_TROUBLE;
	field = md_dkim_sign(call->mem, m, &signing, key, &why);
	if (field == NULL) {
		cli_say("%s", why);
		return CLI_EXIT_USAGE;
	}
	put_field(field, m->lf == 0);
	fwrite(m->raw.p, 1, m->raw.len, stdout);
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_sign = {
	.name = "sign",
	.args = "[OPTIONS] [FILE]",
	.summary = "Put a DKIM signature in front of a message",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples =
	        (const char *const[]){
	                "maildiag sign --domain example.com --selector s1 --key s1.pem mail.eml",
	                NULL },
	.files = true,
	.run = sign,
};
