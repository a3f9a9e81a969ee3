/* DNS messages, by ldns: questions to the wire, replies from it. */
#include <string.h>

#include "base/arena.h"
#include "dns/ldns_rr.h"
#include "dns/wire.h"

enum {
	HEADER = 12,
	OPT = 11,
	MOST_ANSWERS = 600,
	EDNS_UDP_SIZE = 1232, /* fits every path unfragmented: DNS flag day 2020 */
	OPTION_EDE = 15,      /* RFC 8914 */
};

static unsigned
read16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static const char *
ede_name(unsigned code)
{
	/* RFC 8914 4 and IANA's registry of Extended DNS Error Codes. */
	static const char *const names[] = {
		"Other Error",
		"Unsupported DNSKEY Algorithm",
		"Unsupported DS Digest Type",
		"Stale Answer",
		"Forged Answer",
		"DNSSEC Indeterminate",
		"DNSSEC Bogus",
		"Signature Expired",
		"Signature Not Yet Valid",
		"DNSKEY Missing",
		"RRSIGs Missing",
		"No Zone Key Bit Set",
		"NSEC Missing",
		"Cached Error",
		"Not Ready",
		"Blocked",
		"Censored",
		"Filtered",
		"Prohibited",
		"Stale NXDOMAIN Answer",
		"Not Authoritative",
		"Not Supported",
		"No Reachable Authority",
		"Network Error",
		"Invalid Data",
		"Signature Expired before Valid",
		"Too Early",
		"Unsupported NSEC3 Iterations Value",
		"Unable to conform to policy",
		"Synthesized",
	};

	return code < MD_COUNT(names) ? names[code] : NULL;
}

/* RFC 6891 6.1.2: options are code, length and that many octets, one after the other. */
static const char *
extended_errors(struct md_arena *mem, const ldns_pkt *pkt)
{
	const ldns_rdf *options = ldns_pkt_edns_data(pkt);
	const uint8_t *p = options != NULL ? ldns_rdf_data(options) : NULL;
	size_t left = options != NULL ? ldns_rdf_size(options) : 0;
	struct md_buf out = { .mem = mem };

	while (left >= 4 && read16(p + 2) <= left - 4) {
		const size_t len = read16(p + 2);

		if (read16(p) == OPTION_EDE && len >= 2) {
			const char *name = ede_name(read16(p + 4));

			md_buf_item(&out, "; ", "EDE %u", read16(p + 4));
			if (name != NULL)
				md_buf_printf(&out, " (%s)", name);
			if (len > 2)
				md_buf_printf(&out, ": %s",
				              md_show(mem, (struct md_str){ (const char *)p + 6,
				                                            len - 2 }));
		}
		p += 4 + len;
		left -= 4 + len;
	}
	return md_buf_str(&out);
}

/*
 * What nobody here asks about is not read: ldns writes some old types as it cannot read them.
 */
static bool
asked_about(uint16_t type)
{
	static const uint16_t types[] = { MD_A,     MD_NS,     MD_CNAME, MD_SOA,   MD_PTR,
		                          MD_MX,    MD_TXT,    MD_AAAA,  MD_DNAME, MD_DS,
		                          MD_RRSIG, MD_DNSKEY, MD_TLSA,  MD_SPF,   MD_CAA };

	for (size_t i = 0; i < MD_COUNT(types); i++)
		if (types[i] == type)
			return true;
	return false;
}

/* ---- what ldns must not see ---- */

/*
 * ldns takes a record apart into fields that it lists one by one, at a cost that grows with
 * their square: a record of 64,000 empty strings, 64 KB, took 750 MB.  So strings are counted
 * before, and records of types that nobody here asks about get one that ldns knows nothing of.
 */
enum { MOST_STRINGS = 512, MOST_STRINGS_IN_ALL = 4096, UNHEARD_OF = 0xff00 };

/* A walk over the octets of a message. */
struct walk {
	const uint8_t *wire;
	size_t len, at;
	size_t strings;
	bool wordy;
	uint8_t *copy; /* with other types; or NULL */
	struct md_arena *mem;
};

/* RFC 1035 4.1.4: labels end with the root's, or with a pointer to where the rest is. */
static bool
pass_name(struct walk *w)
{
	while (w->at < w->len) {
		const uint8_t octet = w->wire[w->at];

		w->at += octet >= 0xc0 ? 2 : octet + 1u;
		if (octet == 0 || octet >= 0xc0)
			return w->at <= w->len;
	}
	return false;
}

static size_t
count_strings(const uint8_t *data, size_t len)
{
	size_t n = 0;

	for (size_t at = 0; at < len; at += data[at] + 1u)
		n++;
	return n;
}

/* Type, class, time to live, length: then the data (RFC 1035 4.1.3). */
static bool
pass_record(struct walk *w)
{
	enum { FIXED = 10 };
	const uint8_t *fixed;
	unsigned type;
	size_t length, strings = 0;

	if (!pass_name(w) || w->len - w->at < FIXED)
		return false;
	fixed = w->wire + w->at;
	type = read16(fixed);
	length = read16(fixed + 8);
	w->at += FIXED;
	if (w->len - w->at < length)
		return false;
	if (type == MD_TXT || type == MD_SPF) {
		strings = count_strings(fixed + FIXED, length);
	} else if (type != LDNS_RR_TYPE_OPT && !asked_about((uint16_t)type)) {
		if (w->copy == NULL)
			w->copy = (uint8_t *)md_strndup(w->mem, (const char *)w->wire, w->len);
		w->copy[fixed - w->wire] = UNHEARD_OF >> 8;
		w->copy[fixed - w->wire + 1] = UNHEARD_OF & 0xff;
	}
	w->strings += strings;
	w->at += length;
	w->wordy = strings > MOST_STRINGS || w->strings > MOST_STRINGS_IN_ALL;
	return !w->wordy;
}

