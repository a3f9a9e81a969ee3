/* libopendkim's opinion of a message's signatures: what many receivers conclude. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <opendkim/dkim.h>

#include "base/base64.h"
#include "base/name.h"
#include "guard.h"
#include "mail/message.h"
#include "witness.h"

/* As many as we verify ourselves (RFC 6376 6.1 lets a verifier have a limit). */
enum { MOST_SIGNATURES = 20 };

/* The key of one signature, fetched before anything is verified. */
struct key {
	const struct md_dns *txt;   /* NULL: d= and s= give no possible name */
	const struct md_rr *record; /* NULL: none to give, and why */
	const char *why;
};

struct verification {
	struct witness *w;
	DKIM *dkim;
	DKIM_SIGINFO **signatures;
	int n;
	struct key keys[MOST_SIGNATURES];
};

/* ---- the library, ready ---- */

/* What it is made with stays with it; a program has one opinion, then it ends. */
static DKIM_LIB *library;

static void
option(struct witness *w, int which, void *value, size_t size)
{
	if (dkim_options(library, DKIM_OP_SETOPT, which, value, size) != DKIM_STAT_OK)
		witness_refuse(w, "libopendkim does not take its options");
}

/* OpenSSL reads its configuration. */
static void
prepare(struct witness *w)
{
	unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES;
	uint64_t drift = 1000000000; /* t= and x= are judged by us */

	library = dkim_init(NULL, NULL);
	if (library == NULL)
		witness_refuse(w, "there is no memory");
	option(w, DKIM_OPTS_FLAGS, &flags, sizeof(flags));
	option(w, DKIM_OPTS_CLOCKDRIFT, &drift, sizeof(drift));
}

/* ---- keys ---- */

/* NULL when there can be no such name. */
static const char *
key_name(struct witness *w, DKIM_SIGINFO *signature)
{
	const char *domain = (const char *)dkim_sig_getdomain(signature);
	const char *selector = (const char *)dkim_sig_getselector(signature);
	const char *name;

	if (domain == NULL || selector == NULL)
		return NULL;
	name = md_printf(w->mem, "%s.%s.%s", selector, DKIM_DNSKEYNAME, domain);
	return md_name_fits(md_name_normal(w->mem, md_str(md_show(w->mem, md_str(name)))))
	               ? name
	               : NULL;
}

static struct key
fetch(struct witness *w, DKIM_SIGINFO *signature)
{
	const char *name = key_name(w, signature);
	struct key key = { .why = "d= and s= give no name that can be" };
	size_t n = 0;

	if (name == NULL || dkim_sig_geterror(signature) != DKIM_SIGERROR_UNKNOWN)
		return key; /* it will not look at it any more */
	key.txt = witness_ask(w, name, MD_TXT);
	key.why = "";
	for (size_t i = 0; i < key.txt->n; i++)
		if (key.txt->rr[i].type == MD_TXT && n++ == 0)
			key.record = &key.txt->rr[i];
	if (key.txt->fact.state == MD_UNKNOWN)
		key.why = "the key cannot be had";
	else if (n != 1)
		key.why = n == 0 ? "there is no key" : "there are several key records";
	if (n != 1)
		key.record = NULL;
	return key;
}

/* Called when all signatures are read, and before the first is verified. */
static DKIM_CBSTAT
fetch_all(DKIM *dkim, DKIM_SIGINFO **signatures, int n)
{
	struct verification *v = dkim_get_user_context(dkim);

	if (n > MOST_SIGNATURES)
		witness_refuse(v->w, "the message has more than %d signatures",
		               MOST_SIGNATURES);
	v->signatures = signatures;
	v->n = n;
	for (int i = 0; i < n; i++)
		v->keys[i] = fetch(v->w, signatures[i]);
	return DKIM_CBSTAT_CONTINUE;
}

static struct key *
key_of(struct verification *v, const DKIM_SIGINFO *signature)
{
	for (int i = 0; i < v->n; i++)
		if (v->signatures[i] == signature)
			return &v->keys[i];
	return NULL;
}

/* "Try again" would end it for all signatures that follow. */
static DKIM_CBSTAT
give_key(DKIM *dkim, DKIM_SIGINFO *signature, u_char *room, size_t size)
{
	struct key *key = key_of(dkim_get_user_context(dkim), signature);
	struct md_str text;

	if (key == NULL || key->record == NULL)
		return DKIM_CBSTAT_NOTFOUND;
	text = key->record->txt.joined;
	text.len = md_str_find(text, '\0'); /* it works with strings of C */
	if (text.len >= size) {
		key->why = "the key record does not fit its buffer";
		return DKIM_CBSTAT_NOTFOUND;
	}
	memcpy(room, text.p, text.len);
	room[text.len] = '\0';
	return DKIM_CBSTAT_CONTINUE;
}

/* ---- feeding ---- */

static void
feed(struct verification *v, const char *text, size_t len)
{
	u_char *copy = (u_char *)md_strndup(v->w->mem, text, len);

	/* What it says of a field's syntax it says again of the signature. */
	if (dkim_header(v->dkim, copy, len) == DKIM_STAT_NORESOURCE)
		witness_refuse(v->w, "there is no memory");
}

/*
 * It writes one pointer too many where h= names each field of the header, and one besides: so
 * there is one field more, which nobody can name.
 */
static void
feed_nameless(struct verification *v)
{
	unsigned long long number[2];
	const char *text;

	if (getrandom(number, sizeof(number), 0) != (ssize_t)sizeof(number))
		witness_refuse(v->w, "there is no randomness");
	text = md_printf(v->w->mem, "X-%llx%llx: 1", number[0], number[1]);
	feed(v, text, strlen(text));
}

