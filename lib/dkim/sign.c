/* Makes a DKIM-Signature. */
#include "dkim/sign.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/name.h"

/* ---- what is signed ---- */

/*
 * RFC 6376 5.4.1 names those without a comment; the others decide how a message is read or
 * answered, too.
 */
static const char *const recommended[] = {
	"From",
	"Sender", /* shown by some programs instead of From */
	"Reply-To",
	"Subject",
	"Date",
	"Message-ID", /* or the message can be sent again as another one */
	"To",
	"Cc",
	"MIME-Version", /* these say what the octets of the body mean */
	"Content-Type",
	"Content-Transfer-Encoding",
	"Resent-Date",
	"Resent-From",
	"Resent-Sender",
	"Resent-To",
	"Resent-Cc",
	"Resent-Message-ID",
	"In-Reply-To",
	"References",
	"List-Id",
	"List-Help",
	"List-Unsubscribe",
	"List-Unsubscribe-Post", /* RFC 8058 4: must be signed with the other */
	"List-Subscribe",
	"List-Post",
	"List-Owner",
	"List-Archive",
};

struct names {
	struct md_str *p;
	size_t n;
};

/* Each as often as it is there, and From once more, so that no other can be added. */
static struct names
recommended_of(struct md_arena *mem, const struct md_message *m)
{
	struct names names = { NULL, 0 };

	for (size_t i = 0; i < MD_COUNT(recommended); i++) {
		const struct md_str name = md_str(recommended[i]);
		const size_t times = md_message_count(m, recommended[i]) + (i == 0);

		for (size_t k = 0; k < times; k++)
			MD_PUSH(mem, names.p, names.n, name);
	}
	return names;
}

/* RFC 6376 3.5, hdr-name: a field's name, without the semicolon that would end h=. */
static bool
is_name(struct md_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.p[i] <= ' ' || name.p[i] >= 0x7f || name.p[i] == ';')
			return false;
	return name.len > 0;
}

static bool
read_names(struct md_arena *mem, struct md_str text, struct names *names, const char **why)
{
	bool from = false;

	while (text.len > 0) {
		const size_t colon = md_str_find(text, ':'), comma = md_str_find(text, ',');
		const size_t end = colon < comma ? colon : comma;
		const struct md_str name = md_str_trim((struct md_str){ text.p, end }, " \t");

		if (!is_name(name)) {
			*why = md_printf(mem, "%s is no name of a field", md_quote(mem, name));
			return false;
		}
		from = from || md_str_eq_nocase(name, "From");
		MD_PUSH(mem, names->p, names->n, name);
		text = md_str_skip(text, end + 1);
	}
	if (!from)
		*why = "From is not among the fields, and must be signed (RFC 6376 5.4)";
	return from;
}

/* ---- what it says ---- */

bool
md_dkim_is_domain(const char *name)
{
	return md_name_is_hostname(name);
}

/* Letters, digits and hyphens, and, as selectors in use have them, underscores. */
bool
md_dkim_is_selector(const char *name)
{
	for (const char *p = name; *p != '\0'; p++)
		if (!md_is_alnum(*p) && *p != '.' && *p != '-' && *p != '_')
			return false;
	return name[0] != '\0' && strcmp(name, ".") != 0 && md_name_fits(name);
}

/* i= in DKIM-Quoted-Printable (RFC 6376 2.11); its domain is that of d= or below (3.5). */
static bool
identity(struct md_arena *mem, const struct md_signing *s, const char **text, const char **why)
{
	const char *at = strrchr(s->identity, '@');
	struct md_buf out = { .mem = mem };
	const char *domain;

	*text = "";
	if (s->identity[0] == '\0')
		return true;
	domain = at != NULL ? md_name_normal(mem, md_str(at + 1)) : "";
	if (!md_dkim_is_domain(domain) || !md_name_under(domain, s->domain)) {
		*why = md_printf(mem, "the identity %s is not USER@%s, or of a domain below",
		                 md_quote(mem, md_str(s->identity)), s->domain);
		return false;
	}
	for (const char *p = s->identity; p < at; p++) {
		if (*p > ' ' && *p < 0x7f && *p != ';' && *p != '=')
			md_buf_addc(&out, *p);
		else
			md_buf_printf(&out, "=%02X", (unsigned char)*p);
	}
	md_buf_printf(&out, "@%s", domain);
	*text = md_buf_str(&out);
	return true;
}

/* ---- the field, folded ---- */

enum { COLUMNS = 78 };

struct folded {
	struct md_buf text;
	size_t column;
};

static void
fold(struct folded *f)
{
	md_buf_add(&f->text, md_str("\r\n "));
	f->column = 1;
}

/* Folds before the piece where it does not fit. */
static void
add(struct folded *f, struct md_str piece)
{
	if (f->column > 1 && f->column + piece.len > COLUMNS)
		fold(f);
	md_buf_add(&f->text, piece);
	f->column += piece.len;
}

/* A tag that cannot be folded, with what stands before and after it. */
static void
add_tag(struct folded *f, const char *tag)
{
	if (f->column + 1 + strlen(tag) > COLUMNS)
		fold(f);
	else
		add(f, md_str(" "));
	add(f, md_str(tag));
}

/* Base64 may be folded anywhere (RFC 6376 3.5): every line is filled. */
static void
add_base64(struct folded *f, const char *text)
{
	struct md_str rest = md_str(text);

	while (rest.len > 0) {
		const size_t room = f->column < COLUMNS ? COLUMNS - f->column : 0;
		const size_t n = rest.len < room ? rest.len : room;

		add(f, (struct md_str){ rest.p, n });
		rest = md_str_skip(rest, n);
		if (rest.len > 0)
			fold(f);
	}
}

