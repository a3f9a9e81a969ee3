/* Reads DKIM key records and lists all that is wrong with them. */
#include "record/dkim_key.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/name.h"
#include "record/tags.h"

/* The record so far: its key, and the tags that are judged when all have been seen. */
struct reader {
	struct md_arena *mem;
	struct md_str text;
	struct md_dkim_key *key;
	struct md_tag p, k; /* .name.len is 0 while there is none */
};

/* `where` is a view into the record. */
static void
blame(struct reader *r, enum md_key_fault_kind kind, struct md_str where, const char *why)
{
	struct md_faults *faults = &r->key->faults;
	const size_t n = faults->n;

	md_faults_add(faults, r->text, where, why);
	if (faults->n > n)
		faults->list[n].kind = kind;
}

static struct md_str
part(struct md_str s, size_t at, size_t len)
{
	return (struct md_str){ s.p + at, len };
}

/* Is the word in a colon-separated list?  RFC 6376 3.2: values are case-sensitive. */
static bool
lists(struct md_str list, const char *word)
{
	struct md_str item;

	while (md_str_cut(&list, ':', &item))
		if (md_str_eq(md_tag_trim(item), word))
			return true;
	return false;
}

/* RFC 6376 3.6.1: v= MUST be the first tag, and a record with another value be discarded. */
static void
judge_version(struct reader *r, const struct md_tag *tag, bool first)
{
	if (!first)
		blame(r, MD_KEY_VERSION, tag->name, "v= stands after another tag");
	if (!md_str_eq(tag->value, "DKIM1"))
		blame(r, MD_KEY_VERSION, tag->value,
		      md_printf(r->mem, "v=%s, where only v=DKIM1 counts",
		                md_show(r->mem, tag->value)));
}

/* RFC 8301 3.1: sha1 MUST NOT be used, so sha256 is the only hash there is. */
static void
judge_hashes(struct reader *r, const struct md_tag *tag)
{
	if (!lists(tag->value, "sha256"))
		blame(r, MD_KEY_TAG, tag->value, "h= does not permit sha256");
}

static void
judge_services(struct reader *r, const struct md_tag *tag)
{
	if (lists(tag->value, "*") || lists(tag->value, "email"))
		return;
	r->key->reports_only = lists(tag->value, "tlsrpt");
	if (!r->key->reports_only)
		blame(r, MD_KEY_TAG, tag->value,
		      "s= permits neither email nor every service (*)");
}

static void
take(struct reader *r, const struct md_tag *tag, bool first)
{
	if (md_str_eq(tag->name, "v"))
		judge_version(r, tag, first);
	else if (md_str_eq(tag->name, "h"))
		judge_hashes(r, tag);
	else if (md_str_eq(tag->name, "s"))
		judge_services(r, tag);
	else if (md_str_eq(tag->name, "k"))
		r->k = *tag;
	else if (md_str_eq(tag->name, "p"))
		r->p = *tag;
	else if (md_str_eq(tag->name, "t")) {
		r->key->testing = lists(tag->value, "y");
		r->key->strict = lists(tag->value, "s");
	}
}

static void
blame_piece(struct reader *r, const struct md_tag *tag)
{
	const struct md_str shown = tag->fault == MD_TAG_EMPTY ? md_str(";") : tag->name;

	blame(r, MD_KEY_MALFORMED, part(r->text, tag->fault_at, tag->fault_len),
	      md_printf(r->mem, "\"%s\" %s", md_show(r->mem, shown),
	                md_tag_fault_text(tag->fault)));
}

static void
read_tags(struct reader *r)
{
	struct md_tags list = md_tags(r->text);
	struct md_tag tag;

	for (bool first = true; md_tag_next(&list, &tag); first = false) {
		const bool is_pair = tag.fault == MD_TAG_OK || tag.fault == MD_TAG_BAD_VALUE;

		/* what p= cannot have is told by the decoder, which knows more about it */
		if (!is_pair || (tag.fault == MD_TAG_BAD_VALUE && !md_str_eq(tag.name, "p")))
			blame_piece(r, &tag);
		/* RFC 6376 3.2: a name twice makes the entire list invalid */
		if (tag.repeated)
			blame(r, MD_KEY_TAG, tag.name,
			      md_printf(r->mem, "there is a second %s=, which voids the record",
			                md_show(r->mem, tag.name)));
		else if (is_pair)
			take(r, &tag, first);
	}
}

