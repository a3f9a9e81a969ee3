#!/usr/bin/python3
"""DKIM verifications a second of dkimpy: dkimpy.py MESSAGE RECORD COUNT

The key record is in memory.  Prints the rate by CPU.
"""
import sys
import time

import dkim


def main(path, record, count):
    with open(path, "rb") as file:
        message = file.read()
    start = time.process_time()
    for _ in range(int(count)):
        assert dkim.verify(message, dnsfunc=lambda *_, **__: record.encode())
    print(round(int(count) / (time.process_time() - start)))


main(*sys.argv[1:])
