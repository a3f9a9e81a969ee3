/* One DNS record, by ldns: from the wire or from text to our typed record. */
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/ldns_rr.h"
#include "dns/txt.h"
#include "dns/wire.h"

const char *
md_name_from_ldns(struct md_arena *mem, const ldns_rdf *name)
{
	return md_name_from_wire(mem, ldns_rdf_data(name), ldns_rdf_size(name));
}

static bool
read_address(const ldns_rr *rr, struct md_rr *out)
{
	const ldns_rdf *rdf = ldns_rr_rdf(rr, 0);
	const size_t size = out->type == MD_A ? 4 : 16;

	if (rdf == NULL || ldns_rdf_size(rdf) != size)
		return false;
	out->addr.family = out->type == MD_A ? 4 : 6;
	memcpy(out->addr.bytes, ldns_rdf_data(rdf), size);
	return true;
}

static bool
read_mx(struct md_arena *mem, const ldns_rr *rr, struct md_rr *out)
{
	if (ldns_rr_rd_count(rr) != 2)
		return false;
	out->mx.preference = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));
	out->mx.exchange = md_name_from_ldns(mem, ldns_rr_rdf(rr, 1));
	return true;
}

static bool
read_soa(struct md_arena *mem, const ldns_rr *rr, struct md_rr *out)
{
	if (ldns_rr_rd_count(rr) != 7)
		return false;
	out->soa.mname = md_name_from_ldns(mem, ldns_rr_rdf(rr, 0));
	out->soa.rname = md_name_from_ldns(mem, ldns_rr_rdf(rr, 1));
	out->soa.serial = ldns_rdf2native_int32(ldns_rr_rdf(rr, 2));
	out->soa.refresh = ldns_rdf2native_int32(ldns_rr_rdf(rr, 3));
	out->soa.retry = ldns_rdf2native_int32(ldns_rr_rdf(rr, 4));
	out->soa.expire = ldns_rdf2native_int32(ldns_rr_rdf(rr, 5));
	out->soa.minimum = ldns_rdf2native_int32(ldns_rr_rdf(rr, 6));
	return true;
}

/* RFC 1035 3.3: each string is a length octet and that many octets. */
static bool
read_txt(struct md_arena *mem, const ldns_rr *rr, struct md_rr *out)
{
	const size_t n = ldns_rr_rd_count(rr);
	struct md_str *strings = md_alloc(mem, n * sizeof(*strings));
	size_t size = 0;
	char *bytes, *end;

	for (size_t i = 0; i < n; i++)
		size += ldns_rdf_size(ldns_rr_rdf(rr, i));
	bytes = end = md_alloc(mem, size + 1);
	for (size_t i = 0; i < n; i++) {
		const uint8_t *string = ldns_rdf_data(ldns_rr_rdf(rr, i));

		if (ldns_rdf_size(ldns_rr_rdf(rr, i)) != (size_t)string[0] + 1)
			return false;
		memcpy(end, string + 1, string[0]);
		strings[i] = (struct md_str){ end, string[0] };
		end += string[0];
	}
	out->txt.joined = (struct md_str){ bytes, (size_t)(end - bytes) };
	out->txt.n = n;
	out->txt.strings = strings;
	return true;
}

static void
read_security_fields(const ldns_rr *rr, struct md_rr *out)
{
	const size_t n = ldns_rr_rd_count(rr);

	if (out->type == MD_DS && n == 4) {
		out->sec.key_tag = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));
		out->sec.algorithm = ldns_rdf2native_int8(ldns_rr_rdf(rr, 1));
		out->sec.digest_type = ldns_rdf2native_int8(ldns_rr_rdf(rr, 2));
	} else if (out->type == MD_DNSKEY && n == 4) {
		out->sec.algorithm = ldns_rdf2native_int8(ldns_rr_rdf(rr, 2));
	} else if (out->type == MD_RRSIG && n == 9) {
		out->sec.covered = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));
		out->sec.algorithm = ldns_rdf2native_int8(ldns_rr_rdf(rr, 1));
		out->sec.expiration = ldns_rdf2native_int32(ldns_rr_rdf(rr, 4));
		out->sec.inception = ldns_rdf2native_int32(ldns_rr_rdf(rr, 5));
		out->sec.key_tag = ldns_rdf2native_int16(ldns_rr_rdf(rr, 6));
	}
}