/* RFC 6376 3.6.1: k= is "rsa" by default, and unknown types MUST be ignored. */
static void
judge_type(struct reader *r)
{
	r->key->type = MD_KEY_RSA;
	if (r->k.name.len == 0 || md_str_eq(r->k.value, "rsa"))
		return;
	r->key->type = MD_KEY_FOREIGN;
	if (md_str_eq(r->k.value, "ed25519"))
		r->key->type = MD_KEY_ED25519;
	else
		blame(r, MD_KEY_TAG, r->k.value,
		      md_printf(r->mem, "k=%s is neither rsa nor ed25519 (in lower case)",
		                md_show(r->mem, r->k.value)));
}

static const char *
why_no_rsa(struct reader *r, struct md_public_key found)
{
	switch (found.type) {
	case MD_KEY_PRIVATE:
		return "p= is a PRIVATE key, which everybody can read now: make a new one";
	case MD_KEY_ED25519:
		return "p= is an Ed25519 key, but the record is of type rsa";
	case MD_KEY_FOREIGN:
		return "p= is a key of another algorithm than RSA";
	case MD_KEY_UNREADABLE:
		if (r->key->noctets == 32)
			return "p= is no RSA key (an Ed25519 key? then k=ed25519 is missing)";
		return md_printf(r->mem, "p= is no RSA key: %s", found.why);
	case MD_KEY_RSA:
		break;
	}
	return NULL;
}

static void
judge_rsa(struct reader *r)
{
	const struct md_public_key found =
	        md_public_key_read(r->mem, r->key->octets, r->key->noctets);
	const char *why = why_no_rsa(r, found);

	r->key->bits = found.type == MD_KEY_RSA ? found.bits : 0;
	if (why != NULL)
		blame(r, MD_KEY_MALFORMED, r->p.value, why);
}

/* RFC 8463 4.2: the 32 octets of the key themselves, 44 characters of base64. */
static void
judge_ed25519(struct reader *r)
{
	struct md_public_key found;

	if (r->key->noctets == 32) {
		r->key->bits = 256;
		return;
	}
	found = md_public_key_read(r->mem, r->key->octets, r->key->noctets);
	if (found.type == MD_KEY_ED25519)
		blame(r, MD_KEY_ED25519_SPKI, r->p.value,
		      "p= has 44 octets: the key inside a SubjectPublicKeyInfo");
	else if (found.type == MD_KEY_RSA)
		blame(r, MD_KEY_MALFORMED, r->p.value, "p= is an RSA key, but k=ed25519");
	else
		blame(r, MD_KEY_MALFORMED, r->p.value,
		      md_printf(r->mem, "p= has %zu octets, an Ed25519 key has 32",
		                r->key->noctets));
}

/* The offset of five hyphens, or the value's length: the BEGIN and END lines of PEM files. */
static size_t
find_pem(struct md_str value)
{
	for (size_t i = 0; i + 5 <= value.len; i++)
		if (memcmp(value.p + i, "-----", 5) == 0)
			return i;
	return value.len;
}

static void
blame_base64(struct reader *r, const struct md_base64 *decoded)
{
	const struct md_str p = r->p.value;
	const size_t pem = find_pem(p), at = decoded->fault_at;

	if (pem < p.len)
		blame(r, MD_KEY_MALFORMED, part(p, pem, 5),
		      "p= has a BEGIN or END line of a key file in it");
	else
		blame(r, MD_KEY_MALFORMED, part(p, at, at < p.len ? 1 : 0),
		      md_printf(r->mem, "p= is not base64: %s", decoded->why));
}

/* When base64 ends too early, what was decoded tells more: how much of the key is lost. */
static void
judge_octets(struct reader *r)
{
	const struct md_base64 decoded = md_base64_decode(r->mem, r->p.value);
	const bool sound = decoded.why[0] == '\0';
	const size_t faults = r->key->faults.n;

	r->key->octets = decoded.bytes;
	r->key->noctets = decoded.len;
	if (sound || decoded.fault_at == r->p.value.len) {
		if (r->key->type == MD_KEY_RSA)
			judge_rsa(r);
		else if (r->key->type == MD_KEY_ED25519)
			judge_ed25519(r);
	}
	if (!sound && r->key->faults.n == faults)
		blame_base64(r, &decoded);
}

static void
judge_key(struct reader *r)
{
	if (r->p.name.len == 0) {
		blame(r, MD_KEY_MALFORMED, part(r->text, r->text.len, 0), "p= is missing");
		return;
	}
	r->key->p_at = r->p.value_at;
	r->key->p_len = r->p.value.len;
	r->key->revoked = r->p.value.len == 0;
	if (!r->key->revoked)
		judge_octets(r);
}

/* A whole record that is a host's name: whoever set it up meant a CNAME record to it. */
static bool
is_host_name(struct md_arena *mem, struct md_str text)
{
	text = md_str_trim(text, " .\"");
	return text.len > 3 && text.len < 254 && memchr(text.p, '.', text.len) != NULL &&
	       memchr(text.p, '=', text.len) == NULL &&
	       memchr(text.p, '\0', text.len) == NULL &&
	       md_name_is_hostname(md_strndup(mem, text.p, text.len));
}

