"""Single measurements over the synthetic Internet: our runs, the bare loop, dnsperf."""
import dataclasses
import os
import subprocess
import sys
import time

import world

BULK = os.path.join(world.ROOT, "tests/bench/bulk")


@dataclasses.dataclass
class Done:
    """One run of maildiag over a list."""
    domains: int
    wall: float   # seconds, as are
    user: float
    system: float
    peak: int     # KB of resident memory
    questions: float

    @property
    def cpu(self):
        return self.user + self.system

    @property
    def rate(self):
        return self.domains / self.wall


def datagrams():
    """UDP datagrams sent in this network namespace."""
    with open("/proc/net/snmp", encoding="ascii") as f:
        names, values = [line.split() for line in f if line.startswith("Udp:")][:2]
    return int(values[names.index("OutDatagrams")])


def count_lines(path):
    with open(path, "rb") as f:
        return sum(1 for _ in f)


class Programs:
    """Those of a build."""

    def __init__(self, build):
        self.maildiag = os.path.join(build, "maildiag")
        self.build = build

    def bench(self, name):
        return os.path.join(self.build, "tests/bench", name)

    def command(self, *words, resolver=world.NSD[0]):
        return [self.maildiag, "check", "--stdin", "--resolver", resolver, *words]

    def examine(self, domains, *words, **options):
        """Runs maildiag over the list in a file, its output to /dev/null.  Each question has
        one reply: half of the datagrams are questions."""
        before = datagrams()
        start = time.perf_counter()
        with open(domains, "rb") as stdin:
            process = subprocess.Popen(self.command(*words, **options), stdin=stdin,
                                       stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 4):
            sys.exit(f"exit status {process.returncode}: {' '.join(words)}")
        return Done(count_lines(domains), wall, usage.ru_utime, usage.ru_stime,
                    usage.ru_maxrss, (datagrams() - before) / 2)

    def record(self, domains, path, *words):
        """Runs it once more and writes the questions that passed into a file; their number."""
        with subprocess.Popen([sys.executable, os.path.join(BULK, "tap.py"), path], text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tap:
            tap.stdout.readline()
            self.examine(domains, *words)
            count, missed = tap.communicate()[0].split()
        if missed != "0":
            print(f"  (the bare loop asks {count} of these questions: {missed} were not seen)")
        return int(count)

    def bare(self, questions):
        """Questions a second, and microseconds of CPU a question."""
        done = subprocess.run([self.bench("bulk/bench_bare"), world.NSD[0], questions],
                              check=True, capture_output=True, text=True)
        rate, cpu, again = (float(word) for word in done.stdout.split())
        if again:
            print(f"  (bare loop: {again:.0f} asked again)")
        return rate, cpu

    def flight(self, domains, count):
        """Peak KB of so many runs, all at once."""
        with open(domains, "rb") as stdin:
            done = subprocess.run([self.bench("bulk/bench_flight"), world.NSD[0], str(count)],
                                  stdin=stdin, check=True, capture_output=True, text=True)
        return int(done.stdout.split()[0])


# ---- dnsperf ---------------------------------------------------------------------------------


def readable(message):
    """Name and type of a question's message, as dnsperf reads them."""
    labels, at = [], 12
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode("ascii"))
        at += 1 + message[at]
    return f"{'.'.join(labels) or '.'} TYPE{int.from_bytes(message[at + 1:at + 3], 'big')}\n"


def write_readable(questions, path):
    with open(questions, "rb") as f, open(path, "w", encoding="ascii") as out:
        while (head := f.read(2)):
            out.write(readable(f.read(int.from_bytes(head, "big"))))


def dnsperf(path):
    """Questions a second; None where it is not installed."""
    try:
        done = subprocess.run(["dnsperf", "-s", world.NSD[0], "-d", path, "-n", "1", "-q", "1000",
                               "-e"], check=True, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    lines = [line for line in done.stdout.splitlines() if "Queries per second" in line]
    return float(lines[0].split()[-1])