/* A record without owner, of this type and rdata; NULL and *status when it cannot be read. */
static ldns_rr *
rr_from_text(struct md_arena *mem, uint16_t type, const char *rdata, const ldns_rdf *origin,
             ldns_status *status)
{
	ldns_rr *rr = NULL;

	*status = ldns_rr_new_frm_str(&rr, md_printf(mem, ". 0 IN TYPE%u %s", type, rdata), 0,
	                              origin, NULL);
	return *status == LDNS_STATUS_OK ? rr : NULL;
}

static bool
same_rdata(const ldns_rr *a, const ldns_rr *b)
{
	if (ldns_rr_rd_count(a) != ldns_rr_rd_count(b))
		return false;
	for (size_t i = 0; i < ldns_rr_rd_count(a); i++)
		if (ldns_rdf_compare(ldns_rr_rdf(a, i), ldns_rr_rdf(b, i)) != 0)
			return false;
	return true;
}

/* RFC 3597 5: what every reader of zone files takes for any type. */
static const char *
generic_text(struct md_arena *mem, const ldns_rr *rr)
{
	struct md_buf out = { .mem = mem };
	size_t size = 0;

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
		size += ldns_rdf_size(ldns_rr_rdf(rr, i));
	md_buf_printf(&out, "\\# %zu%s", size, size > 0 ? " " : "");
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *rdf = ldns_rr_rdf(rr, i);

		for (size_t j = 0; j < ldns_rdf_size(rdf); j++)
			md_buf_printf(&out, "%02x", ldns_rdf_data(rdf)[j]);
	}
	return md_buf_str(&out);
}

static bool
reads_back(struct md_arena *mem, const ldns_rr *rr, const char *text)
{
	ldns_status status;
	ldns_rr *again = rr_from_text(mem, (uint16_t)ldns_rr_get_type(rr), text, NULL, &status);
	const bool same = again != NULL && same_rdata(rr, again);

	ldns_rr_free(again);
	return same;
}

/*
 * The usual presentation, as far as ldns reads back what it writes; else the generic one.
 * NULL for what it lets pass although it is no whole rdata: that it does not read back either.
 */
static const char *
rdata_text(struct md_arena *mem, const ldns_rr *rr)
{
	struct md_buf out = { .mem = mem };
	const char *generic;

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		char *text = ldns_rdf2str(ldns_rr_rdf(rr, i));

		md_buf_printf(&out, "%s%s", i > 0 ? " " : "", text != NULL ? text : "");
		LDNS_FREE(text);
	}
	if (out.len > 0 && reads_back(mem, rr, md_buf_str(&out)))
		return md_buf_str(&out);
	generic = generic_text(mem, rr);
	return reads_back(mem, rr, generic) ? generic : NULL;
}

/*
 * ldns writes a name that begins with an "@" as "\\@…" and reads that back as the origin: such
 * a name cannot be kept truly, and no host has one.
 */
static bool
begins_with_at(const ldns_rr *rr)
{
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *rdf = ldns_rr_rdf(rr, i);

		if (ldns_rdf_get_type(rdf) == LDNS_RDF_TYPE_DNAME && ldns_rdf_size(rdf) > 1 &&
		    ldns_rdf_data(rdf)[1] == '@')
			return true;
	}
	return false;
}

static bool
escaped_at(const char *rdata)
{
	for (const char *s = strchr(rdata, '\\'); s != NULL; s = strchr(s + 1, '\\'))
		if ((s == rdata || s[-1] == ' ' || s[-1] == '\t') &&
		    (s[1] == '@' || strncmp(s + 1, "064", 3) == 0))
			return true;
	return false;
}

static bool
read_rdata(struct md_arena *mem, const ldns_rr *rr, struct md_rr *out)
{
	if (begins_with_at(rr))
		return false;
	switch (out->type) {
	case MD_A:
	case MD_AAAA:
		return read_address(rr, out);
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		if (ldns_rr_rd_count(rr) != 1)
			return false;
		out->name = md_name_from_ldns(mem, ldns_rr_rdf(rr, 0));
		return true;
	case MD_MX:
		return read_mx(mem, rr, out);
	case MD_SOA:
		return read_soa(mem, rr, out);
	case MD_TXT:
	case MD_SPF:
		return read_txt(mem, rr, out);
	default:
		out->sec.text = rdata_text(mem, rr);
		read_security_fields(rr, out);
		return out->sec.text != NULL;
	}
}

