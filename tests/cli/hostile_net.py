#!/usr/bin/python3
"""A hostile SPF tree over the network asks no more than its share: hostile_net.py MAILDIAG

Every name has an SPF record that includes fresh names of the owner's choice, without end, and asks for
hosts besides: wide, or deep.  What counts is what arrives at the server.
"""
import json, socket, subprocess, sys, threading

maildiag = sys.argv[1]
MOST, MOST_IN_BULK = 600, 200  # lib/spf/tree_bound.c
OTHERS = 100  # other checks ask some 70 about the domain itself
failures = 0


def fail(what):
    global failures
    print(what)
    failures += 1


class Server(threading.Thread):
    """Of NAME the terms lead to fresh names below a domain: KIND says which and how many."""

    kinds = {"wide": (28, "include:%s"), "deep": (1, "redirect=%s"), "hosts": (12, "a:%s mx:%s include:%s")}

    def __init__(self):
        super().__init__(daemon=True)
        self.tcp, self.udp = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.udp.bind(("127.0.0.1", 0))
        self.port = self.udp.getsockname()[1]
        self.asked, self.fresh = set(), 0

    def record(self, name):
        n, terms = self.kinds[name.split(".")[-3]]
        words = []
        for _ in range(n):
            self.fresh += 1
            words.append(terms.replace("%s", "x%d.%s" % (self.fresh, ".".join(name.split(".")[-3:]))))
        return ("v=spf1 " + " ".join(words) + ("" if "redirect" in terms else " -all")).encode()

    def run(self):
        while True:
            question, address = self.udp.recvfrom(4096)
            labels, at = [], 12
            while question[at]:
                labels.append(question[at + 1:at + 1 + question[at]].decode().lower())
                at += question[at] + 1
            kind, name, data = int.from_bytes(question[at + 1:at + 3], "big"), ".".join(labels), b""
            self.asked.add((name, kind))
            if kind == 16 and not labels[0].startswith("_") and len(labels) in (3, 4) and labels[-3] in self.kinds:
                text = self.record(name)
                data = b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255] for i in range(0, len(text), 255))
            head = question[:2] + (b"\x81\x80\0\1\0\1" if data else b"\x81\x83\0\1\0\0") + b"\0\0\0\0"
            answer = b"\xc0\x0c\0\x10\0\1\0\0\1\x2c" + len(data).to_bytes(2, "big") + data if data else b""
            self.udp.sendto(head + question[12:at + 5] + answer, address)


server = Server()
server.start()


def ask(words, names):
    server.asked.clear()
    p = subprocess.run([maildiag] + words + ["--timeout", "60", "--resolver", "127.0.0.1:%d" % server.port],
                       input="\n".join(names), capture_output=True, text=True, timeout=100)
    if p.stderr or p.returncode not in (0, 1, 4):
        fail("%s: status %d, %s" % (words, p.returncode, p.stderr))
    return [json.loads(line) for line in p.stdout.splitlines()]


def told(report):
    """Does the report say that not all was asked?"""
    return "not asked" in json.dumps(report) or "not followed" in json.dumps(report) or "nested more" in json.dumps(report)


for kind in Server.kinds:
    name = kind + ".tree.example"
    for command in "check", "spf":
        reports = ask([command, "--format", "jsonl", name], [])
        print("%s %s: %d questions" % (command, name, len(server.asked)))
        if len(server.asked) > MOST + OTHERS:
            fail("%s %s asks %d questions" % (command, name, len(server.asked)))
        if len(reports) != 1 or not told(reports[0]):
            fail("%s %s does not say that there is more" % (command, name))
    reports = ask(["check", "--stdin", "--format", "jsonl"], [name])
    print("bulk %s: %d questions" % (name, len(server.asked)))
    if len(server.asked) > MOST_IN_BULK + OTHERS:
        fail("%s in bulk asks %d questions" % (name, len(server.asked)))
    if len(reports) != 1 or not told(reports[0]):
        fail("%s in bulk does not say that there is more" % name)

sys.exit(failures > 0)
