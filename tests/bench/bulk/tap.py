#!/usr/bin/python3
"""Writes every DNS question over UDP that passes the loopback into a file: tap.py FILE

Each as it was sent, after its length in two octets.  Ready once it has printed a line; ends with
standard input, and prints how many it wrote and how many it missed.
"""
import ctypes
import select
import socket
import struct
import sys

SO_ATTACH_FILTER = 26
SO_RCVBUFFORCE = 33
SOL_PACKET, PACKET_STATISTICS = 263, 6
ETH_P_IP = 0x0800
# What comes in (on the loopback all goes out, too), is UDP and for port 53.
FILTER = [(0x28, 0, 0, 0xfffff004),  # packet type
          (0x15, 0, 5, 0),           # ... PACKET_HOST
          (0x30, 0, 0, 9),           # protocol
          (0x15, 0, 3, 17),          # ... UDP
          (0x28, 0, 0, 22),          # destination port behind 20 octets of header
          (0x15, 0, 1, 53),
          (0x06, 0, 0, 65535),
          (0x06, 0, 0, 0)]
HEADERS = 28


def opened():
    s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
    code = b"".join(struct.pack("HBBI", *step) for step in FILTER)
    kept = ctypes.create_string_buffer(code)
    s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER,
                 struct.pack("HL", len(FILTER), ctypes.addressof(kept)))
    try:
        s.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 512 << 20)
    except OSError:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 512 << 20)
    s.setblocking(False)
    return s


def tap(path):
    count = 0
    with opened() as s, open(path, "wb") as f:
        print("ready", flush=True)
        while True:
            ready = select.select([s, sys.stdin], [], [])[0]
            try:
                while True:
                    message = s.recv(65535)[HEADERS:]
                    f.write(struct.pack(">H", len(message)) + message)
                    count += 1
            except BlockingIOError:
                if sys.stdin in ready:
                    break
        seen, missed = struct.unpack("II", s.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
    print(count, missed)


tap(sys.argv[1])