static void
add_names(struct folded *f, const struct names *names)
{
	add_tag(f, "h=");
	for (size_t i = 0; i < names->n; i++) {
		const char *end = i + 1 < names->n ? ":" : ";";

		add(f, md_str(md_printf(f->text.mem, "%.*s%s", MD_FMT(names->p[i]), end)));
	}
}

/* ---- the hashes ---- */

static const char *
hash_of_body(struct md_arena *mem, struct md_keyring *ring, const struct md_message *m,
             enum md_canon canon)
{
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;
	size_t n;

	md_hashing_begin(&digest, ring, MD_SHA256);
	md_canon_body(canon, m->body, UINT64_MAX, md_hashing_sink(&digest));
	n = md_hashing_end(&digest, hash);
	return md_base64_encode(mem, hash, n);
}

/* RFC 6376 3.7: the fields by h=, then the signature's own, its b= empty. */
static struct md_octets
hash_of_header(struct md_arena *mem, struct md_keyring *ring, const struct md_message *m,
               const struct md_dkim_signature *by, struct md_str own)
{
	const struct md_field **fields = md_signed_fields(mem, m, by, NULL);
	unsigned char *hash = md_alloc(mem, MD_HASH_MOST);
	struct md_hashing digest;

	md_hashing_begin(&digest, ring, MD_SHA256);
	for (size_t i = 0; i < by->nh; i++)
		if (fields[i] != NULL)
			md_canon_field(by->header_canon, fields[i]->whole,
			               md_hashing_sink(&digest));
	md_canon_own_field(by->header_canon, own, md_str_skip(own, own.len),
	                   md_hashing_sink(&digest));
	return (struct md_octets){ hash, md_hashing_end(&digest, hash) };
}

/* ---- all of it ---- */

/* All up to "b=". */
static struct folded
unsigned_field(struct md_arena *mem, const struct md_signing *s, const char *algorithm,
               const char *who, const struct names *names)
{
	struct folded f = { .text = { .mem = mem } };

	add(&f, md_str("DKIM-Signature:"));
	add_tag(&f, md_printf(mem, "v=1; a=%s;", algorithm));
	add_tag(&f, md_printf(mem, "c=%s/%s;", md_canon_name(s->header_canon),
	                      md_canon_name(s->body_canon)));
	add_tag(&f, md_printf(mem, "d=%s;", s->domain));
	add_tag(&f, md_printf(mem, "s=%s;", s->selector));
	if (who[0] != '\0')
		add_tag(&f, md_printf(mem, "i=%s;", who));
	add_tag(&f, md_printf(mem, "t=%" PRId64 ";", s->now));
	if (s->expire > 0)
		add_tag(&f, md_printf(mem, "x=%" PRId64 ";", s->now + s->expire));
	add_names(&f, names);
	return f;
}

static bool
good_names(struct md_arena *mem, const struct md_signing *s, const char **why)
{
	if (!md_dkim_is_domain(s->domain))
		*why = md_printf(mem, "\"%s\" cannot be the domain of a signature",
		                 md_show(mem, md_str(s->domain)));
	else if (!md_dkim_is_selector(s->selector))
		*why = md_printf(mem, "\"%s\" cannot be a selector",
		                 md_show(mem, md_str(s->selector)));
	else
		return true;
	return false;
}

/* The whole field, once it is known what is to be in it; NULL when the key cannot sign. */
static const char *
made(struct md_arena *mem, const struct md_message *m, struct folded *f,
     const struct md_dkim_signature *by, const struct md_private_key *key)
{
	struct md_keyring *ring = md_keyring_new();
	struct md_octets hash, signature;

	add_tag(f, md_printf(mem, "bh=%s;", hash_of_body(mem, ring, m, by->body_canon)));
	add_tag(f, "b=");
	hash = hash_of_header(mem, ring, m, by, (struct md_str){ f->text.p, f->text.len });
	md_keyring_free(ring);
	signature = md_private_key_sign(mem, key, hash);
	if (signature.n == 0)
		return NULL;
	add_base64(f, md_base64_encode(mem, signature.p, signature.n));
	md_buf_add(&f->text, md_str("\r\n"));
	return md_buf_str(&f->text);
}

const char *
md_dkim_sign(struct md_arena *mem, const struct md_message *m, const struct md_signing *s,
             const struct md_private_key *key, const char **why)
{
	const enum md_algorithm algorithm =
	        md_private_key_type(key) == MD_KEY_RSA ? MD_RSA_SHA256 : MD_ED25519_SHA256;
	struct names names = { NULL, 0 };
	const char *who, *text;
	struct folded f;

	if (!good_names(mem, s, why) || !identity(mem, s, &who, why))
		return NULL;
	if (s->names.len == 0)
		names = recommended_of(mem, m);
	else if (!read_names(mem, s->names, &names, why))
		return NULL;
	f = unsigned_field(mem, s, md_algorithm_name(algorithm), who, &names);
	text = made(mem, m, &f,
	            &(struct md_dkim_signature){ .header_canon = s->header_canon,
	                                         .body_canon = s->body_canon,
	                                         .nh = names.n,
	                                         .h = names.p },
	            key);
	if (text == NULL)
		*why = "OpenSSL cannot sign with this key";
	return text;
}

const char *
md_dkim_record(struct md_arena *mem, const struct md_private_key *key)
{
	const struct md_octets p = md_private_key_public(mem, key);

	/*
	 * RFC 8463 4: k=ed25519; RFC 6376 3.6.1: k=rsa is the default, and told all the same.
	 */
	return md_printf(mem, "v=DKIM1; k=%s; p=%s",
	                 md_private_key_type(key) == MD_KEY_RSA ? "rsa" : "ed25519",
	                 md_base64_encode(mem, p.p, p.n));
}
