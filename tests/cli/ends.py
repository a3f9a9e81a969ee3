#!/usr/bin/python3
"""However it is ended, a command ends soon, with whole lines and the right status: ends.py MAILDIAG SOURCE

A reader that goes away, a full disk, an interrupt while it waits, an interrupt while nobody reads,
interrupts in quick succession while files are unfinished.
"""
import json, os, random, signal, socket, stat, subprocess, sys, tempfile, time

maildiag, source = sys.argv[1:]
work = tempfile.TemporaryDirectory()
os.chdir(work.name)
failures = 0

# It takes questions and says nothing.
mute = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
mute.bind(("127.0.0.1", 0))
server = ["--resolver", "127.0.0.1:%d" % mute.getsockname()[1], "--query-timeout", "60", "--timeout", "600"]

base = source + "/tests/gate/base.zone"
with open("mail.eml", "w") as f:
    f.write("From: a@example.com\r\nTo: b@example.net\r\nSubject: x\r\nDate: Mon, 1 Jun 2026 12:00:00 +0000\r\n\r\nx\r\n")
with open("mbox", "w") as f:
    f.write(("From a@example.com Mon Jun  1 12:00:00 2026\n" + open("mail.eml").read().replace("\r", "") + "\n") * 500)
with open("list", "w") as f:
    f.write("".join("d%d.example\n" % i for i in range(500)))
subprocess.run([maildiag, "keygen", "--type", "ed25519", "--domain", "example.com", "--selector", "s", "--out", "key"],
               stdout=subprocess.DEVNULL, check=True)
with open("reports", "w") as f:
    subprocess.run([maildiag, "check", "--stdin", "--offline", "--only", "mx", "--format", "jsonl"],
                   stdin=open("list"), stdout=f, check=True)

# name: words, standard input
commands = {
    "check": (["check", "--offline", "example.com"], None),
    "check json": (["check", "--offline", "--format", "json", "example.com"], None),
    "check several": (["check", "--offline", "--format", "jsonl"] + ["d%d.example" % i for i in range(200)], None),
    "check --stdin": (["check", "--stdin", "--offline", "--format", "jsonl"], "list"),
    "check --stdin csv": (["check", "--stdin", "--offline", "--format", "csv"], "list"),
    "check --stdin text": (["check", "--stdin", "--offline", "--format", "text"], "list"),
    "spf": (["spf", "--offline", "--zone", base, "example.com"], None),
    "message": (["message", "--offline", "mail.eml"], None),
    "message mbox": (["message", "--offline", "--format", "jsonl", "mbox"], None),
    "gate": (["gate", "--offline", "--base", base, "--zone", source + "/tests/gate/policy-jump.zone"], None),
    "summarize": (["summarize", "reports"], None),
    "sign": (["sign", "--key", "key", "--domain", "example.com", "--selector", "s", "mail.eml"], None),
    "list": (["list"], None),
    "explain": (["explain", "spf.missing"], None),
    "completion": (["completion", "bash"], None),
    "help": (["--help"], None),
}


def fail(what, why):
    global failures
    print("%s: %s" % (what, why))
    failures += 1


def begin(words, given=None, out=subprocess.PIPE, **more):
    return subprocess.Popen([maildiag] + words, stdin=open(given) if given else subprocess.DEVNULL,
                            stdout=out, stderr=subprocess.PIPE, **more)


def end(what, p):
    """Its status and what it told; a program that does not end is at fault."""
    try:
        err = p.communicate(timeout=40)[1]
    except subprocess.TimeoutExpired:
        fail(what, "does not end")
        p.kill()
        err = p.communicate()[1]
    return p.returncode, err.decode()


def unread(r):
    return b"".join(iter(lambda: os.read(r, 1 << 20), b""))


def must_be_whole(what, octets):
    for line in octets.splitlines(True):
        try:
            json.loads(line if line.endswith(b"\n") else "torn")
        except ValueError:
            fail(what, "a torn line: %r" % line[-80:])
            return


# The reader goes: before the first octet, after it, and with the pipe full.
for name, (words, given) in commands.items():
    for wants in 0, 1, None:
        what = "%s, whose reader goes after %s" % (name, wants)
        r, w = os.pipe()
        p = begin(words, given, w)
        os.close(w)
        if wants:
            os.read(r, wants)
        elif wants is None:
            time.sleep(.3)
        os.close(r)
        status, err = end(what, p)
        long = name.startswith("check --stdin")
        if status not in ((3,) if long else (0, 1, 4)):
            fail(what, "status %d, %s" % (status, err))
        if err.count("\n") > 1 or (long and "nobody reads" not in err):
            fail(what, err)

