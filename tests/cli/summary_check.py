#!/usr/bin/python3
"""summary_check.py SUMMARY.json JSONL...: counts again, by other means, what a summary says."""
import collections
import json
import sys

with open(sys.argv[1]) as file:
    told = json.load(file)
reports = []
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        for line in file:
            try:
                reports.append(json.loads(line))
            except ValueError:
                pass
reports = [r for r in reports if isinstance(r, dict) and r.get("schema") == "maildiag-report/1"]
domains = [r for r in reports if r["subject"]["kind"] == "domain"]
ORDER = ["fail", "unknown", "warn", "info", "pass"]


def verdicts(some):
    counts = collections.Counter(r["summary"]["verdict"] for r in some)
    return {v: counts[v] for v in ORDER}


def tld(report):
    return report["subject"]["name"].split(".")[-1]


def providers(report):
    of = report["subject"].get("providers") or {"mx": None, "spf": None}
    return set(of["mx"] or []) | set(of["spf"] or [])


def knows_providers(report):
    of = report["subject"].get("providers") or {}
    return of.get("mx") is not None and of.get("spf") is not None


def rules(report):
    found = {(f["severity"], f["rule"]): f["title"] for c in report["checks"]
             for f in c["findings"] if not f.get("ignored")}
    found.update({("unknown", g["rule"]): g["title"] for c in report["checks"]
                  for g in c["gaps"] if "rule" in g})
    return found


def has_gap(report, kind):
    return any(g["kind"] == kind for c in report["checks"] for g in c["gaps"])


def equal(what, here, there):
    if here != there:
        print(f"{what}: counted {here}, told {there}")
        equal.bad += 1


equal.bad = 0
equal("domains", len(domains), told["domains"])
equal("complete", sum(r["summary"]["complete"] for r in domains), told["complete"])
equal("messages", len(reports) - len(domains), told["messages"])
equal("verdicts", verdicts(domains), told["verdicts"])

by_rule = collections.defaultdict(list)
for report in domains:
    for key in rules(report):
        by_rule[key].append(report)
order = sorted(by_rule, key=lambda k: (ORDER.index(k[0]), -len(by_rule[k]), k[1]))
equal("rules", order, [(r["severity"], r["rule"]) for r in told["rules"]])
for row in told["rules"]:
    some = by_rule[row["severity"], row["rule"]]
    equal(row["rule"], len(some), row["domains"])
    equal(row["rule"] + " title", rules(some[0])[row["severity"], row["rule"]], row["title"])
    equal(row["rule"] + " tlds", collections.Counter(map(tld, some)), row["tlds"])
    equal(row["rule"] + " providers",
          collections.Counter(p for r in some for p in providers(r)), row["providers"])
    bare = [r for r in some if not providers(r)]
    equal(row["rule"] + " none", sum(map(knows_providers, bare)), row["no_provider"])
    equal(row["rule"] + " unknown", len(bare) - sum(map(knows_providers, bare)), row["unknown_provider"])

for key, name_of, rows in (("provider", providers, told["providers"]),
                           ("tld", lambda r: {tld(r)}, told["tlds"])):
    groups = collections.defaultdict(list)
    for report in domains:
        for name in name_of(report):
            groups[name].append(report)
    equal(key, sorted(groups, key=lambda n: (-len(groups[n]), n)), [r[key] for r in rows])
    for row in rows:
        some = groups[row[key]]
        equal(row[key], (len(some), verdicts(some)), (row["domains"], row["verdicts"]))
        for way in ("mx", "spf") if key == "provider" else ():
            equal(row[key] + " " + way, sum(row[key] in (r["subject"]["providers"][way] or [])
                                            for r in some), row[way])
bare = [r for r in domains if not providers(r)]
for key, some in (("no_provider", [r for r in bare if knows_providers(r)]),
                  ("unknown_provider", [r for r in bare if not knows_providers(r)])):
    equal(key, {"domains": len(some), "verdicts": verdicts(some)}, told[key])
for kind in ("inconclusive", "limit"):
    equal(kind, sum(has_gap(r, kind) for r in domains), told["gaps"][kind]["domains"])
    for reason in told["gaps"][kind]["reasons"]:
        assert 0 < reason["domains"] <= told["gaps"][kind]["domains"], reason
equal("others", 0, sum(told["others"].values()))
sys.exit(equal.bad > 0)
