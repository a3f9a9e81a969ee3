"""Tells whether a scan of many domains is whole."""
import collections
import glob
import json
import os


def outputs(folder):
    return sorted(glob.glob(os.path.join(folder, "*.jsonl")))


def lines(path):
    """How many whole lines a file has, that may not be there yet."""
    try:
        with open(path, "rb") as f:
            return f.read().count(b"\n")
    except FileNotFoundError:
        return 0


def faults(folder, path):
    """What is wrong with a scan that should be complete: each domain once, each line whole."""
    seen = collections.Counter()
    for output in outputs(folder):
        with open(output, "rb") as f:
            text = f.read()
        if text and not text.endswith(b"\n"):
            yield f"{output}: a torn last line"
        for number, line in enumerate(text.splitlines(), 1):
            try:
                report = json.loads(line)
            except ValueError:
                yield f"{output}: line {number} is no JSON"
                continue
            seen[report["subject"]["name"]] += 1
            if not report["summary"]["complete"]:
                yield f"{output}: line {number}: something is not known"
    with open(path, encoding="ascii") as f:
        wanted = set(f.read().split())
    yield from (f"missing: {name}" for name in sorted(wanted - set(seen)))
    yield from (f"not in the list: {name}" for name in sorted(set(seen) - wanted))
    yield from (f"{count} times: {name}" for name, count in seen.items() if count > 1)
