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
extended_errors(struct md_arena *mem, const uint8_t *p, size_t left)
{
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

/* ---- what ldns need not see, and what it must not ---- */

/*
 * Of a message we read the answer section and the OPT record.  So ldns, which takes apart and
 * copies field by field whatever it is given, gets no more than the answer, and nothing of a
 * message without one, as most are.  The rest is only held to be whole.
 *
 * It lists the fields of a record one by one, at a cost that grows with their square: a record
 * of 64,000 empty strings, 64 KB, took 750 MB.  So strings are counted before, and records of
 * types that nobody here asks about get one that ldns knows nothing of.
 */
enum { MOST_STRINGS = 512, MOST_STRINGS_IN_ALL = 4096, UNHEARD_OF = 0xff00 };

enum section { ANSWER, AUTHORITY, ADDITIONAL, SECTIONS };

/* A walk over the octets of a message. */
struct walk {
	const uint8_t *wire;
	size_t len, at;
	size_t strings;
	bool wordy;
	size_t answer_end;
	uint8_t *copy;      /* for ldns; NULL when there is no answer */
	const uint8_t *opt; /* the OPT record from its type on; or NULL */
};

/* RFC 1035 4.1.4: labels end with the root's, or with a pointer to where the rest is. */
static bool
pass_name(struct walk *w)
{
	enum { MOST_OF_LABEL = 63 };

	while (w->at < w->len) {
		const uint8_t octet = w->wire[w->at];

		if (octet > MOST_OF_LABEL && octet < 0xc0)
			return false;
		w->at += octet >= 0xc0 ? 2 : octet + 1u;
		if (octet == 0)
			return true;
		if (octet >= 0xc0)
			return w->at <= w->len &&
			       (read16(w->wire + w->at - 2) & 0x3fff) < w->len;
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
enum { FIXED = 10 };

static bool
pass_record(struct walk *w, enum section section)
{
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
	} else if (type == LDNS_RR_TYPE_OPT) {
		if (section == ADDITIONAL)
			w->opt = fixed;
	} else if (section == ANSWER && !asked_about((uint16_t)type)) {
		w->copy[fixed - w->wire] = UNHEARD_OF >> 8;
		w->copy[fixed - w->wire + 1] = UNHEARD_OF & 0xff;
	}
	w->strings += strings;
	w->at += length;
	w->wordy = strings > MOST_STRINGS || w->strings > MOST_STRINGS_IN_ALL;
	return !w->wordy;
}

static bool
pass_questions(struct walk *w)
{
	const unsigned n = read16(w->wire + 4);
	bool sound = true;

	w->at = HEADER;
	for (unsigned i = 0; sound && i < n; i++) {
		sound = pass_name(w) && w->len - w->at >= 4;
		w->at += 4;
	}
	return sound;
}

static bool
pass_records(struct walk *w)
{
	bool sound = true;

	for (int section = ANSWER; section < SECTIONS; section++) {
		const unsigned n = read16(w->wire + 6 + 2 * (size_t)section);

		for (unsigned i = 0; sound && i < n; i++)
			sound = pass_record(w, (enum section)section);
		if (section == ANSWER)
			w->answer_end = w->at;
	}
	return sound;
}

/* Is the message whole?  Else *why.  Makes the copy that ldns may read. */
static bool
walk(struct md_arena *mem, struct walk *w, const char **why)
{
	if (read16(w->wire + 6) > 0) {
		w->copy = (uint8_t *)md_strndup(mem, (const char *)w->wire, w->len);
		memset(w->copy + 8, 0, HEADER - 8);
	}
	if (pass_questions(w) && pass_records(w))
		return true;
	*why = w->wordy ? "text in more strings than anybody needs: over 512 in a record, or "
	                  "4096 in all"
	                : "a malformed message (it ends in the middle)";
	return false;
}

static bool
take_records(struct md_arena *mem, const ldns_rr_list *answer, struct md_reply *reply)
{
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

static bool
read_answer(struct md_arena *mem, const struct walk *w, struct md_reply *reply,
            const char **why)
{
	ldns_pkt *pkt;
	ldns_status status;
	bool whole;

	if (w->copy == NULL)
		return true;
	status = ldns_wire2pkt(&pkt, w->copy, w->answer_end);
	if (status != LDNS_STATUS_OK) {
		*why = md_printf(mem, "a malformed message (%s)",
		                 ldns_get_errorstr_by_id(status));
		return false;
	}
	whole = take_records(mem, ldns_pkt_answer(pkt), reply);
	ldns_pkt_free(pkt);
	if (!whole)
		*why = "a malformed message (a record's data are not whole)";
	return whole;
}

/* RFC 6891 6.1.3: the OPT record holds the upper eight bits of the code. */
static void
read_opt(struct md_arena *mem, const uint8_t *opt, struct md_reply *reply)
{
	reply->rcode |= opt[4] << 4;
	reply->ede = extended_errors(mem, opt + FIXED, read16(opt + 8));
}

bool
md_reply_parse(struct md_arena *mem, const uint8_t *wire, size_t len, struct md_reply *out,
               const char **why)
{
	struct md_reply reply = { .ede = "" };
	struct walk w = { .wire = wire, .len = len };

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
	if (!walk(mem, &w, why) || !read_answer(mem, &w, &reply, why))
		return false;
	reply.truncated = (wire[2] & 0x02) != 0;
	reply.ad = (wire[3] & 0x20) != 0;
	reply.rcode |= wire[3] & 0x0f;
	if (w.opt != NULL)
		read_opt(mem, w.opt, &reply);
	*out = reply;
	return true;
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
