"""Holds what maildiag writes for CI systems against the rules of each format, and its own JSON."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from xml.dom import minidom

import yaml

trouble = []


def must(true, what):
    if not true:
        trouble.append(what)


def reports(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def findings(path):
    """Of `check` and `message`, or of `gate`: subject, finding, and whether it does not count."""
    for report in reports(path):
        for row in report.get("rows", []):
            if row["kind"] == "finding":
                yield row["subject"], row, row["waived"] or row["novelty"] == "fixed"
        for check in report.get("checks", []):
            for found in check["findings"]:
                yield report["subject"]["name"], found, found.get("ignored")


def subjects(path):
    return {
        name
        for r in reports(path)
        for name in ([r["subject"]["name"]] if "subject" in r else r["subjects"])
    }


def wanted(path, ignored=False):
    """What has to be found in each format: (report, rule, evidence)."""
    return [
        (subject, found["rule"], found["evidence"])
        for subject, found, idle in findings(path)
        if found["severity"] != "pass" and (ignored or not idle)
    ]


def clean(text, where):
    must(
        not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", text),
        f"{where}: a control character",
    )
    return text


def all_found(kind, texts, path, ignored=False):
    for subject, rule, evidence in wanted(path, ignored):
        must(
            any(subject in t and evidence in t for t in texts),
            f"{kind}: lacks {rule} of {subject}: {evidence}",
        )


# ---- JUnit: what Jenkins (junit-10.xsd), GitLab, Azure DevOps and CircleCI read ---------------


def counted(element):
    return {
        "tests": len(element.getElementsByTagName("testcase")),
        "failures": len(element.getElementsByTagName("failure")),
        "errors": len(element.getElementsByTagName("error")),
        "skipped": len(element.getElementsByTagName("skipped")),
    }


def junit(path, given):
    root = minidom.parse(path).documentElement
    must(root.tagName == "testsuites", "junit: the root is not testsuites")
    texts, names = [], set()
    for holder in [root, *root.getElementsByTagName("testsuite")]:
        must(holder.getAttribute("name"), "junit: a suite without name")
        for what, n in counted(holder).items():
            must(holder.getAttribute(what) == str(n), f"junit: {what} is not {n}")
        float(holder.getAttribute("time"))
    for case in root.getElementsByTagName("testcase"):
        key = case.getAttribute("classname"), case.getAttribute("name")
        must(all(key), "junit: a test without classname or name")
        must(key not in names, f"junit: two tests {key}")
        names.add(key)
        float(case.getAttribute("time"))
        inside = [c for c in case.childNodes if c.nodeType == c.ELEMENT_NODE]
        must(len(inside) <= 1, "junit: more than one outcome of a test")
        for c in inside:
            must(
                c.tagName in ("failure", "error", "skipped", "system-out"),
                f"junit: {c.tagName} in a test",
            )
            must(
                c.tagName not in ("failure", "error")
                or (c.getAttribute("message") and c.getAttribute("type")),
                "junit: a failure without message or type",
            )
            body = c.firstChild.data if c.firstChild else ""
            suite = case.parentNode.getAttribute("name")
            texts.append(clean(f"{suite}: {c.getAttribute('message')}{body}", "junit"))
    all_found("junit", texts, given)


# ---- SARIF 2.1.0, and what GitHub wants of it ---------------------------------------------------


def message(o):
    text = clean(o["text"], "sarif")
    must(not re.search(r"\[[^]]*\]\(", text), "sarif: a link in a message (3.11.6)")
    single = re.sub(r"\{\{|\}\}", "", text)
    must("{" not in single and "}" not in single, "sarif: a single brace (3.11.5)")
    return text.replace("{{", "{").replace("}}", "}").replace("] (", "](")


def place(o):
    must(o["locations"], "sarif: no location")
    for location in o["locations"]:
        physical = location["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        must(
            re.fullmatch(r"(file://)?([A-Za-z0-9._~/!$&'()*+,;=@-]|%[0-9A-F]{2})+", uri),
            f"sarif: {uri} is no URI reference",
        )
        must(physical["region"]["startLine"] >= 1, "sarif: no line")


def sarif(path, given, schema=None):
    with open(path, encoding="utf-8") as text:
        document = json.load(text)
    if schema:
        import jsonschema

        with open(schema, encoding="utf-8") as text:
            rules = json.load(text)
        for error in jsonschema.Draft4Validator(rules).iter_errors(document):
            must(False, f"sarif: {error.json_path}: {error.message[:200]}")
    must(document["version"] == "2.1.0", "sarif: version")
    run = document["runs"][0]
    driver = run["tool"]["driver"]
    must(len(document["runs"]) == 1 and driver["name"] == "maildiag", "sarif: tool")
    must(run["invocations"][0]["executionSuccessful"] is True, "sarif: invocation")
    for descriptor in driver["rules"] + driver["notifications"]:
        for key in ("shortDescription", "fullDescription", "help"):
            must(message(descriptor[key]), f"sarif: {descriptor['id']} has no {key}")
    ids = [d["id"] for d in driver["rules"]]
    must(len(ids) == len(set(ids)), "sarif: a rule twice (3.19.23)")
    prints, texts = set(), []
    for result in run["results"]:
        must(ids[result["ruleIndex"]] == result["ruleId"], "sarif: ruleIndex")
        must(result["level"] in ("error", "warning", "note"), "sarif: level")
        place(result)
        prints.add(result["partialFingerprints"]["maildiag/v1"])
        texts.append(message(result["message"]))
    must(len(prints) == len(run["results"]), "sarif: a fingerprint twice")
    for note in run["invocations"][0]["toolExecutionNotifications"]:
        which = note["descriptor"]
        must(
            driver["notifications"][which["index"]]["id"] == which["id"],
            "sarif: descriptor of a notification",
        )
        place(note)
        message(note["message"])
    all_found("sarif", texts, given)


# ---- GitLab Code Quality -------------------------------------------------------------------------


def gitlab(path, given):
    with open(path, encoding="utf-8") as text:
        document = json.load(text)
    must(isinstance(document, list), "gitlab: no array")
    for entry in document:
        must(entry["check_name"], "gitlab: no check_name")
        must(
            entry["severity"] in ("info", "minor", "major", "critical", "blocker"),
            f"gitlab: severity {entry['severity']}",
        )
        must(entry["location"]["path"], "gitlab: no path")
        must(not entry["location"]["path"].startswith("./"), "gitlab: a path with ./")
        must(isinstance(entry["location"]["lines"]["begin"], int), "gitlab: no line")
    prints = {entry["fingerprint"] for entry in document}
    must(len(prints) == len(document), "gitlab: a fingerprint twice")
    all_found("gitlab", [clean(e["description"], "gitlab") for e in document], given)


# ---- TAP 13: prove reads it (formats.sh); here the diagnostics ------------------------------------


def tap(path, given):
    with open(path, encoding="utf-8", newline="\n") as text:
        lines = text.read().split("\n")
    must(lines[0] == "TAP version 13", "tap: version")
    plan = re.fullmatch(r"1\.\.(\d+)", lines[1])
    must(plan, f"tap: plan {lines[1]}")
    texts, block, test, n = [], None, "", 0
    for line in lines[2:-1]:
        if line == "  ---":
            block = []
        elif line == "  ...":
            said = yaml.safe_load("\n".join(block))
            texts.append(clean(f"{test} {said['message']}", "tap"))
            block = None
        elif block is not None:
            block.append(line[2:])
        else:
            n += 1
            match = re.fullmatch(r"(not )?ok (\d+) - (.*)", line)
            must(match and int(match[2]) == n, f"tap: no test {n}: {line}")
            test = re.sub(r"\\([\\#])", r"\1", match[3]) if match else ""
            bare = re.sub(r"\\.", "", match[3]) if match else ""
            must(
                re.fullmatch(r"[^#]*( # (SKIP|todo) [^#]*)?", bare), f"tap: directive: {line}"
            )
    must(plan and n == int(plan[1]), "tap: the plan is not what follows")
    all_found("tap", texts, given, ignored=True)


# ---- GitHub workflow commands, as the runner reads them (ActionCommand) ---------------------------

DATA = {"%25": "%", "%0D": "\r", "%0A": "\n"}
PROPERTY = {**DATA, "%3A": ":", "%2C": ","}


def unescaped(text, table, where):
    must(re.fullmatch(r"([^%]|%(25|0D|0A|3A|2C))*", text), f"github: {where}: {text}")
    return re.sub("%[0-9A-F]{2}", lambda m: table.get(m[0], m[0]), text)


def github(path, given):
    with open(path, encoding="utf-8", newline="\n") as text:
        whole = clean(text.read(), "github")
    texts = []
    for line in whole.split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        must(match, f"github: no command: {line}")
        if not match:
            continue
        properties = dict(p.split("=", 1) for p in match[2].split(","))
        must(
            set(properties) <= {"file", "line", "title"} and "title" in properties,
            f"github: properties {match[2]}",
        )
        for value in properties.values():
            unescaped(value, PROPERTY, "property")
        texts.append(unescaped(match[3], DATA, "data"))
    levels = [line.split(" ")[0] for line in whole.split("\n")[:-1]]
    must("::error" not in levels[levels.count("::error"):], "github: the worst is not first")
    all_found("github", texts, given)


# ---- Markdown, rendered by GitHub's renderer ------------------------------------------------------

OURS = "h3 p table thead tbody tr th td code pre strong details summary".split()


class Page(HTMLParser):
    """Cells of the table, and elements that should not be there."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        must(tag in OURS, f"markdown: <{tag}> {attrs}")
        self.inside.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        must(self.inside and self.inside.pop() == tag, f"markdown: </{tag}>")

    def handle_data(self, data):
        if "td" in self.inside or "th" in self.inside:
            self.rows[-1][-1] += data
        elif data.strip():
            must(self.inside, f"markdown: text outside of all: {data}")
        if not set(self.inside) & {"code", "pre"}:
            # Filters for these run over the text of the rendered page.
            must(
                not re.search(r"(^|[^a-z0-9])@[a-z0-9]|(^| )#\d|:[a-z0-9_+]+:|GH-\d", data),
                f"markdown: a mention, reference or emoji: {data}",
            )


