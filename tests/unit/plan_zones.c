/* Makes zones by chance, from pieces that real zones had. */
#include "plan_zones.h"

#include <string.h>

#include "record/txt.h"

#define KEY                                                                                    \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC+RAccWUzMQhGX+L2Zu0n/6CetmmKtJMpTOBwTh+cERDUm" \
	"XmhDV8CLmjQNmnn2XOCiOeolAkM+GZPgbMbvo1mSjYgfD5Yro/r3J6hTg+SUTbXfMoIVFSOPqQjK2UxevId8" \
	"7A09ry9P7oYpQ4NQBI5uJrcwXwDbfsx6liofh23QHwIDAQAB"

const char made_world[] =
        "$ORIGIN .\n"
        "@ SOA ns.root. host.root. 1 1800 900 604800 86400\n"
        "example. TXT \"a suffix\"\n"
        "_spf.provider.test. TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n"
        "two.provider.test. TXT \"v=spf1 include:_spf.provider.test a:h.provider.test ~all\"\n"
        "h.provider.test. A 198.51.100.9\n"
        "many.provider.test. TXT \"v=spf1 include:two.provider.test include:_spf.provider.test "
        "a:h.provider.test mx:provider.test a:h2.provider.test -all\"\n"
        "h2.provider.test. A 198.51.100.10\n"
        "provider.test. MX 10 h.provider.test.\n"
        "broken.provider.test. TXT \"v=spf1 ip4:198.51.100.300 -all\"\n"
        "open.provider.test. TXT \"v=spf1 +all\"\n"
        "loop.provider.test. TXT \"v=spf1 include:loop.provider.test -all\"\n"
        "nospf.provider.test. TXT \"hello\"\n"
        "aspmx.l.google.com. A 142.250.153.27\n"
        "_spf.google.com. TXT \"v=spf1 ip4:209.85.128.0/17 ~all\"\n"
        "reports.test. MX 10 h.provider.test.\n"
        "*._report._dmarc.reports.test. TXT \"v=DMARC1;\"\n";

/* ---- chance ---- */

struct chance {
	uint64_t state;
	struct md_arena *mem;
	const char *zone; /* what "$$" stands for */
	struct made_domain *d;
};

