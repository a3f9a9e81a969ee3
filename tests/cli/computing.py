#!/usr/bin/python3
"""One interrupt ends what computes for long, with whole lines and the right status: computing.py MAILDIAG

Nothing is waited for and nobody is asked.  That there was much left to do is seen by what is told.
"""
import json, os, signal, subprocess, sys, tempfile, time

maildiag = os.path.abspath(sys.argv[1])
failures = 0
MOST_SECONDS = 10  # of which an interrupt takes two at most
MANY, DOMAINS = 60000, 1500
SIGNATURE = "DKIM-Signature: v=1; a=ed25519-sha256; d=example.com; s=s; h=from:to; bh=%s=; b=%s==\n" % ("A" * 43, "A" * 86)
MAIL = ("From: a@example.com\nTo: b@example.net\nSubject: [list] x\nDate: Mon, 1 Jun 2026 12:00:00 +0000\n" + SIGNATURE +
        "\n" + "Some words of a line.\n" * 4000 + "-- \na footer\n")


def includes(of):
    return " ".join("include:%s%d.example.com" % (of, i) for i in range(9))


def write_zone(path, domains, every):
    """Domains whose SPF leads to a hundred records."""
    with open(path, "w") as f:
        f.write("$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.53\n")
        f.write('s._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="\n')
        for i in range(9):
            f.write('_%d TXT "v=spf1 %s ~all"\n' % (i, includes("_%d" % i)))
            for j in range(9):
                f.write('_%d%d TXT "v=spf1 ip4:192.0.2.%d ~all"\n' % (i, j, 9 * i + j))
        for i in range(domains):
            f.write('d%d TXT "v=spf1 %s %s"\n' % (i, includes("_"), every))


def fail(what, why):
    global failures
    print("%s: %s" % (what, why))
    failures += 1


def interrupt(what, words, begun, given=os.devnull):
    """Status, messages and output of what is interrupted in its middle."""
    with open("out", "wb") as out, open(given) as stdin:
        p = subprocess.Popen([maildiag] + words, stdin=stdin, stdout=out, stderr=subprocess.PIPE)
        while p.poll() is None and not begun():
            time.sleep(.05)
        p.send_signal(signal.SIGINT)
        start = time.monotonic()
        try:
            err = p.communicate(timeout=MOST_SECONDS)[1].decode()
        except subprocess.TimeoutExpired:
            fail(what, "does not end")
            p.kill()
            err = p.communicate()[1].decode()
    print("%s: status %d after %.1f s, %s" % (what, p.returncode, time.monotonic() - start, err.strip()))
    with open("out", encoding="utf-8") as out:
        told = out.read()
    if p.returncode != 3 or "maildiag: interrupted" not in err:
        fail(what, "status %d, %s" % (p.returncode, err))
    return told


def some_lines():
    with open("out", "rb") as f:
        return f.read(1 << 20).count(b"\n") >= 20


def after(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def must_be_lines(what, told, most):
    """Each is a report, and there is much that was not come to."""
    lines = told.splitlines(True)
    if not 0 < len(lines) < most / 2:
        fail(what, "%d of %d: it was not in its middle" % (len(lines), most))
    for line in lines:
        try:
            json.loads(line if line.endswith("\n") else "torn")
        except ValueError:
            return fail(what, "a torn line: %r" % line[-80:])


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    write_zone("before", DOMAINS, "~all")
    write_zone("after", DOMAINS, "-all")
    with open("m", "w") as f:
        f.write(MAIL)
    with open("list", "w") as f:
        f.write("".join("d%d.example.com\n" % (i % DOMAINS) for i in range(MANY)))

    offline = ["--offline", "--zone", "before", "--format", "jsonl"]
    told = interrupt("message", ["message"] + offline + ["m"] * MANY, some_lines)
    must_be_lines("message", told, MANY)
    told = interrupt("check --stdin", ["check", "--stdin"] + offline, some_lines, "list")
    must_be_lines("check --stdin", told, MANY)
    gate = ["gate", "--offline", "--base", "before", "--zone", "after", "--format", "json"]
    start = time.monotonic()
    subprocess.run([maildiag] + gate, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    whole = time.monotonic() - start
    for share in .1, .4:  # in reading, or in judging
        what = "gate, after %.1f of %.1f s" % (share * whole, whole)
        told = interrupt(what, gate, after(share * whole))
        if told:
            fail(what, "it is judged by halves: %r" % told[:200])

sys.exit(failures > 0)
