/* The DNS fact: a question, its answer as typed records, and how the answer came about. */
#ifndef MD_DNS_H
#define MD_DNS_H

#include <stdint.h>

#include "base/addr.h"
#include "base/str.h"
#include "fact/fact.h"

struct md_arena;

/* IANA's numbers, for the types that mail has to do with. */
enum md_type {
	MD_A = 1,
	MD_NS = 2,
	MD_CNAME = 5,
	MD_SOA = 6,
	MD_PTR = 12,
	MD_MX = 15,
	MD_TXT = 16,
	MD_AAAA = 28,
	MD_DNAME = 39,
	MD_DS = 43,
	MD_RRSIG = 46,
	MD_DNSKEY = 48,
	MD_TLSA = 52,
	MD_SPF = 99,
	MD_ANY = 255, /* only in replay files: all types not given otherwise */
	MD_CAA = 257,
};

enum md_rcode {
	MD_NOERROR = 0,
	MD_FORMERR = 1,
	MD_SERVFAIL = 2,
	MD_NXDOMAIN = 3,
	MD_REFUSED = 5
};

/* "MX", or "TYPE65280"; 0 for a word that is neither. */
const char *md_type_name(struct md_arena *, uint16_t type);
uint16_t md_type_find(struct md_str name);

/* "NXDOMAIN", or "RCODE23" (static text or in the arena). */
const char *md_rcode_name(struct md_arena *, int rcode);

enum md_question_flags {
	MD_CD = 1,    /* checking disabled: data that a validating resolver holds back */
	MD_DO = 2,    /* with DNSSEC records: RRSIGs come along in rr[] */
	MD_NO_RD = 4, /* to an authoritative server: no recursion desired */
};

struct md_question {
	const char *name; /* canonical text, see name.h */
	uint16_t type;
	unsigned flags;
	const char *server; /* an address to ask directly; "" for the usual sources */
};

/* One record.  `text` is set for the types that have no field of their own here. */
struct md_rr {
	const char *owner; /* canonical text */
	uint16_t type;
	uint32_t ttl;
	uint32_t line; /* where it stands in its file; 0 when it comes from elsewhere */
	union {
		struct md_addr addr; /* A, AAAA */
		const char *name;    /* NS, CNAME, PTR, DNAME: canonical text */
		struct {
			uint16_t preference;
			const char *exchange;
		} mx;
		struct {
			/* what SPF, DKIM and DMARC read: joined, no blank between */
			struct md_str joined;
			size_t n;
			const struct md_str *strings; /* views into joined */
		} txt;                                /* TXT, SPF */
		struct {
			const char *mname, *rname;
			uint32_t serial, refresh, retry, expire, minimum;
		} soa;
		struct {
			const char *text;    /* rdata in presentation form */
			uint16_t key_tag;    /* DS, RRSIG */
			uint8_t algorithm;   /* DS, DNSKEY, RRSIG */
			uint8_t digest_type; /* DS */
			uint16_t covered;    /* RRSIG */
			/* RRSIG: seconds since 1970, modulo 2^32 (RFC 4034 3.1.5) */
			uint32_t inception, expiration;
		} sec; /* DS, DNSKEY, RRSIG, and any other type for its text */
	};
};

/* One exchange with one server, in the order they were made. */
struct md_attempt {
	const char *server;    /* "192.0.2.53", with :port or [v6]:port when it is not 53 */
	const char *outcome;   /* "NOERROR", "SERVFAIL (…)", "no answer within 2.0 s", … */
	uint32_t microseconds; /* round trip, or time until it was given up */
	uint32_t bytes;        /* size of the answer, 0 for none */
	bool tcp, truncated;
};

struct md_dns {
	struct md_fact fact;
	struct md_question question;
	int rcode;       /* when PRESENT or ABSENT: NOERROR, or NXDOMAIN (of the last alias) */
	uint32_t ttl;    /* least of the aliases' and the records'; 0 when there is none */
	bool ad;         /* the resolver says that it validated the answer */
	size_t naliases; /* CNAMEs on the way: rr of type CNAME, in order */
	const struct md_rr *aliases;
	/* the name at which the records stand: question.name, or the last alias' target */
	const char *canonical;
	/* records of the type asked for, in canonical order; RRSIGs after them with MD_DO */
	size_t n;
	const struct md_rr *rr;
	size_t nattempts;
	const struct md_attempt *attempts;
	const char *origin; /* "network", or the file it was read from */
};

/* The rdata in presentation form (RFC 1035 5.1), as it would stand in a zone file. */
const char *md_rr_text(struct md_arena *, const struct md_rr *);

/* Do the aliases lead back to one of themselves (RFC 1034 3.6.2)?  Then nothing is there. */
bool md_dns_circle(const struct md_dns *);

/*
 * Orders records for people and for comparing reports: by type with RRSIGs last, then by
 * rdata (numbers and addresses by value, names and strings by their octets).  For qsort.
 */
int md_rr_compare(const void *, const void *);

/* For tables of facts. */
size_t md_question_hash(const struct md_question *);
bool md_question_same(const struct md_question *, const struct md_question *);

/* The question in words: "MX example.com", "TXT example.com at 192.0.2.53 (CD)". */
const char *md_question_text(struct md_arena *, const struct md_question *);

/*
 * A copy in one malloc'd block, without pins: what stores keep (md_fact_unpin).  Its records
 * are in canonical order, none twice.
 */
struct md_dns *md_dns_pack(const struct md_dns *);

/* Do they say the same in every detail?  The same to a check: TTLs, the AD bit, reasons and the
 * serial of a zone aside?  Both are answers to one question. */
bool md_dns_equal(const struct md_dns *, const struct md_dns *);
bool md_dns_alike(const struct md_dns *, const struct md_dns *);

#endif