# The disk is full.
for name, (words, given) in commands.items():
    with open("/dev/full", "w") as full:
        status, err = end(name, begin(words, given, full))
    if status != 3 or "cannot write" not in err or "No space left on device" not in err:
        fail(name + ", on a full disk", "status %d, %s" % (status, err))

# An interrupt while no name server answers: one is enough.
waiting = {
    "check": (["check", "--format", "jsonl", "example.com"], None),
    "check several": (["check", "--format", "jsonl", "example.com", "example.net", "example.org"], None),
    "check --stdin": (["check", "--stdin", "--format", "jsonl"], "list"),
    "spf": (["spf", "--format", "jsonl", "example.com"], None),
    "message": (["message", "--format", "jsonl", "mail.eml"], None),
    "message mbox": (["message", "--format", "jsonl", "mbox"], None),
    "gate": (["gate", "--format", "jsonl", "--zone", base], None),
}
for name, (words, given) in waiting.items():
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        what = "%s, %s" % (name, signal.Signals(number).name)
        r, w = os.pipe()
        p = begin(words + server + ["--output", "junit=left.xml"], given, w)
        os.close(w)
        while p.poll() is None and not [f for f in os.listdir() if f.startswith("left")]:
            time.sleep(.02)
        time.sleep(.2)
        p.send_signal(number)
        status, err = end(what, p)
        must_be_whole(what, unread(r))
        os.close(r)
        if status != 3 or "interrupted" not in err:
            fail(what, "status %d, %s" % (status, err))
        if [f for f in os.listdir() if f.startswith("left")]:
            fail(what, "a file is left behind: %s" % os.listdir())

# An interrupt while nobody reads what it writes, and yet the reader stays.
for name in "check --stdin", "message mbox":
    words, given = commands[name]
    r, w = os.pipe()
    p = begin(words, given, w)
    os.close(w)
    time.sleep(1)
    p.send_signal(signal.SIGTERM)
    status, err = end(name, p)
    octets = unread(r)
    os.close(r)
    if status != 3 or "interrupted" not in err:
        fail(name + ", nobody reads", "status %d, %s" % (status, err))
    if name.startswith("check"):
        must_be_whole(name + ", nobody reads", octets)

# Interrupts in quick succession, at any moment: no unfinished file stays.
random.seed(1)
for turn in range(40):
    p = begin(["check", "--format", "json", "--output", "r.json", "--output", "junit=r.xml", "example.com"] + server)
    time.sleep(random.uniform(0, .1))
    for _ in range(turn % 3 + 1):
        p.send_signal(random.choice([signal.SIGINT, signal.SIGTERM]))
        time.sleep(random.uniform(0, .002))
    status, err = end("interrupts in quick succession", p)
    left = [f for f in os.listdir() if f.startswith("r.")]
    if left or status not in (3, -signal.SIGINT, -signal.SIGTERM):
        fail("interrupts in quick succession", "%s, status %d" % (left, status))
    for f in left:
        os.unlink(f)

# A key is there whole, or not at all.
for turn in range(10):
    p = begin(["keygen", "--bits", "2048", "--domain", "example.com", "--selector", "s", "--out", "new.key"])
    time.sleep(random.uniform(0, .3))
    p.send_signal(signal.SIGINT)
    end("keygen", p)
    if os.path.exists("new.key"):
        if "END PRIVATE KEY" not in open("new.key").read():
            fail("keygen, interrupted", "half a key is left")
        os.unlink("new.key")

# A file is replaced with the permissions that it has, but not with those that somebody else gave it.
os.umask(0o022)
for owner in (os.geteuid(), 65534) if os.geteuid() == 0 else (os.geteuid(),):
    with open("there", "w"):
        pass
    os.chmod("there", 0o666)
    os.chown("there", owner, -1)
    end("a file replaced", begin(["check", "--offline", "--output", "there", "example.com"]))
    mode = stat.S_IMODE(os.stat("there").st_mode)
    if os.path.getsize("there") == 0 or mode != (0o666 if owner == os.geteuid() else 0o644):
        fail("a file of %d replaced" % owner, "mode %o" % mode)
    os.unlink("there")

sys.exit(failures > 0)
