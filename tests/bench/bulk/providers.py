"""Providers of the synthetic Internet: names as maildiag knows them, all else invented."""


class Provider:
    """Mail hosts as (preference, host), {} for the customer; what customers include; selectors."""

    def __init__(self, number, zone, weight=0, **details):
        self.zone = zone
        self.weight = weight
        self.address = f"11.0.{number}.25"
        self.number = number
        self.exchanges = details.get("exchanges", ())
        self.include = details["include"]
        self.selectors = details.get("selectors", ())
        self.nested = details.get("nested", 0)  # further records that the included one includes

    def text(self):
        """The records of its zone, but for hosts that are customers'."""
        hosts = [host.format("mail") for _, host in self.exchanges]
        lines = [f"{host}. A 11.0.{self.number}.{25 + i}\n" for i, host in enumerate(hosts)]
        lines += [f'{host}. TXT "v=spf1 a -all"\n' for host in hosts]
        networks = f"ip4:11.0.{self.number}.0/24 ip4:11.0.{100 + self.number}.0/24"
        if self.nested:
            parts = [f"_n{i}.{self.include}" for i in range(self.nested)]
            lines += [f'{part}. TXT "v=spf1 {networks} ip6:2001:db8:{i}::/48 ~all"\n'
                      for i, part in enumerate(parts)]
            networks = " ".join("include:" + part for part in parts)
        lines.append(f'{self.include}. TXT "v=spf1 {networks} ~all"\n')
        return "".join(lines)

    def reverse(self):
        return "".join(f"{25 + i}.{self.number}.0 PTR {host.format('mail')}.\n"
                       for i, (_, host) in enumerate(self.exchanges))


MAIL = [
    Provider(1, "outlook.com", 30, include="spf.protection.outlook.com",
             exchanges=[(0, "{}.mail.protection.outlook.com")],
             selectors=("selector1", "selector2")),
    Provider(2, "google.com", 30, include="_spf.google.com", nested=3, selectors=("google",),
             exchanges=[(1, "aspmx.l.google.com"), (5, "alt1.aspmx.l.google.com"),
                        (5, "alt2.aspmx.l.google.com"), (10, "alt3.aspmx.l.google.com"),
                        (10, "alt4.aspmx.l.google.com")]),
    Provider(3, "zoho.com", 6, include="zoho.com", selectors=("zmail",),
             exchanges=[(10, "mx.zoho.com"), (20, "mx2.zoho.com"), (50, "mx3.zoho.com")]),
    Provider(4, "kundenserver.de", 8, include="_spf.kundenserver.de",
             selectors=("s1-ionos", "s2-ionos"),
             exchanges=[(10, "mx00.kundenserver.de"), (10, "mx01.kundenserver.de")]),
    Provider(5, "hostinger.com", 8, include="_spf.mail.hostinger.com",
             selectors=("hostingermail-a", "hostingermail-b", "hostingermail-c"),
             exchanges=[(5, "mx1.hostinger.com"), (10, "mx2.hostinger.com")]),
    Provider(6, "gandi.net", 4, include="_mailcust.gandi.net", nested=2,
             selectors=("gm1", "gm2", "gm3"),
             exchanges=[(10, "spool.mail.gandi.net"), (50, "fb.mail.gandi.net")]),
    Provider(7, "hoster.example", 14, include="_spf.hoster.example", selectors=("default",),
             exchanges=[(10, "mx1.hoster.example"), (20, "mx2.hoster.example")]),
]
WEIGHTS = [provider.weight for provider in MAIL]

NEWSLETTERS = [
    Provider(21, "sendgrid.net", include="sendgrid.net", selectors=("s1", "s2")),
    Provider(22, "mcsv.net", include="servers.mcsv.net", selectors=("k2", "k3")),
    Provider(23, "brevo.com", include="spf.brevo.com", nested=1, selectors=("brevo1", "brevo2")),
]


def zones():
    """Name and further records of each of their zones, and of what else many domains name."""
    return {p.zone: p.text() for p in MAIL + NEWSLETTERS} | {
        "reports.example": '@ MX 10 mx\nmx A 11.0.0.26\n*._report._dmarc TXT "v=DMARC1"\n',
        "many.example": "".join(f'n{i} TXT "v=spf1 ip4:11.0.90.{i} ~all"\n' for i in range(11)),
    }


def reverse():
    """Records of 11.in-addr.arpa."""
    return "26.0.0 PTR mx.reports.example.\n" + "".join(p.reverse() for p in MAIL)
