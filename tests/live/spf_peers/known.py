"""The differences that we know: whose, why, and who is right by RFC 7208."""
import re
from typing import Callable, NamedTuple


class Answer(NamedTuple):
    """Of one verifier: the explanation is "" when the record gives none."""

    result: str
    text: str
    why: str
    terms: int = 0
    voids: int = 0
    void_queries: int = 0


class Difference(NamedTuple):
    """zone: all that is published, a line a record."""

    query: tuple[str, str, str]
    zone: str
    ours: Answer
    theirs: Answer

    def explanations_only(self):
        return self.ours.result == self.theirs.result

    def publishes(self, pattern):
        return re.search(pattern, self.zone, re.MULTILINE) is not None

    def we_say(self, pattern):
        return re.search(pattern, self.ours.why) is not None

    def they_say(self, pattern):
        return re.search(pattern, self.theirs.why) is not None


class Known(NamedTuple):
    """right: "we", "they", or "either" where the RFC leaves it open."""

    peers: tuple[str, ...]
    right: str
    section: str
    cause: str
    holds: Callable[[Difference], bool]


def more_voids_than_ours(d):
    """Within the limit as we count, by the trace of ours; beyond it as they do."""
    return d.they_say("(?i)void.* limit") and d.ours.voids <= 2


DELIMITED = r"%\{[a-zA-Z][0-9]*[rR]?[-.+,/_=]*[-+,/_=][-.+,/_=]*\}"
BARE_DELIMITED = DELIMITED.replace("[0-9]*[rR]?", "")
UPPER_R = r"(?i:%\{[a-z][0-9]*)R[-.+,/_=]*\}"
LATE = "no such macro letter|parts to keep must not be zero|needs a domain name, as in"

KNOWN = [
    # Void lookups: docs/SPF.md.
    Known(("pyspf", "Mail::SPF"), "either", "4.6.4",
          "void lookups are counted by query, those for names of the client included",
          more_voids_than_ours),
    Known(("Mail::SPF",), "either", "4.6.4",
          "an alias (CNAME) that leads to nothing is an answer, so no void lookup",
          lambda d: d.we_say("void lookups") and d.publishes(" CNAME ")),
    Known(("pyspf",), "either", "4.6.4, 6.2",
          "void lookups for %{p} count, and spoil the explanation",
          lambda d: d.explanations_only() and d.theirs.text == "" and d.publishes(r"%\{[pP]")),
    # Order of lookups.
    Known(("pyspf",), "either", "5.4",
          "looks up all hosts of an mx before it compares one",
          lambda d: d.theirs.result == "temperror" and d.ours.result != "temperror" and
          d.publishes(" MX .*") and d.publishes("(A|AAAA) (TIMEOUT|SERVFAIL)$")),
    # Limits.
    Known(("pyspf",), "we", "4.6.4",
          "exp counts as a term",
          lambda d: d.they_say("Too many DNS lookups") and d.ours.terms <= 10 and
          d.publishes("(?i)exp=")),
    Known(("Mail::SPF",), "we", "4.6.4, 6.1",
          "a redirect that is not followed, for a term before it matched, counts",
          lambda d: d.they_say("interactive terms limit") and d.ours.terms <= 10 and
          d.publishes("(?i)redirect=")),
    Known(("pyspf",), "either", "4.6.4",
          "more than ten MX hosts are refused at once, not when an eleventh is needed",
          lambda d: d.they_say("More than 10 MX records")),
    Known(("Mail::SPF",), "we", "4.6.4",
          "an eleventh MX host is ignored, not a permerror",
          lambda d: d.ours.result == "permerror" and d.we_say("more than 10 MX hosts")),
    # Grammar.
    Known(("Mail::SPF",), "we", "4.6",
          "faults in macros are seen only once the term is reached, and of a: without a name not",
          lambda d: d.ours.result == "permerror" and d.we_say(LATE)),
    Known(("pyspf",), "we", "7.3",
          "%{d0}, to keep no part at all, is accepted",
          lambda d: d.ours.result == "permerror" and d.we_say("parts to keep must not be zero")),
    Known(("pyspf",), "we", "12 (RFC 5234 2.3)",
          "names of modifiers in upper case are not seen",
          lambda d: d.publishes(r"(?i:redirect|exp)=") and
          d.publishes(r" (?!redirect=)(?i:redirect)=| (?!exp=)(?i:exp)=")),
    Known(("pyspf", "Mail::SPF"), "we", "7.1 (RFC 5234 2.3)",
          "the transformer R in upper case is refused or ignored",
          lambda d: d.publishes(UPPER_R) and
          (d.they_say("Missing required domain-spec|Junk") or d.explanations_only())),
    # Macros in explanations.
    Known(("Mail::SPF",), "we", "7.3",
          "delimiters without digits and r do not split",
          lambda d: d.explanations_only() and d.publishes(BARE_DELIMITED)),
    Known(("pyspf",), "we", "7.3",
          "parts are joined with the delimiter that stood between them, not with a dot",
          lambda d: d.explanations_only() and d.theirs.text != "" and d.publishes(DELIMITED)),
    Known(("Mail::SPF",), "either", "7.3",
          "%{i} of IPv6, %{d} and %{o} in lower case",
          lambda d: d.explanations_only() and d.ours.text.lower() == d.theirs.text.lower()),
    Known(("pyspf", "Mail::SPF"), "either", "7.3",
          "%{p} is another one of several names that are as good",
          lambda d: d.explanations_only() and d.theirs.text != "" and
          d.publishes(r"%\{[pP]") and len(re.findall(r" PTR ", d.zone)) > 1),
    Known(("pyspf",), "we", "7.1",
          "%% at the end of the text is refused",
          lambda d: d.explanations_only() and d.theirs.text == "" and d.publishes("%%$")),
    Known(("pyspf", "Mail::SPF"), "we", "4.3",
          "%{s} lacks postmaster@ where the sender has no local-part",
          lambda d: d.explanations_only() and "@" not in d.query[1] and
          d.publishes(r"%\{[sS]")),
]