/* The message that ldns may read; NULL and *why when there is none. */
static const uint8_t *
fit_for_ldns(struct walk *w, const char **why)
{
	const unsigned questions = read16(w->wire + 4);
	unsigned records = 0;
	bool sound = true;

	for (size_t i = 6; i < HEADER; i += 2)
		records += read16(w->wire + i);
	w->at = HEADER;
	for (unsigned i = 0; sound && i < questions; i++) {
		sound = pass_name(w) && w->len - w->at >= 4;
		w->at += 4;
	}
	for (unsigned i = 0; sound && i < records; i++)
		sound = pass_record(w);
	if (sound)
		return w->copy != NULL ? w->copy : w->wire;
	*why = w->wordy ? "text in more strings than anybody needs: over 512 in a record, or "
	                  "4096 in all"
	                : "a malformed message (it ends in the middle)";
	return NULL;
}

static bool
read_answer(struct md_arena *mem, const ldns_pkt *pkt, struct md_reply *reply)
{
	const ldns_rr_list *answer = ldns_pkt_answer(pkt);
	const size_t n = ldns_rr_list_rr_count(answer);

	reply->rr = md_alloc(mem, n * sizeof(*reply->rr));
	for (size_t i = 0; i < n; i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);

		if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN ||
		    !asked_about((uint16_t)ldns_rr_get_type(rr)))
			continue;
		if (!md_rr_from_ldns(mem, rr, &reply->rr[reply->n]))
			return false;
		reply->n++;
	}
	return true;
}

bool
md_reply_parse(struct md_arena *mem, const uint8_t *wire, size_t len, struct md_reply *out,
               const char **why)
{
	struct md_reply reply = { 0 };
	struct walk walk = { .wire = wire, .len = len, .mem = mem };
	ldns_status status;
	ldns_pkt *pkt;
	bool whole;

	if (len < HEADER || len > UINT16_MAX) {
		*why = len < HEADER ? "a malformed message (shorter than a header)"
		                    : "a message longer than DNS has them";
		return false;
	}
	if (read16(wire + 6) > MOST_ANSWERS) {
		*why = md_printf(mem, "an answer of %u records, more than the %u we take",
		                 read16(wire + 6), (unsigned)MOST_ANSWERS);
		return false;
	}
	wire = fit_for_ldns(&walk, why);
	if (wire == NULL)
		return false;
	status = ldns_wire2pkt(&pkt, wire, len);
	if (status != LDNS_STATUS_OK) {
		*why = md_printf(mem, "a malformed message (%s)",
		                 ldns_get_errorstr_by_id(status));
		return false;
	}
	/* RFC 6891 6.1.3: the OPT record holds the upper eight bits of the code. */
	reply.rcode = (int)ldns_pkt_get_rcode(pkt) | ldns_pkt_edns_extended_rcode(pkt) << 4;
	reply.ad = ldns_pkt_ad(pkt);
	reply.truncated = ldns_pkt_tc(pkt);
	reply.ede = extended_errors(mem, pkt);
	whole = read_answer(mem, pkt, &reply);
	ldns_pkt_free(pkt);
	if (whole)
		*out = reply;
	else
		*why = "a malformed message (a record's data are not whole)";
	return whole;
}

size_t
md_query_write(const struct md_question *q, bool edns, uint8_t *wire, size_t room)
{
	const uint8_t rd = (q->flags & MD_NO_RD) != 0 ? 0 : 0x01;
	const uint8_t ad_cd = (q->flags & MD_CD) != 0 ? 0x30 : 0x20;
	const uint8_t dnssec_ok = (uint8_t)((q->flags & MD_DO) != 0 ? 0x80 : 0);
	const uint8_t header[HEADER] = { [2] = rd, ad_cd, [5] = 1, [11] = (uint8_t)edns };
	const uint8_t question[] = { (uint8_t)(q->type >> 8), (uint8_t)q->type, 0, 1 };
	/* RFC 6891 6.1.2: root, type, size, extended code and version, flags, no options. */
	const uint8_t opt[OPT] = { [2] = LDNS_RR_TYPE_OPT,
		                   EDNS_UDP_SIZE >> 8,
		                   (uint8_t)(EDNS_UDP_SIZE & 0xff),
		                   [7] = dnssec_ok };
	ldns_rdf *name = ldns_dname_new_frm_str(q->name);
	const size_t name_len = name != NULL ? ldns_rdf_size(name) : 0;
	const size_t len = HEADER + name_len + sizeof(question) + (edns ? sizeof(opt) : 0);

	if (name != NULL && len <= room) {
		memcpy(wire, header, HEADER);
		memcpy(wire + HEADER, ldns_rdf_data(name), name_len);
		memcpy(wire + HEADER + name_len, question, sizeof(question));
		if (edns)
			memcpy(wire + len - sizeof(opt), opt, sizeof(opt));
	}
	ldns_rdf_deep_free(name);
	return name != NULL && len <= room ? len : 0;
}
