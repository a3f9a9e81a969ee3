/* The main facts of a domain, for tables of many: what a column of the csv format can be. */
#ifndef MD_MAIN_FACTS_H
#define MD_MAIN_FACTS_H

/* Told by the checks (md_main), in the order of the columns; docs/FORMATS.md explains them. */
enum md_main {
	MD_MAIN_MX,
	MD_MAIN_MX_COUNT,
	MD_MAIN_SPF,
	MD_MAIN_SPF_ALL,
	MD_MAIN_SPF_LOOKUPS,
	MD_MAIN_DMARC,
	MD_MAIN_DMARC_P,
	MD_MAIN_DMARC_SP,
	MD_MAIN_DMARC_T,
	MD_MAIN_DMARC_PCT,
	MD_MAIN_DMARC_RUA,
	MD_MAIN_DKIM_SELECTORS,
	MD_MAIN_MTA_STS,
	MD_MAIN_TLS_RPT,
	MD_MAIN_BIMI,
	MD_MAIN_DNSSEC,
	MD_NMAIN,
};

/* Words that several of them have.  Known not to be there; there, and (not) of use. */
#define MD_MAIN_ABSENT "absent"
#define MD_MAIN_VALID "valid"
#define MD_MAIN_INVALID "invalid"

/* One that a check has told. */
struct md_main_fact {
	struct md_main_fact *next;
	enum md_main fact;
	const char *text;
};

#endif