def markdown(path, given):
    html = subprocess.run(
        ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", path],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    page = Page()
    page.feed(clean(html, "markdown"))
    page.close()
    must(not page.inside, f"markdown: not closed: {page.inside}")
    must(len({len(row) for row in page.rows}) <= 1, "markdown: rows of unequal length")
    texts = [" ".join(row).replace("\\ |", "\\|") for row in page.rows]
    names = subjects(given)
    if len(names) == 1:
        texts = [f"{next(iter(names))} {t}" for t in texts]
        must(page.rows == [] or "Subject" not in page.rows[0], "markdown: a column too many")
    cut = "more are in the other formats" in html
    must(not cut or len(page.rows) == 101, "markdown: not as many rows as it says")
    for subject, rule, evidence in [] if cut else wanted(given, ignored=True):
        must(
            any(subject in t and evidence[:250] in t and rule in t for t in texts),
            f"markdown: lacks {rule} of {subject}: {evidence}",
        )


# ----------------------------------------------------------------------------------------------------


def main():
    stem, schema = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    given = f"{stem}.jsonl"
    sarif(f"{stem}.sarif", given, schema)
    for judge in (junit, gitlab, tap, github, markdown):
        judge(f"{stem}.{judge.__name__}", given)
    for line in trouble:
        print(line)
    sys.exit(bool(trouble))


main()
