"""What maildiag must say of each domain and of each faulty resolver: the table of live cases."""
import dataclasses
import re

from network import FAULTY, HAS_IPV6, NOBODY, RESOLVER, RESOLVER_6

ALL = ("--skip", "dnsbl")
FEW = ("--only", "dns,mx,dmarc")


@dataclasses.dataclass
class Case:
    name: str
    domain: str
    status: int  # exit status
    resolvers: tuple = (RESOLVER,)
    checks: tuple = FEW
    rules: tuple = ()  # that must be found
    passes: tuple = ()  # checks whose verdict must be "pass"
    why: str = ""  # must match the reason of an inconclusive gap; "": there must be none
    attempt: str = ""  # must match the outcome of an attempt at a question about the domain
    tcp: bool = False  # that attempt was over TCP

    def words(self):
        words = ["check", self.domain, *self.checks, "--format", "json"]
        for resolver in self.resolvers:
            words += ["--resolver", resolver]
        patience = "0.4" if "within" in self.why else "2"
        return words + ["--query-timeout", patience, "--tries", "2"]

    def faults(self, status, report):
        """What is wrong with this report, a line each."""
        findings = [f for c in report["checks"] for f in c["findings"]]
        gaps = [g for c in report["checks"] for g in c["gaps"] if g["kind"] == "inconclusive"]
        verdicts = {c["name"]: c["verdict"] for c in report["checks"]}
        if status != self.status:
            yield f"exit status {status} instead of {self.status}"
        for rule in set(self.rules) - {f["rule"] for f in findings}:
            yield f"rule {rule} is missing"
        for f in findings:
            if f["severity"] in ("fail", "warn") and f["rule"] not in self.rules:
                yield f"rule {f['rule']} was not expected: {f['subject']}: {f['evidence']}"
        for check in self.passes:
            if verdicts[check] != "pass":
                yield f"{check} is {verdicts[check]}"
        if report["summary"]["complete"] != (not self.why):
            yield f"complete is {report['summary']['complete']}"
        if self.why and not any(re.search(self.why, g["why"]) for g in gaps):
            yield f"no gap is explained by /{self.why}/: {[g['why'] for g in gaps]}"
        if self.attempt and not self.attempted(report["dns"]["facts"]):
            yield f"no attempt ended in /{self.attempt}/"

    def attempted(self, facts):
        return any(re.search(self.attempt, a["outcome"]) and a.get("tcp", False) == self.tcp
                   for f in facts for a in f.get("attempts", ()))


def faulty(fault, status, other=None, **more):
    """Good.example, through a resolver with this fault, and perhaps another one after it."""
    name = fault + ("-then-" + other if other else "")
    resolvers = (FAULTY[fault],) + ((FAULTY[other],) if other else ())
    return Case(name, "good.example", status, resolvers, **more)


def reason(text, fault=None):
    """A pattern for this text, with the resolver's address for @."""
    return re.escape(text.replace("@", FAULTY[fault] if fault else RESOLVER))


def silence(fault, strays=""):
    return reason("no answer from @ within 0.4 s (2 tries)", fault) + strays


CASES = [
    # Domains, through a resolver that validates.
    Case("signed", "good.example", 0, checks=ALL, passes=("dns", "mx", "dmarc", "dnssec")),
    Case("unsigned", "plain.com", 0, checks=ALL, passes=("dns", "mx", "dmarc"),
         rules=("dnssec.unsigned",)),
    Case("bogus", "bogus.example", 1, checks=("--only", "dnssec,mx"), rules=("dnssec.bogus",),
         why=reason("SERVFAIL from @ (EDE 9 (DNSKEY Missing)")),
    Case("nonexistent", "nx.example", 1,
         rules=("dns.domain-nxdomain", "mx.none", "dmarc.missing")),
    Case("lame-delegation", "lame.example", 4, why=reason("SERVFAIL from @")),
    Case("dead-delegation", "dead.example", 4, why=silence(None)),
    Case("giant-txt", "giant.example", 0, rules=("dns.txt-needs-tcp",), passes=("mx", "dmarc"),
         attempt="NOERROR", tcp=True),
    Case("alias-chain", "chain.example", 0, passes=("dmarc",)),
    Case("alias-loop", "loop.example", 4, passes=("mx",), why=reason("SERVFAIL from @")),
    Case("servers-disagree", "split.com", 1, rules=("dns.ns-disagree",)),

    Case("system-resolver", "good.example", 0, (), passes=("mx", "dmarc")),
    Case("port-given", "good.example", 0, (RESOLVER + ":53",), passes=("mx", "dmarc")),

    # Resolvers that fail in the end: nothing is known, and nothing is found.
    faulty("silent", 4, why=silence("silent")),
    faulty("slow", 4, why=silence("slow")),
    faulty("servfail", 4, why=reason("SERVFAIL from @", "servfail")),
    faulty("refused", 4, why=reason("REFUSED from @", "refused")),
    faulty("referral", 4, why=reason("only a referral to other servers from @", "referral")),
    faulty("truncated-no-tcp", 4,
           why=reason("truncated over UDP, and TCP to @ was refused", "truncated-no-tcp")),
    faulty("truncated-silent-tcp", 4,
           why=reason("truncated over UDP, and TCP to @ gave no answer within 0.4 s",
                      "truncated-silent-tcp")),
    faulty("wrong-id", 4, why=silence("wrong-id", "; dropped 2 replies with a wrong id")),
    faulty("wrong-question", 4,
           why=silence("wrong-question", "; dropped 2 replies to another question")),
    faulty("wrong-port", 4, why=silence("wrong-port")),
    faulty("garbage", 4, why=silence("garbage", "; dropped what was no DNS reply")),
    faulty("malformed", 4, why=reason("unreadable answer from @: ", "malformed")),
    faulty("rewriting", 4, why="has address 198.51.100.80"),
    Case("nobody", "good.example", 4, (NOBODY,),
         why=f"^{NOBODY} cannot be asked: Connection refused$"),
    Case("no-route", "good.example", 4, ("203.0.113.53",),
         why="^203.0.113.53 cannot be asked: Network is unreachable$"),

    # Resolvers whose faults can be mended, or made good by another.
    faulty("none", 0, passes=("dns", "mx", "dmarc")),
    faulty("flaky", 0, passes=("mx", "dmarc"), attempt="^no answer within 2 s$"),
    faulty("truncated", 0, passes=("mx", "dmarc"), attempt="^NOERROR$", tcp=True),
    faulty("forged-first", 0, passes=("mx", "dmarc")),
    faulty("wrong-case", 0, passes=("mx", "dmarc"), attempt="^letters changed their case"),
    faulty("no-edns", 0, passes=("mx", "dmarc"), attempt="^no EDNS there"),
    faulty("silent", 0, "none", passes=("mx", "dmarc"), attempt="^no answer within"),
    faulty("servfail", 0, "none", passes=("mx", "dmarc"), attempt="^SERVFAIL$"),
    faulty("truncated-no-tcp", 0, "none", passes=("mx", "dmarc"), attempt="^TCP was refused$",
           tcp=True),
    faulty("wrong-id", 4, "silent",
           why="^no answer from 192.0.2.* and 192.0.2.* within 0.4 s each"),
]

if HAS_IPV6:
    CASES.append(Case("over-ipv6", "good.example", 0, (RESOLVER_6,), passes=("mx", "dmarc")))
