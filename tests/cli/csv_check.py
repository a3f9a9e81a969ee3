#!/usr/bin/python3
"""csv_check.py FOLDER: what each STEM.csv says each STEM.jsonl says, and no cell is dangerous."""
import csv
import glob
import json
import re
import sys


def name_of(text):
    """What presentation form means."""
    return re.sub(r"\\(?:(\d{3})|(.))", lambda m: chr(int(m[1])) if m[1] else m[2], text)


def provider_cell(names):
    return "" if names is None else "|".join(names) or "none"


def facts(report, name, type_):
    return [f for f in report["dns"]["facts"]
            if (f["name"], f["type"]) == (name, type_) and not f.get("server") and not f.get("cd")]


def check_mx(row, report):
    fact, = facts(report, report["subject"]["name"], "MX")
    if fact["state"] == "unknown":
        assert row["mx"] == row["mx_count"] == ""
        return
    pairs = sorted((int(r.split()[0]), r.split()[1].rstrip(".").lower()) for r in fact.get("rdata", []))
    hosts = [host for _, host in pairs if host]
    assert int(row["mx_count"]) == len(hosts)
    if hosts:
        shown = [name_of(host) for host in row["mx"].split()]
        preference = {name_of(host): n for n, host in reversed(pairs)}
        assert set(shown) <= set(preference) and len(shown) == min(len(hosts), 10), (shown, hosts)
        assert [preference[host] for host in shown] == [n for n, host in pairs if host][:10]
    else:
        assert row["mx"] == ("null" if pairs else "absent")


def spf_records(fact):
    texts = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', r)) or r for r in fact.get("rdata", [])]
    return [t for t in texts if re.match(r"v=spf1( |$)", t, re.I)]


def check_spf(row, report):
    fact, = facts(report, report["subject"]["name"], "TXT")
    if fact["state"] == "unknown":
        assert row["spf"] == row["spf_all"] == row["spf_lookups"] == ""
        return
    records = spf_records(fact)
    found = row["rules"].split()
    if not records:
        assert row["spf"] == "absent"
    elif len(records) > 1:
        assert row["spf"] == "invalid"
    else:
        faulty = {"spf.syntax", "spf.unknown-mechanism", "spf.mechanism-has-ip", "spf.macro"} & set(found)
        assert not faulty or row["spf"] == "invalid", (row["spf"], faulty)
        word = re.search(r"(?:^| )([-~?+]?)all(?: |$)", records[0], re.I)
        if word and "redirect=" not in records[0]:
            assert row["spf_all"] == {"-": "fail", "~": "softfail", "?": "neutral"}.get(word[1], "pass")


def check_dmarc(row, report):
    fact, = [f for f in facts(report, "_dmarc." + report["subject"]["name"], "TXT")] or [None]
    if fact is None or fact["state"] == "unknown":
        assert row["dmarc"] in ("", "organisational", "suffix", "absent")
        return
    records = [r for r in fact.get("rdata", []) if re.match(r'"v *= *DMARC1 *(;|"$)', r)]
    assert (row["dmarc"] == "own") == (len(records) == 1), (row["dmarc"], records)
    found = row["rules"].split()
    assert ("dmarc.test-mode" in found) <= (row["dmarc_t"] == "y")
    assert ("dmarc.enforced" in found) <= (row["dmarc_p"] in ("quarantine", "reject")), row["dmarc_p"]
    assert ("dmarc.missing" in found) <= (row["dmarc"] == "absent")
    assert ("dmarc.rua-missing" in found) <= (row["dmarc_rua"] == "absent")


def check_rest(row, report):
    found = row["rules"].split()
    for column, rules in (("mta_sts", ("sts.missing", "sts.record-syntax")),
                          ("tls_rpt", ("tlsrpt.missing", "tlsrpt.syntax")),
                          ("bimi", (None, "bimi.syntax")),
                          ("dnssec", ("dnssec.unsigned", "dnssec.bogus"))):
        assert rules[0] not in found or row[column] == "absent", column
        assert rules[1] not in found or row[column] == "invalid", column
        assert row[column] in ("", "absent", "invalid", "valid", "signed", "declined")


def check(rows, reports):
    for row, report in zip(sorted(rows, key=lambda r: name_of(r["domain"])),
                           sorted(reports, key=lambda r: name_of(r["subject"]["name"]))):
        subject, summary = report["subject"], report["summary"]
        checks = {c["name"]: c for c in report["checks"]}
        assert name_of(row["domain"]) == name_of(subject["name"])
        assert row["verdict"] == summary["verdict"]
        assert row["complete"] == ("yes" if summary["complete"] else "no")
        for severity in ("fail", "warn", "info"):
            assert int(row[severity]) == summary["findings"][severity]
        gapped = [n for n, c in checks.items()
                  if c["verdict"] == "unknown" or any(g["kind"] == "inconclusive" for g in c["gaps"])]
        assert row["unknown"].split() == gapped
        assert summary["complete"] or gapped
        assert (row["role"] or "unknown") == subject["role"]
        assert row["mx_provider"] == provider_cell(subject["providers"]["mx"])
        assert row["spf_providers"] == provider_cell(subject["providers"]["spf"])
        rules = [f["rule"] for c in report["checks"] for f in c["findings"] if not f.get("ignored")]
        assert row["rules"].split() == list(dict.fromkeys(rules))
        for name, judge, columns in (("mx", check_mx, ("mx", "mx_count")),
                                     ("spf", check_spf, ("spf", "spf_all", "spf_lookups")),
                                     ("dmarc", check_dmarc, ("dmarc", "dmarc_p", "dmarc_sp", "dmarc_t",
                                                             "dmarc_pct", "dmarc_rua")),
                                     ("dkim", None, ("dkim_selectors",)), ("mta-sts", None, ("mta_sts",)),
                                     ("tls-rpt", None, ("tls_rpt",)), ("bimi", None, ("bimi",)),
                                     ("dnssec", None, ("dnssec",))):
            if name not in checks:
                assert not any(row[c] for c in columns), name
            elif judge:
                judge(row, report)
        check_rest(row, report)


def check_files(stem):
    with open(stem + ".csv", newline="") as file:
        text = file.read()
    rows = list(csv.DictReader(text.splitlines(), strict=True))
    with open(stem + ".jsonl") as file:
        reports = [json.loads(line) for line in file]
    # Printable ASCII in lines, without what spreadsheets evaluate or other readers separate by.
    for line in text.splitlines()[1:]:
        assert re.fullmatch(r"[ -~]*", line), line
        for cell in line.split(","):
            assert not re.search(r'[=+@;"\']|(^| )-', cell), cell
    assert text.endswith("\n") and "\r" not in text
    assert len(rows) == len(reports), (len(rows), len(reports))
    check(rows, reports)


stems = [path[:-len(".csv")] for path in sorted(glob.glob(sys.argv[1] + "/*.csv"))]
assert stems, "no table"
for stem in stems:
    try:
        check_files(stem)
    except Exception:
        print(stem, file=sys.stderr)
        raise
