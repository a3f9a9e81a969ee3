#!/usr/bin/python3
"""No control, DEL, C1 or bidirectional character in any output: unseen.py MAILDIAG SOURCE

The same evil octets in every field of a message, every record and every option; every command, every
format, quiet and verbose, UTF-8 and ASCII, standard output and error.
"""
import itertools, json, os, re, subprocess, sys, tempfile

maildiag, source = sys.argv[1:]
work = tempfile.TemporaryDirectory()
os.chdir(work.name)
failures = 0

EVIL = "\x1b[31m\x07\x08\x7f\u0085\u009b31m\u200f\u202e\u2066\u061c\ufeff"
UNSEEN = re.compile(b"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|"
                    b"\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xa9]|\xef\xbb\xbf")

fields = ["Received: from h%s ([192.0.2.1]) by mx.example.net with ESMTP id 1%s; Mon, 1 Jun 2026 12:00:00 +0000",
          "Return-Path: <a%s@b%s.example>", "From: \"%s\" <a%s@example.com>", "To: %s <b@example.net>",
          "Reply-To: %s <c%s@example.org>", "Cc: %s", "Subject: %s", "Message-ID: <1%s@example.com>",
          "Date: Mon, 1 Jun 2026 12:00:00 +0000 (%s)", "List-Unsubscribe: <https://example.com/%s>",
          "List-Id: %s <l.example.com>", "Authentication-Results: mx.example.net; spf=pass%s smtp.mailfrom=a%s@b; dkim=fail (%s) header.d=x%s",
          "Received-SPF: pass (%s) client-ip=192.0.2.1; envelope-from=a%s@b.example; helo=h%s",
          "DKIM-Signature: v=1; a=rsa-sha256%s; d=example.com; s=s%s; h=From:x%s; bh=AAAA; b=AAAA; q=%s; t=%s",
          "ARC-Seal: i=1; a=rsa-sha256; cv=none%s; d=example.com; s=%s; b=AA", "X-%s: %s",
          "MIME-Version: 1.0 (%s)", "Content-Type: text/html; charset=%s; name=\"%s\"",
          "Content-Transfer-Encoding: %s", "Content-Disposition: attachment; filename=\"%s\""]
with open("mail.eml", "wb") as f:
    f.write("".join(x.replace("%s", EVIL) + "\r\n" for x in fields).encode())
    f.write(("\r\n<a href=\"http://%s.example/%s\">http://x%s.example</a>%s\r\n" % ((EVIL,) * 4)).encode())
with open("box", "wb") as f:
    f.write((b"From a Mon Jun  1 12:00:00 2026\n" + open("mail.eml", "rb").read() + b"\n") * 2)


def ddd(text):
    return "".join("\\%03d" % o if o < 33 or o > 126 else chr(o) for o in text.encode())


e = ddd(EVIL)
with open("z.zone", "w") as f:
    f.write("$ORIGIN example.com.\n$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS ns\n")
    f.write('@ TXT "v=spf1 include:%s.example a:x%s.example ip4:%s exists:%s %s=%s -all"\n' % ((e,) * 6))
    f.write('_dmarc TXT "v=DMARC1; p=none%s; rua=mailto:%s; x%s=%s"\n' % ((e,) * 4))
    f.write('s._domainkey TXT "v=DKIM1; k=%s; p=%s; n=%s"\n_mta-sts TXT "v=STSv1; id=%s"\n' % ((e,) * 4))
    f.write('_smtp._tls TXT "v=TLSRPTv1; rua=%s"\ndefault._bimi TXT "v=BIMI1; l=%s; a=%s"\n' % ((e,) * 3))
    f.write('@ MX 10 m%s\nm%s A 192.0.2.1\nns A 192.0.2.2\n' % (e, e))
with open("base.zone", "w") as f:
    f.write('$ORIGIN example.com.\n$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS ns\nns A 192.0.2.2\n@ MX 10 ns\n@ TXT "v=spf1 mx -all"\n')