/* splitmix64 */
static uint64_t
next(struct chance *c)
{
	uint64_t z = (c->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static unsigned
below(struct chance *c, size_t n)
{
	return (unsigned)(next(c) % n);
}

#define PICK(c, list) ((list)[below((c), MD_COUNT(list))])

/* The text with the zone's name for each "$$". */
static const char *
named(struct chance *c, const char *text)
{
	struct md_buf out = { .mem = c->mem };
	const char *at;

	while ((at = strstr(text, "$$")) != NULL) {
		md_buf_add(&out, (struct md_str){ text, (size_t)(at - text) });
		md_buf_add(&out, md_str(c->zone));
		text = at + 2;
	}
	md_buf_add(&out, md_str(text));
	return md_buf_str(&out);
}

static void
put(struct chance *c, const char *owner, uint16_t type, const char *rdata)
{
	const struct made_record record = { named(c, owner), type, named(c, rdata) };

	MD_PUSH(c->mem, c->d->records, c->d->n, record);
}

/* Now and then in two strings, cut anywhere: as they join, so they are read. */
static void
put_text(struct chance *c, const char *owner, const char *text)
{
	const struct md_str whole = md_str(named(c, text));
	const size_t cut = below(c, 16) == 0 ? below(c, whole.len + 1) : 0;
	const char *rdata = md_txt_rdata(c->mem, md_str_skip(whole, cut));

	if (cut > 0)
		rdata = md_printf(c->mem, "%s %s",
		                  md_txt_rdata(c->mem, (struct md_str){ whole.p, cut }), rdata);
	put(c, owner, MD_TXT, rdata);
}

/* ---- SPF ---- */

static const char *const spf_whole[] = {
	"v=spf1 mx ~all",
	" v=spf1 mx +all",
	"\"v=spf1 mx ~all\"",
	"\"v=spf1 ipv4:192.0.2.228 include=_spf.provider.test ~ all\"",
	"\xe2\x80\x9cv=spf1 mx ~all\xe2\x80\x9d",
	"'v=spf1 a -all'",
	"v=spf1; mx -all",
	"spf1 mx -all",
	"v=spf10 mx",
	"V=SPF1 MX -ALL",
	"v=spf1 -all",
	"v=spf1",
	"v=spf1 +all",
	"v=spf1 redirect=_spf.provider.test -all",
	"v=spf1 redirect=_spf.provider.test",
	"v=spf1 redirect=gone.provider.test",
	"v=spf1 include:_spf.provider.test|two.provider.test ~all",
	"v=spf1 mx -all ip4:192.0.2.8",
	"v=spf1 mx include:spf2.$$ ~all",
	"v=spf1 a:v1.$$ a:v2.$$ a:v3.$$ ip4:192.0.2.9 ~all",
	"v=DMARC1; p=quarantine; rua=mailto:d@$$",
	"some-verification=1",
};

static const char *const spf_terms[] = {
	"mx",
	"a",
	"mx",
	"a",
	"ip4:192.0.2.7",
	"ip4:192.0.2.77/24",
	"ip6:2001:db8::/32",
	"ip4:10.0.0.0/8",
	"ip4:0.0.0.0/0",
	"ip4:0.0.0.0/1",
	"ip4:128.0.0.0/1",
	"ptr",
	"include:_spf.provider.test",
	"include:two.provider.test",
	"include:many.provider.test",
	"include:gone.provider.test",
	"include:two.provider.test|_spf.provider.test",
	"include:nobody-owns-this.test",
	"include:broken.provider.test",
	"include:open.provider.test",
	"include:loop.provider.test",
	"include:nospf.provider.test",
	"include:$$",
	"include:spf2.$$",
	"a:v1.$$",
	"a:v2.$$",
	"a:v3.$$",
	"mx:v4.$$",
	"exists:%{i}.x.$$",
	"exp=why.$$",
	"ipv4:192.0.2.5",
	"a:192.0.2.8",
	"include=_spf.provider.test",
	"include=_spf.absent.test",
	"ip4=192.0.2.6",
	"mx:$$,",
	"ip4:192.0.2.300",
	"~mx",
	"-ip4:192.0.2.4",
	"x-note=1",
	"redirect=_spf.provider.test",
	"include:",
	"-all.",
	"include:%{d}.x.$$",
};

static const char *const spf_ends[] = {
	" -all", " ~all", " ?all", " +all", " all", "", "~all"
};

static void
put_spf(struct chance *c)
{
	static const unsigned counts[] = { 0, 1, 1, 1, 1, 1, 1, 2, 2, 3 };
	const unsigned n = PICK(c, counts);

	for (unsigned i = 0; i < n; i++) {
		struct md_buf text = { .mem = c->mem };

		if (below(c, 3) == 0) {
			put_text(c, "$$", PICK(c, spf_whole));
			continue;
		}
		md_buf_printf(&text, "v=spf1");
		for (unsigned left = below(c, 6); left > 0; left--)
			md_buf_printf(&text, " %s", PICK(c, spf_terms));
		md_buf_printf(&text, "%s", PICK(c, spf_ends));
		if (below(c, 12) == 0) /* two strings that join without a blank */
			put(c, "$$", MD_TXT, "\"v=spf1 mx\" \"ip4:192.0.2.9 -all\"");
		else
			put_text(c, "$$", md_buf_str(&text));
	}
	if (below(c, 3) == 0)
		put_text(c, "spf2.$$",
		         below(c, 2) == 0 ? "ip4:192.0.2.2 -all" : "v=spf1 ip4:192.0.2.2 -all");
}

/* ---- DMARC ---- */

static const char *const dmarc_tags[] = {
	"sp=none",
	"sp=reject",
	"sp=quarantine",
	"sp=monitor",
	"sp:none",
	"np=reject",
	"np=x",
	"pct=50",
	"pct=2o",
	"pct=100",
	"rf=afrf",
	"ri=3600",
	"t=y",
	"t=n",
	"psd=y",
	"psd=n",
	"psd=u",
	"adkim=s",
	"aspf=s",
	"adkim=strict",
	"fo=1",
	"fo=0:1:x",
	"color=blue",
	"p",
	"ru=mailto:a@$$",
	"rua=mailto:d@$$",
	"rua=mailto:d@$$",
	"rua=d@$$",
	"rua=mailto:d@$$,mailto:x@reports.test",
	"rua=mailto:d@$$;mailto:e@$$",
	"ruf=mailto:f@$$",
	"ruf=https://x.test/",
	"P=reject",
	"rua=mailto:a@gone.test",
	"rua=mailto:d@$$!10m",
};

static const char *const dmarc_policies[] = {
	"p=none", "p=quarantine", "p=reject", "p=quarentine", "p=monitor", "p=", "p=rejct"
};

static void
put_dmarc_text(struct chance *c, const char *owner)
{
	static const char *const versions[] = { "v=DMARC1",  "v=DMARC1", "v=DMARC1",
		                                "v=DMARC1",  "v=dmarc1", "V=DMARC1",
		                                "v=DMARC 1", "DMARC1",   " v=DMARC1" };
	static const char *const around[][2] = {
		{ "", "" },     { "", "" },   { "", "" },
		{ "\"", "\"" }, { "'", "'" }, { "\xe2\x80\x9c", "\xe2\x80\x9d" },
		{ "", ";" },
	};
	const char *const *quote = PICK(c, around);
	const char *sign = below(c, 8) == 0 ? " " : "; ";
	struct md_buf text = { .mem = c->mem };

	md_buf_printf(&text, "%s%s", quote[0], PICK(c, versions));
	if (below(c, 8) > 0)
		md_buf_printf(&text, "%s%s", sign, PICK(c, dmarc_policies));
	for (unsigned left = below(c, 5); left > 0; left--)
		md_buf_printf(&text, "%s%s", sign, PICK(c, dmarc_tags));
	md_buf_printf(&text, "%s", quote[1]);
	put_text(c, owner, md_buf_str(&text));
}

static void
put_dmarc(struct chance *c)
{
	switch (below(c, 14)) {
	case 0:
		return;
	case 1:
		put(c, "_dmarc.$$", MD_CNAME, "_dmarc.elsewhere.$$.");
		put_dmarc_text(c, "_dmarc.elsewhere.$$");
		return;
	case 2:
		put_dmarc_text(c, "_dmarc.$$.$$");
		return;
	case 3:
		put_dmarc_text(c, "_dmarc.www.$$");
		return;
	case 4:
		put_dmarc_text(c, "*.$$");
		return;
	case 5:
	case 6:
		put_dmarc_text(c, "_dmarc.$$"); /* and one more */
		put_dmarc_text(c, "_dmarc.$$");
		return;
	default:
		put_dmarc_text(c, "_dmarc.$$");
		return;
	}
}

/* ---- all else ---- */

static void
put_mx(struct chance *c)
{
	static const char *const mx[] = {
		"10 mx.$$.",
		"10 mx.$$.",
		"10 mx.$$.",
		"20 mx2.$$.",
		"0 .",
		"10 .",
		"10 192.0.2.1.",
		"10 alias.$$.",
		"10 mx.$$.$$.",
		"30 gone.$$.",
		"1 aspmx.l.google.com.",
		"30 x.nobody-owns-this.test.",
		"10 in_side.$$.",
	};
	static const unsigned counts[] = { 0, 1, 1, 1, 1, 2, 2, 3 };
	unsigned n = PICK(c, counts);

	for (; n > 0; n--)
		put(c, "$$", MD_MX, PICK(c, mx));
}

static void
put_key(struct chance *c)
{
	static const char *const keys[] = {
		"v=DKIM1; k=rsa; p=" KEY,
		"v=DKIM1; k=rsa; t=y; p=" KEY,
		"v=dkim1; k=rsa; p=" KEY,
		"k=rsa; v=DKIM1; p=" KEY,
		"\"v=DKIM1; k=rsa; p=" KEY "\"",
		"v=DKIM1; p=",
		"v=DKIM1; k=rsa; p=MIGf",
		"v=DKIM1 k=rsa p=" KEY,
		"v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
	};

	if (below(c, 2) == 0)
		return;
	put_text(c, below(c, 5) == 0 ? "s1._domainkey.$$.$$" : "s1._domainkey.$$",
	         PICK(c, keys));
	c->d->selectors[0] = "s1";
}

static void
put_transport(struct chance *c)
{
	static const char *const sts[] = { "v=STSv1; id=1;", "v=STSv1 id=1", "v=STSv1; id=a-b",
		                           "\"v=STSv1; id=1;\"" };
	static const char *const rpt[] = {
		"v=TLSRPTv1; rua=mailto:t@$$",          "v=TLSRPTv1 rua=t@$$",
		"v=TLSRPTv1; rua=t@$$, http://x.test/", "\"v=TLSRPTv1; rua=mailto:t@$$\"",
		"v=TLSRPTv1; rua=https://x.test/r",     "v=tlsrptv1;"
	};

	for (unsigned n = below(c, 3); n > 0; n--)
		put_text(c, "_mta-sts.$$", PICK(c, sts));
	if (below(c, 2) == 0)
		put(c, "mta-sts.$$", MD_A, "192.0.2.80");
	for (unsigned n = below(c, 3); n > 0; n--)
		put_text(c, "_smtp._tls.$$", PICK(c, rpt));
}

static void
put_hosts(struct chance *c)
{
	put(c, "mx2.$$", MD_A, "192.0.2.2");
	put(c, "alias.$$", MD_CNAME, "mx2.$$.");
	put(c, "elsewhere.$$", MD_A, "192.0.2.3");
	put(c, "mail.$$", MD_A, "192.0.2.44");
	if (below(c, 4) > 0)
		put(c, "mx.$$", MD_A, "192.0.2.1");
	if (below(c, 4) == 0)
		put(c, "mx.$$", MD_AAAA, "2001:db8::1");
	if (below(c, 2) == 0)
		put(c, "$$", MD_A, "192.0.2.80");
	if (below(c, 10) == 0)
		put_text(c, "*.$$", "v=spf1 -all");
}

/* Records at names of others, doubled, misplaced, old of type, in circles. */
static void
put_beside(struct chance *c)
{
	static const struct {
		const char *owner;
		uint16_t type;
		const char *rdata;
	} beside[] = {
		{ "news.$$", MD_MX, "10 mx.$$." },
		{ "news.$$", MD_TXT, "\"v=spf1 mx ~all\"" },
		{ "news.$$", MD_TXT, "\"v=spf1 include:news.$$ -all\"" },
		{ "news.$$", MD_A, "192.0.2.81" },
		{ "_dmarc.news.$$", MD_TXT, "\"v=DMARC1; p=quarantine; rua=mailto:d@$$\"" },
		{ "_dmarc.news.$$", MD_TXT, "\"v=DMARC1; p=rejct\"" },
		{ "*.$$", MD_A, "192.0.2.82" },
		{ "*.$$", MD_MX, "10 mx.$$." },
		{ "*.$$", MD_TXT, "\"hello\"" },
		{ "*.news.$$", MD_MX, "10 mx.$$." },
		{ "*._domainkey.$$", MD_TXT, "\"v=DKIM1; p=\"" },
		{ "*._dmarc.$$", MD_TXT, "\"v=DMARC1; p=none\"" },
		{ "$$", MD_SPF, "\"v=spf1 mx ~all\"" },
		{ "$$", MD_SPF, "\"v=spf1 mx a:v1.$$ -all\"" },
		{ "$$", MD_TXT, "\"v=spf1 mx ~all\"" },
		{ "$$", MD_TXT, "\"v=spf1 include:round.$$ mx -all\"" },
		{ "round.$$", MD_TXT, "\"v=spf1 include:about.$$ -all\"" },
		{ "about.$$", MD_TXT, "\"v=spf1 include:round.$$ ip4:192.0.2.6 -all\"" },
		{ "$$.$$", MD_TXT, "\"v=spf1 mx ip4:192.0.2.99 -all\"" },
		{ "$$.$$", MD_MX, "10 mx.$$." },
		{ "_spf.$$", MD_TXT, "\"v=spf1 mx ip4:192.0.2.98 -all\"" },
		{ "dmarc.$$", MD_TXT, "\"v=DMARC1; p=none; rua=mailto:d@$$\"" },
		{ "$$", MD_TXT, "\"v=DMARC1; p=reject; rua=mailto:d@$$\"" },
		{ "_smtp._tls.$$.$$", MD_TXT, "\"v=TLSRPTv1; rua=mailto:t@$$\"" },
		{ "_mta-sts.$$.$$", MD_TXT, "\"v=STSv1; id=2\"" },
		{ "_tls.$$", MD_TXT, "\"v=TLSRPTv1; rua=mailto:t@$$\"" },
		{ "v1.$$", MD_A, "192.0.2.71" },
		{ "v1.$$", MD_TXT, "\"v=spf1 a -all\"" },
		{ "mail.$$", MD_TXT, "\"v=spf1 a -all\"" },
		{ "mail.$$", MD_TXT, "\"v=spf1 -all\"" },
		{ "v2.$$", MD_CNAME, "v2.$$." },
		{ "v3.$$", MD_CNAME, "v4.$$." },
		{ "v4.$$", MD_CNAME, "v3.$$." },
		{ "default._bimi.$$", MD_TXT, "\"v=BIMI1; l=http://x.test/l.svg\"" },
		{ "$$", MD_MX, "10 mx.$$." },
		{ "$$", MD_MX, "0 ." },
	};

	for (unsigned n = below(c, 3) == 0 ? below(c, 6) : 0; n > 0; n--) {
		const size_t i = below(c, MD_COUNT(beside));

		put(c, beside[i].owner, beside[i].type, beside[i].rdata);
	}
}

static void
say_how_it_sends(struct chance *c)
{
	size_t n = 0;

	if (below(c, 3) == 0)
		c->d->ips[n++] = "192.0.2.44";
	if (below(c, 5) == 0)
		c->d->ips[n++] = below(c, 2) == 0 ? "2001:db8::44" : "209.85.220.41";
	if (below(c, 5) == 0)
		c->d->helo = named(c, "mail.$$");
	if (below(c, 6) == 0)
		c->d->mail_from = named(c, "a@$$");
}

struct made_domain
made_domain(struct md_arena *mem, uint64_t seed)
{
	struct made_domain d = { .name = NULL };
	struct chance c = { .state = seed, .mem = mem, .d = &d };

	c.zone = md_printf(mem, "d%llu.example", (unsigned long long)seed);
	d.name = below(&c, 10) == 0 ? named(&c, "news.$$") : c.zone;
	if (below(&c, 12) > 0) /* else it may be parked */
		put_mx(&c);
	put_spf(&c);
	put_dmarc(&c);
	put_key(&c);
	put_transport(&c);
	put_hosts(&c);
	put_beside(&c);
	say_how_it_sends(&c);
	return d;
}
