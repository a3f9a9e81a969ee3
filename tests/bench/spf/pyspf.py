#!/usr/bin/python3
"""Evaluations a second of pyspf: pyspf.py RECORDS DOMAIN COUNT

Evaluates 192.0.2.1 for user@DOMAIN with the records (a line each: name and TXT) in memory.
Prints the rate by CPU.
"""
import sys
import time

import spf


def main(path, domain, count):
    with open(path, encoding="ascii") as lines:
        texts = dict(line.rstrip("\n").split(" ", 1) for line in lines)

    def look_up(name, kind, *_):
        found = texts.get(name) if kind == "TXT" else None
        return [((name, kind), [found.encode()])] if found else []

    spf.DNSLookup = look_up
    start = time.process_time()
    for _ in range(int(count)):
        result, _ = spf.check2("192.0.2.1", "user@" + domain, "mail.test", querytime=0)
        assert result == "pass", result
    print(round(int(count) / (time.process_time() - start)))


main(*sys.argv[1:])
