#!/usr/bin/python3
"""Spam filters on loopback that take a message slowly, or answer in pieces: filters.py MAILDIAG

Of a large message much has to wait for room, which the witness must be able to do when it is shut in.
"""
import json, os, socket, subprocess, sys, tempfile, threading, time

maildiag = os.path.abspath(sys.argv[1])
failures = 0
HEADER = b"From: a@example.com\r\nTo: b@example.net\r\nDate: Mon, 1 Jun 2026 12:00:00 +0000\r\n\r\n"
RSPAMD = json.dumps({"score": 3.5, "required_score": 15, "action": "no action",
                     "symbols": {"A_RULE": {"name": "A_RULE", "score": 3.5, "description": "a rule"}}}).encode()
SPAMD = (b"SPAMD/1.1 0 EX_OK\r\nContent-length: 90\r\nSpam: False ; 3.5 / 5.0\r\n\r\n"
         b"pts rule name              description\n---- ---------------------- -----\n 3.5 A_RULE   a rule\n")


class Filter(threading.Thread):
    """Takes one message, with little room for what is under way, and answers."""

    def __init__(self, http):
        super().__init__(daemon=True)
        self.http, self.listener, self.octets = http, socket.socket(), 0
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]

    def run(self):
        s, data = self.listener.accept()[0], b""
        while b"\r\n\r\n" not in data:
            data += s.recv(4096)
        head, data = data.split(b"\r\n\r\n", 1)
        length = int(head.lower().split(b"content-length:")[1].split()[0])
        if b"100-continue" in head.lower():
            time.sleep(.1)
            s.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.octets = len(data)
        while self.octets < length:
            if self.octets % 64 == 0:
                time.sleep(.001)  # so that it has to wait
            self.octets += len(s.recv(65536))
        reply = SPAMD
        if self.http:
            reply = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(RSPAMD) + RSPAMD
        for i in range(0, len(reply), 40):
            s.sendall(reply[i:i + 40])
            time.sleep(.01)
        s.close()


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    with open("world", "w") as f:
        f.write("$ORIGIN .\n$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS a\n")
    for size in 10, 2 << 20:
        with open("mail.eml", "wb") as f:
            f.write(HEADER + b"A line of many lines.\r\n" * (size // 23 + 1))
        for option, http in ("--spamd", False), ("--rspamd", True):
            server = Filter(http)
            server.start()
            p = subprocess.run([maildiag, "message", "--only", "spam", "--zone", "world", "--record", "facts", "-q", option,
                                ("http://" if http else "") + server.address, "mail.eml"],
                               capture_output=True, text=True, timeout=100)
            with open("facts", "rb") as f:
                opinions = [fact for fact in map(json.loads, f) if fact["fact"] == "opinion"]
            print(option, size, server.octets, [(f["state"], f.get("why"), f.get("result")) for f in opinions])
            told = [f for f in opinions if f["state"] == "present" and f["result"] == "ham" and
                    f["detail"].startswith("3.5 ") and "A_RULE" in json.dumps(f["parts"])]
            if len(told) != 1 or p.stderr or server.octets < size:
                failures += 1

sys.exit(failures > 0)