bool
md_rr_from_ldns(struct md_arena *mem, const ldns_rr *rr, struct md_rr *out)
{
	*out = (struct md_rr){
		.owner = md_name_from_ldns(mem, ldns_rr_owner(rr)),
		.type = (uint16_t)ldns_rr_get_type(rr),
		.ttl = ldns_rr_ttl(rr),
	};
	return read_rdata(mem, rr, out);
}

/* ---- from text ---- */

/* RFC 3597 5: "\#" as a word of its own, then the length, then as many octets in hex. */
static bool
is_generic(const char *rdata)
{
	return rdata[0] == '\\' && rdata[1] == '#' &&
	       (rdata[2] == '\0' || rdata[2] == ' ' || rdata[2] == '\t');
}

static bool
is_sound_generic(const char *rdata)
{
	const char *s = rdata + strlen("\\#") + strspn(rdata + strlen("\\#"), " \t");
	const size_t n = strcspn(s, " \t");
	unsigned long length;
	size_t digits = 0;

	if (!md_str_number((struct md_str){ s, n }, UINT16_MAX, &length))
		return false;
	for (s += n; *s != '\0'; s++) {
		if (md_is_hex(*s))
			digits++;
		else if (*s != ' ' && *s != '\t')
			return false;
	}
	return digits == 2 * length;
}

/*
 * What ldns lets pass: a line end would begin another record, a number too large wraps, and
 * what is too long is cut.
 */
static const char *
faulty(uint16_t type, const char *rdata)
{
	enum { LONGEST = 65000 }; /* ldns has room for 65535 */
	struct md_str first = { rdata, strcspn(rdata, " \t") };
	unsigned long preference;

	for (const char *s = rdata; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 && *s != '\t')
			return "a control character";
	if (is_generic(rdata))
		return is_sound_generic(rdata) ? NULL : "its octets are not as many as it says";
	if (type == MD_MX && !md_str_number(first, UINT16_MAX, &preference))
		return "the preference is no number from 0 to 65535";
	if (type != MD_TXT && type != MD_SPF && escaped_at(rdata))
		return "a name that begins with an escaped @ cannot be read";
	if (type != MD_TXT && type != MD_SPF && strlen(rdata) > LONGEST)
		return "it is too long";
	return NULL;
}

static bool
parse_by_ldns(struct md_arena *mem, const char *origin, const char *rdata, struct md_rr *rr,
              const char **fault)
{
	ldns_status status = LDNS_STATUS_OK;
	ldns_rdf *completion = ldns_dname_new_frm_str(origin);
	ldns_rr *theirs = rr_from_text(mem, rr->type, rdata, completion, &status);
	const bool ok = theirs != NULL && read_rdata(mem, theirs, rr);

	if (!ok)
		*fault = status != LDNS_STATUS_OK ? ldns_get_errorstr_by_id(status)
		                                  : "it is not whole";
	ldns_rdf_deep_free(completion);
	ldns_rr_free(theirs);
	return ok;
}

bool
md_rr_parse_in(struct md_arena *mem, const char *origin, const char *rdata, struct md_rr *rr,
               const char **why)
{
	const char *fault = faulty(rr->type, rdata);
	struct md_rr read = *rr;
	bool ok = false;

	if (fault == NULL && (rr->type == MD_TXT || rr->type == MD_SPF) && !is_generic(rdata))
		ok = md_txt_parse(mem, rdata, &read, &fault);
	else if (fault == NULL)
		ok = parse_by_ldns(mem, origin, rdata, &read, &fault);
	if (ok)
		*rr = read;
	else
		*why = md_printf(mem, "%s is no %s record: %s", md_excerpt(mem, md_str(rdata)),
		                 md_type_name(mem, rr->type), fault);
	return ok;
}

bool
md_rr_parse(struct md_arena *mem, const char *rdata, struct md_rr *rr, const char **why)
{
	return md_rr_parse_in(mem, ".", rdata, rr, why);
}
