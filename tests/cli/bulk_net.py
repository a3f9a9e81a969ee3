#!/usr/bin/python3
"""A name server on loopback that answers late, and many domains that ask it: bulk_net.py MAILDIAG

A reader that stands still must not cost answers; a slow domain delays no other and is not cut
short; --rate is kept; an interrupt finishes what is under way.
"""
import heapq, json, os, random, select, signal, socket, subprocess, sys, threading, time

maildiag = sys.argv[1]
failures = 0


def fail(what):
    global failures
    print(what)
    failures += 1


class Server(threading.Thread):
    """MX of every name within 0.05 to 0.3 s, its A likewise, NXDOMAIN for all else; never for
    names with "dead" in them."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.asked = 0

    @staticmethod
    def answer(question):
        end = 12
        while question[end]:
            end += question[end] + 1
        end += 5
        kind = int.from_bytes(question[end - 4:end - 2], "big")
        data = {15: b"\0\x0a\2mx\xc0\x0c", 1: b"\xc6\x33\x64\1"}.get(kind)
        flags = b"\x81\x83" if data is None else b"\x81\x80"
        head = question[:2] + flags + b"\0\1" + (b"\0\1" if data else b"\0\0") + b"\0\0\0\0"
        record = b"" if data is None else b"\xc0\x0c" + bytes([0, kind, 0, 1, 0, 0, 1, 44, 0, len(data)]) + data
        return head + question[12:end] + record

    def run(self):
        late, number = [], 0
        while True:
            wait = max(0, late[0][0] - time.time()) if late else 1
            if select.select([self.socket], [], [], wait)[0]:
                question, address = self.socket.recvfrom(4096)
                self.asked += 1
                if b"dead" not in question.lower():
                    number += 1
                    heapq.heappush(late, (time.time() + random.uniform(.05, .3), number,
                                          self.answer(question), address))
            while late and late[0][0] <= time.time():
                _, _, octets, address = heapq.heappop(late)
                self.socket.sendto(octets, address)


server = Server()
server.start()


def begin(options, **kinds):
    return subprocess.Popen([maildiag, "check", "--stdin", "--only", "mx", "--format", "jsonl", "--resolver",
                             "127.0.0.1:%d" % server.port] + options, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kinds)


def check(options, names, meanwhile=lambda p: b""):
    p = begin(options)
    threading.Thread(target=lambda: (p.stdin.write(names.encode()), p.stdin.close()), daemon=True).start()
    octets = meanwhile(p)
    octets += p.stdout.read()
    return p.wait(), [json.loads(line) for line in octets.splitlines()], p.stderr.read().decode()


def incomplete(reports):
    return [r["subject"]["name"] for r in reports if not r["summary"]["complete"]]


# A reader that stands still for longer than a report may take.
def stand_still(p):
    octets = os.read(p.stdout.fileno(), 100)
    time.sleep(6)
    return octets


names = ["d%d.example" % i for i in range(1000)]
status, reports, err = check(["--timeout", "3"], "\n".join(names), stand_still)
if status != 0 or err or sorted(r["subject"]["name"] for r in reports) != sorted(names):
    fail("a reader that stands still: status %d, %d reports, %s" % (status, len(reports), err))
if incomplete(reports):
    fail("a reader that stands still: %d reports lack answers" % len(incomplete(reports)))

# The dead first: all others are done before them, and they are waited for.
status, reports, err = check(["--timeout", "3", "--query-timeout", "1"], "dead.example\n" + "\n".join(names[:200]))
if status != 0 or [r["subject"]["name"] for r in reports][-1:] != ["dead.example"] or \
        incomplete(reports) != ["dead.example"]:
    fail("a dead domain in front: status %d, %s, %s" % (status, incomplete(reports), err))

# No more than so many questions a second (a busy machine takes longer, never less).
server.asked = 0
start = time.time()
status, reports, err = check(["--rate", "100", "--timeout", "60"], "\n".join(names[:60]))
if status != 0 or server.asked / (time.time() - start) > 105 or incomplete(reports):
    fail("--rate 100: %d in %g s; status %d, %s" % (server.asked, time.time() - start, status, err))

# An interrupt: what is under way is finished; all lines are whole.
p = begin(["--timeout", "5"])
p.stdin.write("\n".join(names[:300] + [""]).encode())
p.stdin.flush()
octets = os.read(p.stdout.fileno(), 1000)
p.send_signal(signal.SIGINT)
octets += p.stdout.read()
err = p.stderr.read().decode()
reports = [json.loads(line) for line in octets.splitlines()]
if p.wait() != 3 or incomplete(reports) or "what is under way (" not in err or \
        "reports written: %d; to go on, add --resume" % len(reports) not in err:
    fail("an interrupt: %d reports, %s, %s" % (len(reports), incomplete(reports), err))

# A second one: at once, and whole lines still.
p = begin(["--timeout", "60", "--query-timeout", "30"])
p.stdin.write("\n".join(["dead.example"] + names[:50] + [""]).encode())
p.stdin.flush()
octets = os.read(p.stdout.fileno(), 1000)
start = time.time()
p.send_signal(signal.SIGTERM)
time.sleep(1)
p.send_signal(signal.SIGTERM)
octets += p.stdout.read()
reports = [json.loads(line) for line in octets.splitlines()]
if p.wait() != 3 or time.time() - start > 20:
    fail("a second interrupt: %d, %g s" % (p.wait(), time.time() - start))

sys.exit(failures > 0)