with open("bad.zone", "w") as f:
    f.write("$ORIGIN example.com.\n" + EVIL + " IN X\n")
with open("config.yaml", "w") as f:
    f.write('"%s": x\n' % ddd(EVIL).replace("\\", "\\\\"))
subprocess.run(["cp", "mail.eml", "m" + EVIL.replace("/", "") + ".eml"], check=True)
named = [n for n in os.listdir() if n.startswith("m") and n != "mail.eml"][0]
with open("gate.yaml", "w") as f:
    json.dump({"domains": ["example.com"], "messages": [{"file": named, "expect": "pass"}]}, f)

commands = {
    "check": ["check", "--offline", "--zone", "z.zone", "--selector", "s", "--helo", "h.example", "--ip", "192.0.2.1",
              "--mail-from", "a@example.com", "example.com"],
    "check evil": ["check", "--offline", "a" + EVIL + ".example"],
    "spf": ["spf", "--offline", "--zone", "z.zone", "--ip", "192.0.2.1", "--mail-from", "a" + EVIL + "@example.com",
            "--helo", "h" + EVIL, "example.com"],
    "spf record": ["spf", "--offline", "--spf", "v=spf1 include:" + EVIL + " -all", "example.com"],
    "message": ["message", "--offline", "--zone", "z.zone", "mail.eml"],
    "message named": ["message", "--offline", named],
    "message box": ["message", "--offline", "--zone", "z.zone", "box"],
    "gate": ["gate", "--offline", "--base", "base.zone", "--zone", "z.zone", "example.com"],
    "gate messages": ["gate", "--offline", "--config", "gate.yaml", "--base", "base.zone", "--zone", "z.zone"],
    "gate bad": ["gate", "--offline", "--base", "base.zone", "--zone", "bad.zone", "example.com"],
    "gate config": ["gate", "--offline", "--config", "config.yaml", "--base", "base.zone", "--zone", "z.zone"],
    "explain": ["explain", EVIL], "option": ["check", "--" + EVIL], "file": ["message", EVIL], "command": [EVIL, "x"],
    "sign": ["sign", "--key", EVIL, "--domain", "example.com", "--selector", "s", "mail.eml"],
}
formats = ["text", "json", "jsonl", "csv", "markdown", "github", "junit", "sarif", "gitlab", "tap"]


def look(what, octets):
    global failures
    for line in octets.split(b"\n"):
        if UNSEEN.search(line):
            print("%s: %r" % (what, line[:300]))
            failures += 1
            return


runs = written = 0
for name, words in commands.items():
    many = [f for f in formats if words[0] in ("check", "spf", "message", "gate")] or [None]
    for form, more, locale in itertools.product(many, ([], ["-v"], ["-q"]), ("C.UTF-8", "C")):
        if form is None and (more or locale == "C"):
            continue
        if locale == "C" and (form != "text" or more == ["-q"]):
            continue
        line = words[:1] + (["--format", form] if form else []) + more + words[1:]
        p = subprocess.run([maildiag] + line, stdin=subprocess.DEVNULL, capture_output=True,
                           env=dict(os.environ, LC_ALL=locale), timeout=100)
        what = "%s %s %s %s" % (name, form, more, locale)
        look(what, p.stdout)
        look(what + ", standard error", p.stderr)
        runs += 1
        written += len(p.stdout) > 0
        if form in ("json", "jsonl", "sarif", "gitlab"):
            for text in ([p.stdout] if form != "jsonl" else p.stdout.splitlines()):
                if text.strip():
                    json.loads(text)
subprocess.run([maildiag] + commands["message"] + ["--record", "m.facts", "-q"], capture_output=True)
look("a facts file", open("m.facts", "rb").read())
print("%d runs, %d with a report" % (runs, written))
sys.exit(failures > 0 or written < 100)
