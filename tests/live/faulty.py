"""Resolvers that fail on purpose: each passes questions on to a real one, and spoils the reply.

Also a program: faulty.py UPSTREAM ADDRESS=FAULT... answers on port 53 of each address.
"""
import random
import socket
import socketserver
import struct
import sys
import threading
import time

FORMERR, SERVFAIL, NXDOMAIN, REFUSED = 1, 2, 3, 5


class Query:
    """A client's query, and the means to answer it."""

    def __init__(self, message, upstream):
        self.message, self.upstream = message, upstream
        end = 12
        while message[end] != 0:
            end += message[end] + 1
        self.question = message[12:end + 5]
        self.has_edns = message[10:12] != b"\0\0"

    def key(self):
        return self.question.lower()

    def true_reply(self):
        """What the real resolver says, in full, over TCP."""
        with socket.create_connection((self.upstream, 53), 10) as s:
            s.sendall(struct.pack("!H", len(self.message)) + self.message)
            return read_message(s)

    def bare_reply(self, rcode, flags=0x8180, question=True):
        """A reply without any record."""
        head = struct.pack("!HHHHH", flags | rcode, int(question), 0, 0, 0)
        return self.message[:2] + head + (self.question if question else b"")

    def truncated(self):
        return self.bare_reply(0, 0x8380)


def read_message(s):
    data = b""
    while len(data) < 2 or len(data) < 2 + struct.unpack("!H", data[:2])[0]:
        piece = s.recv(65536)
        if not piece:
            return b""
        data += piece
    return data[2:]


class Fault:
    """The replies to a query over UDP (first) and TCP; a resolver that works."""

    listens_tcp = True

    def udp(self, query):
        reply = query.true_reply()
        return [reply if len(reply) <= 1232 else query.truncated()]

    def tcp(self, query):
        return query.true_reply()


class Silent(Fault):
    def udp(self, query):
        return []


class Flaky(Fault):
    """Loses the first packet of each question."""

    def __init__(self):
        self.seen = set()

    def udp(self, query):
        if query.key() in self.seen:
            return super().udp(query)
        self.seen.add(query.key())
        return []


class Slow(Fault):
    """Answers when nobody waits any more."""

    def udp(self, query):
        time.sleep(1)
        return super().udp(query)


class Servfail(Fault):
    def udp(self, query):
        return [query.bare_reply(SERVFAIL)]


class Refused(Fault):
    def udp(self, query):
        return [query.bare_reply(REFUSED)]


class Referral(Fault):
    """A server that resolves nothing, named as a resolver: points to the root."""

    def udp(self, query):
        return [query.bare_reply(0, 0x8000)]


class Truncated(Fault):
    def udp(self, query):
        return [query.truncated()]


class TruncatedNoTcp(Truncated):
    listens_tcp = False


class TruncatedSilentTcp(Truncated):
    def tcp(self, query):
        time.sleep(5)


class WrongId(Fault):
    def udp(self, query):
        reply, = super().udp(query)
        return [bytes([reply[0] ^ 0xff]) + reply[1:]]


class ForgedFirst(Fault):
    """A forger who guesses the id of each query wrongly, and the true reply behind him."""

    def udp(self, query):
        reply, = super().udp(query)
        return [bytes([reply[0] ^ i, reply[1] ^ 1]) + reply[2:] for i in range(20)] + [reply]


class WrongQuestion(Fault):
    def udp(self, query):
        reply, = super().udp(query)
        return [reply[:13] + (b"z" if reply[13:14] != b"z" else b"y") + reply[14:]]


class WrongPort(Fault):
    """The reply leaves from another port than the query came to."""


class WrongCase(Fault):
    def udp(self, query):
        reply, = super().udp(query)
        end = 12 + len(query.question)
        return [reply[:12] + query.question.lower() + reply[end:]]


class NoEdns(Fault):
    def udp(self, query):
        return [query.bare_reply(FORMERR)] if query.has_edns else super().udp(query)


class Garbage(Fault):
    def udp(self, query):
        return [random.randbytes(random.randint(0, 64))]


class Malformed(Fault):
    """The right header and question, and then nonsense."""

    def udp(self, query):
        head = struct.pack("!HHHHH", 0x8180, 1, 3, 0, 0)
        return [query.message[:2] + head + query.question + b"\xc0\x0c\x00\x10\x00"]


class Rewriting(Fault):
    """Sends who mistypes a name to a page of advertisements."""

    def udp(self, query):
        reply, = super().udp(query)
        if reply[3] & 0x0f != NXDOMAIN or query.question[-4:-2] != b"\0\1":
            return [reply]
        head = struct.pack("!HHHHH", 0x8180, 1, 1, 0, 0)
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton("198.51.100.80")
        return [query.message[:2] + head + query.question + record]


FAULTS = {
    "none": Fault, "silent": Silent, "flaky": Flaky, "slow": Slow, "servfail": Servfail,
    "refused": Refused, "referral": Referral, "truncated": Truncated,
    "truncated-no-tcp": TruncatedNoTcp, "truncated-silent-tcp": TruncatedSilentTcp,
    "wrong-id": WrongId, "forged-first": ForgedFirst, "wrong-question": WrongQuestion,
    "wrong-port": WrongPort, "wrong-case": WrongCase, "no-edns": NoEdns, "garbage": Garbage,
    "malformed": Malformed, "rewriting": Rewriting,
}


def serve(address, fault, upstream):
    class Udp(socketserver.BaseRequestHandler):
        def handle(self):
            message, sock = self.request
            for reply in fault.udp(Query(message, upstream)):
                if isinstance(fault, WrongPort):
                    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    sock.bind((address, 0))
                sock.sendto(reply, self.client_address)

    class TcpServer(socketserver.ThreadingTCPServer):
        request_queue_size = 128

    class Tcp(socketserver.BaseRequestHandler):
        def handle(self):
            reply = fault.tcp(Query(read_message(self.request), upstream))
            if reply:
                self.request.sendall(struct.pack("!H", len(reply)) + reply)

    servers = [socketserver.ThreadingUDPServer((address, 53), Udp)]
    if fault.listens_tcp:
        servers.append(TcpServer((address, 53), Tcp))
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()


def main(upstream, *pairs):
    for address, fault in (pair.split("=") for pair in pairs):
        serve(address, FAULTS[fault](), upstream)
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