const struct md_dkim_key *
md_dkim_key_parse(struct md_arena *mem, struct md_str text)
{
	struct reader r = { .mem = mem, .text = text };

	r.key = md_alloc(mem, sizeof(*r.key));
	if (is_host_name(mem, text)) {
		blame(&r, MD_KEY_MALFORMED, text,
		      md_printf(mem, "%s is the name of a host: a CNAME record to it was meant",
		                md_excerpt(mem, text)));
		return r.key;
	}
	read_tags(&r);
	judge_type(&r);
	judge_key(&r);
	return r.key;
}

/* The words of t= without "y". */
static const char *
not_testing(struct md_arena *mem, struct md_str flags)
{
	struct md_buf out = { .mem = mem };
	struct md_str flag;

	while (md_str_cut(&flags, ':', &flag)) {
		flag = md_tag_trim(flag);
		if (!md_str_eq(flag, "y"))
			md_buf_item(&out, ":", "%s", md_show(mem, flag));
	}
	return md_buf_str(&out);
}

/* SubjectPublicKeyInfo of Ed25519 is twelve octets and then the key (RFC 8410 10.1). */
enum { ED25519_WRAPPING = 12, ED25519_OCTETS = 32 };

static bool
has_fault(const struct md_dkim_key *key, enum md_key_fault_kind kind)
{
	for (size_t i = 0; i < key->faults.n; i++)
		if (key->faults.list[i].kind == kind)
			return true;
	return false;
}

/* Has the tag that stands twice the value of the first of its name? */
static bool
is_same_again(struct md_str text, const struct md_tag *again)
{
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	while (md_tag_next(&list, &tag))
		if (tag.name.len == again->name.len &&
		    memcmp(tag.name.p, again->name.p, tag.name.len) == 0)
			return tag.value.len == again->value.len &&
			       memcmp(tag.value.p, again->value.p, tag.value.len) == 0;
	return false;
}

/*
 * The value that a tag should have: "" to leave it out (its default is right, or it stands
 * there already), NULL when that is not known.
 */
static const char *
mended_value(struct md_arena *mem, const struct md_dkim_key *key, const struct md_tag *tag,
             bool testing)
{
	const char *value = md_strndup(mem, tag->value.p, tag->value.len);

	if (md_str_eq(tag->name, "v") || tag->repeated)
		return "";
	if (md_str_eq(tag->name, "p") && has_fault(key, MD_KEY_ED25519_SPKI))
		return md_base64_encode(mem, key->octets + ED25519_WRAPPING, ED25519_OCTETS);
	if (md_str_eq(tag->name, "t") && !testing)
		return not_testing(mem, tag->value);
	if (md_str_eq(tag->name, "h") && !lists(tag->value, "sha256"))
		return "";
	if (md_str_eq(tag->name, "s") && !lists(tag->value, "*") &&
	    !lists(tag->value, "email") && !lists(tag->value, "tlsrpt"))
		return "";
	if (md_str_eq(tag->name, "k") && key->type == MD_KEY_FOREIGN)
		return md_str_eq_nocase(tag->value, "rsa")       ? "rsa"
		       : md_str_eq_nocase(tag->value, "ed25519") ? "ed25519"
		                                                 : NULL;
	return value;
}

const char *
md_dkim_key_mended(struct md_arena *mem, struct md_str text, const struct md_dkim_key *key,
                   bool testing)
{
	struct md_buf out = { .mem = mem };
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	if (has_fault(key, MD_KEY_MALFORMED))
		return NULL;
	md_buf_printf(&out, "v=DKIM1");
	while (md_tag_next(&list, &tag)) {
		const char *value = mended_value(mem, key, &tag, testing);

		if (value == NULL || (tag.repeated && !is_same_again(text, &tag)))
			return NULL;
		if (value[0] != '\0' || md_str_eq(tag.name, "p"))
			md_buf_printf(&out, "; %.*s=%s", MD_FMT(tag.name), value);
	}
	if (!testing)
		return md_buf_str(&out);
	/* a key of the type that k= was meant to say may have faults that were not looked at */
	return md_dkim_key_parse(mem, md_str(md_buf_str(&out)))->faults.n == 0
	               ? md_buf_str(&out)
	               : NULL;
}

const char *
md_dkim_key_summary(struct md_arena *mem, const struct md_dkim_key *key)
{
	if (key->revoked)
		return "revoked";
	if (key->bits == 0)
		return "not readable";
	if (key->type == MD_KEY_ED25519)
		return "ed25519";
	return md_printf(mem, "rsa %u bits", key->bits);
}
