"""What a run over many domains wrote: is there one whole line for each, and what does it say?"""
import collections
import json


def judgement(report):
    """What must not differ between two runs over the same zones."""
    rules = sorted((finding["rule"], finding["subject"])
                   for check in report["checks"] for finding in check["findings"])
    return report["summary"]["verdict"], hash(tuple(rules))


class Lines:
    """The lines of a stream of jsonl, as they come."""

    def __init__(self):
        self.said = {}
        self.count = collections.Counter()
        self.torn = 0
        self.incomplete = 0
        self.whys = collections.Counter()

    def add(self, line):
        try:
            report = json.loads(line)
        except ValueError:
            self.torn += 1
            return
        name = report["subject"]["name"]
        self.count[name] += 1
        self.said[name] = judgement(report)
        if not report["summary"]["complete"]:
            self.incomplete += 1
            self.whys.update({gap["why"] for check in report["checks"] for gap in check["gaps"]
                              if gap["kind"] != "limit"})

    def faults(self, domains):
        """What is wrong with it as an answer to this list."""
        missing = [name for name in domains if name not in self.count]
        twice = [name for name, n in self.count.items() if n > 1]
        strange = self.count.keys() - set(domains)
        for what, names in (("missing", missing), ("twice", twice), ("not asked for", strange)):
            if names:
                yield f"{len(names)} {what}: {', '.join(sorted(names)[:5])}"
        if self.torn:
            yield f"{self.torn} lines are not JSON"

    def differences(self, others):
        return sorted(name for name, said in self.said.items() if others.said.get(name) != said)