static void
feed_message(struct verification *v, const struct md_message *m)
{
	feed_nameless(v);
	for (size_t i = 0; i < m->n; i++)
		feed(v, m->fields[i].whole.p, m->fields[i].whole.len);
	dkim_eoh(v->dkim);
	if (m->body.len > 0)
		dkim_body(v->dkim, (u_char *)md_strndup(v->w->mem, m->body.p, m->body.len),
		          m->body.len);
	dkim_eom(v->dkim, NULL);
}

/* ---- what it concludes ---- */

/*
 * Does bh= hold what it computed?  What it says itself is "yes" for signatures that it never
 * looked at.
 */
static bool
body_matches(struct witness *w, DKIM_SIGINFO *signature)
{
	char name[] = "bh";
	const char *value =
	        (const char *)dkim_sig_gettagvalue(signature, false, (u_char *)name);
	const struct md_base64 given =
	        md_base64_decode(w->mem, md_str(value != NULL ? value : ""));
	void *header, *body;
	size_t nheader, nbody;

	if (dkim_sig_gethashes(signature, &header, &nheader, &body, &nbody) != DKIM_STAT_OK)
		return false;
	return given.len == nbody && memcmp(given.bytes, body, nbody) == 0;
}

struct result {
	const char *word; /* RFC 8601 2.7.1 */
	const char *why;
};

static struct result
judge_hashes(struct witness *w, DKIM_SIGINFO *signature)
{
	const bool passed = (dkim_sig_getflags(signature) & DKIM_SIGFLAG_PASSED) != 0;
	const bool body = body_matches(w, signature);

	if (passed && body)
		return (struct result){ "pass", "" };
	if (passed)
		return (struct result){ "fail", "the body hash does not match" };
	return (struct result){ "fail", body ? "the signature does not verify"
		                             : "neither body hash nor signature verifies" };
}

static struct result
judge(struct verification *v, int i)
{
	DKIM_SIGINFO *signature = v->signatures[i];
	const struct key *key = &v->keys[i];
	const bool done = (dkim_sig_getflags(signature) & DKIM_SIGFLAG_PROCESSED) != 0;
	const int error = dkim_sig_geterror(signature);
	const char *text = dkim_sig_geterrorstr(error);

	if (error == DKIM_SIGERROR_NOKEY)
		return (struct result){ key->txt != NULL && key->txt->fact.state == MD_UNKNOWN
			                        ? "temperror"
			                        : "permerror",
			                key->why };
	if (done && (error == DKIM_SIGERROR_OK || error == DKIM_SIGERROR_BADSIG))
		return judge_hashes(v->w, signature);
	if (error == DKIM_SIGERROR_UNKNOWN || error == DKIM_SIGERROR_OK)
		return (struct result){ "neutral", "it gives no result" };
	return (struct result){ "permerror", text != NULL ? text : "an error without a name" };
}

static const char *
name_or_dash(struct witness *w, const u_char *raw)
{
	const char *name;

	if (raw == NULL)
		return "-";
	name = md_name_normal(w->mem, md_str(md_show(w->mem, md_str((const char *)raw))));
	return md_name_fits(name) && strchr(name, ' ') == NULL ? name : "-";
}

/* The best of all, as a receiver takes it. */
static const char *
better(const char *a, const char *b)
{
	static const char *const order[] = { "pass", "fail", "temperror", "neutral",
		                             "permerror" };

	for (size_t i = 0; i < MD_COUNT(order); i++)
		if (strcmp(order[i], a) == 0 || strcmp(order[i], b) == 0)
			return order[i];
	return a;
}

static _Noreturn void
conclude(struct verification *v, const struct md_message *m)
{
	const char *best = v->n == 0 ? "none" : "permerror";

	if ((size_t)v->n != md_message_count(m, DKIM_SIGNHEADER))
		witness_refuse(v->w, "libopendkim sees %d signatures", v->n);
	for (int i = 0; i < v->n; i++) {
		const struct result r = judge(v, i);

		witness_part(v->w, "%s %s %s%s%s",
		             name_or_dash(v->w, dkim_sig_getdomain(v->signatures[i])),
		             name_or_dash(v->w, dkim_sig_getselector(v->signatures[i])), r.word,
		             r.why[0] != '\0' ? " " : "", r.why);
		best = better(best, r.word);
	}
	witness_opine(v->w, best, "");
}

static void
testify(struct witness *w)
{
	struct verification v = { .w = w };
	const struct md_message *m;
	const char *why = "it needs the message";
	DKIM_STAT status;

	m = w->message.p != NULL ? md_message_read(w->mem, w->message, &why) : NULL;
	if (m == NULL)
		witness_refuse(w, "%s", why);
	why = guard_signatures(w->mem, m);
	if (why != NULL)
		witness_refuse(w, "%s", why);
	dkim_set_key_lookup(library, give_key);
	dkim_set_prescreen(library, fetch_all);
	v.dkim = dkim_verify(library, (const unsigned char *)"message", NULL, &status);
	if (v.dkim == NULL || dkim_set_user_context(v.dkim, &v) != DKIM_STAT_OK)
		witness_refuse(w, "there is no memory");
	feed_message(&v, m);
	conclude(&v, m);
}

const struct engine libopendkim = { .name = "libopendkim",
	                            .prepare = prepare,
	                            .testify = testify };
