#!/usr/bin/python3
"""What holds for the plan of every golden case of a domain: plan.py MAILDIAG SOURCE [CASE...]

The gate does not stop it; a report of the facts with its changes says what the plan says of it; and
that report has no plan.  Each case is judged as it says, and by all checks.
"""
import glob, json, os, shlex, subprocess, sys, tempfile

maildiag, source = map(os.path.abspath, sys.argv[1:3])
cases = os.path.join(source, "tests", "cases")
work = tempfile.TemporaryDirectory()
os.chdir(work.name)
failures = planned = 0

QUESTION = "fact", "name", "type", "server", "cd", "do", "no_rd", "engine", "input"


def fail(case, why):
    global failures
    failures += 1
    print(f"FAIL {case}: {why}")


def words_of(case):
    with open(f"{cases}/{case}.case", encoding="utf-8") as lines:
        return shlex.split(" ".join(line for line in lines if not line.startswith("#")))


def facts_of(case):
    """The facts on file, as lines of maildiag-facts(5)."""
    if os.path.exists(f"{cases}/{case}.known"):
        text = subprocess.check_output(["awk", "-f", f"{source}/tests/known.awk", f"{cases}/{case}.known"], text=True)
    else:
        text = open(f"{cases}/{case}.facts", encoding="utf-8").read()
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def question(fact):
    return json.dumps([fact.get(key) for key in QUESTION if fact["fact"] != "run" or key == "fact"])


def write(path, facts):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(fact) + "\n" for fact in facts)


def check(how, facts):
    """The report of a domain by facts; what was seen is then in the file "seen"."""
    write("facts", facts)
    done = subprocess.run([maildiag, "check", "--offline", "--no-second-opinion", "--replay", "facts", "--record", "seen",
                           "--format", "json", *how], capture_output=True, text=True)
    if done.returncode not in (0, 1, 4):
        raise ChildProcessError(f"exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


# ---- a plan applied ----

def is_at(fact, owner):
    """Do the records of an answer stand at this name, or at the end of aliases?"""
    return fact["fact"] == "dns" and (fact.get("cname") or [fact["name"]])[-1].rstrip(".") == owner


def set_of(facts, change):
    for fact in facts:
        if change["type"] == "CNAME" and fact["fact"] == "dns" and fact["name"] == change["owner"] and fact.get("cname"):
            return [fact["cname"][0].rstrip(".") + "."]
        if is_at(fact, change["owner"]) and fact["type"] == change["type"]:
            return fact.get("rdata", [])
    return []


def led_elsewhere(facts, fact, target):
    """The answer to a question whose name has an alias of this target; None where that is not known."""
    for there in facts:
        if there["fact"] == "dns" and there["name"] == target and there["type"] == fact["type"]:
            return {**there, "name": fact["name"], "cname": [target] + there.get("cname", [])}
    return None


def with_change(facts, change, rdata):
    owner, kind, changed = change["owner"], change["type"], []
    for fact in facts:
        if kind == "CNAME" and fact["fact"] == "dns" and fact["name"] == owner:
            fact = led_elsewhere(facts, fact, rdata[0].rstrip(".")) if rdata else None
        elif is_at(fact, owner) and fact["type"] == kind:
            fact = {k: v for k, v in fact.items() if k not in ("state", "rcode", "why", "rdata")}
            fact.update({"rdata": rdata} if rdata else {"state": "absent"})
        elif rdata and is_at(fact, owner) and fact.get("rcode") == "NXDOMAIN":
            fact = {**fact, "rcode": "NOERROR"}
        if fact is not None:
            changed.append(fact)
    if kind != "CNAME" and not any(is_at(f, owner) and f["type"] == kind for f in facts):
        changed.insert(0, {"fact": "dns", "name": owner, "type": kind, "rdata": rdata, "state": "present" if rdata else "absent"})
    return changed


def apply(plan, facts):
    """The facts after a plan, and the options of the gate that propose it."""
    options = []
    for change in plan:
        old = set_of(facts, change)
        for rdata in change["remove"]:
            if rdata not in old:
                raise ValueError(f"the plan removes what is not there: {change['owner']} {rdata}, of {old}")
        new = [rdata for rdata in old if rdata not in change["remove"]] + change["add"]
        facts = with_change(facts, change, new)
        name = f"{change['owner']}. {change['type']}"
        options += [word for rdata in new for word in ("--set", f"{name} {rdata}")] or ["--unset", name]
    return facts, options


# ---- what holds ----

def counts(report):
    return report["summary"]["verdict"], report["summary"]["findings"]


def findings(report, *severities):
    """By rule and subject."""
    return {(f["rule"], f["subject"]) for c in report["checks"] for f in c["findings"]
            if f["severity"] in severities}


def gate_stops(how, facts, proposal):
    write("base", facts)
    done = subprocess.run([maildiag, "gate", "--offline", "--base", "base", *proposal, *how], capture_output=True, text=True)
    if done.returncode not in (0, 4):
        return done.stdout + done.stderr
    return None


def judge(case, how, facts):
    global planned
    report = check(how, facts)
    after = report["after"]
    seen = [{k: v for k, v in json.loads(line).items() if k not in ("ttls", "lines")} for line in open("seen", encoding="utf-8")]
    known = {question(fact): fact for fact in facts + seen}
    facts = sorted(known.values(), key=lambda fact: fact["fact"] != "run")
    changed, proposal = apply(report["plan"], facts)
    if not report["plan"]:
        return counts(report) == (after["verdict"], after["findings"]) or fail(case, "without a plan, it gets another verdict")
    planned += 1
    fresh = check(how, changed)
    if counts(fresh) != (after["verdict"], after["findings"]):
        fail(case, f"a fresh report says {counts(fresh)}, the plan {after['verdict']} {after['findings']}")
    new = findings(fresh, "fail") - findings(report, "fail")
    if new:
        fail(case, f"new failures: {new}")
    uncured = {rule for rule, _ in findings(fresh, "fail", "warn", "info")} & set(after["cured"])
    if uncured:
        fail(case, f"said to be cured, and still there: {uncured}")
    if fresh["plan"]:
        fail(case, f"a second plan: {fresh['plan']}")
    stopped = gate_stops([word for word in how if word != "--zone" and not word.endswith(".zone")], facts, proposal)
    if stopped:
        fail(case, f"the gate stops it:\n{stopped}")


for case in sys.argv[3:] or sorted(p[len(cases) + 1:-5] for p in glob.glob(f"{cases}/**/*.case", recursive=True)):
    words = words_of(case)
    if words[0] != "check":
        continue
    folder = os.path.dirname(f"{cases}/{case}")
    how = [os.path.join(folder, word) if word.endswith(".zone") else word for word in words[1:]]
    everything = [word for i, word in enumerate(how) if "--only" not in (word, how[i - 1])]
    for how in how, everything:
        try:
            judge(f"{case}: {' '.join(how)}", how, facts_of(case))
        except (ValueError, ChildProcessError) as why:
            fail(case, why)

print(f"{planned} plans")
sys.exit(failures > 0 or planned == 0)
